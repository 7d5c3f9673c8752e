"""Who vouches for a claim: one link of a source chain, and an attribution as it stands in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from holdfire.model.span import Span

SourceKind = Literal["named", "unnamed", "outlet", "document"]
QuoteType = Literal["direct", "indirect", "mixed"]
AttributionKind = Literal["report", "stance", "thought", "denial", "rumour"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One link in a chain, outermost first. `text` equals the slice at `span`.

    `closeness` is the text's own word for how near the source stands ("close to al-Sadr", "on condition of
    anonymity"), `role` what it is ("analyst"); both None where nothing is said.
    """

    text: str
    span: Span
    kind: SourceKind
    id: str | None = None
    name: str | None = None
    role: str | None = None
    closeness: str | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The span of the words reported, quotation marks included when there are any."""

    span: Span
    type: QuoteType


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source, cue and content as they stand in the text; content may be several stretches, in order.

    `source` is None when nobody is named (a quotation without a speaker); its own span is the shortest phrase that
    names somebody, `source_span` the whole noun phrase with appositions ("who" where a relative clause says it).
    `certainty` is what the cue says of the content: "attributed", "hedged", "rumoured" or "denied". `kind` is what
    the source does with it: a "stance" judges, asks or promises and does not vouch for the event it speaks of.
    `cue_id` names the rule, `score` (0 to 1) how surely its kind of complement is content. `closed` is False where a
    quotation mark is missing and the extent is a guess. `nested` is True where the cue itself is quoted.
    """

    content: tuple[Span, ...]
    type: QuoteType
    source: Source | None = None
    source_span: Span | None = None
    cue: Span | None = None
    cue_id: str | None = None
    certainty: str = "attributed"
    kind: AttributionKind = "report"
    score: float = 1.0
    closed: bool = True
    nested: bool = False
