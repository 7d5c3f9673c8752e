"""Ledger entries as evidence of somebody's conduct: which count, for which days, how much, from which origin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.analysis.belonging import bodies_of, bodies_of_actor, keys_of, own_keys
from holdfire.analysis.origins import origin_key
from holdfire.model.actor import folded, party_key
from holdfire.model.claim import Claim
from holdfire.model.correction import is_rejected
from holdfire.model.entry import LedgerEntry, counting_judgement
from holdfire.rules.postures import PostureRules
from holdfire.rules.rulebook import Rulebook

# The key, and the name, of whoever is not named.
UNKNOWN = "unknown"
CONFIRMED = frozenset({"stated", "attributed", "hedged"})
# A sentence as long as this is not written twice by chance; a shorter one is a copy where its surroundings are too.
_COPIED_CHARS = 60
_DAY = timedelta(days=1)
_VAGUE = frozenset({"month", "quarter", "season", "half", "year", "decade", "century"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One entry as evidence: the days that it speaks of, inclusive, and what it counts for.

    weight: 0 to 1. behind_days: how many days older it is taken to be against reports of other conducts. origin: the
    key of who vouches.
    """

    entry: LedgerEntry
    conduct: str
    first: date
    last: date
    weight: float
    behind_days: int
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Docket:
    """Entries sorted by the actors that they speak of, each once, in an order that does not depend on theirs.

    `firm` are reports that can make a posture, `doubtful` entries of rumour and denial; both by actor key. `named` are
    the parties that some entry names, with the name to show. `start` is the first day that firm reports speak of.
    """

    entries: tuple[LedgerEntry, ...]
    firm: dict[str, list[Report]]
    doubtful: dict[str, list[LedgerEntry]]
    named: dict[str, str]
    start: date | None = None


def docket_of(entries: Iterable[LedgerEntry], *, rulebook: Rulebook, knowledge: KnowledgeBase) -> Docket:
    """The entries that count, by actor. Rejected ones and copies of others are left out, the first report stays."""
    kept = _originals([each for each in entries if not is_rejected(each.judgements)])
    firm: dict[str, list[Report]] = defaultdict(list)
    doubtful: dict[str, list[LedgerEntry]] = defaultdict(list)
    for entry in kept:
        if entry.claim.conduct is None or entry.valid_from is None:
            continue
        keys = keys_of(entry, knowledge, rulebook)
        if entry.claim.certainty not in CONFIRMED:
            for key in own_keys(entry) or {UNKNOWN}:
                doubtful[key].append(entry)
        elif keys:
            report = report_of(entry, rulebook=rulebook, knowledge=knowledge)
            for key in keys:
                firm[key].append(report)
    start = min((each.last for reports in firm.values() for each in reports), default=None)
    return Docket(entries=tuple(kept), firm=dict(firm), doubtful=dict(doubtful), named=_names(kept), start=start)


def report_of(entry: LedgerEntry, *, rulebook: Rulebook, knowledge: KnowledgeBase) -> Report:
    """The entry as evidence of its conduct. It must have one, and a day."""
    assert entry.claim.conduct is not None
    first, last = days_of(entry)
    if _is_vague(entry):
        # "In June" is some day of June, not all of it.
        first = last
    elif entry.claim.polarity == "negated" and first < last:
        # "Neither has attacked since Monday": on Monday one did.
        first += _DAY
    weights = [rulebook.postures.weights[name] for name in _traits(entry, rulebook, knowledge)]
    weight, behind = 1.0, 0
    for each in weights:
        weight *= each.weight
        behind = max(behind, each.behind_days)
    judged = counting_judgement(entry.judgements)
    if judged is not None:
        # Somebody has looked at the sentence and let it stand, as it was or corrected.
        weight, behind = 1.0, 0
    return Report(
        entry=entry, conduct=entry.claim.conduct, first=first, last=last, weight=weight, behind_days=behind,
        origin=origin_key(entry, rulebook.outlets),
    )  # fmt: skip


def is_partial(report: Report) -> bool:
    """Whether restraint was told in part: towards somebody, at some place, only intended, or by a leader alone.

    A truce, and fire held altogether, are not.
    """
    claim = report.entry.claim
    if claim.event == "RETREAT":
        return False
    led = any(each.kind == "leader" for each in claim.actor)
    return led or claim.modality != "actual" or bool(claim.recipient or claim.place)


def days_of(entry: LedgerEntry) -> tuple[date, date]:
    """First and last day that the entry speaks of; nothing is known of the days after its publication."""
    first = entry.valid_from or date.min
    last = entry.valid_to or first
    published = entry.document.published
    if published is not None and last > published:
        last = max(first, published)
    return first, last


def _traits(entry: LedgerEntry, rulebook: Rulebook, knowledge: KnowledgeBase) -> list[str]:
    """The ids of the weights that the entry bears."""
    claim, rules = entry.claim, rulebook.postures
    found = [f"certainty.{claim.certainty}", _voice(entry, rulebook, knowledge)]
    role = f"role.{claim.evidence.role}"
    found.append(role if role in rules.weights else "role.body")
    if _is_vague(entry):
        found.append("span.long")
    return found


def _is_vague(entry: LedgerEntry) -> bool:
    """Whether the entry tells of a deed within a month or more that is over; "since March" goes on."""
    claim = entry.claim
    if claim.time is None or claim.time.precision not in _VAGUE or claim.polarity == "negated":
        return False
    published = entry.document.published
    return published is None or entry.valid_to is None or entry.valid_to < published


def _voice(entry: LedgerEntry, rulebook: Rulebook, knowledge: KnowledgeBase) -> str:
    claim = entry.claim
    source = claim.sources[-1] if claim.sources else None
    if source is None or source.kind in ("outlet", "document"):
        return "voice.article"
    if _is_own(claim, entry.valid_from, knowledge, rulebook):
        return "voice.own"
    if _is_distant(source.text, source.role, rulebook.postures):
        return "voice.distant"
    return "voice.named" if source.kind == "named" else "voice.unnamed"


def _is_own(claim: Claim, day: date | None, knowledge: KnowledgeBase, rulebook: Rulebook) -> bool:
    """Whether the actor speaks of itself: it is its own last source, or that is of one body with it."""
    source = claim.sources[-1]
    for actor in claim.actor:
        if source.span == actor.span or folded(source.text) == folded(actor.text):
            return True
        if actor.id is not None and folded(actor.name or actor.text) in folded(source.text):
            return True
        known = knowledge.get(source.id)
        if known is None or actor.id is None:
            continue
        if source.id == actor.id:
            return True
        speaker = bodies_of_actor(known, day, knowledge, rulebook)
        if actor.id in speaker or speaker & bodies_of(actor, day, knowledge, rulebook):
            return True
    return False


def _is_distant(text: str, role: str | None, rules: PostureRules) -> bool:
    words = folded(role or text).replace(",", " ").split()
    return not rules.weights["voice.distant"].roles.isdisjoint(words)


def _originals(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    """Each sentence once, as it was first published: what others copied tells nothing new, nor later."""
    first: dict[tuple[object, ...], LedgerEntry] = {}
    for entry in sorted(entries, key=_told_first):
        first.setdefault(_sentence(entry), entry)
    return list(first.values())


def _told_first(entry: LedgerEntry) -> tuple[date, date, str, str]:
    first = entry.valid_from or date.max
    return (entry.document.published or first, first, entry.document.id, entry.claim.id)


def _sentence(entry: LedgerEntry) -> tuple[object, ...]:
    """What two claims have in common where one copies the other."""
    claim = entry.claim
    words = " ".join(claim.evidence.text.split())
    around: tuple[str, ...] = ()
    if len(words) < _COPIED_CHARS:
        around = tuple(" ".join(each.split()) for each in (claim.evidence.prefix, claim.evidence.suffix))
        if not any(around):
            around = (entry.document.id, str(claim.evidence.span.start_char))
    return (
        words, around, claim.event, claim.polarity, claim.modality, claim.certainty, claim.conduct, claim.mode,
        tuple(party_key(each.id, each.text) for each in claim.actor),
        tuple(party_key(each.id, each.text) for each in claim.recipient),
    )  # fmt: skip


def _names(entries: Iterable[LedgerEntry]) -> dict[str, str]:
    """The name to show for every party: the knowledge base's, else the words that are used most."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for entry in entries:
        for mention in (*entry.claim.actor, *entry.claim.recipient):
            counts[party_key(mention.id, mention.text)][mention.name or mention.text] += 1
    return {
        key: min(found, key=lambda each, found=found: (-found[each], len(each), each))  # type: ignore[misc]
        for key, found in counts.items()
    }
