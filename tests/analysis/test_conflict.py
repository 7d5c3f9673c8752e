"""Which entries are of a conflict."""

from datetime import date

from holdfire.actors.knowledge import build_knowledge
from holdfire.analysis.conflict import entries_of
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


def test_nobody_named_belongs():
    assert belongs(actor="")
