from datetime import date

import pytest

from holdfire.actors.check import doubts
from holdfire.model.actor import Actor, Alias, Membership, Office


def found(*actors: Actor) -> list[str]:
    return list(doubts({each.id: each for each in actors}, {each.id: "a.toml" for each in actors}))


def front(**fields) -> Actor:
    return Actor(id="pam.front", name="Valley Front", kind="armed group", **fields)


LEAGUE = Actor(
    id="league", name="Rim League", kind="coalition", start=date(2000, 1, 1), end=date(2010, 1, 1)
)  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"aliases": (Alias(text="VLF"), Alias(text="VLF"))}, "has the alias 'VLF' twice. Drop one."),
        ({"aliases": (Alias(text="VLF", ambiguous=True),)}, "'VLF' ambiguous without a note. Say in `note`"),
        (
            {"memberships": (Membership(relation="member of", actor_id="league", start=date(2012, 1, 1)),)},
            "when 'league' was not (2000-01-01 to 2010-01-01). Correct one of the dates.",
        ),
        (
            {
                "end": date(1999, 1, 1),
                "memberships": (Membership(relation="member of", actor_id="league", start=date(2005, 1, 1)),),
            },
            "when 'pam.front' was not",
        ),
        (
            {"start": date(2005, 1, 1), "offices": (Office(title="chair", of="league", end=date(2001, 1, 1)),)},
            "but lived 2005-01-01 to an unknown day",
        ),
        ({"end": date(2009, 1, 1), "offices": (Office(title="chair", of="league"),)}, "past its own end"),
    ],
)
def test_each_doubt_names_file_record_and_mend(fields, says):
    (problem,) = found(front(**fields), LEAGUE)
    assert problem.startswith("a.toml: actor 'pam.front' ")
    assert says in problem


def test_a_record_without_doubts_passes():
    actor = front(
        start=date(2001, 1, 1),
        end=date(2015, 1, 1),
        aliases=(Alias(text="VLF", ambiguous=True, note="also a league"), Alias(text="Front of the Valley")),
        memberships=(Membership(relation="member of", actor_id="league", start=date(2002, 1, 1)),),
        offices=(Office(title="chair", of="league", start=date(2003, 1, 1), end=date(2004, 1, 1)),),
    )
    assert found(actor, LEAGUE) == []


def test_names_of_two_actors_that_read_alike_are_told_of():
    other = Actor(id="pam.other", name="Valley-Front", kind="party")
    (problem,) = found(front(), other)
    assert problem.startswith("a.toml: actor 'pam.front' has the name 'Valley Front', and 'pam.other' in a.toml has")
    assert found(front(aliases=(Alias(text="Valley Front", ambiguous=True, note="also a party"),)), other) == []
