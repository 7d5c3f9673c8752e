"""Someone as the text names them (Mention), as the knowledge base knows them (Actor), and the bridge."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from holdfire.model.span import Span

MentionForm = Literal["named", "nominal", "pronoun", "elided"]
Relation = Literal["member of", "backed by", "allied with", "led by", "organ of"]

KINDS = (
    "state",
    "government body",
    "armed force",
    "armed group",
    "coalition",
    "party",
    "international body",
    "religious authority",
    "leader",
    "media",
    "ethnic or social group",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A party as a text names it.

    `text` equals the slice at `span`. `inferred` is True where the mention stands outside the claim's own
    sentence (the antecedent of a pronoun, of an elided subject, of "the militias"). `id`, `name` and `kind` come
    from the knowledge base and stay None where it has no match. `number` is the stated count ("over 100" is 100).
    `affiliation` is the id of the actor that a described party belongs to or is close to.
    """

    text: str
    span: Span
    form: MentionForm = "named"
    inferred: bool = False
    id: str | None = None
    name: str | None = None
    kind: str | None = None
    number: int | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A dated tie from an actor to another one, by id; an unknown date is None (open)."""

    relation: Relation
    actor_id: str
    start: date | None = None
    end: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office that an actor (a leader) holds or held: "prime minister" of the actor `of`, within dates."""

    title: str
    of: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another name; `start` and `end` bound when it is used, `ambiguous` says who else answers to it."""

    text: str
    start: date | None = None
    end: date | None = None
    ambiguous: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A party in the knowledge base. `country` is ISO 3166-1 alpha-3 (with XKX), `external` maps scheme to id."""

    id: str
    name: str
    kind: str
    country: str | None = None
    aliases: tuple[Alias, ...] = ()
    memberships: tuple[Membership, ...] = ()
    offices: tuple[Office, ...] = ()
    external: tuple[tuple[str, str], ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Who a mention is: None is a normal answer. `score` is in [0, 1]; `runners_up` best first."""

    mention: Mention
    actor_id: str | None
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    runners_up: tuple[str, ...] = field(default=())


@lru_cache(maxsize=100_000)
def folded(text: str) -> str:
    """Words as they are compared: case, width, accents' composition, white space and a leading "the" aside."""
    words = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return words.removeprefix("the ")


def party_key(party_id: str | None, text: str) -> str:
    """What a party is counted under: the knowledge base's id, or "text:" and the folded words."""
    return party_id or "text:" + folded(text)
