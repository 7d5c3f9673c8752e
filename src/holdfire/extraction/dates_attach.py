"""Which of a sentence's times belongs to an event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from holdfire.extraction.dates import TimeHit
from holdfire.extraction.nlp import Sentence
from holdfire.model.claim import ClaimTime

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

_NOUN_STEPS = 3
_VERBAL = ("VERB", "AUX")
# Clauses that happen when their verb happens.
_WITHIN = ("xcomp", "pcomp", "advcl", "prep")


def time_of(sentence_index: int, head_token: int, sentence: Sentence, hits: Sequence[TimeHit]) -> ClaimTime | None:
    """The time of the event that the token heads, or None.

    In this order: what hangs on the token; what its clause shares with the verbs that it depends on; the sentence's
    only time; what the sentence is lent by the story before it or by the hour of its live-report entry. None when
    several times compete and none of them hangs on it.
    """
    inside = [hit for hit in hits if hit.sentence == sentence_index]
    here = [hit for hit in inside if not hit.lent]
    # Of the hour over a live report's entry and the day that the entry has gone on to tell of, the latter.
    lent = [hit.time for hit in inside if hit.lent][-1:]
    head = sentence.doc[head_token]
    for candidates in _by_closeness(head, here):
        if candidates:
            best = _combined(candidates, head)
            return best if best.start or best.end or not lent else lent[0]

    loose = [hit for hit in here if not _in_other_clause(hit, head, aside=not lent)]
    known = [hit for hit in loose if hit.time.start or hit.time.end]
    if len({(hit.time.start, hit.time.end) for hit in known}) == 1:
        return known[0].time
    if len(loose) == 1 and not lent:
        return loose[0].time
    return lent[0] if lent and not known else None


def time_of_denied(sentence_index: int, core: Token, sentence: Sentence, hits: Sequence[TimeHit]) -> ClaimTime | None:
    """The one time inside the clause that a denial is about ("denied it had fired the rocket that fell on Sunday")."""
    below = {each.i for each in core.subtree}
    found = [
        hit for hit in hits if hit.sentence == sentence_index and not hit.lent and hit.chain and hit.chain[0] in below
    ]
    return found[0].time if len(found) == 1 else None


def _by_closeness(head: Token, hits: Sequence[TimeHit]) -> Iterator[list[TimeHit]]:
    yield [hit for hit in hits if head.i in hit.chain]
    if head.pos_ not in _VERBAL:
        below = {each.i for each in head.subtree}
        yield [hit for hit in hits if hit.chain and hit.chain[0] in below]
    else:
        yield _on_children(head, hits)
    # A second verb shares the time of the first, and a reported act that of the report, where they have none.
    node = head
    while node.head.i != node.i and node.dep_ not in ("relcl", "acl"):
        node = node.head
        yield [hit for hit in hits if node.i in hit.chain]


def _on_children(head: Token, hits: Sequence[TimeHit]) -> list[TimeHit]:
    verbs = {child.i for child in head.children if child.dep_ in _WITHIN and child.pos_ in _VERBAL}
    return [hit for hit in hits if hit.chain and hit.chain[-1] in verbs]


def _in_other_clause(hit: TimeHit, head: Token, *, aside: bool) -> bool:
    """Whether the time sits in a relative clause that the token is outside of.

    aside: only in one set off before the token ("Norland, which signed in January, offered to mediate").
    """
    if not hit.chain:
        return False
    node = head.doc[hit.chain[-1]]
    while node.i != node.head.i:
        if node.dep_ == "relcl" and head.i not in {each.i for each in node.subtree}:
            first = node.left_edge.i
            return not aside or (node.head.i < head.i and first > 0 and head.doc[first - 1].text == ",")
        node = node.head
    return False


def _combined(hits: Sequence[TimeHit], head: Token) -> ClaimTime:
    """The nearest of several times on one event; a start and an end of two halves are put together."""
    known = [hit for hit in hits if hit.time.start or hit.time.end]
    if not known:
        return hits[0].time
    near = [hit for hit in known if not _through_another_verb(hit, head)]
    known = near or known
    whole = [hit for hit in known if hit.time.start and hit.time.end]
    ends = [hit.time.end for hit in known if hit.time.end and not hit.time.start]
    if not whole:
        return known[0].time
    # "For a fourth day on Monday": of two equally near, the stretch says more than its last day.
    best = min(whole, key=lambda hit: (hit.time.precision == "vague", _distance(hit, head), _is_day(hit)))
    if len(ends) == 1 and _is_day(best) and best.time.start and ends[0] and ends[0] >= best.time.start:
        return replace(best.time, end=ends[0])
    stretches = [hit for hit in whole if not _is_day(hit) and _distance(hit, head) <= _distance(best, head) + 1]
    if _is_day(best) and stretches and stretches[0].time.end == best.time.end:
        return stretches[0].time
    return best.time


def _through_another_verb(hit: TimeHit, head: Token) -> bool:
    """Whether the time belongs to a clause below the event's own ("since the truce began eleven weeks ago")."""
    way = hit.chain[: hit.chain.index(head.i)] if head.i in hit.chain else hit.chain
    return any(head.doc[each].pos_ in _VERBAL and head.doc[each].dep_ in ("advcl", "relcl", "acl") for each in way)


def _distance(hit: TimeHit, head: Token) -> int:
    """Steps from the time to the event; a noun on the way ("the sixth strike since June") counts as a long one."""
    way = hit.chain[: hit.chain.index(head.i)] if head.i in hit.chain else hit.chain
    far = ("NOUN", "PROPN", *_VERBAL)
    return len(way) + sum(_NOUN_STEPS for each in way[1:] if head.doc[each].pos_ in far)


def _is_day(hit: TimeHit) -> bool:
    return hit.time.start == hit.time.end
