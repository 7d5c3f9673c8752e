"""From a table of events to a verdict: import, count, judge. The Valley Front strikes, and then it does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from benchmarks.made_tables import ACLED_NEW, Row, write_csv

from holdfire.analysis.silence_series import Act, Watch, series_of
from holdfire.analysis.silence_verdict import quietness_of
from holdfire.ledger.connect import Ledger, open_ledger
from holdfire.ledger.events import event_tallies
from holdfire.model.entry import AsOf
from holdfire.model.silence import Quietness
from holdfire.rules.load import RuleSource
from holdfire.rules.silence import load_counted
from tests.cli.calling import holdfire
from tests.exchange.test_event_import import bring

OWN_ACTORS = """
[[actor]]
id = "pam"
name = "Port Amar"
kind = "state"
country = "PAM"

[[actor]]
id = "nor"
name = "Norland"
kind = "state"
country = "NOR"

[[actor]]
id = "pam.valley-front"
name = "Valley Front"
kind = "armed group"
country = "PAM"
aliases = ["VLF"]
memberships = [{ relation = "backed by", actor = "nor" }]
"""
EPISODES = (100, 220, 340, 460, 590)
START, DAYS, LAST = date(2030, 1, 1), 600, 45
END = START + timedelta(days=DAYS - 1)
FRONT = "pam.valley-front"
OTHERS = tuple(f"Party {number}" for number in range(24))


def table(course: str, *, seed: int = 8) -> Iterator[Row]:
    """Rows of ACLED over 600 days: strikes of the Front and 24 others on the army, and protests, which go on."""
    chance = np.random.default_rng(seed)
    rates = [0.6, *chance.gamma(1.5, 0.3, len(OTHERS))]
    number = 0
    for day in range(DAYS):
        over = day >= DAYS - LAST
        thin = 0.2 if over and course == "black-out" else 1.0
        happened = [(name, "Air/drone strike", rate * thin) for name, rate in zip(("VLF", *OTHERS), rates, strict=True)]
        happened.append(("Protesters (Port Amar)", "Peaceful protest", 6.0 * thin))
        for name, kind, rate in happened:
            times = 0 if over and name == "VLF" and course != "as ever" else chance.poisson(rate)
            for _ in range(times):
                number += 1
                yield {
                    "event_id_cnty": f"PAM{number}", "event_date": (START + timedelta(days=day)).isoformat(),
                    "event_type": "Protests" if "protest" in kind else "Explosions/Remote violence",
                    "sub_event_type": kind, "actor1": name, "actor2": "Military Forces of Port Amar (2020-)",
                    "country": "Port Amar", "location": "Hill Gate", "timestamp": 1940000000,
                }  # fmt: skip


def told_of_the_front(ledger: Ledger, on: date) -> Quietness:
    acts = [
        Act(day=each.day, event=each.event, actor=each.actor_key, recipient=each.recipient_key, country=each.country,
            reported_on=each.reported_on, count=each.count)
        for each in event_tallies(ledger, AsOf(valid_on=on), origins=["acled"])
    ]  # fmt: skip
    keys = (FRONT, *(f"text:{name.lower()}" for name in OTHERS))
    watch = Watch(actors=keys, countries=dict.fromkeys(keys, "PAM"))
    series = series_of(acts, watch, load_counted(RuleSource()), first=START, last=on)
    return quietness_of(series, on, keys=keys, names=keys)[0]


@pytest.mark.parametrize(
    ("course", "word"), [("silent", "quiet"), ("black-out", "not reported"), ("as ever", "normal")]
)
def test_a_table_comes_to_a_verdict(tmp_path: Path, course: str, word: str) -> None:
    path = write_csv(tmp_path / "acled.csv", ACLED_NEW, table(course))
    with open_ledger(tmp_path / "ledger.db") as ledger:
        done = bring(path, "acled", ledger)
        assert done.tally.used == done.tally.read > 5000
        found = told_of_the_front(ledger, END)
        assert (found.key, found.word) == (FRONT, word)
        if word == "quiet":
            assert found.since is not None
            assert abs((found.since - (END - timedelta(days=LAST - 1))).days) <= 7
            assert found.last_act == found.since - timedelta(days=1)
            # The day before the silence began it was not yet there.
            assert told_of_the_front(ledger, END - timedelta(days=LAST)).word == "normal"


def flare_ups() -> Iterator[Row]:
    """Five times Norland is attacked for ten days. The Front, its ally, answers four times, and the League always."""
    chance = np.random.default_rng(3)
    number = 0
    for day in range(DAYS):
        episode = next((place for place, first in enumerate(EPISODES) if first <= day < first + 10), None)
        answers = episode is not None and episode < len(EPISODES) - 1
        strike = ("Explosions/Remote violence", "Air/drone strike")
        protest = ("Protests", "Peaceful protest")
        happened = (
            ("Protesters (Norland)", protest, "", 6.0, "Norland"),
            ("Protesters (Port Amar)", protest, "", 6.0, "Port Amar"),
            ("Hill Council", strike, "Government of Norland", 0.0 if episode is None else 4.0, "Norland"),
            ("VLF", strike, "Hill Council", 3.0 if answers else 0.0 if episode else 0.3, "Port Amar"),
            ("Amar League", strike, "Hill Council", 0.5 if episode is None else 2.5, "Port Amar"),
        )
        for who, (sort, finer), whom, rate, country in happened:
            for _ in range(chance.poisson(rate)):
                number += 1
                yield {
                    "event_id_cnty": f"PAM{number}", "event_date": (START + timedelta(days=day)).isoformat(),
                    "event_type": sort, "sub_event_type": finer, "actor1": who, "actor2": whom, "country": country,
                    "location": "Hill Gate", "timestamp": 1940000000,
                }  # fmt: skip


@pytest.fixture
def own_rules(tmp_path: Path) -> Path:
    (tmp_path / "rules" / "actors").mkdir(parents=True)
    (tmp_path / "rules" / "actors" / "valley.toml").write_text(OWN_ACTORS)
    return tmp_path / "rules"


def test_the_commands_go_from_a_table_to_the_usual_suspects(tmp_path: Path, own_rules: Path) -> None:
    common = ("--ledger", tmp_path / "l.db", "--rules", own_rules)
    path = write_csv(tmp_path / "acled.csv", ACLED_NEW, flare_ups())
    assert holdfire("import", "acled", path, *common).returncode == 0
    found = holdfire("suspects", "--when", "attack on Norland", *common)
    assert found.returncode == 0, found.stderr
    assert "from acled" in found.stdout
    assert "Valley Front, an ally: acted in 4 of 4" in found.stdout
    assert "League" not in found.stdout


def test_the_commands_go_from_a_table_to_a_silence(tmp_path: Path, own_rules: Path) -> None:
    common = ("--ledger", tmp_path / "l.db", "--rules", own_rules)
    path = write_csv(tmp_path / "acled.csv", ACLED_NEW, table("silent"))
    assert holdfire("import", "acled", path, *common).returncode == 0
    found = holdfire("silence", "--actor", "Valley Front", *common)
    assert found.returncode == 0, found.stderr
    assert "Valley Front  quiet since 9 July 2031" in found.stdout
