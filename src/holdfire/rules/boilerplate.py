"""Rules for the lines of a report that are not reporting."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from holdfire.errors import RuleError
from holdfire.rules.load import Record, RuleSource, check_fields
from holdfire.rules.pointers import PointerRule, load_pointer_rules

FILE = "boilerplate.toml"
_OUTLET = "{outlet}"
DEFAULT_MAX_CHARS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRule:
    """Decides alone: `pattern` must match the whole line. {outlet} in it stands for the outlet's name.

    `tail` rules look at the last lines alone, `plain` ones pass over lines in which somebody says or does something.
    """

    id: str
    reason: str
    pattern: str
    max_chars: int = DEFAULT_MAX_CHARS
    tail: bool = False
    plain: bool = False
    matches: tuple[str, ...] = ()
    near_miss: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCue:
    """Adds `weight` to a line in which `pattern` is found; only a line with a `topic` is boilerplate by weight.

    `veto` cues also speak against `plain` line rules; a short line with a `continues` cue goes on with an appeal.
    """

    id: str
    pattern: str
    weight: float
    topic: bool = False
    veto: bool = False
    continues: bool = False
    matches: tuple[str, ...] = ()
    near_miss: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShape:
    """Limits in characters and lines, and weights of a line's form; boilerplate.toml says what each is for."""

    threshold: float
    max_chars: int
    prose_max_chars: int
    prose_topics: int
    short_chars: int
    short_weight: float
    open_weight: float
    tail_weight: float
    tail_lines: int
    fragment_chars: int
    fragment_after: int
    repeat_chars: int
    block_chars: int
    block_lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoilerplateRules:
    """What intake knows of pages: lines that are not reporting, and sentences that point to another report.

    Compile a line's pattern for an outlet with `compiled`.
    """

    lines: tuple[LineRule, ...]
    cues: tuple[LineCue, ...]
    keeps: tuple[LineRule, ...]
    shape: LineShape
    pointers: tuple[PointerRule, ...] = ()


def compiled(pattern: str, outlet: str | None) -> re.Pattern[str]:
    """The pattern with the outlet's name, whole or shortened ("the Gazette"), in the place of {outlet}."""
    if _OUTLET not in pattern:
        return re.compile(pattern, re.IGNORECASE)
    return re.compile(pattern.replace(_OUTLET, _names(outlet)), re.IGNORECASE)


def load_boilerplate_rules(source: RuleSource) -> BoilerplateRules:
    """The rules of boilerplate.toml. Raises RuleError for a pattern that is none, or a field that nobody reads."""
    shape = source.tables(FILE).get("shape", {})
    wanted = {each.name for each in fields(LineShape)}
    if set(shape) != wanted:
        odd = ", ".join(sorted(set(shape) ^ wanted))
        raise RuleError(f"{FILE}: [shape] lacks or does not know: {odd}. It needs: {', '.join(sorted(wanted))}.")
    return BoilerplateRules(
        lines=tuple(_line(each, "line") for each in source.records(FILE, "line")),
        cues=tuple(_cue(each) for each in source.records(FILE, "cue")),
        keeps=tuple(_line(each, "keep") for each in source.records(FILE, "keep")),
        shape=LineShape(**shape),
        pointers=load_pointer_rules(source),
    )


def _names(outlet: str | None) -> str:
    if not outlet or not outlet.split():
        return r"(?!)"
    words = outlet.split()
    bare = words[1:] if words[0].lower() == "the" and len(words) > 1 else words
    whole = r"\s+".join(re.escape(each) for each in bare)
    if len(bare) == 1:
        return rf"(?:(?:the )?{whole})"
    # Outlets shorten themselves: "the Gazette", or the first two words of a longer name.
    start = r"\s+".join(re.escape(each) for each in bare[:2])
    return rf"(?:(?:the )?(?:{whole}|{start})|the {re.escape(bare[-1])})"


def _line(record: Record, kind: str) -> LineRule:
    check_fields(record, required=("pattern",), optional=("reason", "max_chars", "tail", "plain"), kind=kind)
    return LineRule(
        id=record["id"],
        reason=record.get("reason", kind),
        pattern=_checked(record),
        max_chars=record.get("max_chars", DEFAULT_MAX_CHARS),
        tail=record.get("tail", False),
        plain=record.get("plain", False),
        **_examples(record),
    )


def _cue(record: Record) -> LineCue:
    check_fields(record, required=("pattern", "weight"), optional=("topic", "veto", "continues"), kind="cue")
    return LineCue(
        id=record["id"],
        pattern=_checked(record),
        weight=float(record["weight"]),
        topic=record.get("topic", False),
        veto=record.get("veto", False),
        continues=record.get("continues", False),
        **_examples(record),
    )


def _checked(record: Record) -> str:
    pattern: str = record["pattern"]
    try:
        compiled(pattern, "The Port Amar Post")
    except re.error as why:
        raise RuleError(f"{record['_file']}: '{record['id']}' has a pattern that is none: {why}. Mend it.") from why
    return pattern


def _examples(record: Record) -> dict[str, Any]:
    def texts(value: Iterable[str]) -> tuple[str, ...]:
        return tuple(value)

    return {"matches": texts(record.get("matches", ())), "near_miss": texts(record.get("near_miss", ()))}
