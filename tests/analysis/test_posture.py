"""Postures from entries: what wins, what is overtaken, what never counts."""

from datetime import date
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.actors.knowledge import build_knowledge
from holdfire.analysis.posture import board_of
from holdfire.model.claim import CERTAINTIES, CONDUCTS
from holdfire.model.entry import AsOf
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook
from tests.analysis.invented import entry

NOBODY = build_knowledge([])


@lru_cache
def rulebook():
    return load_rulebook(RuleSource())


def postures(entries, valid_on=None):
    asof = AsOf(valid_on=date.fromisoformat(valid_on) if valid_on else None)
    return {each.name: each for each in board_of(entries, asof=asof, rulebook=rulebook(), knowledge=NOBODY).postures}


def conducts(posture):
    return posture.deed and posture.deed.conduct, posture.word and posture.word.conduct


def test_one_deed_and_one_word_each_with_its_entry():
    held, backed = entry("holding fire", "2031-02-20"), entry("backing", "2031-02-21")
    found = postures([held, backed])["Valley Front"]
    assert conducts(found) == ("holding fire", "backing")
    assert found.deed.best is held
    assert found.since == date(2031, 2, 20)


def test_rumour_and_denial_make_no_posture_and_are_kept_beside_it():
    entries = [
        entry("attacking", "2031-02-20", certainty="rumoured"),
        entry("arming", "2031-02-20", certainty="denied"),
    ]
    found = postures(entries)["Valley Front"]
    assert found.findings == ()
    assert [each.conduct for each in found.unconfirmed] == ["attacking"]
    assert [each.conduct for each in found.denied] == ["arming"]


def test_attack_overtakes_restraint_reported_before_it():
    calm = [entry("holding fire", f"2031-02-{day}") for day in (17, 18, 19)]
    assert conducts(postures([*calm, entry("attacking", "2031-02-20")])["Valley Front"])[0] == "attacking"


def test_restraint_that_an_attack_overtook_does_not_come_back_when_the_attack_fades():
    told = [entry("holding fire", "2031-02-19"), entry("attacking", "2031-02-20"), entry("backing", "2031-03-20")]
    assert conducts(postures(told, valid_on="2031-03-10")["Valley Front"])[0] == "attacking"
    assert conducts(postures(told, valid_on="2031-03-25")["Valley Front"])[0] is None


def test_fresh_restraint_beats_old_attacks():
    hot = [entry("attacking", f"2031-01-{day}") for day in (10, 11, 12)]
    assert conducts(postures([*hot, entry("holding fire", "2031-02-10")])["Valley Front"])[0] == "holding fire"


def test_old_news_is_no_posture():
    assert postures([entry("attacking", "2030-01-01")], valid_on="2031-01-01") == {}


def test_what_comes_after_the_day_is_not_seen():
    entries = [entry("holding fire", "2031-02-01"), entry("attacking", "2031-02-10")]
    assert conducts(postures(entries, valid_on="2031-02-05")["Valley Front"])[0] == "holding fire"


def test_rejected_claims_do_not_count():
    assert postures([entry("attacking", "2031-02-01", verdict="reject")]) == {}


def test_two_reports_of_one_outlet_on_one_day_weigh_as_one():
    once = postures([entry("attacking", "2031-02-01")])["Valley Front"].deed.strength
    twice = [entry("attacking", "2031-02-01"), entry("attacking", "2031-02-01")]
    assert postures(twice)["Valley Front"].deed.strength == once
    other = [entry("attacking", "2031-02-01"), entry("attacking", "2031-02-01", outlet="Hill Gazette")]
    assert postures(other)["Valley Front"].deed.strength == 2 * once


def test_nobody_named_is_shown_only_where_it_is_unconfirmed():
    entries = [
        entry("attacking", "2031-02-01", actor=""),
        entry("attacking", "2031-02-01", actor="", certainty="rumoured"),
    ]
    (found,) = postures(entries).values()
    assert (found.key, len(found.unconfirmed)) == ("unknown", 1)
    assert found.findings == ()


ENTRIES = st.lists(
    st.builds(
        entry,
        st.sampled_from((*CONDUCTS, None)),
        st.dates(date(2031, 1, 1), date(2031, 3, 1)).map(date.isoformat),
        actor=st.sampled_from(("Valley Front", "Hill Council", "")),
        outlet=st.sampled_from(("Amar Courier", "Hill Gazette", None)),
        certainty=st.sampled_from(CERTAINTIES),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(ENTRIES, st.randoms(use_true_random=False))
def test_order_of_entries_does_not_matter(entries, random):
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert board_of(entries, asof=AsOf(), rulebook=rulebook(), knowledge=NOBODY) == board_of(
        shuffled, asof=AsOf(), rulebook=rulebook(), knowledge=NOBODY
    )


@settings(max_examples=60, deadline=None)
@given(ENTRIES, st.sampled_from(("rumoured", "denied")))
def test_rumour_or_denial_changes_no_posture(entries, certainty):
    day = date(2031, 3, 1)
    before = board_of(entries, asof=AsOf(valid_on=day), rulebook=rulebook(), knowledge=NOBODY)
    more = [*entries, entry("attacking", "2031-02-28", certainty=certainty)]
    after = board_of(more, asof=AsOf(valid_on=day), rulebook=rulebook(), knowledge=NOBODY)
    assert {each.key: conducts(each) for each in before.postures if each.findings} == {
        each.key: conducts(each) for each in after.postures if each.findings
    }


def test_restraint_in_part_on_a_day_of_fighting_begins_nothing():
    told = [
        entry("attacking", "2031-02-08", recipient="Amar"),
        entry("holding fire", "2031-02-08", recipient="Isle"),
        entry("holding fire", "2031-02-10"),
    ]
    assert conducts(postures(told[:2])["Valley Front"])[0] == "attacking"
    deed = postures(told)["Valley Front"].deed
    assert (deed.conduct, deed.since) == ("holding fire", date(2031, 2, 10))
    assert [each.valid_from for each in deed.against] == []


def test_lesser_conducts_wait_and_then_take_over():
    told = [entry("attacking", "2031-02-01"), entry("mobilising", "2031-02-03")]
    assert conducts(postures(told)["Valley Front"])[0] == "attacking"
    later = [*told, entry("mobilising", "2031-02-06")]
    assert conducts(postures(later)["Valley Front"])[0] == "mobilising"


def test_a_hedged_report_does_not_overtake_a_plain_one_of_the_days_before():
    told = [entry("holding fire", "2031-02-01"), entry("attacking", "2031-02-02", certainty="hedged")]
    assert conducts(postures(told)["Valley Front"])[0] == "holding fire"
    assert conducts(postures([*told, entry("attacking", "2031-02-06", certainty="hedged")])["Valley Front"])[0] == (
        "attacking"
    )


def test_the_gap_has_its_size_its_direction_and_both_entries():
    backed, held = entry("backing", "2031-02-01"), entry("holding fire", "2031-02-01")
    gap = postures([backed, held])["Valley Front"].gap
    assert (gap.size, gap.direction, gap.word, gap.deed) == (1, "words ahead of deeds", backed, held)
    attacks = [entry("urging restraint", "2031-02-01"), entry("attacking", "2031-02-01")]
    assert postures(attacks)["Valley Front"].gap.direction == "deeds ahead of words"
    assert postures([entry("threatening", "2031-02-01"), attacks[1]])["Valley Front"].gap is None
