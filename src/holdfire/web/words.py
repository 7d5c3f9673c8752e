"""How pages say things: counts, days, moments, sums of facets."""

from __future__ import annotations

from datetime import date, datetime

from holdfire.model.claim import Claim


def many(count: int, noun: str) -> str:
    """ "1 report", "3,000 reports"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def day_words(day: date | None) -> str:
    """ "13 June 2025", or "not stated"."""
    return f"{day.day} {day:%B} {day.year}" if day else "not stated"


def short_day(day: date | None) -> str:
    """ "13 Jun 2025", never broken over two lines, or "not stated"."""
    return f"{day.day}\u00a0{day:%b}\u00a0{day.year}" if day else "not stated"


def moment_words(moment: datetime | None) -> str:
    """A moment of knowing with its zone; "now" for none."""
    return f"{day_words(moment.date())} {moment:%H:%M} {moment:%Z}" if moment else "now"


def cut(text: str | None, most: int) -> str:
    """The text in one line, cut at a word with "…" where it is longer than `most` characters."""
    # A word of a megabyte is cut before it is looked at.
    flat = " ".join((text or "")[: most * 8].split())
    if len(flat) <= most:
        return flat
    short = flat[: most - 1]
    return (short.rsplit(" ", 1)[0] if " " in short[most // 2 :] else short).rstrip(",;:—– ") + "…"


_EVENTS = {
    "AGREE": "agrees", "CONSULT": "talks", "SUPPORT": "supports", "CONCEDE": "concedes", "COOPERATE": "cooperates",
    "AID": "gives help", "RETREAT": "steps back", "REQUEST": "asks", "ACCUSE": "accuses", "REJECT": "refuses",
    "THREATEN": "threatens", "PROTEST": "protests", "SANCTION": "sanctions", "MOBILIZE": "mobilises",
    "COERCE": "coerces", "ASSAULT": "attacks",
}  # fmt: skip
_MODALITIES = {
    "actual": "", "intended": "as an intention", "conditional": "under a condition", "possible": "as a possibility",
    "historical": "as history",
}  # fmt: skip
_CERTAINTIES = {
    "stated": "stated by the report itself", "attributed": "attributed to a source", "hedged": "hedged",
    "rumoured": "a rumour", "denied": "denied",
}  # fmt: skip


def event_words(claim: Claim) -> str:
    """The event as a verb, with its mode and whether it was done: "not done: attacks (drone)"."""
    mode = f" ({claim.mode})" if claim.mode else ""
    return f"{'not done: ' if claim.polarity == 'negated' else ''}{_EVENTS[claim.event]}{mode}"


def facet_words(claim: Claim) -> str:
    """Modality and certainty in words: "as an intention, attributed to a source"; whether done is told by the event."""
    words = ", ".join(filter(None, (_MODALITIES[claim.modality], _CERTAINTIES[claim.certainty])))
    if claim.likelihood:
        low, high = claim.likelihood
        words += f", {low:.0%} to {high:.0%} likely in the words used"
    return words


def slug(conduct: str | None) -> str:
    """A conduct as the name of its style: "holding fire" is "c-holding-fire"."""
    return f"c-{conduct.replace(' ', '-')}" if conduct else "c-none"
