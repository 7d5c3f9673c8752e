"""One process that reads: loads the model once, then takes lots of documents and gives back what it read of each."""

from __future__ import annotations

import gc
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from holdfire.errors import HoldfireError
from holdfire.model.claim import Claim
from holdfire.model.document import Document, Passage
from holdfire.pipeline import Reader, load_reader, read_many, read_whole
from holdfire.rules.load import RuleSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The first message of a worker: it can read, by this rulebook; or it cannot, and why."""

    rulebook_hash: str = ""
    broken: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was read of one document, or why it could not be."""

    claims: tuple[Claim, ...] = ()
    passages: tuple[Passage, ...] = ()
    problem: str | None = None


def work(connection: Connection, source: RuleSource) -> None:
    """Read lots of documents until the other end closes. The last thing that a process of the pool runs."""
    # Ctrl-C is for whoever gives out the work.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        reader = load_reader(source)
    except HoldfireError as why:
        connection.send(Ready(broken=str(why)))
        return
    # Rules and names live as long as the process: there is nothing to look for in them.
    gc.collect()
    gc.freeze()
    try:
        connection.send(Ready(rulebook_hash=reader.rulebook.digest))
        while True:
            connection.send(read_lot(connection.recv(), reader))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        # The other end is gone: nobody waits for more.
        return


def read_lot(documents: Sequence[Document], reader: Reader) -> list[Done]:
    """What was read of each document, in their order. One that cannot be read costs itself alone."""
    try:
        return [Done(claims=claims, passages=passages) for _, claims, passages in read_many(documents, reader)]
    except Exception:
        return [_alone(each, reader) for each in documents]


def _alone(document: Document, reader: Reader) -> Done:
    try:
        _, claims, passages = read_whole(document, reader)
    except HoldfireError as why:
        return Done(problem=str(why))
    except Exception as why:
        # Whatever a report does to the reading, the other reports are to be read.
        return Done(problem=f"reading it failed with {type(why).__name__}: {why}. Please report this.")
    return Done(claims=claims, passages=passages)
