"""Reads documents in this process, one after the other, behind the same call as the pool."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator

from holdfire.bulk.pool import Read
from holdfire.errors import HoldfireError
from holdfire.intake.files import IntakeProblem
from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, read_whole
from holdfire.rules.load import RuleSource


class Serial:
    """Loads the model for the first document that can be read, not for a mistyped path."""

    def __init__(self, source: RuleSource) -> None:
        self._source = source
        self._reader: Reader | None = None
        self.rulebook_hash = ""

    def __enter__(self) -> Serial:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def read(self, items: Iterable[Document | IntakeProblem]) -> Iterator[Read | IntakeProblem]:
        """What was read of each document, in order; problems pass through, and documents that cannot be read join them.

        Raises RuleError or HoldfireError where rules or model cannot be loaded.
        """
        for item in items:
            if isinstance(item, IntakeProblem):
                yield item
                continue
            if self._reader is None:
                self._reader = load_reader(self._source)
                self.rulebook_hash = self._reader.rulebook.digest
                # Rules and names live as long as the process: there is nothing to look for in them.
                gc.collect()
                gc.freeze()
            try:
                document, claims, passages = read_whole(item, self._reader)
            except HoldfireError as why:
                yield IntakeProblem(where=item.id, what=str(why))
            else:
                yield Read(document=document, claims=claims, passages=passages)
