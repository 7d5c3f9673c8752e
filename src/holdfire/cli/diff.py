"""`holdfire diff`: which claims are seen otherwise at one moment of knowing than at another, and why."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from holdfire.cli.history import where
from holdfire.cli.options import LedgerOption, choice, ledger_to_read, moment, settings_from
from holdfire.cli.words import many, one_line, party_words
from holdfire.errors import UsageError

if TYPE_CHECKING:
    from holdfire.model.entry import LedgerEntry
    from holdfire.model.history import Difference

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


@app.command()
def diff(
    known_by: Annotated[
        list[str],
        typer.Option("--known-by", metavar="TIME", help="Give it twice, earlier and later; one alone is up to now."),
    ],
    format: Annotated[str, typer.Option("--format", help="text or jsonl.")] = "text",
    ledger: LedgerOption = None,
) -> None:
    """Show which claims changed between two moments of knowing: by new reports, new rules or new judgements."""
    choice(format, "--format", ("text", "jsonl"))
    if len(known_by) > 2:
        raise UsageError("--known-by: give two moments, the earlier and the later.")
    moments = [found for each in known_by if (found := moment(each, "--known-by"))]
    earlier, later = sorted(moments) if len(moments) == 2 else (moments[0], datetime.now(UTC))
    settings = settings_from(ledger, None)

    from holdfire.ledger.differences import differences

    counts: Counter[str] = Counter()
    with ledger_to_read(settings) as opened:
        for each in differences(opened, earlier, later):
            counts[each.cause] += each.claims
            typer.echo(json.dumps(_json(each), ensure_ascii=False) if format == "jsonl" else _words(each))
    if format == "text":
        by = ", ".join(f"{count} by {cause}" for cause, count in sorted(counts.items()))
        typer.echo(f"{many(counts.total(), 'claim')} changed{f': {by}' if by else ''}.")


def _words(difference: Difference) -> str:
    sign = _SIGNS[difference.kind]
    if difference.before is None and difference.after is None:
        return f"{sign} {many(difference.claims, 'claim')} taken down with {where(difference.document)}"
    shown = difference.after or difference.before
    assert shown is not None
    quoted = one_line(shown.claim.evidence.text, 120)
    told = _told(shown) if difference.kind != "changed" else _change(difference)
    return f"{sign} {shown.claim.id[:8]}  {told} ({difference.cause})\n    “{quoted}” — {where(difference.document)}"


def _told(entry: LedgerEntry) -> str:
    claim = entry.claim
    facets = f"{claim.event} {claim.polarity} {claim.modality} {claim.certainty}"
    return f"{party_words(claim.actor) or 'nobody named'} · {claim.conduct or 'no conduct'} · {facets}"


def _change(difference: Difference) -> str:
    """The fields that differ, or the verdict where none does."""
    from holdfire.model.codec import claim_to_json
    from holdfire.model.entry import counting_judgement

    before, after = difference.before, difference.after
    assert before is not None
    assert after is not None
    old, new = claim_to_json(before.claim), claim_to_json(after.claim)
    names = [name for name in old if name not in ("id", "rule_ids") and old[name] != new[name]]
    shown = [f"{name}: {_short(old[name])} → {_short(new[name])}" for name in names if name != "evidence"]
    judged = counting_judgement(after.judgements)
    if difference.cause == "new judgement" and judged is not None:
        shown.append(f"{judged.verdict} by {judged.who}")
    return f"{_told(after)} [{'; '.join(shown) or 'words moved'}]"


def _short(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(
            str(each.get("name") or each["text"]) if isinstance(each, dict) else str(each) for each in value
        )
    if isinstance(value, dict):
        return str(value.get("text") or value.get("event") or value)
    return "none" if value is None else str(value)


def _json(difference: Difference) -> dict[str, Any]:
    from holdfire.model.codec import claim_to_json

    return {
        "kind": difference.kind, "cause": difference.cause, "at": difference.at.isoformat(),
        "document": difference.document.id, "claims": difference.claims,
        "before": claim_to_json(difference.before.claim) if difference.before else None,
        "after": claim_to_json(difference.after.claim) if difference.after else None,
    }  # fmt: skip
