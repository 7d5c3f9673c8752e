"""From ledger entries to postures: the best supported deed and word of each actor on a day.

Method: every report of a conduct weighs by how sure it is and how old; reports of one outlet on one day count once.
Restraint reported before a later attack of the same actor says nothing any more. See docs/explanation/postures.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from holdfire.model.actor import party_key
from holdfire.model.entry import AsOf, LedgerEntry, counting_judgement
from holdfire.model.posture import Board, Finding, Posture
from holdfire.rules.conducts import Conduct
from holdfire.rules.rulebook import Rulebook

# A hedged report is worth about half of a plain one; words of a cited source nearly as much as the outlet's own.
_WEIGHTS = {"stated": 1.0, "attributed": 0.9, "hedged": 0.5}
# Below this a finding is too old or too thin to be called a posture: about four half-lives of a plain report.
FAINT = 0.06
# The key, and the name, of whoever is not named.
UNKNOWN = "unknown"
# Deeds at least this hot overtake restraint reported before them.
HOT = 5
# A run of evidence is broken by a gap of more than this many half-lives.
_GAP_HALF_LIVES = 3.0


def board_of(entries: Iterable[LedgerEntry], *, asof: AsOf, rulebook: Rulebook, conflict: str | None = None) -> Board:
    """Everybody's posture, those with the latest evidence first, then by name.

    `asof.valid_on` None means the latest day that the entries speak of. Entries after it are left out; what was known
    when is the caller's to choose. The order of the entries does not matter.
    """
    kept = [each for each in entries if _counts(each)]
    day = asof.valid_on or max((each.valid_from for each in kept if each.valid_from), default=None)
    if day is not None:
        kept = [each for each in kept if each.valid_from is not None and each.valid_from <= day]
    by_actor: dict[str, list[LedgerEntry]] = defaultdict(list)
    for entry in kept:
        for key in keys_of(entry):
            by_actor[key].append(entry)
    postures = [
        posture_of(key, found, valid_on=day, rulebook=rulebook) for key, found in by_actor.items() if day is not None
    ]
    shown = [each for each in postures if each.findings or each.unconfirmed or each.denied]
    return Board(
        valid_on=day,
        known_by=asof.known_by,
        conflict=conflict,
        reports=len({each.document.id for each in kept}),
        outlets=len({each.document.outlet for each in kept if each.document.outlet}),
        claims=len(kept),
        postures=tuple(sorted(shown, key=_board_order)),
    )


def posture_of(key: str, entries: Sequence[LedgerEntry], *, valid_on: date, rulebook: Rulebook) -> Posture:
    """The posture of the actor with that key on a day, from entries in which it acts."""
    sure: dict[str, list[LedgerEntry]] = defaultdict(list)
    doubtful: dict[tuple[str, str], list[LedgerEntry]] = defaultdict(list)
    for entry in entries:
        conduct, certainty = entry.claim.conduct, entry.claim.certainty
        if conduct is None or entry.valid_from is None or entry.valid_from > valid_on:
            continue
        if certainty in _WEIGHTS:
            sure[conduct].append(entry)
        else:
            doubtful[certainty, conduct].append(entry)
    _void_what_was_overtaken(sure, rulebook)
    findings = [_finding(rulebook.conducts[name], found, valid_on) for name, found in sure.items() if found]
    findings = sorted(
        (each for each in findings if each.strength >= FAINT), key=lambda each: _preference(each, rulebook)
    )
    deed = next((each for each in findings if rulebook.conducts[each.conduct].family == "deed"), None)
    word = next((each for each in findings if rulebook.conducts[each.conduct].family == "word"), None)
    shaky = {
        kind: tuple(
            _finding(rulebook.conducts[name], found, valid_on)
            for (certainty, name), found in sorted(doubtful.items())
            if certainty == kind
        )
        for kind in ("rumoured", "denied")
    }
    return Posture(
        key=key,
        name=_name_of(key, entries),
        deed=deed,
        word=word,
        others=tuple(each for each in findings if each is not deed and each is not word),
        unconfirmed=shaky["rumoured"],
        denied=shaky["denied"],
    )


def keys_of(entry: LedgerEntry) -> set[str]:
    """Whom the entry says something of. Nobody named is "unknown", and only for what is unconfirmed or denied."""
    if entry.claim.actor:
        return {party_key(each.id, each.text) for each in entry.claim.actor}
    return set() if entry.claim.certainty in _WEIGHTS else {UNKNOWN}


def _counts(entry: LedgerEntry) -> bool:
    """Whether nobody with a say has rejected the claim."""
    judgement = counting_judgement(entry.judgements)
    return judgement is None or judgement.verdict != "reject"


def _void_what_was_overtaken(sure: dict[str, list[LedgerEntry]], rulebook: Rulebook) -> None:
    """Drop reports of restraint that the actor's own later hot deed has overtaken."""
    deeds = {name: each for name, each in rulebook.conducts.items() if each.family == "deed"}
    hot = [_last_day(entry) for name, each in deeds.items() if each.heat >= HOT for entry in sure.get(name, ())]
    if not hot:
        return
    for name, each in deeds.items():
        if each.heat < 0 and name in sure:
            sure[name] = [entry for entry in sure[name] if _last_day(entry) >= max(hot)]


def _finding(conduct: Conduct, entries: Iterable[LedgerEntry], valid_on: date) -> Finding:
    ranked = sorted(entries, key=lambda each: _rank(each, conduct, valid_on))
    strongest: dict[tuple[str, date], float] = {}
    for entry in ranked:
        origin = (entry.document.outlet or entry.document.id, _last_day(entry))
        strongest[origin] = max(strongest.get(origin, 0.0), _weight(entry, conduct, valid_on))
    days = sorted({entry.valid_from for entry in ranked if entry.valid_from}, reverse=True)
    since = days[0]
    for day in days[1:]:
        if (since - day).days > _GAP_HALF_LIVES * conduct.half_life_days:
            break
        since = day
    return Finding(
        conduct=conduct.id,
        since=since,
        latest=max(_last_day(each) for each in ranked),
        strength=sum(strongest.values()),
        outlets=tuple(sorted({each.document.outlet or "outlet not stated" for each in ranked})),
        entries=tuple(ranked),
    )


def _weight(entry: LedgerEntry, conduct: Conduct, valid_on: date) -> float:
    age = max(0, (valid_on - _last_day(entry)).days)
    sureness = _WEIGHTS.get(entry.claim.certainty, 0.0)
    return float(sureness * 0.5 ** (age / conduct.half_life_days))


def weight_of(entry: LedgerEntry, rulebook: Rulebook, valid_on: date) -> float:
    """How much a claim weighs on a day: how sure it is, halved for every half-life of its conduct; 0 for none."""
    conduct = rulebook.conducts.get(entry.claim.conduct or "")
    return _weight(entry, conduct, valid_on) if conduct else 0.0


def _last_day(entry: LedgerEntry) -> date:
    return entry.valid_to or entry.valid_from or date.min


def _rank(entry: LedgerEntry, conduct: Conduct, valid_on: date) -> tuple[float, int, bool, str]:
    """Strongest first; then the actor named in the sentence itself, the shorter evidence, the id."""
    claim = entry.claim
    inferred = any(each.inferred for each in claim.actor)
    return (-_weight(entry, conduct, valid_on), len(claim.evidence.text) // 80, inferred, claim.id)


def _preference(finding: Finding, rulebook: Rulebook) -> tuple[float, int, str]:
    return (-round(finding.strength, 9), -abs(rulebook.conducts[finding.conduct].heat), finding.conduct)


def _name_of(key: str, entries: Iterable[LedgerEntry]) -> str:
    """The knowledge base's name; else the words of the text that are used most."""
    counts: dict[str, int] = defaultdict(int)
    for entry in entries:
        for mention in entry.claim.actor:
            if party_key(mention.id, mention.text) == key:
                counts[mention.name or mention.text] += 1
    return min(counts, key=lambda each: (-counts[each], len(each), each)) if counts else key


def _board_order(posture: Posture) -> tuple[bool, int, str, str]:
    latest = max((each.latest for each in posture.findings), default=date.min)
    return (not posture.findings, -latest.toordinal(), posture.name.casefold(), posture.key)
