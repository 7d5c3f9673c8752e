"""Whether a document is about something else that borrows the words of war."""

from __future__ import annotations

import re
from collections.abc import Sequence

from holdfire.model.document import Passage
from holdfire.rules.domains import DomainRules

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# Fewer different words than this tell nothing: chosen on the eight `none` documents of the development corpus and the
# samples; 4 already silences a conflict report that mentions a football stadium and its coach.
_LEAST_WORDS = 6


def foreign_domain(text: str, passages: Sequence[Passage], rules: DomainRules) -> str | None:
    """The id of the domain that a document plainly belongs to, None for reports on conduct in a conflict.

    A domain wins with at least six different words of its own, and more of them than words that speak of politics
    and armed force. Only passages count, so that boilerplate decides nothing.
    """
    words = {match.group().lower() for each in passages for match in _WORD.finditer(each.span.of(text))}
    political = len(words & rules.political)
    counts = {name: len(words & own) for name, own in rules.domains.items()}
    best = max(counts, key=lambda name: counts[name], default=None)
    if best is None or counts[best] < _LEAST_WORDS or counts[best] <= political:
        return None
    return best
