"""A claim: one actor doing, or not doing, one event, according to one source chain, on one evidence span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from holdfire.model.actor import Mention
from holdfire.model.source import Quote, Source
from holdfire.model.span import Span

Polarity = Literal["affirmed", "negated"]
Modality = Literal["actual", "intended", "conditional", "possible", "historical"]
Certainty = Literal["stated", "attributed", "hedged", "rumoured", "denied"]
ReasonRelation = Literal["cause", "purpose", "condition", "concession"]
Bearing = Literal["for", "against"]

EVENTS = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
POLARITIES = ("affirmed", "negated")
MODALITIES = ("actual", "intended", "conditional", "possible", "historical")
CERTAINTIES = ("stated", "attributed", "hedged", "rumoured", "denied")
CONDUCTS = (
    "attacking", "mobilising", "arming", "aiding", "coercing", "protesting", "holding fire", "standing down",
    "threatening", "urging action", "urging restraint", "backing", "condemning", "refusing", "conceding",
    "agreeing", "mediating", "talking", "weighing",
)  # fmt: skip
REASON_CATEGORIES = (
    "deterrence", "survival", "economic", "political", "religious", "sovereignty", "patron", "capability",
    "domestic opinion", "alliance", "ideology", "retaliation", "legal", "humanitarian", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The clause that carries a claim. Invariant: `document.text[start_char:end_char] == text`.

    `prefix` and `suffix` are up to 32 characters either side (W3C TextQuoteSelector).
    """

    document_id: str
    span: Span
    text: str
    prefix: str = ""
    suffix: str = ""
    role: str = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a speech act is about: the embedded event, its actor as the text names it, and its polarity."""

    event: str
    actor: str | None = None
    polarity: Polarity = "affirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why, as the text gives it, and who says so; `sources` empty means the article's own voice."""

    span: Span
    text: str
    category: str
    relation: ReasonRelation = "cause"
    bearing: Bearing = "for"
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What would bring a conditional claim about, in the text's words."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTime:
    """When: an inclusive interval of ISO dates. None at either end means open; `precision` is the unit meant."""

    start: str | None
    end: str | None
    text: str
    span: Span | None = None
    precision: str = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where: the text's words, and the gazetteer's answer where there is one.

    `country` is ISO 3166-1 alpha-3; `lat` and `lon` are WGS84 degrees. `precision` is "point", "town", "admin-1",
    "country", "sea" or "unresolved"; coordinates are None unless the gazetteer gives them.
    """

    text: str
    span: Span
    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    precision: str = "unresolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim as CODEBOOK section 2 defines it, with the rules that made it. `sources` are outermost first."""

    id: str
    evidence: Evidence
    actor: tuple[Mention, ...]
    event: str
    recipient: tuple[Mention, ...] = ()
    mode: str | None = None
    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    certainty: Certainty = "stated"
    likelihood: tuple[float, float] | None = None
    sources: tuple[Source, ...] = ()
    quote: Quote | None = None
    content: Content | None = None
    reasons: tuple[Reason, ...] = ()
    condition: Condition | None = None
    time: ClaimTime | None = None
    place: Place | None = None
    conduct: str | None = None
    rule_ids: tuple[str, ...] = ()
