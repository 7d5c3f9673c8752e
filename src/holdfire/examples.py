"""Runs the examples that the rules bring along: what each must catch, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from holdfire.extraction.reasons_inside import find_inside
from holdfire.extraction.triggers import fits
from holdfire.intake.boilerplate import mark_boilerplate
from holdfire.intake.pointers import find_pointers
from holdfire.model.document import Document
from holdfire.pipeline import Reader, read_document, study
from holdfire.rules.attribution import FILE as ATTRIBUTION
from holdfire.rules.boilerplate import FILE as BOILERPLATE
from holdfire.rules.boilerplate import compiled
from holdfire.rules.load import Record, RuleSource
from holdfire.rules.pointers import FILE as POINTERS
from holdfire.rules.reasons import FILE as REASONS

_OUTLET = "The Port Amar Post"
# Lines of furniture are judged by their company: a report before them and, for near misses, prose after them.
_BEFORE = (
    "Guns fall silent at the bridge\nThe Valley Front fired nothing on Friday, the army said.\n"
    "The monitors agreed. Nobody was hurt.\nThe envoys leave today.\n"
)
_AFTER = "Nobody crossed the river.\nThe council met. It found no words.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One sentence of one rule; `wanted` is False for a near miss. `part` is the files and table it is listed in."""

    rule: str
    part: tuple[str, str]
    file: str
    text: str
    wanted: bool


def examples_of(source: RuleSource) -> tuple[Example, ...]:
    """Every example of every rule that can be tried by itself, shipped and added, in file order. Raises RuleError."""
    return tuple(
        Example(rule=record["id"], part=part, file=str(record["_file"]), text=text, wanted=wanted)
        for part in _TRIALS
        for record in source.records(*part)
        for field, wanted in (("matches", True), ("near_miss", False))
        for text in record.get(field, ())
    )


def rules_without_examples(source: RuleSource) -> tuple[tuple[str, str], ...]:
    """(file, id) of every rule that could prove itself and has no `matches`, and so is never tried."""
    return tuple(
        (str(record["_file"]), record["id"])
        for part in _TRIALS
        for record in source.records(*part)
        if not record.get("matches")
    )


def failures(examples: Iterable[Example], reader: Reader, source: RuleSource) -> Iterator[Example]:
    """Those that come out otherwise than they should: a match not caught, a near miss caught."""
    records = {(part, record["id"]): record for part in _TRIALS for record in source.records(*part)}
    for each in examples:
        if _TRIALS[each.part](each, records[each.part, each.rule], reader) != each.wanted:
            yield each


def _trigger(example: Example, record: Record, reader: Reader) -> bool:
    """Whether the construction stands in a match; whether it makes a claim of a near miss."""
    document = Document(id="example", text=example.text)
    if not example.wanted:
        return any(example.rule in claim.rule_ids for claim in read_document(document, reader))
    rules = reader.rulebook.events
    trigger = next(each for each in rules.triggers if each.id == example.rule)
    return any(fits(token, trigger, rules) for each in study(document, reader).sentences for token in each.doc)


def _attribution(example: Example, record: Record, reader: Reader) -> bool:
    found = study(Document(id="example", text=example.text), reader).attributions
    return example.rule in {each.cue_id for each in found}


def _reason(example: Example, record: Record, reader: Reader) -> bool:
    """Whether the cue is found in a match; whether a claim is given any reason in a near miss."""
    document = Document(id="example", text=example.text)
    if not example.wanted:
        return any(claim.reasons for claim in read_document(document, reader))
    sentences = study(document, reader).sentences
    found = (hit for each in sentences for hit in find_inside(each.doc, reader.rulebook.reasons))
    return any(hit.cue.id == example.rule for hit in found)


def _time(example: Example, record: Record, reader: Reader) -> bool:
    pattern = next(each for each in reader.rulebook.dates.patterns if each.id == example.rule)
    return pattern.form.search(example.text) is not None


def _pointer(example: Example, record: Record, reader: Reader) -> bool:
    rules = reader.rulebook.boilerplate.pointers
    if example.wanted:
        return any(each.form.search(example.text) for each in rules if each.id == example.rule)
    return bool(find_pointers(example.text, rules))


def _line(example: Example, record: Record, reader: Reader) -> bool:
    text = _BEFORE + example.text + "\n" + ("" if example.wanted else _AFTER)
    marks = mark_boilerplate(text, reader.rulebook.boilerplate, outlet=_OUTLET)
    if example.wanted:
        return [each.span.of(text) for each in marks] == [example.text]
    return record["reason"] in {each.reason for each in marks}


def _cue(example: Example, record: Record, reader: Reader) -> bool:
    if example.wanted:
        return compiled(record["pattern"], _OUTLET).search(example.text) is not None
    return bool(mark_boilerplate(_BEFORE + example.text + "\n", reader.rulebook.boilerplate, outlet=_OUTLET))


def _keep(example: Example, record: Record, reader: Reader) -> bool:
    return not mark_boilerplate(_BEFORE + example.text + "\n", reader.rulebook.boilerplate, outlet=_OUTLET)


Trial = Callable[[Example, Record, Reader], bool]

# Which files and tables hold rules with examples, and how one is tried.
_TRIALS: dict[tuple[str, str], Trial] = {
    ("en/events/*.toml", "trigger"): _trigger,
    (ATTRIBUTION, "cue"): _attribution,
    (ATTRIBUTION, "phrase"): _attribution,
    (REASONS, "cue"): _reason,
    ("en/dates.toml", "time"): _time,
    (POINTERS, "pointer"): _pointer,
    (BOILERPLATE, "line"): _line,
    (BOILERPLATE, "cue"): _cue,
    (BOILERPLATE, "keep"): _keep,
}
