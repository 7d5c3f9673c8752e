"""Every outlet against its own examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfire.errors import RuleError
from holdfire.rules.load import RuleSource
from holdfire.rules.outlets import Outlet, load_outlet_rules

RULES = load_outlet_rules(RuleSource())
AGENCIES = [each for each in RULES.outlets if each.credit]


@pytest.mark.parametrize(("outlet", "line"), [(outlet, line) for outlet in AGENCIES for line in outlet.matches])
def test_a_credit_is_found(outlet: Outlet, line: str) -> None:
    assert RULES.credited(line) is outlet


@pytest.mark.parametrize(("outlet", "line"), [(outlet, line) for outlet in AGENCIES for line in outlet.near_miss])
def test_a_mention_is_no_credit(outlet: Outlet, line: str) -> None:
    assert RULES.credited(line) is None


@pytest.mark.parametrize("outlet", AGENCIES, ids=lambda each: each.id)
def test_every_agency_has_examples(outlet: Outlet) -> None:
    assert outlet.matches
    assert outlet.near_miss


def test_names_are_found_however_they_are_written() -> None:
    found = RULES.find("the  WALL Street Journal")
    assert found is not None
    assert found.master == "Dow Jones"
    assert RULES.find("Amar Courier") is RULES.find(None) is None


def test_a_name_of_two_outlets_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outlets.toml").write_text('[[outlet]]\nid = "other"\nnames = ["Reuters"]\nwhy = "x"\n')
    with pytest.raises(RuleError, match="'Reuters' is a name of both"):
        load_outlet_rules(RuleSource(extra=(tmp_path,)))
