"""Dates by event: finds the day of "the truce" or "the war" in what the text dated before, or among known episodes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from holdfire.extraction.nlp import Sentence
from holdfire.rules.dates import DateRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Something that the text has dated: the sentence, its first day, and the tokens that the time hangs on."""

    sentence: Sentence
    start: date
    chain: tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceEvent:
    """A "since" before an event: its words' lemmas, offsets in the passage, token index, and the token over it."""

    words: frozenset[str]
    start: int
    end: int
    over: Token
    token: int
    is_clause: bool


def event_start(
    words: Collection[str], dated: Sequence[Dated], rules: DateRules, text: str, anchor: date | None
) -> date | None:
    """The first day of the event that these lower-case lemmas name; None when nothing dates it.

    The latest dated clause about the same kind of event wins; without one, an episode that holds on the day `anchor`
    and whose parties the text names.
    """
    groups = [group for group in rules.events if group.names & set(words) or group.verbs & set(words)]
    for group in groups:
        alike = group.names | group.verbs
        for each in reversed(dated):
            if alike & _lemmas_near(each):
                return each.start
    return _episode_start(words, rules, text, anchor) if anchor else None


def _lemmas_near(dated: Dated) -> set[str]:
    """The lemmas of what the time hangs on, and of the subjects and objects of its verb."""
    near = {token.lemma_.lower() for token in dated.chain[1:]}
    if dated.chain:
        links = ("nsubj", "nsubjpass", "dobj", "attr", "prt", "xcomp")
        near |= {child.lemma_.lower() for child in dated.chain[-1].children if child.dep_ in links}
    return near


def _episode_start(words: Collection[str], rules: DateRules, text: str, anchor: date) -> date | None:
    fitting = [
        episode
        for episode in rules.episodes
        if episode.start <= anchor <= episode.until
        and episode.names & set(words)
        and any(name in text for name in episode.any)
        and (not episode.also or any(name in text for name in episode.also))
    ]
    # Two wars that both fit: the text does not say which.
    return fitting[0].start if len(fitting) == 1 else None


def since_event(sentence: Sentence, taken: Sequence[tuple[int, int]]) -> Iterator[SinceEvent]:
    """Each "since" with an event behind it that no pattern has read."""
    for token in sentence.doc:
        if token.lower_ != "since" or any(start <= token.idx < end for start, end in taken):
            continue
        if token.dep_ == "mark":
            clause = token.head
            parts = [clause, *(each for each in clause.children if each.dep_ in ("nsubj", "nsubjpass", "dobj", "prt"))]
            yield _since(token, parts, clause.head, is_clause=True)
        else:
            named = next((each for each in token.children if each.dep_ in ("pobj", "pcomp")), None)
            if named is not None:
                yield _since(token, [named, *named.lefts], token.head, is_clause=False)


def _since(token: Token, parts: Sequence[Token], over: Token, *, is_clause: bool) -> SinceEvent:
    last = max(parts, key=lambda each: each.idx)
    return SinceEvent(
        words=frozenset(each.lemma_.lower() for each in parts),
        start=token.idx,
        end=last.idx + len(last.text),
        over=over,
        token=token.i,
        is_clause=is_clause,
    )
