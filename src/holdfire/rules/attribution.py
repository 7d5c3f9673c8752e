"""The words that bring in what a source says: cues with their complements, phrases, and nouns of sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from holdfire.errors import RuleError
from holdfire.model.source import AttributionKind
from holdfire.rules.load import Record, RuleSource, check_fields

FILE = "en/attribution.toml"
WEIGHTS = "en/attribution_weights.toml"
PARTS = ("verb", "noun", "adverb")
KINDS = ("report", "stance", "thought", "denial", "rumour")
CERTAINTIES = ("attributed", "hedged", "rumoured", "denied")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One word that brings in content. `frames` maps a shape of complement to how surely it is content, 0 to 1.

    `firm` shapes are followed however low they weigh. `not_objects` are lemmas of heads that are no content,
    `not_forms` forms of the word, in lower case, that are no cue.
    """

    id: str
    kind: AttributionKind
    certainty: str
    frames: Mapping[str, float]
    firm: frozenset[str] = frozenset()
    not_objects: frozenset[str] = frozenset()
    not_forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePhrase:
    """Words, in lower case, after which a source stands: "according to"."""

    id: str
    words: tuple[str, ...]
    certainty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionRules:
    """Cues by lemma and part of speech, source phrases, and the nouns that tell one kind of source from another.

    `hedging` verbs weaken the cue that hangs on them, `vague` ones are hedges when they are passive without an agent;
    `carrying` verbs have a noun of saying as their object and say nothing themselves; what `dismissing` verbs do to
    `dismissed` nouns is deny them. `conditions` open clauses of what is said. `factors` are what a
    cue's place takes off its score. `least` is the weight below which a frame is left alone, `least_listed` the one
    below which a list of quotations leaves it out. No content has more words than `longest_reported` outside
    quotation marks.
    """

    verbs: Mapping[str, Cue]
    nouns: Mapping[str, Cue]
    adverbs: Mapping[str, Cue]
    phrases: tuple[SourcePhrase, ...]
    documents: frozenset[str]
    outlets: frozenset[str]
    not_sources: frozenset[str]
    closeness: tuple[str, ...]
    unconfirmed: frozenset[str]
    hedging: frozenset[str]
    vague: frozenset[str]
    carrying: frozenset[str]
    dismissing: frozenset[str]
    dismissed: frozenset[str]
    conditions: frozenset[str]
    factors: Mapping[str, float]
    least: float
    least_listed: float
    longest_reported: int


def load_attribution_rules(source: RuleSource) -> AttributionRules:
    """The cues of en/attribution.toml with the figures of en/attribution_weights.toml.

    Raises RuleError for an unknown part, kind, certainty or field, a weight outside 0 to 1, or a missing table.
    """
    tables = source.tables(FILE)
    weights = source.tables(WEIGHTS)
    by_part: dict[str, dict[str, Cue]] = {part: {} for part in PARTS}
    for record in source.records(FILE, "cue"):
        _check_cue(record)
        own = weights.get(f"{record['part']}s", {})
        for word in record["words"]:
            frames = {**record["frames"], **own.get(word, {})}
            by_part[record["part"]].setdefault(word, _cue(record, frames))
    for part, plural in (("verb", "verbs"), ("noun", "nouns")):
        deeds = _words(tables.get("deeds", {}).get(plural, ()))
        for word, frames in weights.get(plural, {}).items():
            if word in deeds:
                continue
            by_part[part].setdefault(
                word,
                Cue(id=f"cue.counted.{part}", kind="stance", certainty="attributed", frames=_weights(frames, word)),
            )
    phrases = []
    for record in source.records(FILE, "phrase"):
        check_fields(record, required=("words", "certainty"), optional=(), kind="phrase")
        phrases.append(
            SourcePhrase(id=record["id"], words=tuple(record["words"].split()), certainty=record["certainty"])
        )
    try:
        nouns = tables["sources"]
        return AttributionRules(
            verbs=by_part["verb"],
            nouns=by_part["noun"],
            adverbs=by_part["adverb"],
            phrases=tuple(phrases),
            documents=_words(nouns["documents"]),
            outlets=_words(nouns["outlets"]),
            not_sources=_words(nouns["not_sources"]),
            closeness=tuple(nouns["closeness"]),
            unconfirmed=_words(tables["doubt"]["unconfirmed"]),
            hedging=_words(tables["doubt"]["hedging"]),
            vague=_words(tables["doubt"]["vague_when_passive"]),
            carrying=_words(nouns["carrying"]),
            dismissing=_words(tables["doubt"]["dismissing"]),
            dismissed=_words(tables["doubt"]["dismissed"]),
            conditions=_words(tables["doubt"]["conditions"]),
            factors=_weights(tables["factors"], "factors"),
            least=float(tables["thresholds"]["least"]),
            least_listed=float(tables["thresholds"]["least_listed"]),
            longest_reported=int(tables["thresholds"]["longest_reported"]),
        )
    except (KeyError, TypeError) as why:
        raise RuleError(f"{FILE}: the table or list {why} is missing or has another shape. Restore it.") from why


def _check_cue(record: Record) -> None:
    check_fields(
        record,
        required=("part", "kind", "certainty", "words", "frames"),
        optional=("firm", "not_objects", "not_forms"),
        kind="cue",
    )
    where = f"{record['_file']}: cue '{record['id']}'"
    for name, allowed in (("part", PARTS), ("kind", KINDS), ("certainty", CERTAINTIES)):
        if record[name] not in allowed:
            raise RuleError(f"{where} has {name} '{record[name]}'. Use one of: {', '.join(allowed)}.")


def _cue(record: Record, frames: Mapping[str, Any]) -> Cue:
    return Cue(
        id=record["id"],
        kind=record["kind"],
        certainty=record["certainty"],
        frames=_weights(frames, record["id"]),
        firm=frozenset(record.get("firm", ())),
        not_objects=frozenset(record.get("not_objects", ())),
        not_forms=frozenset(record.get("not_forms", ())),
    )


def _weights(frames: Mapping[str, Any], where: str) -> dict[str, float]:
    for shape, weight in frames.items():
        if not isinstance(weight, (int, float)) or not 0 <= weight <= 1:
            raise RuleError(f"{FILE}: '{where}' gives frame '{shape}' the weight {weight!r}. Use a number from 0 to 1.")
    return dict(frames)


def _words(words: Iterable[str]) -> frozenset[str]:
    return frozenset(words)
