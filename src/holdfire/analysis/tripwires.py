"""What a condition would set off: a tripwire (an attack, a join, the end of restraint) or a way out of the fighting."""

from __future__ import annotations

from typing import Literal

from holdfire.model.claim import Claim
from holdfire.rules.reasons import ReasonRules

Role = Literal["tripwire", "way out"]

_HOSTILE = frozenset(("THREATEN", "ASSAULT", "MOBILIZE", "COERCE", "SANCTION", "AID"))
_ARMED = frozenset(("ASSAULT", "MOBILIZE", "AID"))
_LETTING_GO = frozenset(("RETREAT", "CONCEDE", "AGREE"))


def role_of(claim: Claim, rules: ReasonRules) -> Role | None:
    """Whether the claim's condition is a tripwire or a way out; None where it has none, or one of neither kind.

    A condition that restraint lasts under ("as long as they keep the truce") is a tripwire: the day it fails, the
    restraint ends. One that a refusal to give way lasts under is a way out.
    """
    if claim.condition is None:
        return None
    lasting = any(claim.condition.text.lower().startswith(each) for each in rules.words["lasting"])
    if claim.event in _ARMED and claim.polarity == "negated":
        return "tripwire"
    if claim.event in _HOSTILE and claim.polarity == "affirmed":
        return "tripwire"
    if claim.event in _LETTING_GO:
        keeps = claim.polarity == "affirmed" and lasting and _is_truce(claim)
        return "tripwire" if keeps else "way out"
    if claim.event == "REJECT" and claim.polarity == "affirmed":
        return "way out" if lasting else None
    return None


def _is_truce(claim: Claim) -> bool:
    content = claim.content
    return claim.mode == "ceasefire" or (content is not None and content.event == "RETREAT")
