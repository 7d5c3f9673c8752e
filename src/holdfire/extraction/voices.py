"""Who a source is: the mention behind the source phrase of an attribution, and the speaker at an offset."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from holdfire.extraction.mentions import References
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.source_chain import speaker_at
from holdfire.model.actor import Mention
from holdfire.model.source import Attribution, Source
from holdfire.model.span import Span


@dataclass(frozen=True, slots=True)
class Voices:
    """The sources of one document, looked up in its references."""

    attributions: Sequence[Attribution]
    sentences: Sequence[Sentence]
    references: References

    def speaker_at(self, char: int) -> Mention | None:
        """Who speaks the quoted words at an offset; None outside quotations and where nobody is named."""
        found = speaker_at(char, self.attributions)
        if found is None or found.source is None:
            return None
        return self.side_of(found) or self.mention_of(found.source) or as_mention(found.source)

    def side_of(self, attribution: Attribution) -> Mention | None:
        """The party that a speaker speaks for: the group or state that the whole source phrase names or refers to.

        None for a speaker who is a party in its own right, and where the phrase names none.
        """
        source = attribution.source
        if source is None:
            return None
        own = self.mention_of(source)
        if own is not None and own.id is not None:
            return own
        whole = attribution.source_span or source.span
        sentence, number = self._sentence_at(whole.start_char)
        if sentence is None:
            return own
        states: Mention | None = None
        for token in sentence.tokens_in(whole):
            for mention in self.references.at(number, token.i):
                if mention.id is None or mention.kind in ("leader", "media"):
                    continue
                if mention.kind != "state":
                    return mention
                states = states or mention
        return states or own

    def _sentence_at(self, char: int) -> tuple[Sentence | None, int]:
        number = bisect_right([each.start_char for each in self.sentences], char) - 1
        return (self.sentences[number] if number >= 0 else None), number

    def mention_of(self, source: Source) -> Mention | None:
        """The mention that a source phrase denotes, by the head of the phrase; None when it denotes no party."""
        sentence, number = self._sentence_at(source.span.start_char)
        if sentence is None:
            return None
        inside = sentence.tokens_in(source.span)
        for token in inside:
            if token.head is token or token.head not in inside:
                for mention in self.references.at(number, token.i):
                    return mention
        return None

    def resolved(self, source: Source) -> Source:
        """The source with its identity; a pronoun takes the words and the place of what it stands for."""
        mention = self.mention_of(source)
        if mention is None:
            return source
        if mention.span != source.span and (
            mention.inferred or mention.form == "pronoun" or not _within(mention, source)
        ):
            kind = "named" if mention.form == "named" else source.kind
            return replace(
                source,
                text=mention.text,
                span=mention.span,
                kind=kind,
                id=mention.id,
                name=mention.name,
                inferred=mention.inferred,
            )
        return replace(source, id=mention.id, name=mention.name)


def as_mention(source: Source) -> Mention:
    """A source as a party, for claims whose actor is the speaker."""
    return Mention(
        text=source.text,
        span=source.span,
        form="named" if source.kind == "named" else "nominal",
        id=source.id,
        name=source.name,
        inferred=source.inferred,
    )


def as_source(mention: Mention) -> Source:
    """A party as the source of its own words."""
    return Source(
        text=mention.text,
        span=mention.span,
        kind="named" if mention.form == "named" else "unnamed",
        id=mention.id,
        name=mention.name,
        inferred=mention.inferred,
    )


def _within(mention: Mention, source: Source) -> bool:
    span: Span = mention.span
    return source.span.overlaps(span)
