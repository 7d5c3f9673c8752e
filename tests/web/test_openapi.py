"""Odd values at every address of the OpenAPI document: whatever is asked, the application answers and stands."""

from __future__ import annotations

from collections import Counter

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error

from holdfire.web.app import create_app

# Of each address; with the addresses of the document, more than 500 in all.
CASES = 25
NOT_ENOUGH = 500


def test_five_hundred_odd_cases_break_nothing(room):
    schema = schemathesis.openapi.from_asgi("/openapi.json", create_app(room), headers={"host": "127.0.0.1"})
    answers: Counter[int] = Counter()
    for found in schema.get_all_operations():
        _ask(found.ok(), answers)
    assert answers.total() >= NOT_ENOUGH, answers
    assert answers[200] >= 50, answers
    assert not [status for status in answers if status >= 500], answers


def _ask(operation, answers):
    @settings(
        max_examples=CASES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def asked(case):
        response = case.call(headers={"host": "127.0.0.1"})
        answers[response.status_code] += 1
        case.validate_response(response, checks=[not_a_server_error])

    asked()
