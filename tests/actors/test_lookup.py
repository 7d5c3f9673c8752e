from datetime import date

import pytest

from holdfire.actors.lookup import resolve_name, search
from holdfire.rules.load import RuleSource
from holdfire.rules.transliteration import load_spelling_rules
from tests.actors.invented import invented_knowledge

KNOWLEDGE = invented_knowledge()
SPELLING = load_spelling_rules(RuleSource())


def resolved(text: str, on: date | None = None, country: str | None = None):
    return resolve_name(text, KNOWLEDGE, SPELLING, titles=frozenset({"general"}), on=on, country=country)


@pytest.mark.parametrize(
    ("text", "on", "country", "actor"),
    [
        ("Valley Front", None, None, "pam.valley-front"),
        ("the Valley Front", None, None, "pam.valley-front"),
        ("Free Valley Front", None, None, "vel.valley-front"),
        ("Jebhat el-Wadi", None, None, "pam.valley-front"),
        ("Gabhat al-Wadi", None, None, "pam.valley-front"),
        ("General Ada Dorn", None, None, "pam.dorn"),
        ("PLV", None, "VEL", "vel.valley-front"),
        ("PLV", None, None, None),
        ("the Amari prime minister", date(2018, 1, 1), None, "pam.hale"),
        ("prime minister of Port Amar", date(2020, 1, 1), None, "pam.roe"),
        ("Port Amar's prime minister", date(2020, 1, 1), None, "pam.roe"),
        ("Amari prime minister", None, None, None),
        ("former Amari prime minister", date(2020, 1, 1), None, None),
        ("Coast League", date(2015, 1, 1), None, None),
        ("Mountain Union", None, None, None),
        ("Dorm", None, None, None),
    ],
)
def test_whom_a_report_of_the_day_would_mean(text, on, country, actor):
    found = resolved(text, on, country)
    assert found.actor_id == actor
    assert found.reasons
    assert (found.score > 0) == (actor is not None)


def test_an_office_without_a_date_names_everyone_who_held_it():
    assert set(resolved("Amari prime minister").runners_up) == {"pam.hale", "pam.roe"}


def test_names_inside_an_unknown_phrase_are_runners_up():
    assert resolved("friends of the Valley Front").runners_up == ("pam.valley-front",)


def test_search_puts_the_whole_name_first_then_parts_then_spellings():
    found = search("valley front", KNOWLEDGE, SPELLING)
    assert [(each.actor.id, each.score) for each in found][:1] == [("pam.valley-front", 100.0)]
    assert found[1].actor.id == "vel.valley-front"
    assert found[1].name == "Free Valley Front"
    assert search("gabhat alwadi", KNOWLEDGE, SPELLING)[0].name == "Jabhat al-Wadi"


def test_search_for_nothing_finds_nothing():
    assert search("  ", KNOWLEDGE, SPELLING) == ()
    assert search("qqqqqq", KNOWLEDGE, SPELLING) == ()
