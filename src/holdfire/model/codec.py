"""Claims and documents as plain JSON objects, exactly as CODEBOOK section 2 names their fields, and back."""

from __future__ import annotations

from typing import Any

from holdfire.model.actor import Mention
from holdfire.model.claim import Claim, ClaimTime, Condition, Content, Evidence, Place, Reason
from holdfire.model.document import Boilerplate, Document
from holdfire.model.source import Quote, Source
from holdfire.model.span import Span

Json = dict[str, Any]


def document_to_json(document: Document) -> Json:
    """The document object of `holdfire read --format jsonl`; dates as ISO strings."""
    return {
        "id": document.id,
        "url": document.url,
        "outlet": document.outlet,
        "title": document.title,
        "byline": document.byline,
        "published": document.published.isoformat() if document.published else None,
        "text": document.text,
        "boilerplate": [{**_offsets(each.span), "reason": each.reason} for each in document.boilerplate],
        "pointers": [
            {**_stretch(each.span, each.text), "kind": each.kind, "author": each.author, "outlet": each.outlet}
            for each in document.pointers
        ],
    }


def claim_to_json(claim: Claim) -> Json:
    """The claim object of `holdfire read --format jsonl`; every codebook field is present, null where unsaid."""
    return {
        "id": claim.id,
        "evidence": _stretch(claim.evidence.span, claim.evidence.text),
        "actor": [_mention(each) for each in claim.actor],
        "recipient": [_mention(each) for each in claim.recipient],
        "event": claim.event,
        "mode": claim.mode,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "certainty": claim.certainty,
        "likelihood": list(claim.likelihood) if claim.likelihood else None,
        "sources": [_source(each) for each in claim.sources],
        "quote": {**_offsets(claim.quote.span), "type": claim.quote.type} if claim.quote else None,
        "content": _content(claim.content),
        "reasons": [_reason(each) for each in claim.reasons],
        "condition": _stretch(claim.condition.span, claim.condition.text) if claim.condition else None,
        "time": _time(claim.time),
        "place": _place(claim.place),
        "conduct": claim.conduct,
        "rule_ids": list(claim.rule_ids),
    }


def claim_from_json(data: Json, *, document_id: str, prefix: str = "", suffix: str = "", role: str = "body") -> Claim:
    """The claim that `claim_to_json` wrote; the evidence's surroundings come from the caller.

    Raises KeyError or ValueError for an object of another form.
    """
    evidence = data["evidence"]
    return Claim(
        id=data["id"],
        evidence=Evidence(
            document_id=document_id,
            span=_span(evidence),
            text=evidence["text"],
            prefix=prefix,
            suffix=suffix,
            role=role,
        ),
        actor=tuple(_mention_from(each) for each in data["actor"]),
        recipient=tuple(_mention_from(each) for each in data["recipient"]),
        event=data["event"],
        mode=data["mode"],
        polarity=data["polarity"],
        modality=data["modality"],
        certainty=data["certainty"],
        likelihood=tuple(data["likelihood"]) if data["likelihood"] else None,
        sources=tuple(_source_from(each) for each in data["sources"]),
        quote=Quote(span=_span(data["quote"]), type=data["quote"]["type"]) if data["quote"] else None,
        content=Content(**data["content"]) if data["content"] else None,
        reasons=tuple(_reason_from(each) for each in data["reasons"]),
        condition=Condition(span=_span(data["condition"]), text=data["condition"]["text"])
        if data["condition"]
        else None,
        time=_time_from(data["time"]),
        place=_place_from(data["place"]),
        conduct=data["conduct"],
        rule_ids=tuple(data["rule_ids"]),
    )


def document_mark(data: Json) -> Boilerplate:
    """One boilerplate object back as a mark."""
    return Boilerplate(span=_span(data), reason=data["reason"])


def _offsets(span: Span) -> Json:
    return {"start_char": span.start_char, "end_char": span.end_char}


def _stretch(span: Span, text: str) -> Json:
    return {**_offsets(span), "text": text}


def _span(data: Json) -> Span:
    return Span(data["start_char"], data["end_char"])


def _mention(mention: Mention) -> Json:
    found = {
        **_stretch(mention.span, mention.text),
        "form": mention.form,
        "id": mention.id,
        "name": mention.name,
        "kind": mention.kind,
        "number": mention.number,
        "affiliation": mention.affiliation,
    }
    return {**found, "inferred": True} if mention.inferred else found


def _mention_from(data: Json) -> Mention:
    return Mention(
        text=data["text"],
        span=_span(data),
        form=data["form"],
        inferred=bool(data.get("inferred")),
        id=data["id"],
        name=data["name"],
        kind=data["kind"],
        number=data["number"],
        affiliation=data["affiliation"],
    )


def _source(source: Source) -> Json:
    return {
        **_stretch(source.span, source.text),
        "kind": source.kind,
        "id": source.id,
        "name": source.name,
        "role": source.role,
        "closeness": source.closeness,
        "inferred": source.inferred,
    }


def _source_from(data: Json) -> Source:
    rest = {key: data[key] for key in ("text", "kind", "id", "name", "role", "closeness", "inferred")}
    return Source(span=_span(data), **rest)


def _content(content: Content | None) -> Json | None:
    if content is None:
        return None
    return {"actor": content.actor, "event": content.event, "polarity": content.polarity}


def _reason(reason: Reason) -> Json:
    return {
        **_stretch(reason.span, reason.text),
        "category": reason.category,
        "relation": reason.relation,
        "bearing": reason.bearing,
        "sources": [_source(each) for each in reason.sources],
    }


def _reason_from(data: Json) -> Reason:
    return Reason(
        span=_span(data),
        text=data["text"],
        category=data["category"],
        relation=data["relation"],
        bearing=data["bearing"],
        sources=tuple(_source_from(each) for each in data["sources"]),
    )


def _time(time: ClaimTime | None) -> Json | None:
    if time is None:
        return None
    found = {"start": time.start, "end": time.end, "text": time.text, "precision": time.precision}
    return {**found, **_offsets(time.span)} if time.span else found


def _time_from(data: Json | None) -> ClaimTime | None:
    if data is None:
        return None
    span = _span(data) if "start_char" in data else None
    return ClaimTime(start=data["start"], end=data["end"], text=data["text"], span=span, precision=data["precision"])


def _place(place: Place | None) -> Json | None:
    if place is None:
        return None
    return {
        **_stretch(place.span, place.text),
        "name": place.name,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "geonames": place.geonames,
        "precision": place.precision,
    }


def _place_from(data: Json | None) -> Place | None:
    if data is None:
        return None
    rest = {key: data[key] for key in ("text", "name", "country", "lat", "lon", "geonames", "precision")}
    return Place(span=_span(data), **rest)
