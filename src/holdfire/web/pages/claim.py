"""A claim: what it says facet by facet, who vouches, who says the same or the contrary, why, and by which rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from holdfire.analysis.corroboration import corroborate
from holdfire.ledger import views
from holdfire.ledger.history import history
from holdfire.ledger.judge import grades
from holdfire.ledger.versions import claim_ever
from holdfire.model.actor import party_key
from holdfire.model.claim import Claim
from holdfire.model.corroboration import Corroboration, Group
from holdfire.model.document import Document
from holdfire.model.entry import AsOf, LedgerEntry, judgement_words
from holdfire.web.looking import Looking
from holdfire.web.missing import Missing
from holdfire.web.pages.quoted import NAME_CHARS, Party, Quoted, parties, quoted, source_words
from holdfire.web.room import ReadingRoom, Rule
from holdfire.web.words import cut, day_words, event_words, facet_words, many, moment_words

# As much before and after the evidence as a reader needs to judge it.
CONTEXT_CHARS = 500
# Claims that say the same lie within a few days of each other; see analysis/sameness.
_DAYS = 10
_MOST_ENTRIES = 400
_MOST_SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One field of the codebook in words."""

    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of the source chain, outermost first: the outlet, then whoever told whom."""

    name: str
    kind: str
    detail: str
    page: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A reason in the report's words, who gives it, and whether for or against the conduct."""

    text: str
    category: str
    relation: str
    bearing: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginLine:
    """One independent origin of the claim: why its claims are one, the outlet's grade, and the claims."""

    grade: str
    why: tuple[str, ...]
    claims: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Who says the same, by origin, and who says the contrary; `code` is the Admiralty's, as "B2"."""

    code: str
    words: str
    origins: tuple[OriginLine, ...]
    doubtful: tuple[Quoted, ...]
    against: tuple[Quoted, ...]
    looked_at: int
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened to the claim."""

    at: datetime
    words: str
    who: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """A claim in its sentence with everything that is known of it."""

    quoted: Quoted
    before: str
    evidence: str
    after: str
    is_held: bool
    notice: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    facets: tuple[Facet, ...]
    chain: tuple[Link, ...]
    reasons: tuple[Why, ...]
    condition: str | None
    support: Support
    rules: tuple[Rule, ...]
    rulebook: str
    published: date | None
    recorded_at: datetime
    judgements: tuple[Step, ...]
    history: tuple[Step, ...]


def read_claim(room: ReadingRoom, claim_id: str, looking: Looking) -> ClaimPage:
    """The claim as it was known. Raises Missing where the id is nobody's, or that of several."""
    entry = views.claim(room.ledger, claim_id, AsOf(known_by=looking.known_by))
    notice = None
    if entry is None:
        entry = claim_ever(room.ledger, claim_id, looking.asof)
        if entry is None:
            raise Missing("The ledger holds no claim, or several, with this id. Search for its words instead.")
        notice = (
            f"This claim stood until {moment_words(entry.superseded_at)}: a later reading or version of the report "
            "replaced it."
        )
    claim = entry.claim
    # A claim that was replaced is shown in the report as it was recorded from.
    then = looking.known_by if notice is None else entry.recorded_at
    report = views.document(room.ledger, entry.document.id, AsOf(known_by=then))
    before, after = _around(claim, report)
    return ClaimPage(
        quoted=quoted(entry),
        before=before,
        evidence=claim.evidence.text[:20_000],
        after=after,
        is_held=report is not None,
        notice=notice,
        actors=parties(claim.actor),
        recipients=parties(claim.recipient),
        facets=tuple(_facets(entry)),
        chain=_chain(entry),
        reasons=tuple(
            Why(
                text=cut(each.text, 400), category=each.category, relation=each.relation, bearing=each.bearing,
                sources=tuple(source_words(source) for source in each.sources),
            )
            for each in claim.reasons
        ),
        condition=cut(claim.condition.text, 400) if claim.condition else None,
        support=_support(room, entry, looking),
        rules=tuple(room.rules.get(each) or Rule(id=each, why="", file="") for each in claim.rule_ids),
        rulebook=entry.rulebook_hash,
        published=entry.document.published,
        recorded_at=entry.recorded_at,
        judgements=tuple(
            Step(at=each.recorded_at, words=cut(judgement_words(each), 600), who=cut(each.who, NAME_CHARS))
            for each in entry.judgements
        ),
        history=_history(room, entry, looking),
    )  # fmt: skip


def _around(claim: Claim, report: Document | None) -> tuple[str, str]:
    """The words before and after the evidence, within its paragraph; "" where the text is not held."""
    span = claim.evidence.span
    if report is None or span.of(report.text) != claim.evidence.text:
        return claim.evidence.prefix, claim.evidence.suffix
    text = report.text
    start = max(0, span.start_char - CONTEXT_CHARS, text.rfind("\n", 0, span.start_char) + 1)
    line_end = text.find("\n", span.end_char)
    end = min(len(text), span.end_char + CONTEXT_CHARS, line_end if line_end >= 0 else len(text))
    opening = "…" if start and text[start - 1] != "\n" else ""
    closing = "…" if end < len(text) and text[end] != "\n" else ""
    return opening + text[start : span.start_char], text[span.end_char : end] + closing


def _facets(entry: LedgerEntry) -> list[Facet]:
    claim = entry.claim
    found = [
        Facet(name="event", words=event_words(claim)),
        Facet(name="said how", words=facet_words(claim)),
        Facet(name="conduct", words=claim.conduct or "none by the codebook"),
    ]
    if claim.content:
        content = claim.content
        done = "not to be done" if content.polarity == "negated" else "done or to be done"
        who = cut(content.actor, NAME_CHARS) or "nobody named"
        found.append(Facet(name="about", words=f"{content.event} by {who}, {done}"))
    if claim.quote:
        found.append(Facet(name="quotation", words=claim.quote.type))
    found.append(Facet(name="day", words=_time_words(entry)))
    if claim.place:
        where = ", ".join(filter(None, (claim.place.name, claim.place.country))) or "not resolved"
        found.append(Facet(name="place", words=f"“{cut(claim.place.text, 200)}”: {where} ({claim.place.precision})"))
    return found


def _time_words(entry: LedgerEntry) -> str:
    time = entry.claim.time
    if time is None:
        return f"not stated; counted from {day_words(entry.valid_from)}"
    bounds = time.start or "open" if time.start == time.end else f"{time.start or 'open'} to {time.end or 'open'}"
    quoted_words = f"“{cut(time.text, 200)}”: " if time.text else ""
    return f"{quoted_words}{bounds} (to the {time.precision})"


def _chain(entry: LedgerEntry) -> tuple[Link, ...]:
    """Who told the reader: the outlet, then the sources from the outermost in; the last one vouches."""
    outlet = Link(name=cut(entry.document.outlet, NAME_CHARS) or "outlet not stated", kind="outlet", detail="")
    sources = tuple(
        Link(
            name=cut(each.name or each.text, NAME_CHARS), kind=each.kind,
            detail=cut(", ".join(filter(None, (each.role, each.closeness))), NAME_CHARS),
        )
        for each in entry.claim.sources
    )  # fmt: skip
    return (outlet, *sources)


def _support(room: ReadingRoom, entry: LedgerEntry, looking: Looking) -> Support:
    """The group that the claim belongs to, among the claims of its actors within some days of it."""
    near, is_cut = _near(room, entry, looking)
    documents: dict[str, Document] = {}
    for name in sorted({each.document.id for each in near})[:_MOST_ENTRIES]:
        held = views.document(room.ledger, name, AsOf(known_by=looking.known_by))
        if held is not None:
            documents[name] = held
    letters = {name: each.letter for name, each in grades(room.ledger, looking.asof).items()}
    found = corroborate(near, documents, outlets=room.rulebook.outlets, grades=letters)
    group = next((each for each in found.groups if entry.claim.id in {one.claim.id for one in each.entries}), None)
    if group is None:
        return Support(
            code="", words="rejected claims vouch for nothing", origins=(), doubtful=(), against=(),
            looked_at=len(near), is_cut=is_cut,
        )  # fmt: skip
    reports = len({each.document.id for each in group.entries})
    words = f"{many(len(group.origins), 'independent origin')} in {many(reports, 'report')}"
    return Support(
        code=group.code,
        words=words,
        origins=tuple(
            OriginLine(grade=each.letter, why=each.why, claims=tuple(map(quoted, each.entries[:_MOST_SHOWN])))
            for each in group.origins
        ),
        doubtful=tuple(map(quoted, group.doubtful[:_MOST_SHOWN])),
        against=tuple(quoted(each) for other in _against(group, found) for each in other.entries)[:_MOST_SHOWN],
        looked_at=len(near),
        is_cut=is_cut,
    )


def _near(room: ReadingRoom, entry: LedgerEntry, looking: Looking) -> tuple[list[LedgerEntry], bool]:
    """Claims of the same event by one of the actors, around the claim's day; whether there were too many."""
    day = entry.valid_from
    if day is None:
        return [entry], False
    span = timedelta(days=_DAYS)
    asof = AsOf(valid_on=(entry.valid_to or day) + span, known_by=looking.known_by)
    found = {entry.claim.id: entry}
    is_cut = False
    for key in dict.fromkeys(party_key(each.id, each.text) for each in entry.claim.actor):
        query = views.claims(
            room.ledger, asof, actor=key, event=entry.claim.event, since=day - span, limit=_MOST_ENTRIES
        )
        some = list(query)
        is_cut = is_cut or len(some) == _MOST_ENTRIES
        found |= {each.claim.id: each for each in some}
    return list(found.values()), is_cut


def _against(group: Group, found: Corroboration) -> list[Group]:
    return [
        other
        for pair in found.contradictions
        for one, other in ((pair.said, pair.against), (pair.against, pair.said))
        if one.id == group.id
    ]


def _history(room: ReadingRoom, entry: LedgerEntry, looking: Looking) -> tuple[Step, ...]:
    happenings = history(room.ledger, entry.claim.id, AsOf(known_by=looking.known_by))
    return tuple(
        Step(
            at=each.at,
            words=cut(f"{each.step}{f' ({each.cause})' if each.cause else ''}: {each.words}", 600),
            who=cut(each.who, NAME_CHARS) if each.who else None,
        )
        for each in happenings
    )
