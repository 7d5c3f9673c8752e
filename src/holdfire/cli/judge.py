"""`holdfire judge`: accept, correct, reject or comment on a claim."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from holdfire.cli.options import LedgerOption, RulesOption, choice, rule_source, settings_from
from holdfire.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.ledger.connect import Ledger
    from holdfire.model.claim import Claim
    from holdfire.model.document import Document
    from holdfire.rules.load import RuleSource

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

# A change to any of these changes what the codebook derives from them.
_CONDUCT_FOLLOWS = frozenset({"event", "mode", "polarity", "modality", "content"})
_LIKELY_LISTS = frozenset({"actor", "recipient", "sources", "reasons"})


@app.command()
def judge(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's id; its first digits will do.")],
    verdict: Annotated[str, typer.Argument(metavar="VERDICT", help="accept, correct, reject or comment.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")],
    set: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="With correct: a field of the claim and its right value, as JSON or plain words of the report.",
        ),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who judges (else your login name).")] = None,
    role: Annotated[
        str, typer.Option("--role", help="reader, analyst or editor; the latest of the highest counts.")
    ] = ("analyst"),
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Accept, correct, reject or comment on a claim; who, when and why are kept."""
    from holdfire.model.entry import ROLES, VERDICTS

    choice(verdict, "VERDICT", VERDICTS)
    choice(role, "--role", ROLES)
    settings = settings_from(ledger, rules)

    from holdfire.ledger.connect import open_ledger
    from holdfire.ledger.judge import judge as record

    with open_ledger(settings.ledger, create=False) as opened:
        changes = _changes(opened, claim, set or (), rule_source(settings)) if set else None
        made = record(
            opened, claim, who=by or login_name(), role=role, verdict=verdict,  # type: ignore[arg-type]
            reason=reason, changes=changes, now=datetime.now(UTC),
        )  # fmt: skip
    said = "; ".join(f"{name} is {json.dumps(value, ensure_ascii=False)}" for name, value in made.changes)
    typer.echo(f"Claim {made.claim_id}: {made.verdict} by {made.who}, {made.role}{f' ({said})' if said else ''}.")


def login_name() -> str:
    """Who is at the keyboard, as the system has it. Raises UsageError where it has no name."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError) as why:
        raise UsageError("--by: the system does not say who you are. Give your name.") from why


def _changes(ledger: Ledger, claim_id: str, given: Sequence[str], source: RuleSource) -> dict[str, Any]:
    """The corrected fields as the claim's JSON has them, with the conduct that follows from them."""
    from holdfire.ledger import views
    from holdfire.model.entry import AsOf

    entry = views.claim(ledger, claim_id, AsOf())
    if entry is None:
        raise UsageError(f"judge: no claim, or more than one, has an id that begins {claim_id!r}. See: holdfire claims")
    document = views.document(ledger, entry.document.id, AsOf())
    read = entry.recorded or entry.claim
    changes: dict[str, Any] = {}
    for each in given:
        name, mark, value = each.partition("=")
        if not mark:
            raise UsageError(f"--set: {each!r} has no '='. Write it as polarity=negated.")
        changes[name.strip()] = _value(name.strip(), value.strip(), read, document, source)
    if _CONDUCT_FOLLOWS & changes.keys() and "conduct" not in changes:
        changes["conduct"] = _conduct(read, changes, source)
    return changes


def _value(name: str, given: str, claim: Claim, document: Document | None, source: RuleSource) -> Any:
    try:
        value = json.loads(given)
    except ValueError:
        value = given
    if isinstance(value, str) and document is not None:
        if name in ("actor", "recipient"):
            return [_mention(name, value, claim, document, source)]
        if name == "place":
            return _stretch(name, value, claim, document) | {
                "name": None, "country": None, "lat": None, "lon": None, "geonames": None, "precision": "unresolved",
            }  # fmt: skip
        if name in ("evidence", "condition"):
            return _stretch(name, value, claim, document)
    if name == "time" and isinstance(value, str):
        start, _, end = value.partition("/")
        return {"start": start or None, "end": (end or start) or None, "text": "", "precision": "day"}
    return [] if value is None and name in _LIKELY_LISTS else value


def _mention(name: str, words: str, claim: Claim, document: Document, source: RuleSource) -> dict[str, Any]:
    found = _stretch(name, words, claim, document)
    actor = _actor(words, source)
    return found | {
        "form": "named", "id": actor[0] if actor else None, "name": actor[1] if actor else None,
        "kind": actor[2] if actor else None, "number": None, "affiliation": None,
    }  # fmt: skip


def _actor(words: str, source: RuleSource) -> tuple[str, str, str] | None:
    """Id, name and kind of the one actor whose name the words are; None for nobody and for several."""
    from holdfire.pipeline import load_knowledge

    knowledge = load_knowledge(source)
    for match in knowledge.names.find(words):
        if match.end_char - match.start_char >= len(words.removeprefix("the ").removeprefix("The ")):
            ids = {each.actor_id for each in match.claimants}
            actor = knowledge.get(ids.pop()) if len(ids) == 1 else None
            return (actor.id, actor.name, actor.kind) if actor else None
    return None


def _stretch(name: str, words: str, claim: Claim, document: Document) -> dict[str, Any]:
    """The words where they stand nearest to the claim's evidence. Raises UsageError where they stand nowhere."""
    text, span = document.text, claim.evidence.span
    places = [at for at in range(len(text)) if text.startswith(words, at)] if words else []
    if not places:
        raise UsageError(f"--set {name}: the words {words!r} are not in the report. Quote them as they stand.")
    start = min(places, key=lambda at: (not span.start_char <= at < span.end_char, abs(at - span.start_char)))
    return {"start_char": start, "end_char": start + len(words), "text": words}


def _conduct(claim: Claim, changes: dict[str, Any], source: RuleSource) -> str | None:
    """What the codebook makes of the corrected facets."""
    from holdfire.extraction.conduct import conduct_of
    from holdfire.model.claim import Content
    from holdfire.rules.composition import load_conduct_rules

    content = claim.content
    if "content" in changes:
        given = changes["content"]
        fits = isinstance(given, dict) and given.keys() <= {"event", "actor", "polarity"} and "event" in given
        content = Content(**given) if fits else None
    return conduct_of(
        event=changes.get("event", claim.event), mode=changes.get("mode", claim.mode),
        polarity=changes.get("polarity", claim.polarity), modality=changes.get("modality", claim.modality),
        content=content, content_mode=None, rules=load_conduct_rules(source),
    )  # fmt: skip
