"""Marks the lines of a report that are not reporting: appeals, sign-ups, credits, buttons, banners. Cuts nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from holdfire.model.document import Boilerplate
from holdfire.model.span import Span, trimmed
from holdfire.rules.boilerplate import BoilerplateRules, LineCue, LineRule, compiled

_LINE = re.compile(r"[^\n]+")
_DRESS = " \t\u00a0*★☆•▪◦●·-–—_=~>#()[]"
_BULLET = re.compile(r"\s*(?:[•▪◦●·*–—-]\s|\d{1,2}[.)]\s)")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_APPEALS = frozenset({"appeal", "sign-up", "subscription"})


@dataclass(frozen=True, slots=True)
class _Line:
    """A non-empty line: its span without white space, its words without bullets and brackets, and its place."""

    span: Span
    raw: str
    bare: str


@dataclass(frozen=True, slots=True)
class _Patterns:
    lines: tuple[tuple[LineRule, re.Pattern[str]], ...]
    cues: tuple[tuple[LineCue, re.Pattern[str]], ...]
    keeps: tuple[re.Pattern[str], ...]


def mark_boilerplate(text: str, rules: BoilerplateRules, *, outlet: str | None = None) -> tuple[Boilerplate, ...]:
    """The whole lines of `text` that are not reporting, in order, each with its reason; runs of one reason are joined.

    A line is judged by what it says, then by its form and company: a short line that comes back, short lines between
    two appeals, and the fragments that trail a finished report. The first line is only judged by what it says.
    """
    lines = _lines(text)
    patterns = _patterns(rules, outlet)
    reasons = [_by_words(line, number, lines, rules, patterns) for number, line in enumerate(lines)]
    _by_repetition(lines, reasons, rules)
    _by_block(lines, reasons, rules, patterns)
    _by_tail(lines, reasons, rules, patterns)
    return _joined(text, lines, reasons)


def _lines(text: str) -> tuple[_Line, ...]:
    found = []
    for match in _LINE.finditer(text):
        span = trimmed(text, match.start(), match.end())
        if len(span):
            raw = span.of(text)
            found.append(_Line(span, raw, raw.strip(_DRESS)))
    return tuple(found)


@lru_cache(maxsize=64)
def _patterns(rules: BoilerplateRules, outlet: str | None) -> _Patterns:
    return _Patterns(
        lines=tuple((rule, compiled(rule.pattern, outlet)) for rule in rules.lines),
        cues=tuple((cue, compiled(cue.pattern, outlet)) for cue in rules.cues),
        keeps=tuple(compiled(rule.pattern, outlet) for rule in rules.keeps),
    )


def _by_words(
    line: _Line, number: int, lines: Sequence[_Line], rules: BoilerplateRules, patterns: _Patterns
) -> str | None:
    near_end = number >= len(lines) - rules.shape.tail_lines
    reports = any(cue.veto and pattern.search(line.bare) for cue, pattern in patterns.cues)
    for rule, pattern in patterns.lines:
        barred = len(line.raw) > rule.max_chars or (rule.tail and not near_end) or (rule.plain and reports)
        if not barred and pattern.fullmatch(line.bare):
            return rule.reason
    if number == 0 or not line.bare:
        return None
    return "appeal" if _weighs_enough(line, near_end, rules, patterns) else None


def _weighs_enough(line: _Line, near_end: bool, rules: BoilerplateRules, patterns: _Patterns) -> bool:
    shape = rules.shape
    if len(line.raw) > shape.prose_max_chars:
        return False
    found = [cue for cue, pattern in patterns.cues if pattern.search(line.bare)]
    topics = sum(cue.topic for cue in found)
    # Prose needs more than one cue's accident: several topics of selling in one paragraph.
    if topics < (1 if len(line.raw) <= shape.max_chars else shape.prose_topics):
        return False
    weight = sum(cue.weight for cue in found)
    weight += shape.short_weight * (len(line.raw) <= shape.short_chars)
    weight += shape.open_weight * (not _SENTENCE_END.search(line.raw))
    weight += shape.tail_weight * near_end
    # Sums of tenths: 0.3 + 0.2 + 0.5 must reach 1.0.
    return weight >= shape.threshold - 1e-9


def _by_repetition(lines: Sequence[_Line], reasons: list[str | None], rules: BoilerplateRules) -> None:
    times = Counter(line.raw for line in lines if len(line.raw) <= rules.shape.repeat_chars)
    for number, line in enumerate(lines):
        if number and reasons[number] is None and line.bare and times[line.raw] > 1 and line.raw != lines[0].raw:
            reasons[number] = "repeated line"


def _by_block(lines: Sequence[_Line], reasons: list[str | None], rules: BoilerplateRules, patterns: _Patterns) -> None:
    anchors = [number for number, reason in enumerate(reasons) if reason in _APPEALS]
    for first, last in pairwise(anchors):
        between = range(first + 1, last)
        if not between or len(between) > rules.shape.block_lines:
            continue
        if all(reasons[each] or _is_filler(lines[each], rules, patterns) for each in between):
            for each in between:
                reasons[each] = reasons[each] or "appeal"
    for number in range(2, len(lines)):
        # One line that asks can be a headline's accident; below two lines of appeal it belongs to them.
        if (
            reasons[number] is None
            and reasons[number - 1]
            and reasons[number - 2]
            and _goes_on(lines[number], rules, patterns)
        ):
            reasons[number] = "appeal"


def _goes_on(line: _Line, rules: BoilerplateRules, patterns: _Patterns) -> bool:
    if len(line.raw) > rules.shape.short_chars or not _is_filler(line, rules, patterns):
        return False
    return any(cue.continues and pattern.search(line.bare) for cue, pattern in patterns.cues)


def _is_filler(line: _Line, rules: BoilerplateRules, patterns: _Patterns) -> bool:
    if len(line.raw) > rules.shape.block_chars:
        return False
    return not any(cue.weight < 0 and pattern.search(line.bare) for cue, pattern in patterns.cues)


def _by_tail(lines: Sequence[_Line], reasons: list[str | None], rules: BoilerplateRules, patterns: _Patterns) -> None:
    body = sum(bool(_SENTENCE_END.search(line.raw)) for line in lines)
    for number in range(len(lines) - 1, max(0, len(lines) - 1 - rules.shape.tail_lines), -1):
        line = lines[number]
        if reasons[number]:
            continue
        sentence = _SENTENCE_END.search(line.raw) or _BULLET.match(line.raw)
        if sentence or len(line.raw) > rules.shape.fragment_chars or body < rules.shape.fragment_after:
            return
        # A last item without its full stop is news all the same.
        reports = any(cue.weight < 0 and pattern.search(line.bare) for cue, pattern in patterns.cues)
        if not reports and not any(keep.fullmatch(line.raw) for keep in patterns.keeps):
            reasons[number] = "page furniture"


def _joined(text: str, lines: Sequence[_Line], reasons: Sequence[str | None]) -> tuple[Boilerplate, ...]:
    marks: list[Boilerplate] = []
    previous = None
    for line, reason in zip(lines, reasons, strict=True):
        if reason is not None and reason == previous:
            marks[-1] = Boilerplate(span=marks[-1].span.hull(line.span), reason=reason)
        elif reason is not None:
            marks.append(Boilerplate(span=line.span, reason=reason))
        previous = reason
    return tuple(marks)
