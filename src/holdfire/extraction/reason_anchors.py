"""What reasons are attached to: claims with the words that head them, and the reasons found for them so far."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.extraction.nlp import Sentence
from holdfire.extraction.syntax import SUBJECTS
from holdfire.extraction.voices import Voices
from holdfire.model.actor import Mention
from holdfire.model.claim import Claim
from holdfire.model.span import Span
from holdfire.rules.reasons import ReasonCue, ReasonRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

_VERBS = frozenset(("VERB", "AUX"))
# From an event's own word up to the verb of its clause: what it is the complement or the object of.
_UP = frozenset(("xcomp", "dobj", "obj", "pobj", "pcomp", "prep", "acl", "attr", "acomp", "oprd", "agent", "nsubjpass"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """A claim, the number of its sentence and the head words of its clause, outermost first."""

    claim: Claim
    number: int
    path: tuple[Token, ...]

    @property
    def head(self) -> Token:
        """The outermost head word."""
        return self.path[0]

    def clause(self) -> list[Token]:
        """The head words and those above them, up to the verb of the clause that the claim stands in."""
        found = list(self.path)
        token = self.head
        while token.dep_ in _UP and token.head != token:
            token = token.head
            found.append(token)
            if token.pos_ in _VERBS and any(child.dep_ in SUBJECTS for child in token.children):
                break
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One document as the finder of reasons sees it."""

    text: str
    sentences: Sequence[Sentence]
    voices: Voices
    anchored: Sequence[Anchored]
    rules: ReasonRules

    def in_sentence(self, number: int) -> list[Anchored]:
        """The claims of one sentence, in text order."""
        return [each for each in self.anchored if each.number == number]

    def span(self, number: int, first: int, last: int) -> Span:
        """The document span of a sentence's tokens first to last."""
        sentence = self.sentences[number]
        return sentence.span_of(sentence.doc[first : last + 1])

    def sentence_at(self, char: int) -> Sentence:
        """The sentence that an offset falls into, or the one before it."""
        return self.sentences[max(0, bisect_right([each.start_char for each in self.sentences], char) - 1)]

    def paragraph(self, number: int) -> int:
        """Which line of the text the sentence stands in."""
        return self.sentences[number].passage.paragraph

    def quoted_by(self, span: Span) -> int | None:
        """Index of the innermost quotation (an attribution that is not indirect) that covers a span."""
        best: tuple[int, int] | None = None
        for index, each in enumerate(self.voices.attributions):
            if each.type == "indirect" or not any(piece.contains(span) for piece in each.content):
                continue
            size = sum(map(len, each.content))
            if best is None or size < best[0]:
                best = (size, index)
        return best[1] if best is not None else None

    def parties_at(self, number: int, token: Token | None) -> tuple[Mention, ...]:
        """The parties that a noun phrase of that sentence denotes."""
        return self.voices.references.at(number, token.i) if token is not None else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A reason for one claim: where it stands, and what the words that bring it in say of it."""

    anchor: Anchored
    span: Span
    cue: ReasonCue
    bearing: str
    relation: str
    category: str | None = None
    known_only: bool = False


def found(
    anchor: Anchored, span: Span, cue: ReasonCue, *, bearing: str | None = None, known_only: bool = False
) -> Found:
    """A reason as its cue describes it."""
    return Found(
        anchor=anchor,
        span=span,
        cue=cue,
        bearing=bearing or cue.bearing,
        relation=cue.relation,
        category=cue.category,
        known_only=known_only or cue.gated,
    )


def same_party(some: Iterable[Mention], others: Iterable[Mention]) -> bool:
    """Whether a party of the one list is surely one of the other: the same actor, or the same words."""
    names = {name for each in others for name in _names(each)}
    return any(name in names for each in some for name in _names(each))


def other_party(some: Sequence[Mention], others: Sequence[Mention]) -> bool:
    """Whether all parties of both lists are known and none is shared."""
    known = bool(some) and bool(others) and all(each.id for each in (*some, *others))
    return known and not same_party(some, others)


def _names(mention: Mention) -> set[str]:
    return {each.lower() for each in (mention.id, mention.name, mention.text, mention.affiliation) if each}
