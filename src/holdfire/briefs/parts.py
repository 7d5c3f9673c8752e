"""A brief as values: sentences made of statements, each with the claims that it rests on, and the notes to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from holdfire.rules.conducts import Conduct

Sureness = Literal["firm", "hedged", "rumoured", "denied"]
# What is only rumoured, or denied, whatever it is.
DOUBTFUL = "▨"
FIRM = frozenset(("stated", "attributed"))


def sureness_of(certainty: str) -> Sureness:
    """The certainty of a claim as a brief tells it: stated and attributed claims are firm."""
    if certainty in FIRM:
        return "firm"
    return certainty  # type: ignore[return-value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words and the claims that say so.

    actors: keys of everybody of whom it is said; each has a claim among those cited. conduct: what they are said to
    do. polarity: of the claims cited, None where they differ (a truce kept is affirmed, an attack not made negated).
    A statement without claims counts what the ledger holds, with its denominator, and names nobody.
    """

    text: str
    claim_ids: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    actors: tuple[str, ...] = ()
    conduct: str | None = None
    polarity: str | None = None
    certainty: Sureness | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Statements that are read one after the other, with what stands before and after them."""

    statements: tuple[Statement, ...]
    lead: str = ""
    between: str = ""
    end: str = "."

    @property
    def text(self) -> str:
        """The words without the numbers of the notes."""
        return self.lead + self.between.join(each.text for each in self.statements) + self.end


def sentence(*statements: Statement, lead: str = "", between: str = "") -> Sentence:
    """A sentence that begins with a capital."""
    first = statements[0]
    if not lead:
        first = replace(first, text=first.text[:1].upper() + first.text[1:])
    return Sentence(statements=(first, *statements[1:]), lead=lead, between=between)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences about one thing; `name` is the stretch at the beginning that is set off, `conduct` gives the sign.

    `doubtful`: rumour, denial or dispute, which never carry the sign of what is known.
    """

    sentences: tuple[Sentence, ...]
    name: str = ""
    conduct: str | None = None
    doubtful: bool = False

    def sign(self, conducts: Mapping[str, Conduct]) -> str:
        """The character that stands before it; nothing where it tells of no conduct."""
        if self.conduct is None:
            return ""
        return DOUBTFUL if self.doubtful else conducts[self.conduct].sign


# A paragraph that is written, and its claims numbered, only where there is room for it.
Draft = Callable[[], Paragraph]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part. `figure` is the key of the figure that stands in it."""

    key: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    figure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One claim cited: where it stands, in its own words, and how well it is vouched for.

    grade: the Admiralty's letter and digit. certainty: the claim's own. said_by: its source chain, outermost first.
    """

    number: int
    claim_id: str
    actor: str
    conduct: str
    certainty: str
    quote: str
    outlet: str
    day: date | None
    url: str | None
    document_id: str
    grade: str
    said_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything that is printed, except the figures. `headline` is the sentence under the title."""

    title: str
    heading: str
    headline: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    notes_title: str

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, in the order of reading."""
        body = (each for part in self.sections for paragraph in part.paragraphs for each in paragraph.sentences)
        return (*self.headline, *body)
