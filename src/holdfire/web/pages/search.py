"""Search: words in reports and sentences, narrowed by actor, conduct, source, outlet and days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from holdfire.errors import UsageError
from holdfire.ledger import views
from holdfire.ledger.search import Hit, search
from holdfire.model.actor import folded
from holdfire.model.claim import CONDUCTS
from holdfire.model.entry import AsOf, LedgerEntry
from holdfire.web.looking import Looking, day
from holdfire.web.pages.quoted import NAME_CHARS, Quoted, quoted
from holdfire.web.room import ReadingRoom
from holdfire.web.words import cut

FIELDS = ("actor", "conduct", "source", "outlet", "after", "before")
_FIELD = re.compile(rf"(?<!\S)({'|'.join(FIELDS)}):(?:\"([^\"]*)\"|(\S+))", re.IGNORECASE)
MOST_FOUND = 50
# Structured questions look through the claims of an actor or of some days; beyond this many they stop and say so.
_MOST_LOOKED_AT = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query taken apart: free words, and what it is narrowed to."""

    words: str
    actor: str | None = None
    conduct: str | None = None
    source: str | None = None
    outlet: str | None = None
    after: date | None = None
    before: date | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words was asked for."""
        return any((self.actor, self.conduct, self.source, self.outlet, self.after, self.before))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bit:
    """A run of an excerpt; `is_found` for the words that were sought."""

    text: str
    is_found: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHit:
    """A report that holds the words, with the place where it does."""

    report: str
    title: str
    outlet: str | None
    published: date | None
    excerpt: tuple[Bit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What was found: sentences first, then reports; `is_cut` when there is more than is shown."""

    asked: str
    question: Question
    claims: tuple[Quoted, ...]
    reports: tuple[ReportHit, ...]
    is_cut: bool


def question_of(asked: str) -> Question:
    """The query with its fields taken out. Raises UsageError for an unknown conduct or a date that is none."""
    fields: dict[str, str] = {}
    for name, in_quotes, bare in _FIELD.findall(asked):
        fields[name.lower()] = (in_quotes or bare).strip()
    conduct = fields.get("conduct", "").replace("-", " ").lower() or None
    if conduct is not None and conduct not in CONDUCTS:
        raise UsageError(f"conduct: “{conduct[:40]}” is none of {', '.join(CONDUCTS)}.")
    return Question(
        words=" ".join(_FIELD.sub(" ", asked).split()),
        actor=fields.get("actor") or None,
        conduct=conduct,
        source=fields.get("source") or None,
        outlet=fields.get("outlet") or None,
        after=day(fields.get("after"), "after"),
        before=day(fields.get("before"), "before"),
    )


def read_search(room: ReadingRoom, asked: str, looking: Looking) -> SearchPage:
    """What the ledger holds of a query, as it was known. Raises UsageError for a field that cannot be read."""
    question = question_of(asked)
    asof = looking.asof
    if question.before is not None:
        last = question.before - timedelta(days=1)
        asof = AsOf(valid_on=min(last, asof.valid_on) if asof.valid_on else last, known_by=asof.known_by)
    claims: tuple[Quoted, ...] = ()
    reports: tuple[ReportHit, ...] = ()
    is_cut = False
    if question.is_narrowed:
        found = list(islice(_matching(room, question, asof), MOST_FOUND + 1))
        claims, is_cut = tuple(map(quoted, found[:MOST_FOUND])), len(found) > MOST_FOUND
    elif question.words:
        hits = list(search(room.ledger, question.words, asof, limit=MOST_FOUND))
        entries = (views.claim(room.ledger, each.claim_id, asof) for each in hits if each.claim_id)
        claims = tuple(quoted(each) for each in entries if each)
        reports = tuple(_report_hit(each) for each in hits if each.claim_id is None)
        is_cut = max(len(claims), len(reports)) == MOST_FOUND
    return SearchPage(asked=asked, question=question, claims=claims, reports=reports, is_cut=is_cut)


def _matching(room: ReadingRoom, question: Question, asof: AsOf) -> Iterator[LedgerEntry]:
    """Claims that fit every field and hold every word, latest first."""
    key = _actor_key(room, question.actor)
    entries = views.claims(
        room.ledger, asof, actor=key, conduct=question.conduct, since=question.after, limit=_MOST_LOOKED_AT
    )
    words = [folded(each) for each in re.findall(r"\w+", question.words)]
    source, outlet = (folded(each) if each else None for each in (question.source, question.outlet))
    for entry in entries:
        text = entry.claim.evidence.text
        if words and not all(each in text.casefold() for each in words):
            continue
        if source and not any(source in folded(each.name or each.text) or source in folded(each.text)
                              for each in entry.claim.sources):  # fmt: skip
            continue
        if outlet and outlet not in folded(entry.document.outlet or ""):
            continue
        if question.after and entry.valid_from and entry.valid_from < question.after:
            continue
        yield entry


def _actor_key(room: ReadingRoom, name: str | None) -> str | None:
    """The knowledge base's id for a name that one actor alone bears; else the name as it is."""
    if name is None:
        return None
    bearers = {each.actor_id for each in room.knowledge.names.claimants(name)}
    return bearers.pop() if len(bearers) == 1 else name


def _report_hit(hit: Hit) -> ReportHit:
    return ReportHit(
        report=hit.document.id,
        title=cut(hit.document.title, NAME_CHARS * 2) or "no title",
        outlet=cut(hit.document.outlet, NAME_CHARS) or None,
        published=hit.document.published,
        excerpt=_bits(hit.excerpt[:2000]),
    )


def _bits(excerpt: str) -> tuple[Bit, ...]:
    parts = re.split(r"\[([^\[\]]*)\]", excerpt)
    return tuple(Bit(text=each, is_found=number % 2 == 1) for number, each in enumerate(parts) if each)
