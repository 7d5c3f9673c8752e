"""Character spans: half-open ranges of Unicode code points in a document's text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where something stands in `Document.text`, end exclusive.

    Raises ValueError for a negative start or an end before the start.
    """

    start_char: int
    end_char: int

    def __post_init__(self) -> None:
        if self.start_char < 0 or self.end_char < self.start_char:
            raise ValueError(f"not a span: {self.start_char}..{self.end_char}")

    def __len__(self) -> int:
        return self.end_char - self.start_char

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start_char : self.end_char]

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one character."""
        return self.start_char < other.end_char and other.start_char < self.end_char

    def contains(self, other: Span) -> bool:
        """True when `other` lies wholly inside."""
        return self.start_char <= other.start_char and other.end_char <= self.end_char

    def hull(self, other: Span) -> Span:
        """The shortest span that covers both."""
        return Span(min(self.start_char, other.start_char), max(self.end_char, other.end_char))


def trimmed(text: str, start_char: int, end_char: int) -> Span:
    """The span without white space at either end; empty at `start_char` when nothing is left."""
    while start_char < end_char and text[start_char].isspace():
        start_char += 1
    while end_char > start_char and text[end_char - 1].isspace():
        end_char -= 1
    return Span(start_char, end_char)
