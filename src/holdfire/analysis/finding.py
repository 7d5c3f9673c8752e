"""From an actor's reports of one conduct to a finding: since when, from whom, what speaks for it and what against."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from holdfire.analysis.evidence import Report, is_partial
from holdfire.model.entry import LedgerEntry
from holdfire.model.posture import Finding, Umbrella
from holdfire.rules.conducts import Conduct
from holdfire.rules.rulebook import Rulebook

# A run of evidence is broken by a gap of more than this many half-lives.
GAP_HALF_LIVES = 3.0
# What was only rumoured, or denied, is told beside the board for so long.
DOUBT_HALF_LIVES = 2.0
# Deeds and words at least this hot are the contrary of restraint.
HOT = 3


def finding_of(
    conduct: Conduct, reports: Sequence[Report], *, on: date, strength: float, rulebook: Rulebook,
    denied: Iterable[LedgerEntry] = (), inherited: Umbrella | None = None,
) -> Finding:  # fmt: skip
    """The finding of one conduct on a day, from all the actor's reports of that day and before.

    denied: entries in which the conduct is denied. strength: its faded weight on the day.
    """
    mine = [each for each in reports if each.conduct == conduct.id and each.first <= on]
    contrary = [each for each in reports if each.first <= on and opposes(rulebook.conducts[each.conduct], conduct)]
    fought = {min(each.last, on) for each in contrary}
    # Restraint in part, on a day of fighting, begins nothing.
    whole = [each for each in mine if not (conduct.id == "holding fire" and is_partial(each) and each.last in fought)]
    days = {min(day, on) for each in whole or mine for day in (each.first, each.last)}
    since = run_start(days, {min(each.last, on) for each in contrary if not each.behind_days}, conduct)
    run = sorted((each for each in mine if min(each.last, on) >= since), key=lambda each: _rank(each, conduct, on))
    against = sorted(
        [each.entry for each in contrary if min(each.last, on) >= since]
        + [each for each in denied if each.valid_from and since <= each.valid_from <= on],
        key=lambda each: (-(each.valid_from or date.min).toordinal(), each.claim.id),
    )
    return Finding(
        conduct=conduct.id, since=since, latest=max(days), strength=strength,
        outlets=tuple(sorted({each.entry.document.outlet or "outlet not stated" for each in run})),
        entries=tuple(each.entry for each in run), against=tuple(against),
        origins=len({each.origin for each in run}), inherited=inherited,
    )  # fmt: skip


def opposes(one: Conduct, other: Conduct) -> bool:
    """Whether one conduct is restraint and the other, of the same family, the contrary of restraint."""
    if one.family != other.family:
        return False
    return (one.heat >= HOT and other.heat < 0) or (one.heat < 0 and other.heat >= HOT)


def run_start(days: Iterable[date], contrary: Iterable[date], conduct: Conduct) -> date:
    """The first day of the unbroken run up to the latest: no long gap in it, and nothing contrary told in between."""
    latest_first = sorted(days, reverse=True)
    broken = sorted(contrary)
    since = latest_first[0]
    for day in latest_first[1:]:
        if (since - day).days > GAP_HALF_LIVES * conduct.half_life_days:
            break
        at = bisect_right(broken, day)
        if at < len(broken) and broken[at] < since:
            break
        since = day
    return since


def _rank(report: Report, conduct: Conduct, on: date) -> tuple[float, int, int, bool, str]:
    """Best first: weight on the day, actor named in the sentence itself, shorter evidence, id."""
    claim = report.entry.claim
    age = max(0, (on - report.last).days)
    weight = report.weight * 0.5 ** ((age + report.behind_days) / conduct.half_life_days)
    inferred = any(each.inferred for each in claim.actor)
    return (-round(weight, 6), len(claim.evidence.text) // 80, claim.evidence.role == "body", inferred, claim.id)


def doubtful_findings(
    entries: Iterable[LedgerEntry], certainty: str, *, on: date, conducts: Mapping[str, Conduct]
) -> Iterator[Finding]:
    """One finding for each conduct that is only rumoured, or denied, up to a day; by conduct.

    Each weighs nothing and makes no posture.
    """
    found: dict[str, list[LedgerEntry]] = {}
    for entry in entries:
        if entry.claim.certainty == certainty and entry.valid_from and entry.valid_from <= on and entry.claim.conduct:
            found.setdefault(entry.claim.conduct, []).append(entry)
    for name, told in sorted(found.items()):
        latest = max(_day(each) for each in told)
        if (on - latest) > timedelta(days=DOUBT_HALF_LIVES * conducts[name].half_life_days):
            continue
        told.sort(key=lambda each: (-_day(each).toordinal(), len(each.claim.evidence.text) // 80, each.claim.id))
        yield Finding(
            conduct=name, since=min(_day(each) for each in told), latest=latest, strength=0.0,
            outlets=tuple(sorted({each.document.outlet or "outlet not stated" for each in told})),
            entries=tuple(told), origins=len({each.document.outlet or each.document.id for each in told}),
        )  # fmt: skip


def _day(entry: LedgerEntry) -> date:
    return entry.valid_from or date.min
