"""A claim as pages quote it: who, what, the sentence, who vouches and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from holdfire.model.actor import Mention, party_key
from holdfire.model.claim import Claim
from holdfire.model.entry import LedgerEntry, counting_judgement
from holdfire.model.source import Source
from holdfire.web.looking import actor_path
from holdfire.web.words import cut, event_words, facet_words

# A quotation on a page, not an article.
SENTENCE_CHARS = 320
NAME_CHARS = 120
_JUDGED = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party by its known name, else in the report's words; `page` is None where it has none."""

    name: str
    key: str
    page: str | None
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A claim in a few lines. `doubt` is "unconfirmed" or "denied" for what makes no posture, else None."""

    claim: str
    report: str
    sentence: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    conduct: str | None
    event: str
    facets: str
    certainty: str
    doubt: str | None
    sources: tuple[str, ...]
    outlet: str | None
    title: str | None
    day: date | None
    judged: str | None


def quoted(entry: LedgerEntry) -> Quoted:
    """The claim of an entry, cut to what a page quotes."""
    claim, document = entry.claim, entry.document
    counting = counting_judgement(entry.judgements)
    return Quoted(
        claim=claim.id,
        report=document.id,
        sentence=cut(claim.evidence.text, SENTENCE_CHARS),
        actors=parties(claim.actor),
        recipients=parties(claim.recipient),
        conduct=claim.conduct,
        event=event_words(claim),
        facets=facet_words(claim),
        certainty=claim.certainty,
        doubt=doubt_of(claim),
        sources=tuple(source_words(each) for each in claim.sources),
        outlet=cut(document.outlet, NAME_CHARS) or None,
        title=cut(document.title, NAME_CHARS) or None,
        day=entry.valid_from,
        judged=f"{_JUDGED[counting.verdict]} by {cut(counting.who, NAME_CHARS)}" if counting else None,
    )


def doubt_of(claim: Claim) -> str | None:
    """ "unconfirmed" for a rumour, "denied" for a denial, None for what can make a posture."""
    return {"rumoured": "unconfirmed", "denied": "denied"}.get(claim.certainty)


def parties(mentions: Iterable[Mention]) -> tuple[Party, ...]:
    """Mentions as parties, in their order."""
    return tuple(
        Party(
            name=cut(each.name or each.text, NAME_CHARS),
            key=party_key(each.id, each.text)[: NAME_CHARS * 4],
            page=actor_path(party_key(each.id, each.text)),
            inferred=each.inferred,
        )
        for each in mentions
    )


def source_words(source: Source) -> str:
    """A source by its known name, else in the report's words, with its role where one is told."""
    name = cut(source.name or source.text, NAME_CHARS)
    return f"{name} ({cut(source.role, NAME_CHARS)})" if source.role and source.role not in name else name
