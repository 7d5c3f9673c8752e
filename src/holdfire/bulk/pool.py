"""Reads documents in several processes: results in order, a process that dies is replaced, a document that kills its
process is found by halving its lot and set aside."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from holdfire.bulk.worker import Done, Ready, work
from holdfire.errors import HoldfireError
from holdfire.intake.files import IntakeProblem
from holdfire.model.claim import Claim
from holdfire.model.document import Document, Passage
from holdfire.rules.load import RuleSource

# Documents given out at once: enough that processes seldom wait, few enough that little is read again after a crash.
LOT = 16
# Lots in hand for each process, read or being read: bounds the memory while one slow lot holds up those behind it.
AHEAD = 4
# A document that ends its process this often is set aside: once may be the machine's doing.
TRIES = 2
# Seconds that one document may take. The longest report that is let in takes some ten on a slow machine.
PATIENCE = 120.0

Target = Callable[[Connection, RuleSource], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One document with what was read of it."""

    document: Document
    claims: tuple[Claim, ...]
    passages: tuple[Passage, ...]


@dataclass(slots=True)
class _Lot:
    """Documents with their places in the order of the whole, and how often reading them ended a process."""

    places: list[int]
    documents: list[Document]
    tries: int = 0

    def halves(self) -> list[_Lot]:
        middle = len(self.documents) // 2
        return [
            _Lot(self.places[:middle], self.documents[:middle]),
            _Lot(self.places[middle:], self.documents[middle:]),
        ]


@dataclass(slots=True)
class _Worker:
    process: Any
    connection: Connection
    ready: bool = False
    lot: _Lot | None = None
    since: float = field(default_factory=time.monotonic)


class Pool:
    """Processes that read by the same rules. Use as a context manager, so that none outlives the work."""

    def __init__(
        self, source: RuleSource, workers: int, *, lot: int = LOT, patience: float = PATIENCE, target: Target = work
    ) -> None:
        """workers: how many processes. lot: documents given out at once. patience: seconds for one document.

        target: what each process runs.
        """
        # A fork of this process would share its database and its threads; a server of forks shares neither.
        method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
        self._context: Any = get_context(method)
        if method == "forkserver":
            self._context.set_forkserver_preload(["holdfire.bulk.worker", "spacy"])
        self._source = source
        self._lot = lot
        self._patience = patience
        self._target = target
        self._count = workers
        self._workers: list[_Worker] = []
        self._stillborn = 0
        self.rulebook_hash = ""

    def __enter__(self) -> Pool:
        self._workers = [self._start() for _ in range(self._count)]
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._workers:
            each.connection.close()
            each.process.kill()
        for each in self._workers:
            each.process.join()

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of the processes at work."""
        return tuple(each.process.pid for each in self._workers)

    def read(self, items: Iterable[Document | IntakeProblem]) -> Iterator[Read | IntakeProblem]:
        """What was read of each document, in order; problems pass through, and documents that cannot be read join them.

        Raises HoldfireError where no process can start to read.
        """
        coming = iter(items)
        found: dict[int, Read | IntakeProblem] = {}
        again: deque[_Lot] = deque()
        entered = given = 0
        exhausted = False
        while True:
            # Give out what was left undone first, then what comes.
            for worker in self._workers:
                if not worker.ready or worker.lot is not None:
                    continue
                if not again and not exhausted and entered - given < self._count * self._lot * AHEAD:
                    lot = _Lot([], [])
                    for item in coming:
                        if isinstance(item, IntakeProblem):
                            found[entered] = item
                        else:
                            lot.places.append(entered)
                            lot.documents.append(item)
                        entered += 1
                        if len(lot.documents) == self._lot:
                            break
                    exhausted = len(lot.documents) < self._lot
                    if lot.documents:
                        again.append(lot)
                if again:
                    self._give(worker, again.popleft())
            while given in found:
                yield found.pop(given)
                given += 1
            busy = any(each.lot for each in self._workers)
            if exhausted and not again and not busy:
                return
            self._gather(found, again)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=self._target, args=(theirs, self._source), daemon=True)
        process.start()
        # Only the process itself keeps its end, so that its death is seen here.
        theirs.close()
        return _Worker(process=process, connection=ours)

    def _give(self, worker: _Worker, lot: _Lot) -> None:
        worker.lot, worker.since = lot, time.monotonic()
        try:
            worker.connection.send(lot.documents)
        except OSError:
            # It died just now; that is noticed where answers are gathered.
            return

    def _gather(self, found: dict[int, Read | IntakeProblem], again: deque[_Lot]) -> None:
        """Take in what the processes have to say, wait for one if need be, and replace those that died or hang."""
        answering = set(wait([each.connection for each in self._workers], timeout=1.0))
        for place, worker in enumerate(self._workers):
            if worker.connection in answering:
                try:
                    message = worker.connection.recv()
                except (EOFError, OSError):
                    self._replace(place, found, again)
                    continue
                if isinstance(message, Ready):
                    self._begin(worker, message)
                else:
                    self._take(worker, message, found)
            elif worker.lot and time.monotonic() - worker.since > self._patience * len(worker.lot.documents):
                worker.process.kill()
                self._replace(place, found, again)

    def _begin(self, worker: _Worker, message: Ready) -> None:
        if message.broken is not None:
            raise HoldfireError(message.broken)
        worker.ready = True
        self.rulebook_hash = message.rulebook_hash
        self._stillborn = 0

    def _take(self, worker: _Worker, done: list[Done], found: dict[int, Read | IntakeProblem]) -> None:
        lot, worker.lot = worker.lot, None
        assert lot is not None
        for place, document, each in zip(lot.places, lot.documents, done, strict=True):
            if each.problem is not None:
                found[place] = IntakeProblem(where=document.id, what=each.problem)
            else:
                found[place] = Read(document=document, claims=each.claims, passages=each.passages)

    def _replace(self, place: int, found: dict[int, Read | IntakeProblem], again: deque[_Lot]) -> None:
        worker = self._workers[place]
        worker.connection.close()
        worker.process.join()
        code, lot = worker.process.exitcode, worker.lot
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn > 2 * self._count:
                raise HoldfireError(
                    f"Reading in {self._count} processes: they end while they load (exit code {code}). "
                    "Is there memory enough? Try fewer --workers."
                )
        self._workers[place] = self._start()
        if lot is None:
            return
        if len(lot.documents) > 1:
            again.extendleft(reversed(lot.halves()))
        elif lot.tries + 1 < TRIES:
            again.appendleft(_Lot(lot.places, lot.documents, lot.tries + 1))
        else:
            what = f"reading it ended the process {TRIES} times (exit code {code}); it was set aside."
            found[lot.places[0]] = IntakeProblem(where=lot.documents[0].id, what=what)
