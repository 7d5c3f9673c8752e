"""Conclusions as plain values, the same for command line, pages and briefs. Keys are added, never changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from holdfire.analysis.calculus import Calculus, Month, Told, ToldCondition, ToldReason, by_month
from holdfire.conclusions.actor import ActorView
from holdfire.model.entry import LedgerEntry
from holdfire.model.network import Network, Tie
from holdfire.model.posture import Board, Finding, Gap, Posture, Transition, Umbrella
from holdfire.model.timeline import Spell, Timeline

Json = dict[str, Any]


def board_to_json(board: Board) -> Json:
    """The board: what it is of, from how much, every posture, every transition, and the earlier postures compared."""
    return {
        "conflict": board.conflict,
        "conflict_id": board.conflict_id,
        "valid_on": _day(board.valid_on),
        "known_by": board.known_by.isoformat() if board.known_by else None,
        "reports": board.reports,
        "outlets": board.outlets,
        "claims": board.claims,
        "untied": board.untied,
        "undated": board.undated,
        "postures": [posture_to_json(each) for each in board.postures],
        "transitions": [transition_to_json(each) for each in board.transitions],
        "compared_with": _day(board.compared_with),
        "earlier": [posture_to_json(each) for each in board.earlier],
    }


def posture_to_json(posture: Posture) -> Json:
    """One actor's row of the board."""
    return {
        "actor": {"key": posture.key, "name": posture.name, "kind": posture.kind, "side": posture.side},
        "deed": finding_to_json(posture.deed) if posture.deed else None,
        "word": finding_to_json(posture.word) if posture.word else None,
        "since": _day(posture.since),
        "gap": _gap(posture.gap) if posture.gap else None,
        "change": transition_to_json(posture.change) if posture.change else None,
        "others": [finding_to_json(each) for each in posture.others],
        "unconfirmed": [finding_to_json(each) for each in posture.unconfirmed],
        "denied": [finding_to_json(each) for each in posture.denied],
    }


def finding_to_json(finding: Finding) -> Json:
    """One conduct with the claims for and against it, and the sentence, outlet and address of the best one."""
    return {
        "conduct": finding.conduct,
        "since": finding.since.isoformat(),
        "latest": finding.latest.isoformat(),
        "strength": round(finding.strength, 3),
        "outlets": list(finding.outlets),
        "origins": finding.origins,
        "claims": [each.claim.id for each in finding.entries],
        "against": [each.claim.id for each in finding.against],
        "inherited": _umbrella(finding.inherited),
        "sentence": finding.best.claim.evidence.text,
        "document": finding.best.document.id,
        "outlet": finding.best.document.outlet,
        "url": finding.best.document.url,
    }


def transition_to_json(transition: Transition) -> Json:
    """A change of posture with its day, what it was and became, and the claims that made it."""
    return {
        "actor": {"key": transition.key, "name": transition.name},
        "family": transition.family,
        "on": transition.on.isoformat(),
        "before": transition.before,
        "after": transition.after,
        "claims": [each.claim.id for each in transition.entries],
    }


def timeline_to_json(timeline: Timeline) -> Json:
    """One actor's spells and transitions; a spell's `end` is null where it lasts on the last day."""
    return {
        "actor": {"key": timeline.key, "name": timeline.name},
        "first": timeline.first.isoformat(),
        "last": timeline.last.isoformat(),
        "spells": [_spell(each) for each in timeline.spells],
        "transitions": [transition_to_json(each) for each in timeline.transitions],
    }


def network_to_json(network: Network) -> Json:
    """Nodes and ties; ties of the knowledge base have no claims."""
    return {
        "conflict": network.conflict,
        "valid_on": _day(network.valid_on),
        "known_by": network.known_by.isoformat() if network.known_by else None,
        "nodes": [
            {"key": each.key, "name": each.name, "kind": each.kind, "deed": each.deed, "word": each.word,
             "side": each.side}
            for each in network.nodes
        ],
        "ties": [_tie(each) for each in network.ties],
    }  # fmt: skip


def actor_to_json(view: ActorView) -> Json:
    """Everything on one actor."""
    known = view.actor
    return {
        "actor": {
            "key": view.key,
            "name": view.name,
            "kind": known.kind if known else None,
            "country": known.country if known else None,
            "names": list(view.names),
        },
        "posture": posture_to_json(view.posture),
        "timeline": timeline_to_json(view.timeline),
        **calculus_to_json(view.reasons),
        "dissent": [entry_to_json(each) for each in view.dissent],
        "about": [entry_to_json(each) for each in view.about],
        "neighbours": network_to_json(view.neighbours),
    }


def calculus_to_json(calculus: Calculus) -> Json:
    """Reasons, tripwires and ways out, each with the claim that it belongs to; the reasons also by month."""
    return {
        "reasons": [_reason(each) for each in calculus.reasons],
        "over_time": [_month(each) for each in by_month(calculus.reasons)],
        "tripwires": [_condition(each) for each in calculus.of_role("tripwire")],
        "ways_out": [_condition(each) for each in calculus.of_role("way out")],
    }


def _month(month: Month) -> Json:
    given: dict[str, dict[str, int]] = {"for": {}, "against": {}}
    for bearing, category, count in month.counts:
        given[bearing][category] = count
    return {"month": month.first.strftime("%Y-%m"), **given}


def entry_to_json(entry: LedgerEntry) -> Json:
    """One claim in short: who, what, when, in which words, according to whom, where it stands."""
    claim = entry.claim
    return {
        "claim": claim.id,
        "actor": [each.name or each.text for each in claim.actor],
        "recipient": [each.name or each.text for each in claim.recipient],
        "event": claim.event,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "certainty": claim.certainty,
        "conduct": claim.conduct,
        "sources": [each.name or each.text for each in claim.sources],
        "sentence": claim.evidence.text,
        "valid_from": _day(entry.valid_from),
        "valid_to": _day(entry.valid_to),
        "document": entry.document.id,
        "outlet": entry.document.outlet,
        "url": entry.document.url,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _umbrella(umbrella: Umbrella | None) -> Json | None:
    return {"key": umbrella.key, "name": umbrella.name, "relation": umbrella.relation} if umbrella else None


def _gap(gap: Gap) -> Json:
    return {
        "size": gap.size,
        "direction": gap.direction,
        "word": entry_to_json(gap.word),
        "deed": entry_to_json(gap.deed),
    }


def _spell(spell: Spell) -> Json:
    return {
        "family": spell.family,
        "conduct": spell.conduct,
        "start": spell.start.isoformat(),
        "end": _day(spell.end),
        "strength": round(spell.strength, 3),
        "claims": [each.claim.id for each in spell.entries],
        "inherited": _umbrella(spell.inherited),
    }


def _tie(tie: Tie) -> Json:
    return {
        "actor": tie.actor,
        "recipient": tie.recipient,
        "relation": tie.relation,
        "weight": round(tie.weight, 3),
        "latest": _day(tie.latest),
        "claims": [each.claim.id for each in tie.entries],
        "sentence": tie.entries[0].claim.evidence.text if tie.entries else None,
    }


def _reason(each: ToldReason) -> Json:
    reason = each.reason
    return {
        "text": reason.text,
        "category": reason.category,
        "relation": reason.relation,
        "bearing": reason.bearing,
        "conduct": each.conduct,
        "sources": [source.name or source.text for source in reason.sources],
        **_told(each.told),
    }


def _condition(each: ToldCondition) -> Json:
    claim = each.told.entry.claim
    return {
        "text": each.condition.text,
        "event": claim.event,
        "mode": claim.mode,
        "conduct": claim.conduct,
        "sources": [source.name or source.text for source in claim.sources],
        **_told(each.told),
    }


def _told(told: Told) -> Json:
    entry = told.entry
    return {
        "told_of": told.of,
        "sentence": entry.claim.evidence.text,
        "certainty": entry.claim.certainty,
        "claim": entry.claim.id,
        "document": entry.document.id,
        "outlet": entry.document.outlet,
        "url": entry.document.url,
        "valid_from": _day(entry.valid_from),
    }
