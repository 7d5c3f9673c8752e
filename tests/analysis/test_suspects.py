"""Usual suspects, on invented parties."""

from datetime import date, timedelta

import numpy as np
import pytest

from holdfire.analysis.silence_counts import Series
from holdfire.analysis.suspects import episodes_of, suspects_of

START = date(2024, 1, 1)
ON = START + timedelta(days=395)
EPISODES = (50, 140, 260, 380)


def table(**acts):
    """Four attacks of ten days on Port Amar; acts are given for each day of each episode."""
    attacks = np.zeros(400, int)
    own = np.zeros((len(acts), 400), int)
    for number, first in enumerate(EPISODES):
        attacks[first : first + 10] = 1
        for row, counts in enumerate(acts.values()):
            own[row, first : first + 10] = counts[number]
    none = np.zeros_like(own)
    return Series(own, none + 5, none, none, START), attacks, [f"text:{name}" for name in acts]


def suspicion(series, attacks, keys, on=ON, **more):
    return suspects_of(series, attacks, on, keys=keys, names=[each.removeprefix("text:") for each in keys], **more)


def test_who_acted_before_and_does_not_now_is_named_with_the_episodes():
    found = suspicion(*table(front=(1, 1, 1, 0), league=(1, 1, 1, 1), neutral=(0, 0, 0, 0)))
    assert [each.name for each in found.suspects] == ["front"]
    front = found.suspects[0]
    assert (front.acts, front.acted_in, front.seen) == ((10, 10, 10), 3, 0)
    assert front.chance < 0.02
    assert [each.start for each in found.earlier] == [START + timedelta(days=first) for first in EPISODES[:3]]
    assert found.latest.start == START + timedelta(days=380)


def test_the_more_surprising_comes_first():
    found = suspicion(*table(seldom=(1, 1, 1, 0), often=(3, 3, 3, 0)))
    assert [each.name for each in found.suspects] == ["often", "seldom"]


def test_once_is_no_habit():
    assert suspicion(*table(front=(1, 0, 0, 0))).suspects == ()


def test_the_attackers_are_no_suspects_and_allies_are_marked():
    series, attacks, keys = table(foe=(1, 1, 1, 0), friend=(1, 1, 1, 0))
    found = suspicion(series, attacks, keys, foes=frozenset({"text:foe"}), allies=frozenset({"text:friend"}))
    assert [(each.name, each.allied) for each in found.suspects] == [("friend", True)]


def test_without_an_attack_now_nobody_is_missing():
    series, attacks, keys = table(front=(1, 1, 1, 0))
    found = suspicion(series, attacks, keys, on=START + timedelta(days=340))
    assert found.latest is None
    assert len(found.earlier) == 3
    assert found.suspects == ()


def test_a_war_without_pause_has_its_flares_as_episodes():
    attacks = np.random.default_rng(1).poisson(0.3, 400)
    attacks[100:107] += 3
    attacks[300:307] += 3
    found = episodes_of(attacks, START)
    assert [abs((each.start - START).days - first) < 10 for each, first in zip(found, (100, 300), strict=True)] == [
        True,
        True,
    ]


@pytest.mark.parametrize("attacks", [np.zeros(400, int), np.zeros(0, int), np.eye(1, 400, 7, dtype=int)[0]])
def test_no_attack_or_a_single_one_is_no_episode(attacks):
    assert episodes_of(attacks, START) == ()
