"""Why an actor does what it does, as its reports give it: reasons for and against, tripwires and ways out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from holdfire.analysis.tripwires import Role, role_of
from holdfire.model.claim import Claim, Condition, Reason
from holdfire.model.entry import LedgerEntry, counting_judgement
from holdfire.rules.reasons import ReasonRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry with whom it was told of: None for the actor itself, else the name of a group that it belongs to."""

    entry: LedgerEntry
    of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldReason:
    """A reason with the claim that it explains."""

    reason: Reason
    told: Told

    @property
    def conduct(self) -> str:
        """What the reason is for or against: the claim's conduct, its event where it has none."""
        return conduct_words(self.told.entry.claim)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCondition:
    """A condition with the claim that it would set off."""

    condition: Condition
    role: Role
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculus:
    """The reasons and conditions of one actor; reasons by bearing, conduct and category, commonest first."""

    reasons: tuple[ToldReason, ...]
    conditions: tuple[ToldCondition, ...]

    def of_role(self, role: Role) -> tuple[ToldCondition, ...]:
        """The tripwires, or the ways out."""
        return tuple(each for each in self.conditions if each.role == role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """How many reasons of each bearing and category were given for what an actor did in a month.

    `first` is the month's first day; `counts` are (bearing, category, reasons), "for" first, the commonest first.
    """

    first: date
    counts: tuple[tuple[str, str, int], ...]


def by_month(reasons: Iterable[ToldReason]) -> tuple[Month, ...]:
    """The reasons counted by the month of the act that they explain, earliest first; undated acts are left out."""
    found: dict[date, Counter[tuple[str, str]]] = {}
    for each in reasons:
        day = each.told.entry.valid_from
        if day is not None:
            found.setdefault(day.replace(day=1), Counter())[each.reason.bearing, each.reason.category] += 1
    return tuple(
        Month(
            first=first,
            counts=tuple(
                (bearing, category, count)
                for (bearing, category), count in sorted(
                    counts.items(), key=lambda item: (item[0][0] != "for", -item[1], item[0][1])
                )
            ),
        )
        for first, counts in sorted(found.items())
    )


def calculus_of(told: Iterable[Told], *, rules: ReasonRules) -> Calculus:
    """Reasons and conditions from the entries in which an actor, or a group that it belongs to, acts.

    Entries that somebody with a say has rejected are left out; so is a reason that one document gives twice in the same
    words for the same conduct. The order of the entries does not matter.
    """
    kept = sorted((each for each in told if _counts(each.entry)), key=_latest_first)
    reasons: dict[tuple[str, str, str, str], ToldReason] = {}
    conditions: dict[tuple[str, str, str], ToldCondition] = {}
    for each in kept:
        claim, document = each.entry.claim, each.entry.document.id
        for reason in claim.reasons:
            key = (document, reason.text, reason.bearing, conduct_words(claim))
            reasons.setdefault(key, ToldReason(reason=reason, told=each))
        role = role_of(claim, rules)
        if claim.condition is not None and role is not None:
            conditions.setdefault((document, claim.condition.text, role), ToldCondition(
                condition=claim.condition, role=role, told=each,
            ))  # fmt: skip
    return Calculus(reasons=_ranked(tuple(reasons.values())), conditions=tuple(conditions.values()))


def conduct_words(claim: Claim) -> str:
    """The claim's conduct; where the codebook gives it none, its event and polarity."""
    return claim.conduct or f"{claim.event} {claim.polarity}"


def _ranked(reasons: Sequence[ToldReason]) -> tuple[ToldReason, ...]:
    conducts = Counter(each.conduct for each in reasons)
    categories = Counter((each.conduct, each.reason.bearing, each.reason.category) for each in reasons)

    def rank(each: ToldReason) -> tuple[object, ...]:
        reason, conduct = each.reason, each.conduct
        common = categories[conduct, reason.bearing, reason.category]
        return (
            -conducts[conduct],
            conduct,
            reason.bearing != "for",
            -common,
            reason.category,
            _latest_first(each.told),
        )

    return tuple(sorted(reasons, key=rank))


def _latest_first(told: Told) -> tuple[int, str, int, str]:
    entry = told.entry
    day = entry.valid_from or date.min
    return (-day.toordinal(), entry.document.id, entry.claim.evidence.span.start_char, entry.claim.id)


def _counts(entry: LedgerEntry) -> bool:
    judgement = counting_judgement(entry.judgements)
    return judgement is None or judgement.verdict != "reject"
