"""`holdfire explain`: how one sentence is read, for whoever writes rules."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from holdfire.cli.options import RulesOption, choice, day, rule_source, settings_from
from holdfire.errors import UsageError

if TYPE_CHECKING:
    from holdfire.extraction.nlp import Sentence
    from holdfire.model.actor import Mention
    from holdfire.model.source import Attribution
    from holdfire.rules.events import EventRules

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def explain(
    sentence: Annotated[str, typer.Argument(help="The words to read, in quotation marks.")],
    published: Annotated[str | None, typer.Option(help="Publication date, for words such as 'on Tuesday'.")] = None,
    outlet: Annotated[str | None, typer.Option(help="The outlet's name.")] = None,
    rules: RulesOption = None,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Show how one sentence is read: passages, parse, mentions, rules, claims."""
    choice(format, "--format", ("text", "json"))
    published_on = day(published, "--published")

    from holdfire.extraction.assemble import claims_of
    from holdfire.intake.documents import make_document
    from holdfire.intake.metadata import Header
    from holdfire.model.codec import claim_to_json
    from holdfire.pipeline import load_reader, study

    if not sentence.strip():
        raise UsageError("explain: there are no words to read. Put a sentence in quotation marks.")
    reader = load_reader(rule_source(settings_from(None, rules)))
    header = Header(published=published_on, outlet=outlet)
    document = make_document(
        sentence, header, rules=reader.rulebook.boilerplate, raw=sentence.encode("utf-8", "replace"), reader="text"
    )
    article = study(document, reader)
    found = {
        "boilerplate": [{"text": each.span.of(document.text), "reason": each.reason} for each in document.boilerplate],
        "passages": [_passage(each) for each in article.sentences],
        "mentions": [_mention(each) for each in article.references.mentions()],
        "attributions": [_attribution(each, document.text) for each in article.attributions],
        "rules": [_rules(each, reader.rulebook.events) for each in article.sentences],
        "claims": [claim_to_json(each) for each in claims_of(article, reader.rulebook)],
    }
    if format == "json":
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _print(found)


def _passage(sentence: Sentence) -> dict[str, Any]:
    tokens = [
        {"text": token.text, "lemma": token.lemma_, "tag": token.tag_, "dep": token.dep_, "head": token.head.text}
        for token in sentence.doc
        if not token.is_space
    ]
    span = sentence.passage.span
    return {"start_char": span.start_char, "end_char": span.end_char, "role": sentence.passage.role, "tokens": tokens}


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "text": mention.text,
        "form": mention.form,
        "name": mention.name,
        "id": mention.id,
        "kind": mention.kind,
        "affiliation": mention.affiliation,
        "number": mention.number,
    }


def _attribution(attribution: Attribution, text: str) -> dict[str, Any]:
    return {
        "source": attribution.source.text if attribution.source else None,
        "cue": attribution.cue.of(text) if attribution.cue else None,
        "content": [each.of(text) for each in attribution.content],
        "certainty": attribution.certainty,
        "rule": attribution.cue_id,
    }


def _rules(sentence: Sentence, rules: EventRules) -> dict[str, Any]:
    """Which constructions fired in a passage, and which had their head word there and lacked the rest."""
    from holdfire.extraction.triggers import find_hits, near_hits

    fired = [{"word": hit.token.text, "rule": hit.trigger.id} for hit in find_hits(sentence, rules)]
    near = [
        {"word": hit.token.text, "rule": hit.trigger.id, "asks": list(hit.trigger.asks)}
        for hit in near_hits(sentence, rules)
    ]
    return {"fired": fired, "nearly": near}


def _print(found: dict[str, Any]) -> None:
    for mark in found["boilerplate"]:
        typer.echo(f"boilerplate ({mark['reason']}): {mark['text']}")
    for number, passage in enumerate(found["passages"], 1):
        typer.echo(f"passage {number} · {passage['role']} · characters {passage['start_char']}–{passage['end_char']}")
        width = max((len(each["text"]) for each in passage["tokens"]), default=0)
        for each in passage["tokens"]:
            head = "" if each["dep"] == "ROOT" else f" of {each['head']}"
            typer.echo(f"  {each['text']:<{width}}  {each['lemma']:<{width}}  {each['tag']:<5} {each['dep']}{head}")
    for each in found["mentions"]:
        known = f"{each['name']} ({each['id']})" if each["id"] else "no match in the knowledge base"
        typer.echo(f"mention: {each['text']} · {each['form']} · {known}")
    for each in found["attributions"]:
        source = each["source"] or "source not stated"
        said = " … ".join(each["content"])
        typer.echo(f"attribution: {source} · cue: {each['cue'] or 'none'} · {each['certainty']} · «{said}»")
    for each in found["rules"]:
        for hit in each["fired"]:
            typer.echo(f"fired: {hit['rule']} on “{hit['word']}”")
        for hit in each["nearly"]:
            typer.echo(f"nearly: {hit['rule']} on “{hit['word']}” (asks for {', '.join(hit['asks']) or 'more'})")
    if not found["claims"]:
        typer.echo("claims: none")
    for claim in found["claims"]:
        typer.echo(describe(claim))


def describe(claim: dict[str, Any]) -> str:
    """A claim object in a few lines of words: what is left at its default is left out."""
    who = ", ".join(each["name"] or each["text"] for each in claim["actor"]) or "nobody named"
    facets = [claim["polarity"], claim["modality"], claim["certainty"]]
    lines = [
        f"claim: {who} · {claim['event']}{_mode(claim)} · {' '.join(facets)} · conduct: {claim['conduct'] or 'none'}"
    ]
    lines.append(f"  evidence   «{claim['evidence']['text']}»")
    for label in ("recipient", "sources"):
        if claim[label]:
            lines.append(f"  {label:<10} {', '.join(each['name'] or each['text'] for each in claim[label])}")
    if content := claim["content"]:
        lines.append(f"  content    {content['actor'] or '–'} {content['event']} {content['polarity']}")
    lines += [f"  reason     «{each['text']}» {each['category']}, {each['bearing']}" for each in claim["reasons"]]
    if condition := claim["condition"]:
        lines.append(f"  condition  «{condition['text']}»")
    if time := claim["time"]:
        lines.append(f"  time       «{time['text']}» {_when(time)}")
    if place := claim["place"]:
        lines.append(f"  place      «{place['text']}» {_where(place)}")
    if claim["rule_ids"]:
        lines.append(f"  rules      {', '.join(claim['rule_ids'])}")
    return "\n".join(lines)


def _mode(claim: dict[str, Any]) -> str:
    return f" ({claim['mode']})" if claim["mode"] else ""


def _when(time: dict[str, Any]) -> str:
    """The days, or that the words could not be reckoned."""
    if time["start"] is None and time["end"] is None:
        return "(not resolved)"
    if time["start"] == time["end"]:
        return str(time["start"])
    return f"{time['start'] or 'open'} to {time['end'] or 'open'}"


def _where(place: dict[str, Any]) -> str:
    """The gazetteer's name with country, precision and coordinates, or that it has none."""
    if place["name"] is None:
        return "(not resolved)"
    country = f", {place['country']}" if place["country"] else ""
    at = f", {place['lat']:.2f} {place['lon']:.2f}" if place["lat"] is not None else ""
    return f"{place['name']}{country} ({place['precision']}{at})"
