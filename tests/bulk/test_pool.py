"""The pool: results in order whatever dies, a report that kills its process set aside, nothing left behind."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from holdfire.bulk.pool import Pool, Read
from holdfire.bulk.serial import Serial
from holdfire.errors import HoldfireError
from holdfire.intake.files import IntakeProblem
from holdfire.model.document import Document
from holdfire.rules.load import RuleSource
from tests.bulk import dying

CORPUS = Path(__file__).parents[2] / "evaluation" / "corpora" / "dev"


def reports(count: int) -> list[Document]:
    found = []
    for path in sorted(CORPUS.glob("*.yaml"))[:count]:
        record = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        found.append(Document(id=str(record["id"]), text=record["text"], title=record["title"]))
    return found


def documents(texts: Sequence[str]) -> list[Document]:
    return [Document(id=str(number), text=text) for number, text in enumerate(texts)]


def outcomes(texts: Sequence[str], *, lot: int = 4, patience: float = 60.0, workers: int = 2) -> list[str]:
    with Pool(RuleSource(), workers, lot=lot, patience=patience, target=dying.reading) as pool:
        return [
            f"{each.where}: {each.what}" if isinstance(each, IntakeProblem) else each.document.id
            for each in pool.read(documents(texts))
        ]


def test_two_processes_read_what_one_reads_in_the_same_order() -> None:
    items: list[Document | IntakeProblem] = [*reports(12)]
    items.insert(3, IntakeProblem(where="page.html", what="is empty."))
    with Serial(RuleSource()) as serial:
        alone = list(serial.read(items))
    with Pool(RuleSource(), 2, lot=3) as pool:
        together = list(pool.read(items))
    assert together == alone
    assert pool.rulebook_hash == serial.rulebook_hash
    assert sum(len(each.claims) for each in together if isinstance(each, Read)) > 50


def test_a_process_killed_while_it_reads_is_replaced_and_nothing_is_lost() -> None:
    items = reports(14)
    with Serial(RuleSource()) as serial:
        alone = list(serial.read(items))
    with Pool(RuleSource(), 2, lot=2) as pool:
        found = []
        for number, each in enumerate(pool.read(items)):
            found.append(each)
            if number in (1, 5, 8):
                os.kill(pool.processes[number % 2], signal.SIGKILL)
    assert found == alone


def test_a_report_that_kills_its_process_is_found_and_set_aside() -> None:
    texts = ["fine"] * 21
    texts[6] = "KILL"
    found = outcomes(texts, lot=8)
    assert [each for each in found if ":" in each] == [
        "6: reading it ended the process 2 times (exit code -9); it was set aside."
    ]
    assert [each.split(":")[0] for each in found] == [str(number) for number in range(21)]


def test_a_report_without_end_is_set_aside_too() -> None:
    found = outcomes(["fine", "HANG", "fine"], lot=1, patience=0.5)
    assert found[0] == "0"
    assert "set aside" in found[1]
    assert found[2] == "2"


def test_a_report_that_cannot_be_read_costs_itself_alone() -> None:
    assert outcomes(["fine", "FAIL", "fine"]) == ["0", "1: no", "2"]


def test_no_reports_and_fewer_than_processes() -> None:
    assert outcomes([]) == []
    assert outcomes(["fine"], workers=3) == ["0"]


def test_no_more_is_taken_in_than_is_in_hand() -> None:
    taken = 0

    def coming():  # type: ignore[no-untyped-def]
        nonlocal taken
        for each in documents(["fine"] * 400):
            taken += 1
            yield each

    with Pool(RuleSource(), 2, lot=2, target=dying.reading) as pool:
        for given, _ in enumerate(pool.read(coming()), 1):
            assert taken - given <= 2 * 2 * 5


@pytest.mark.parametrize(
    ("target", "words"),
    [(dying.stillborn, r"end while they load \(exit code 3\)"), (dying.broken, "rules are missing")],
)
def test_processes_that_cannot_start_are_an_error(target, words) -> None:  # type: ignore[no-untyped-def]
    with Pool(RuleSource(), 2, target=target) as pool, pytest.raises(HoldfireError, match=words):
        list(pool.read(documents(["fine"])))


def test_no_process_outlives_the_pool() -> None:
    with Pool(RuleSource(), 2, target=dying.reading) as pool:
        processes = pool.processes
        assert len(list(pool.read(documents(["fine"])))) == 1
    time.sleep(0.1)
    for each in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(each, 0)
