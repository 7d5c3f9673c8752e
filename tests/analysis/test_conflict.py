"""Which entries are of a conflict."""

from dataclasses import replace
from datetime import date

from holdfire.actors.knowledge import build_knowledge
from holdfire.analysis.conflict import entries_of, side_of
from holdfire.model.actor import Actor, Membership
from holdfire.rules.conflicts import Conflict
from tests.analysis.invented import entry

KNOWLEDGE = build_knowledge(
    [
        Actor(id="valley", name="Valley", kind="state"),
        Actor(
            id="valley-army", name="Valley army", kind="armed force",
            memberships=(Membership(relation="organ of", actor_id="valley"),),
        ),
        Actor(id="hill", name="Hill", kind="state"),
        Actor(id="lake", name="Lake", kind="state"),
        Actor(id="isle", name="Isle", kind="state"),
        Actor(id="reef", name="Reef", kind="state"),
    ]
)  # fmt: skip
WAR = Conflict(
    id="war", name="Valley – Hill", sides=(("valley",), ("hill",)), watched=("lake",),
    start=date(2031, 2, 1), end=date(2031, 2, 28),
)  # fmt: skip


def belongs(**fields):
    day = fields.pop("day", "2031-02-10")
    return bool(list(entries_of(WAR, [entry("attacking", day, **fields)], knowledge=KNOWLEDGE)))


def test_sides_their_organs_and_the_watched_belong():
    assert belongs(actor="Valley")
    assert belongs(actor="Valley army")
    assert belongs(actor="Lake")


def test_others_belong_only_towards_a_side():
    assert belongs(actor="Isle", recipient="Hill")
    assert not belongs(actor="Isle", recipient="Lake")
    assert not belongs(actor="Isle")


def test_days_outside_do_not_belong():
    assert not belongs(actor="Valley", day="2031-01-31")
    assert not belongs(actor="Valley", day="2031-03-01")


def among(*entries):
    return [each.claim.id for each in entries_of(WAR, entries, knowledge=KNOWLEDGE)]


def test_nobody_named_belongs_in_a_report_that_speaks_of_a_side():
    told = entry("attacking", "2031-02-10", actor="Valley", document="report")
    unnamed = entry("attacking", "2031-02-10", actor="", document="report")
    assert among(told, unnamed) == [told.claim.id, unnamed.claim.id]
    assert among(unnamed) == []


def test_what_others_say_belongs_in_a_report_that_speaks_of_a_side():
    told = entry("attacking", "2031-02-10", actor="Valley", document="report")
    urged = entry("urging restraint", "2031-02-10", actor="Isle", document="report")
    elsewhere = entry("condemning", "2031-02-10", actor="Isle", recipient="Reef", document="report")
    assert among(told, urged, elsewhere) == [told.claim.id, urged.claim.id]


def test_what_a_side_does_to_outsiders_alone_does_not_belong():
    assert not belongs(actor="Valley", recipient="Reef")


def test_restraint_kept_since_before_belongs():
    kept = replace(entry("holding fire", "2031-01-20", actor="Valley"), valid_to=date(2031, 2, 10))
    assert among(kept) == [kept.claim.id]


def test_sides_are_numbered_and_their_organs_are_on_them():
    assert [side_of(each, WAR, KNOWLEDGE) for each in ("valley-army", "hill", "isle")] == [0, 1, None]
