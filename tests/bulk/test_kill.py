"""`holdfire read` killed at any moment and gone on with ends as a run that nobody disturbed."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from holdfire.ledger.check import check, content_hash
from holdfire.ledger.connect import open_ledger

CORPORA = Path(__file__).parents[2] / "evaluation" / "corpora"
# Where in the run the kill falls, as a share of the time that an undisturbed run takes.
SEED = 11
FEW, MANY = 2, 20


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bulk") / "reports.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for each in sorted(CORPORA.rglob("*.yaml")):
            record = yaml.load(each.read_text("utf-8"), yaml.CSafeLoader)
            line = {"id": str(record["id"]), "text": record["text"], "title": record["title"], "outlet": "The Post"}
            file.write(json.dumps(line) + "\n")
    return path


def start(reports: Path, ledger: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "holdfire.cli.main", "read", str(reports), "--workers", "2", *options]
    return subprocess.Popen([*command, "--ledger", str(ledger)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def found_in(ledger: Path) -> str:
    with open_ledger(str(ledger), create=False, read_only=True) as opened:
        assert list(check(opened)) == []
        return content_hash(opened)


@pytest.fixture(scope="module")
def undisturbed(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, float]:
    """The content hash of a run that nobody disturbs, and how long it took, in seconds."""
    ledger = tmp_path_factory.mktemp("whole") / "ledger.db"
    started = time.monotonic()
    assert start(reports, ledger).wait() == 0
    return found_in(ledger), time.monotonic() - started


def below(process: int) -> Iterator[int]:
    """The processes under a process, at any depth."""
    for each in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((each / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        if parent == process:
            yield int(each.name)
            yield from below(int(each.name))


def kill_once(reports: Path, ledger: Path, after: float, *, writer: bool, chance: random.Random) -> None:
    """Start a run, kill its writer or one of the processes under it after so many seconds, wait for its end."""
    run = start(reports, ledger)
    time.sleep(after)
    under = list(below(run.pid))
    victim = run.pid if writer or not under else chance.choice(under)
    if run.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
    run.wait()


def go_on_to_the_end(reports: Path, ledger: Path) -> None:
    # Set aside by two kills in a row, or by the end of the run: what is missing is read again.
    for _ in range(3):
        if start(reports, ledger, "--resume").wait() == 0:
            return
    raise AssertionError("the run does not come to its end")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc")
@pytest.mark.parametrize("number", [*range(FEW), *(pytest.param(n, marks=pytest.mark.soak) for n in range(FEW, MANY))])
def test_a_killed_run_gone_on_with_has_the_same_content(
    number: int, reports: Path, undisturbed: tuple[str, float], tmp_path: Path
) -> None:
    chance = random.Random(SEED + number)
    wanted, seconds = undisturbed
    ledger = tmp_path / "ledger.db"
    kill_once(reports, ledger, chance.uniform(0.3, 0.95) * seconds, writer=number % 2 == 0, chance=chance)
    go_on_to_the_end(reports, ledger)
    assert found_in(ledger) == wanted


def test_what_was_read_is_passed_over(reports: Path, tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("".join(reports.read_text("utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
    ledger = tmp_path / "ledger.db"
    assert start(few, ledger).wait() == 0
    again = subprocess.run(
        [sys.executable, "-m", "holdfire.cli.main", "read", str(few), "--resume", "--ledger", str(ledger)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert again.returncode == 0
    assert "Read 0 reports" in again.stdout
    assert "3 reports read before." in again.stdout
