"""What kind of reason a stretch of text is: deterrence, survival, money …, by its words and by what it explains."""

from __future__ import annotations

from collections.abc import Iterable

from holdfire.model.claim import Claim
from holdfire.rules.reasons import ReasonRules

# What a kind must weigh for a reason without a cue of its own to count: one strong word, or two weak ones.
KNOWN = 2
# What the cue's own meaning weighs: less than a strong word. A single weak word names no kind.
_HINT = 1.4
_LEAST = 1.4
_ENDING_MODES = frozenset(("ceasefire", "withdraw", "disarm"))
_ARMED = frozenset(("ASSAULT", "MOBILIZE", "AID", "THREATEN", "COERCE"))


def kind_of(text: str, claim: Claim, rules: ReasonRules, *, hint: str | None = None) -> tuple[str, float]:
    """The category of a reason given for `claim`, and its weight; ("other", 0) where no word speaks for any.

    hint: a category that the words which bring the reason in speak for.
    """
    weights = {each.category: 0.0 for each in rules.kinds}
    for category, form, weight in rules.likely_words.likely(text):
        if form.search(text):
            weights[category] += weight
    for lean in rules.leans:
        if explains(claim, lean.of) and lean.words.search(text):
            weights[lean.category] += lean.weight
    if hint is not None:
        weights[hint] = weights.get(hint, 0.0) + _HINT
    # `max` keeps the first of equals: the order of the rule file.
    best = max(weights, key=lambda each: weights[each])
    return (best, weights[best]) if weights[best] >= _LEAST else ("other", 0.0)


def explains(claim: Claim, of: Iterable[str]) -> bool:
    """Whether a cue for claims such as "restraint", "deed" or "SANCTION" may explain this one; no names, any claim."""
    wanted = tuple(of)
    return not wanted or any(_is(claim, each) for each in wanted)


def _is(claim: Claim, name: str) -> bool:
    negated = claim.polarity == "negated"
    match name:
        case "restraint":
            return (claim.event in _ARMED and negated) or _ends_fighting(claim)
        case "no":
            return negated or claim.event == "REJECT"
        case "refusal":
            urged = claim.content is not None and claim.content.polarity == "negated"
            return negated or claim.event == "REJECT" or _ends_fighting(claim) or (claim.event == "REQUEST" and urged)
        case "deed":
            hostile = ("ASSAULT", "MOBILIZE", "COERCE", "SANCTION", "THREATEN", "PROTEST")
            return claim.event in hostile and not negated and claim.modality != "conditional"
        case _:
            return claim.event == name


def _ends_fighting(claim: Claim) -> bool:
    return claim.event == "RETREAT" and claim.polarity == "affirmed" and claim.mode in _ENDING_MODES
