from datetime import date

from holdfire.actors.offices import holder_of
from holdfire.actors.resolve import choose, setting_of
from tests.actors.invented import invented_knowledge

KNOWLEDGE = invented_knowledge()


def chosen(text: str, name: str, on: date | None = None) -> tuple[str | None, tuple[str, ...]]:
    setting = setting_of(KNOWLEDGE.names.find(text), KNOWLEDGE, published=on)
    choice = choose(name, KNOWLEDGE.names.claimants(name), KNOWLEDGE, setting)
    assert choice.reasons
    return choice.actor_id, choice.runners_up


def test_a_shared_acronym_is_told_apart_by_the_country_that_the_text_names() -> None:
    assert chosen("The PLV left Velmark.", "PLV") == ("vel.valley-front", ("pam.valley-front",))


def test_a_shared_acronym_stays_open_where_the_text_does_not_say() -> None:
    assert chosen("The PLV denied it.", "PLV") == (None, ("pam.valley-front", "vel.valley-front"))


def test_a_name_out_of_use_on_the_day_is_not_taken() -> None:
    assert chosen("", "Coast League", date(2009, 5, 1))[0] == "intl.rim"
    assert chosen("", "Coast League", date(2015, 5, 1)) == (None, ("intl.rim",))


def test_an_office_has_the_holder_of_its_day() -> None:
    def holder(day: date | None) -> str | None:
        found = holder_of("Amari prime minister", "pam", KNOWLEDGE, on=day)
        return found.id if found else None

    assert holder(date(2018, 1, 1)) == "pam.hale"
    assert holder(date(2019, 6, 30)) == "pam.roe"
    assert holder(date(2014, 1, 1)) is None
    assert holder(None) is None


def test_a_former_holder_is_not_the_present_one() -> None:
    assert holder_of("former Amari prime minister", "pam", KNOWLEDGE, on=date(2018, 1, 1)) is None
