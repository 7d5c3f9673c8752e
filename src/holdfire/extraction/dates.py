"""When: finds the times that a document names, reckons them, and tells which one belongs to an event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from holdfire.extraction.dates_context import Context
from holdfire.extraction.dates_events import Dated, event_start, since_event
from holdfire.extraction.dates_reckon import reckon
from holdfire.extraction.intervals import UNRESOLVED, Interval, add_units, edged, joined, one_day
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.tense import first_verb, tense_of, verbs_above
from holdfire.model.claim import ClaimTime
from holdfire.model.span import Span
from holdfire.rules.dates import DateRules, TimePattern

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Doc, Token

# "The next day" reaches back this many sentences for its day; chosen on the development documents' narratives.
REACH_SENTENCES = 4
# How far a dateline's day may lie from the day of publication: time zones and late publication, not a reprint.
DATELINE_DAYS = 3
# A day is lent to this many sentences after its own; a third was wrong as often as right on the development documents.
STORY_SENTENCES = 2
# Fewer lines that open with an hour are a timetable or chance; three make a live report.
LIVE_ENTRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeHit:
    """A time that the text names. `sentence` counts the sentences given; `chain` holds the indices of the tokens that
    it hangs on in that sentence's doc, from its own word up to its verb. `lent` marks a time that stands
    outside the sentence: the hour over a live-report entry, or the day of the story so far."""

    span: Span
    sentence: int
    time: ClaimTime
    chain: tuple[int, ...]
    lent: bool = False


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What is known while a document is read from top to bottom."""

    text: str
    rules: DateRules
    anchor: date | None
    hits: list[TimeHit] = field(default_factory=list)
    dated: list[Dated] = field(default_factory=list)
    last_day: tuple[int, Interval, str] | None = None
    last_any: tuple[int, Interval] | None = None

    def spoken(self, sentence: int, *, day: bool) -> Interval | None:
        """The day, or the time of any length, that the text spoke of last; None when that is too long ago."""
        if day:
            return self.last_day[1] if self.last_day and sentence - self.last_day[0] <= REACH_SENTENCES else None
        return self.last_any[1] if self.last_any and sentence - self.last_any[0] <= REACH_SENTENCES else None

    def keep(
        self, sentence: Sentence, index: int, start: int, end: int, found: Interval, chain: Sequence[Token]
    ) -> None:
        """Record a time at passage offsets `start` to `end`, and what it dates."""
        span = Span(sentence.start_char + start, sentence.start_char + end)
        words = sentence.doc.text[start:end]
        self.hits.append(
            TimeHit(
                span=span,
                sentence=index,
                time=_claim_time(found, words, span),
                chain=tuple(each.i for each in chain),
            )
        )
        if found.start is None:
            return
        self.dated.append(Dated(sentence=sentence, start=found.start, chain=tuple(chain)))
        self.last_any = (index, found)
        if found.end is not None and (found.end - found.start).days <= 1:
            self.last_day = (index, found, words)


def find_times(
    text: str, sentences: Sequence[Sentence], *, published: date | None, rules: DateRules
) -> tuple[TimeHit, ...]:
    """The times that a document names, in text order, each reckoned or marked unresolved.

    Days are counted from the dateline's day where the document has one near `published`, else from `published`; with
    neither, only full dates are resolved. Weekdays and months without a year follow the tense of their verb; "the next
    day" follows the day that the text spoke of last. An unresolved time has neither start nor end.
    """
    reading = _Reading(text=text, rules=rules, anchor=_day_of_writing(text, published, rules))
    for index, sentence in enumerate(sentences):
        _read_sentence(reading, index, sentence)
    told = _told_on(sentences, reading)
    reading.hits.extend((*_posted(text, sentences, reading), *told))
    return tuple(sorted(reading.hits, key=lambda hit: (hit.span.start_char, hit.span.end_char)))


def _posted(text: str, sentences: Sequence[Sentence], reading: _Reading) -> list[TimeHit]:
    """The hours that head a live report's entries: each is a time on the day of writing, or on the day it names."""
    found: list[TimeHit] = []
    marks = [(each, clock) for each in sentences if (clock := _clock_before(text, each, reading.rules))]
    if reading.anchor is None or len({clock.start() for _, clock in marks}) < LIVE_ENTRIES:
        return []
    for index, sentence in enumerate(sentences):
        clock = _clock_before(text, sentence, reading.rules)
        if clock is None:
            continue
        named = reading.rules.weekdays.get((clock["weekday"] or "").lower())
        back = 0 if named is None else (reading.anchor.weekday() - named) % 7
        span = Span(*clock.span("clock"))
        day = one_day(reading.anchor, shift=-back)
        time = _claim_time(day, clock["clock"], span)
        found.append(TimeHit(span=span, sentence=index, time=time, chain=(), lent=True))
    return found


def _told_on(sentences: Sequence[Sentence], reading: _Reading) -> list[TimeHit]:
    """The day that a story in the plain past stays on, lent to the next undated sentences of its paragraph."""
    found: list[TimeHit] = []
    own = {hit.sentence for hit in reading.hits}
    story: TimeHit | None = None
    left = 0
    for index, sentence in enumerate(sentences):
        if index and sentence.passage.paragraph != sentences[index - 1].passage.paragraph:
            story = None
        if index in own:
            story, left = _story_of(index, sentence, reading), STORY_SENTENCES
        elif story and left and _is_plain_past(sentence):
            left -= 1
            found.append(replace(story, sentence=index, chain=(), lent=True))
        else:
            story = None
    return found


def _story_of(index: int, sentence: Sentence, reading: _Reading) -> TimeHit | None:
    """The one day on which the sentence's main verb, in the plain past, puts its event."""
    hits = [hit for hit in reading.hits if hit.sentence == index]
    main = [hit for hit in hits if hit.chain and sentence.doc[hit.chain[-1]].dep_ == "ROOT"]
    if len(hits) != 1 or len(main) != 1 or not _is_plain_past(sentence):
        return None
    time = main[0].time
    return main[0] if time.start and time.start == time.end else None


def _is_plain_past(sentence: Sentence) -> bool:
    root = next((each for each in sentence.doc if each.dep_ == "ROOT"), None)
    return root is not None and root.tag_ == "VBD"


def _clock_before(text: str, sentence: Sentence, rules: DateRules) -> re.Match[str] | None:
    """The hour at the head of the sentence's line."""
    line = text.rfind("\n", 0, sentence.start_char) + 1
    return rules.clock.match(text, line)


def _day_of_writing(text: str, published: date | None, rules: DateRules) -> date | None:
    """The dateline's day where it is complete or lies near the day of publication; else that day."""
    from holdfire.extraction.dates_dateline import dateline_day

    found = dateline_day(text, published, rules)
    if found is None or (published and abs((found - published).days) > DATELINE_DAYS):
        return published
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Core:
    """A pattern's match in a sentence, with the edge word before it."""

    match: re.Match[str]
    pattern: TimePattern
    start: int
    edge: str


def _read_sentence(reading: _Reading, index: int, sentence: Sentence) -> None:
    doc, text = sentence.doc, sentence.doc.text
    cores = _cores(text, reading.rules)
    late = [each for each in cores if each.pattern.kind in ("nth", "relation", "dayof", "into")]
    skip = 0
    for order, core in enumerate(cores):
        if core in late or core.match.start() < skip:
            continue
        chain = _chain(doc, core)
        found = _resolve(reading, index, sentence, core, chain)
        end = core.match.end()
        # "From Monday to Thursday": the second time closes the first.
        following = cores[order + 1] if order + 1 < len(cores) else None
        if following and following not in late and _is_range(text, core, following, reading.rules):
            last = _resolve(reading, index, sentence, following, chain)
            found, end, skip = joined(found, last), following.match.end(), following.match.end()
        else:
            found = edged(found, core.edge, reading.anchor)
        if not _is_idle(core, found):
            reading.keep(sentence, index, core.start, end, found, chain)
            _read_when(reading, index, sentence, core)
    for core in late:
        _read_late(reading, index, sentence, core)
    _read_since(reading, index, sentence, cores)


def _cores(text: str, rules: DateRules) -> list[_Core]:
    """The longest matches, left to right, outside blocked names."""
    patterns = rules.likely.likely(text) if rules.hint.search(text) else rules.unhinted
    blocked = [each.span() for form in rules.blocked for each in form.finditer(text)] if patterns else []
    found = [
        (match, pattern)
        for pattern in patterns
        for match in pattern.form.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in blocked)
    ]
    found.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    # A longer match that starts a little later (a date inside "by 6 May 2025") beats a shorter one that overlaps it.
    kept: list[tuple[re.Match[str], TimePattern]] = []
    for match, pattern in found:
        if kept and match.start() < kept[-1][0].end():
            if match.end() - match.start() > kept[-1][0].end() - kept[-1][0].start():
                kept[-1] = (match, pattern)
            continue
        kept.append((match, pattern))
    return [_with_edge(text, match, pattern, rules) for match, pattern in kept]


def _with_edge(text: str, match: re.Match[str], pattern: TimePattern, rules: DateRules) -> _Core:
    own = re.match(r"(since|until|by|before|after|from)\b", match.group(), re.IGNORECASE)
    if own and pattern.kind in ("holiday",):
        return _Core(match=match, pattern=pattern, start=match.start(), edge=own.group(1).lower())
    if pattern.kind not in ("sincethen", "daypart", "relation"):
        for name, form in rules.edges.items():
            before = form.search(text, 0, match.start()) if name not in ("range", "range_open") else None
            if before:
                return _Core(match=match, pattern=pattern, start=before.start(), edge=name)
    return _Core(match=match, pattern=pattern, start=match.start(), edge="")


def _chain(doc: Doc, core: _Core) -> tuple[Token, ...]:
    tokens = doc.char_span(core.match.start(), core.match.end(), alignment_mode="expand")
    return verbs_above(tokens.root) if tokens is not None else ()


def _resolve(reading: _Reading, index: int, sentence: Sentence, core: _Core, chain: Sequence[Token]) -> Interval:
    kind = core.pattern.kind
    spoken = reading.spoken(index, day=kind in ("discourse", "daypart"))
    if kind == "shift":
        spoken = reading.spoken(index, day=True) or reading.spoken(index, day=False)
    night = reading.last_day is not None and any(word in reading.last_day[2].lower() for word in reading.rules.night)
    headline = sentence.passage.role == "headline"
    verb = first_verb(chain)
    tense = tense_of(verb, reading.rules, headline=headline) if verb is not None else None
    # A weekday with a present tense is a timetable ("the truce expires on Friday") or a state reached ("is calm").
    if tense == "present" and verb is not None and verb.lemma_ not in reading.rules.timetable and verb.tag_ != "VBG":
        tense = "past" if kind == "weekday" else tense
    context = Context(
        rules=reading.rules,
        pattern=core.pattern,
        anchor=reading.anchor,
        tense=tense,
        discourse=spoken,
        edge=core.edge,
        after_night=night,
    )
    found = reckon(core.match, context)
    # A plain past cannot lie ahead of its own report: one of the two is wrong, and the text does not say which.
    plain_past = tense == "past" and kind in ("date", "iso") and not core.edge
    if plain_past and reading.anchor and found.start and found.start > reading.anchor + timedelta(days=1):
        return UNRESOLVED
    return found


def _read_when(reading: _Reading, index: int, sentence: Sentence, core: _Core) -> None:
    """ "Since 13 June, when the bombing began": the clause happened on the day itself, not since."""
    link = re.compile(r",?\s+when\b").match(sentence.doc.text, core.match.end())
    tokens = sentence.doc.char_span(link.end() - 4, link.end()) if link else None
    if tokens is None:
        return
    plain = replace(core, edge="", start=core.match.start())
    found = _resolve(reading, index, sentence, plain, _chain(sentence.doc, core))
    reading.keep(sentence, index, core.match.start(), core.match.end(), found, (tokens[0], tokens[0].head))


def _is_range(text: str, first: _Core, second: _Core, rules: DateRules) -> bool:
    between = rules.edges["range"].fullmatch(text, first.match.end(), second.match.start())
    if not between:
        return False
    opened = rules.edges["range_open"].search(text, 0, first.match.start())
    return bool(opened) or not between.group().strip().isalpha()


def _is_idle(core: _Core, found: Interval) -> bool:
    """Durations and parts of a day without a day are no times of their own: nothing to show as unresolved."""
    return core.pattern.kind in ("ahead", "lasting", "daypart", "discourse") and not found.resolved


def _read_late(reading: _Reading, index: int, sentence: Sentence, core: _Core) -> None:
    """Times that need the sentence's other times first."""
    chain = _chain(sentence.doc, core)
    here = [hit for hit in reading.hits if hit.sentence == index and hit.time.precision == "day" and hit.time.start]
    start, end = core.match.span()
    if core.pattern.kind == "relation":
        _read_relation(reading, index, sentence, core)
        return
    spoken: Interval | None = None
    if core.pattern.kind == "nth" and here and here[-1].time.start == here[-1].time.end:
        day = date.fromisoformat(here[-1].time.start or "")
        spoken = Interval(start=day, end=day)
    if core.pattern.kind in ("into", "dayof"):
        words = frozenset(core.match["event"].lower().split())
        known = event_start(words, reading.dated, reading.rules, reading.text, reading.anchor)
        spoken = Interval(start=known, end=known) if known else None
    context = Context(rules=reading.rules, pattern=core.pattern, anchor=reading.anchor, tense=None, discourse=spoken)
    reading.keep(sentence, index, start, end, reckon(core.match, context), chain)


def _read_relation(reading: _Reading, index: int, sentence: Sentence, core: _Core) -> None:
    """Nine days after something: dates the something from the main clause, or the main clause from it."""
    tokens = sentence.doc.char_span(*core.match.span(), alignment_mode="expand")
    if tokens is None:
        return
    link = tokens[-1]
    other = link.head if link.dep_ == "mark" else next((each for each in link.children if each.dep_ == "pobj"), None)
    over = other.head if link.dep_ == "mark" and other is not None else link.head
    main = verbs_above(over)[-1] if over is not None else None
    if other is None or main is None or main.i == other.i:
        reading.keep(sentence, index, *core.match.span(), UNRESOLVED, _chain(sentence.doc, core))
        return
    groups = {name: (core.match.groupdict().get(name) or "").lower() for name in ("n", "unit", "dir")}
    rules = reading.rules
    count = rules.numbers.get(groups["n"]) or int(re.sub(r"\D", "", groups["n"]) or 1)
    sign = 1 if groups["dir"] == "after" else -1
    unit = rules.units[groups["unit"]]

    subjects = {each.lemma_.lower() for each in main.children if each.dep_ in ("nsubj", "nsubjpass")}
    day = _day_at(reading, index, main) or event_start(subjects, reading.dated, rules, reading.text, None)
    if day is not None:
        there = add_units(day, -sign * count, unit)
        reading.keep(sentence, index, *core.match.span(), Interval(start=there, end=there), verbs_above(other))
        return
    words = {each.lemma_.lower() for each in (other, *other.children)}
    known = _day_at(reading, index, other) or event_start(words, reading.dated, rules, reading.text, reading.anchor)
    found = reading.spoken(index, day=True) if unit == "hour" else None
    found = found or UNRESOLVED
    if known is not None:
        here = add_units(known, sign * count, unit)
        found = Interval(start=here, end=here)
    reading.keep(sentence, index, *core.match.span(), found, (main,))


def _day_at(reading: _Reading, index: int, token: Token) -> date | None:
    """The single day that hangs on the token in this sentence."""
    for hit in reading.hits:
        time = hit.time
        if hit.sentence == index and token.i in hit.chain and time.start and time.start == time.end:
            return date.fromisoformat(time.start)
    return None


def _read_since(reading: _Reading, index: int, sentence: Sentence, cores: Sequence[_Core]) -> None:
    """Since the truce, since the raids ended: from the day on which the text, or the rulebook, puts that event."""
    taken = [(core.start, core.match.end()) for core in cores]
    for event in since_event(sentence, taken):
        known = event_start(event.words, reading.dated, reading.rules, reading.text, reading.anchor)
        if known is None and event.is_clause:
            continue
        found = Interval(start=known, end=reading.anchor) if known else UNRESOLVED
        chain = (sentence.doc[event.token], *verbs_above(event.over))
        reading.keep(sentence, index, event.start, event.end, found, chain)


def _claim_time(found: Interval, words: str, span: Span) -> ClaimTime:
    return ClaimTime(
        start=found.start.isoformat() if found.start else None,
        end=found.end.isoformat() if found.end else None,
        text=words,
        span=span,
        precision=found.precision if found.resolved else "unresolved",
    )
