"""A report: its text with what was read out of it, the claims beside it, its versions and how two of them differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from itertools import groupby

from holdfire.ledger import views
from holdfire.ledger.versions import Version, versions
from holdfire.model.document import Document
from holdfire.model.entry import AsOf
from holdfire.web.highlight import Block, blocks_of
from holdfire.web.looking import Looking
from holdfire.web.missing import Missing
from holdfire.web.pages.quoted import NAME_CHARS, Quoted, quoted
from holdfire.web.room import ReadingRoom
from holdfire.web.security import safe_link
from holdfire.web.words import cut, moment_words

# Lines longer than this are compared whole, not word by word.
_MOST_WORDS = 400
_MOST_LINES = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version of the article, and whether it is the one shown."""

    report: str
    title: str | None
    recorded_at: datetime
    superseded_at: datetime | None
    is_held: bool
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """A report with its claims in the order of the text. `link` is None where the address does not lead to the web."""

    report: str
    title: str
    outlet: str | None
    byline: str | None
    published: date | None
    fetched_at: datetime | None
    url: str | None
    link: str | None
    notice: str | None
    blocks: tuple[Block, ...]
    claims: tuple[Quoted, ...]
    misplaced: tuple[str, ...]
    versions: tuple[VersionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A run of words that both versions have ("same"), or that was "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffPage:
    """How a later version differs from an earlier one, paragraph by paragraph."""

    title: str
    earlier: VersionLine
    later: VersionLine
    paragraphs: tuple[tuple[Change, ...], ...]
    is_same: bool


def read_report(room: ReadingRoom, report: str, looking: Looking) -> ReportPage:
    """The report as it was known. Raises Missing for an id that is nobody's, and for a text that was taken down."""
    document, asof, notice, known = _found(room, report, looking.asof)
    entries = list(views.claims(room.ledger, AsOf(known_by=asof.known_by), document_id=document.id))
    entries.sort(key=lambda each: (each.claim.evidence.span, each.claim.id))
    blocks = blocks_of(document, [each.claim for each in entries])
    placed = {claim for block in blocks for claim in block.claims}
    return ReportPage(
        report=document.id,
        title=cut(document.title, 300) or "no title",
        outlet=cut(document.outlet, NAME_CHARS) or None,
        byline=cut(document.byline, NAME_CHARS) or None,
        published=document.published,
        fetched_at=document.fetched_at,
        url=document.url[:2000] if document.url else None,
        link=safe_link(document.url),
        notice=notice,
        blocks=blocks,
        claims=tuple(quoted(each) for each in entries),
        misplaced=tuple(each.claim.id for each in entries if each.claim.id not in placed),
        versions=tuple(_line(each, document.id) for each in known) if len(known) > 1 else (),
    )


def compare_reports(room: ReadingRoom, report: str, other: str, looking: Looking) -> DiffPage:
    """Two versions of one article side by side. Raises Missing where either is none of its versions."""
    known = versions(room.ledger, report, looking.asof)
    by_id = {each.document.id: each for each in known}
    pair = [by_id.get(report), by_id.get(other)]
    if None in pair:
        raise Missing("These two are not versions of one report.")
    earlier, later = sorted((each for each in pair if each), key=lambda each: each.recorded_at)
    old, new = (_text(room, each) for each in (earlier, later))
    paragraphs = tuple(_paragraphs(old, new))
    return DiffPage(
        title=cut(later.document.title, 300) or "no title",
        earlier=_line(earlier, later.document.id),
        later=_line(later, later.document.id),
        paragraphs=paragraphs,
        is_same=old == new,
    )


def _found(
    room: ReadingRoom, report: str, asof: AsOf
) -> tuple[Document, AsOf, str | None, tuple[Version, ...]]:  # fmt: skip
    """The version asked for: as it stands, or as it last stood, with a notice that says so."""
    known = versions(room.ledger, report, asof)
    document = views.document(room.ledger, report, asof)
    if document is not None:
        return document, asof, None, known
    matching = [each for each in known if each.document.id.startswith(report)]
    if not matching:
        raise Missing("The ledger holds no report, or several, with this id. Search for its words instead.")
    version = matching[-1]
    then = AsOf(known_by=version.recorded_at)
    document = views.document(room.ledger, version.document.id, then) if version.is_held else None
    if document is None:
        raise Missing("This report was taken down: its text is not held any more.", status=410)
    notice = f"A later version replaced this one on {moment_words(version.superseded_at)}. It is shown as it stood."
    return document, then, notice, known


def _text(room: ReadingRoom, version: Version) -> str:
    found = views.document(room.ledger, version.document.id, AsOf(known_by=version.recorded_at))
    if found is None:
        raise Missing("A version of this report was taken down: its text is not held any more.", status=410)
    return found.text


def _line(version: Version, shown: str) -> VersionLine:
    return VersionLine(
        report=version.document.id,
        title=cut(version.document.title, NAME_CHARS) or None,
        recorded_at=version.recorded_at,
        superseded_at=version.superseded_at,
        is_held=version.is_held,
        is_shown=version.document.id == shown,
    )


def _paragraphs(old: str, new: str) -> list[tuple[Change, ...]]:
    left = [each for each in old.split("\n") if each.strip()][:_MOST_LINES]
    right = [each for each in new.split("\n") if each.strip()][:_MOST_LINES]
    found: list[tuple[Change, ...]] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right).get_opcodes():
        if kind == "equal":
            found += [(Change(kind="same", text=each),) for each in left[a:b]]
            continue
        changed = min(b - a, d - c)
        found += [_words(one, other) for one, other in zip(left[a : a + changed], right[c : c + changed], strict=True)]
        found += [(Change(kind="removed", text=each),) for each in left[a + changed : b]]
        found += [(Change(kind="added", text=each),) for each in right[c + changed : d]]
    return found


def _words(one: str, other: str) -> tuple[Change, ...]:
    left, right = one.split(" "), other.split(" ")
    if max(len(left), len(right)) > _MOST_WORDS:
        return (Change(kind="removed", text=one), Change(kind="added", text=other))
    found: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right).get_opcodes():
        if kind == "equal":
            found.append(Change(kind="same", text=" ".join(left[a:b])))
            continue
        found += [Change(kind=name, text=" ".join(words))
                  for name, words in (("removed", left[a:b]), ("added", right[c:d])) if words]  # fmt: skip
    # Runs of one kind are one change.
    return tuple(
        Change(kind=kind, text=" ".join(each.text for each in run))
        for kind, run in groupby(found, key=lambda each: each.kind)
    )
