"""Finds every mention of a party in a document, and who each noun phrase and pronoun stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.actors.names import NameMatch
from holdfire.actors.resolve import setting_of
from holdfire.extraction.denotation import Denotation, Denoter, home_of
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.phrases import Phrase, phrases_of
from holdfire.extraction.quotations import find_quotations
from holdfire.extraction.reference import ranked
from holdfire.extraction.walk import Speakers, Walk
from holdfire.model.actor import Actor, Mention
from holdfire.model.span import Span
from holdfire.rules.rulebook import Rulebook

# How many of the foremost parties are kept for each sentence.
_FOREMOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """Who the phrases of one document stand for. Build with `find_references`.

    `hinges_on_speakers` says that whoever speaks the quotations may change an answer.
    """

    places: Mapping[tuple[int, int], tuple[Mention, ...]]
    things: Mapping[tuple[int, int], Mention]
    foremost: tuple[tuple[tuple[Mention, bool], ...], ...]
    links: tuple[tuple[Span, Span], ...] = ()
    knowledge: KnowledgeBase | None = None
    hinges_on_speakers: bool = False

    def at(self, sentence: int, token: int) -> tuple[Mention, ...]:
        """The party or parties that the noun phrase headed by token `token` of that sentence denotes.

        () where it denotes none (a match, a building, the weather). Of coordinated phrases only the one headed by the
        token. A mention has `inferred` set where it stands in another sentence.
        """
        return self.places.get((sentence, token), ())

    def thing_at(self, sentence: int, token: int) -> Mention | None:
        """What a noun phrase names, party or not ("the fuel depots", "52 people"); pronouns give what they stand for.

        None where no phrase is headed by the token, and for a pronoun that points at nothing found.
        """
        return self.things.get((sentence, token))

    def state(self, country: str | None) -> Actor | None:
        """The state with that ISO 3166-1 alpha-3 code."""
        return self.knowledge.get(country.lower()) if self.knowledge is not None and country else None

    def mentions(self) -> tuple[Mention, ...]:
        """Every mention that stands in the text itself, once, in text order."""
        found = {each.span: each for mentions in self.places.values() for each in mentions if not each.inferred}
        return tuple(sorted(found.values(), key=lambda each: each.span))

    def salient(self, sentence: int, *, plural: bool | None = None) -> Mention | None:
        """The party foremost in mind where the sentence begins, for fragments that leave their subject out.

        plural: ask for a party named in the plural, or in the singular; None takes either.
        """
        if not 0 <= sentence < len(self.foremost):
            return None
        for mention, many in self.foremost[sentence]:
            if plural is None or many == plural:
                return replace(mention, inferred=True, form="elided")
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What can be said of a document's names and phrases before it is read from start to end. Build with `survey`."""

    sentences: Sequence[Sentence]
    rulebook: Rulebook
    denoter: Denoter
    quoted: tuple[Span, ...]
    named: tuple[tuple[NameMatch, ...], ...]
    phrases: tuple[tuple[Phrase, ...], ...]
    denoted: dict[tuple[int, int], Denotation]


def survey(
    text: str,
    sentences: Sequence[Sentence],
    *,
    rulebook: Rulebook,
    knowledge: KnowledgeBase,
    published: date | None,
    country: str | None = None,
) -> Survey:
    """Find the names and the noun phrases of a document.

    country: ISO alpha-3 of the outlet or the conflict, where known; it helps to tell apart names that several actors
    share.
    """
    matches = knowledge.names.find(text)
    setting = setting_of(matches, knowledge, published=published, country=country)
    denoter = Denoter(
        text=text,
        rules=rulebook.reference,
        descriptions=rulebook.descriptions,
        knowledge=knowledge,
        setting=setting,
        home=home_of(setting, knowledge),
    )
    named = tuple(_inside(sentences, matches))
    return Survey(
        sentences=sentences,
        rulebook=rulebook,
        denoter=denoter,
        quoted=tuple(piece for each in find_quotations(text) for piece in each.pieces),
        named=named,
        phrases=tuple(
            tuple(phrases_of(number, sentence, text, inside, rulebook.reference))
            for number, (sentence, inside) in enumerate(zip(sentences, named, strict=True))
        ),
        denoted={},
    )


def find_references(surveyed: Survey, *, speakers: Speakers | None = None) -> References:
    """Read a document from its start and say who each phrase stands for.

    speakers: the speaker of the quotation that a code point stands in, None outside quotations.
    """
    events = surveyed.rulebook.events
    walk = Walk(
        denoter=surveyed.denoter,
        speakers=speakers,
        denoted=surveyed.denoted,
        acting=events.verbs,
        acts=events.nouns,
        marked=surveyed.quoted,
    )
    foremost: list[tuple[tuple[Mention, bool], ...]] = []
    for number, sentence in enumerate(surveyed.sentences):
        walk.discourse.next_sentence()
        foremost.append(
            tuple((each.political[-1], each.plural) for each in ranked(walk.discourse.referents)[:_FOREMOST])
        )
        walk.read(number, sentence, surveyed.named[number], surveyed.phrases[number])
    return References(
        places=walk.mentions,
        things=walk.things,
        foremost=tuple(foremost),
        links=tuple(walk.links),
        knowledge=surveyed.denoter.knowledge,
        hinges_on_speakers=walk.asked,
    )


def _inside(sentences: Sequence[Sentence], matches: Sequence[NameMatch]) -> Iterator[tuple[NameMatch, ...]]:
    """The names in each sentence."""
    at = 0
    for sentence in sentences:
        span = sentence.passage.span
        while at < len(matches) and matches[at].start_char < span.start_char:
            at += 1
        first = at
        while at < len(matches) and matches[at].end_char <= span.end_char:
            at += 1
        yield tuple(matches[first:at])
