"""Finds where a report names the report that it retells or reprints: provenance, since such a report is no witness."""

from __future__ import annotations

from collections.abc import Sequence

from holdfire.model.document import Pointer
from holdfire.model.span import Span
from holdfire.rules.pointers import PointerRule


def find_pointers(text: str, rules: Sequence[PointerRule]) -> tuple[Pointer, ...]:
    """The pointers of a text in order, boilerplate included; of two that overlap the longer."""
    found = [
        Pointer(
            span=Span(*match.span()),
            text=match[0],
            kind=rule.kind,
            author=match.groupdict().get("author"),
            outlet=match.groupdict().get("outlet"),
        )
        for rule in rules
        for match in rule.form.finditer(text)
    ]
    kept: list[Pointer] = []
    for each in sorted(found, key=lambda pointer: -len(pointer.span)):
        if not any(each.span.overlaps(other.span) for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda pointer: pointer.span))
