"""`holdfire silence` and `holdfire suspects` on an invented event table that was stored as an import stores it."""

import json
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from holdfire.ledger.append import begin_run
from holdfire.ledger.append_events import Progress, append_events
from holdfire.ledger.connect import open_ledger
from holdfire.model.event_row import EventRow
from tests.cli.calling import holdfire

START, DAYS = date(2029, 1, 1), 500
LAST = START + timedelta(days=DAYS - 1)
FRONT = "text:valley front"
EPISODES = (120, 230, 350, 478)


def rows():
    """Twenty parties at war; the Front comes to Port Amar's help in three episodes and is silent since day 460."""
    chance = np.random.default_rng(3)
    actors = [FRONT, "text:port amar", "text:rare bird", *(f"text:party {number}" for number in range(18))]
    number = 0
    for day in range(DAYS):
        on = START + timedelta(days=day)
        for actor in actors:
            rate = {FRONT: 0.7, "text:rare bird": 0.01, "text:port amar": 0.1}.get(actor, 0.3)
            acts = 0 if actor == FRONT and day >= 460 else int(chance.poisson(rate))
            acts += 2 if actor == FRONT and any(first <= day < first + 9 for first in EPISODES[:3]) else 0
            for _ in range(acts):
                number += 1
                yield row(number, on, "ASSAULT", actor, "text:hill council")
        for _ in range(int(chance.poisson(6))):
            number += 1
            yield row(number, on, "CONSULT", "text:envoys", None)
        if any(first <= day < first + 9 for first in EPISODES):
            number += 1
            yield row(number, on, "ASSAULT", "text:sea lords", "text:port amar")


def row(number, on, event, actor, recipient):
    return EventRow(
        origin="acled", origin_id=f"PAM{number}", day=on, code=event, event=event, actor_key=actor,
        actor_text=actor.removeprefix("text:"), recipient_key=recipient,
        recipient_text=recipient.removeprefix("text:") if recipient else None, country="PAM", reported_on=on,
    )  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("silence") / "ledger.db"
    now = datetime(2031, 3, 1, tzinfo=UTC)
    with open_ledger(f"sqlite:///{path}", create=True) as opened:
        run = begin_run(opened, command="import", rulebook_hash="rules", version="0", now=now)
        append_events(
            opened, run, list(rows()), now=now, progress=Progress(file="pam.csv", file_sha256="f" * 64, last_line=2)
        )
    return f"sqlite:///{path}"


def asked(ledger, *arguments):
    found = holdfire(*arguments, "--ledger", ledger, "--format", "json")
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


def test_silence_names_who_is_quiet_and_since_when(ledger):
    found = asked(ledger, "silence")
    said = {each["actor"]["name"]: each for each in found["actors"]}
    front = said["valley front"]
    assert (front["word"], found["source"]) == ("quiet", "acled")
    assert START + timedelta(days=455) <= date.fromisoformat(front["since"]) <= START + timedelta(days=461)
    assert front["seen"] < front["band"][0]
    others = [each["word"] for name, each in said.items() if name.startswith("party")]
    assert others.count("normal") >= 14


def test_one_actor_with_what_it_rests_on(ledger):
    found = holdfire("silence", "--actor", "Valley Front", "--ledger", ledger)
    assert found.returncode == 0, found.stderr
    assert "valley front  quiet since" in found.stdout
    assert "to be expected" in found.stdout
    assert "shortest silence that would be beyond chance:" in found.stdout
    assert "none of them is holding fire" in found.stdout


def test_a_rare_actor_cannot_be_told(ledger):
    found = asked(ledger, "silence", "--actor", "rare bird")["actors"][0]
    assert found["word"] == "cannot tell"
    assert found["shortest_silence_days"] is None or found["shortest_silence_days"] > 56


def test_days_after_the_table_cannot_be_told(ledger):
    found = asked(ledger, "silence", "--actor", "Valley Front", "--valid-on", "2031-01-01")["actors"][0]
    assert (found["word"], found["reason"]) == ("cannot tell", f"the counts end on {LAST}")


def test_an_earlier_day_is_judged_by_what_was_before_it(ledger):
    found = asked(ledger, "silence", "--actor", "Valley Front", "--valid-on", "2030-03-01")["actors"][0]
    assert found["word"] == "normal"


def test_claims_alone_are_too_few(ledger):
    found = asked(ledger, "silence", "--from", "claims")
    assert found["actors"] == []


def test_suspects_are_named_with_their_episodes(ledger):
    found = asked(ledger, "suspects", "--when", "attack on Port Amar")
    assert [date.fromisoformat(each["start"]) for each in found["earlier"]] == [
        START + timedelta(days=first) for first in EPISODES[:3]
    ]
    front = found["suspects"][0]
    assert (front["actor"]["key"], front["seen"]) == (FRONT, 0)
    assert front["chance"] < 0.01
    assert "text:sea lords" not in {each["actor"]["key"] for each in found["suspects"]}
    said = holdfire("suspects", "--when", "attack on Port Amar", "--ledger", ledger).stdout
    assert "valley front: acted in 3 of 3" in said


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("suspects", "--when", "rain on Port Amar"), 'Write it as "attack on NAME"'),
        (("silence", "--count", "thoughts"), "--count: 'thoughts' is none of attacks, deeds, words"),
        (("silence", "--from", "hearsay"), "--from: 'hearsay' is none of claims"),
        (("silence", "--by", "night"), "--by: 'night' is none of event, report"),
    ],
)
def test_misuse_is_told_in_a_line(ledger, arguments, told):
    found = holdfire(*arguments, "--ledger", ledger)
    assert found.returncode == 2
    assert told in found.stderr
    assert "Traceback" not in found.stderr


def test_a_figure_is_drawn(ledger, tmp_path):
    found = holdfire("plot", "silence", "Valley Front", "-o", tmp_path / "front.svg", "--ledger", ledger)
    assert found.returncode == 0, found.stderr
    assert "valley front, quiet" in found.stderr
    assert (tmp_path / "front.svg").read_text("utf-8").startswith("<?xml")


def test_an_actor_without_counts_has_no_figure(ledger, tmp_path):
    found = holdfire(
        "plot", "silence", "Valley Front", "-o", tmp_path / "x.svg", "--ledger", ledger, "--from", "claims"
    )
    assert found.returncode == 1
    assert "Drawing the silence of valley front: nothing was counted." in found.stderr
