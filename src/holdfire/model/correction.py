"""What a claim says once people have judged it: corrections applied, and checked before they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from holdfire.model.claim import CERTAINTIES, CONDUCTS, EVENTS, MODALITIES, POLARITIES, Claim
from holdfire.model.codec import claim_from_json, claim_to_json
from holdfire.model.entry import Judgement, LedgerEntry, counting_judgement

# The id names the claim and the rules made it: neither is a matter of opinion.
FIXED = ("id", "rule_ids")
_ALLOWED: dict[str, tuple[str, ...]] = {
    "event": EVENTS, "polarity": POLARITIES, "modality": MODALITIES, "certainty": CERTAINTIES, "conduct": CONDUCTS,
}  # fmt: skip
_NULLABLE = ("conduct",)


def corrected(claim: Claim, changes: Iterable[tuple[str, Any]]) -> Claim:
    """The claim with fields of its JSON form replaced; its id, rules and surroundings stay."""
    found = claim_to_json(claim) | dict(changes)
    evidence = claim.evidence
    made = claim_from_json(
        found, document_id=evidence.document_id, prefix=evidence.prefix, suffix=evidence.suffix, role=evidence.role
    )
    return replace(made, id=claim.id, rule_ids=claim.rule_ids)


def faults_of(claim: Claim, changes: Mapping[str, Any], text: str) -> tuple[str, ...]:
    """What is wrong with a correction, each fault in words; empty when it can be kept.

    text: the document's text, which every corrected span must quote.
    """
    known = claim_to_json(claim)
    wrong = [f"'{name}' cannot be corrected" for name in changes if name in FIXED]
    wrong += [
        f"there is no field '{name}' (fields: {', '.join(each for each in known if each not in FIXED)})"
        for name in changes
        if name not in known
    ]
    for name, allowed in _ALLOWED.items():
        if name in changes and changes[name] not in allowed and not (changes[name] is None and name in _NULLABLE):
            wrong.append(f"{name} cannot be {changes[name]!r} (one of {', '.join(allowed)})")
    if wrong:
        return tuple(wrong)
    try:
        corrected(claim, changes.items())
    except (KeyError, TypeError, ValueError, AttributeError) as why:
        return (f"the value does not have the form of the claim's JSON ({type(why).__name__}: {why})",)
    return tuple(
        f"{name} quotes {words!r}, which is not what stands at {start}–{end}"
        for name, value in changes.items()
        for start, end, words in _quotes(value)
        if text[start:end] != words
    )


def counted(entry: LedgerEntry) -> LedgerEntry:
    """The entry with its counting correction applied; `recorded` then holds the claim as it was read."""
    judgement = counting_judgement(entry.judgements)
    if judgement is None or judgement.verdict != "correct":
        return entry
    return replace(entry, claim=corrected(entry.claim, judgement.changes), recorded=entry.claim)


def is_rejected(judgements: Iterable[Judgement]) -> bool:
    """Whether the judgement that counts rejects the claim."""
    judgement = counting_judgement(judgements)
    return judgement is not None and judgement.verdict == "reject"


def _quotes(value: Any) -> Iterable[tuple[int, int, str]]:
    """Every stretch with offsets and words, at any depth."""
    if isinstance(value, dict):
        if {"start_char", "end_char", "text"} <= value.keys():
            yield value["start_char"], value["end_char"], value["text"]
        for each in value.values():
            yield from _quotes(each)
    elif isinstance(value, list):
        for each in value:
            yield from _quotes(each)
