"""Where: finds the places that a document names or describes, and looks them up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.extraction.mentions import References
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.place_names import Setting, choose, first_known
from holdfire.extraction.place_phrases import Phrase, phrase_at
from holdfire.extraction.place_roles import role_of
from holdfire.extraction.syntax import lemma
from holdfire.model.actor import Mention
from holdfire.model.claim import Place
from holdfire.model.span import Span
from holdfire.rules.gazetteer import Entry, fold
from holdfire.rules.places import PlaceRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

Role = Literal["where", "target", "object", "toward", "away", "named"]
# An event without a place of its own can take over that of this many sentences before, in its paragraph.
STORY_SENTENCES = 2
# "The town" and "there" reach back this many sentences; chosen on the development documents.
REACH_SENTENCES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHit:
    """A place that the text gives. `sentence` counts the sentences given, `head` is the index of its head token there.

    `role`: where something happens, what it is aimed at, what is acted on, the way there, the way from there, or only
    named. `lent` marks the place of the story so far; its span then lies in an earlier sentence.
    """

    span: Span
    sentence: int
    head: int
    role: Role
    place: Place
    lent: bool = False


@dataclass(slots=True, kw_only=True)
class _Spoken:
    """A place phrase with what the gazetteer has for it, before it is chosen."""

    number: int
    role: Role
    phrase: Phrase
    found: tuple[Entry, ...]


def find_places(
    sentences: Sequence[Sentence],
    *,
    references: References,
    knowledge: KnowledgeBase,
    rules: PlaceRules,
    times: Sequence[Span] = (),
) -> tuple[PlaceHit, ...]:
    """The places of a document, in text order, each looked up or left unresolved.

    A phrase that denotes a party (`references`) is no place, unless it is a state or a seat of power that stands where
    only a place can stand. The countries of the parties weigh in the choice between namesakes. `times` are spans that
    name times.
    """
    setting = Setting()
    for mention in references.mentions():
        actor = knowledge.get(mention.id or mention.affiliation)
        if actor is not None and actor.country is not None:
            setting.countries[actor.country] += 1
    spoken: list[_Spoken] = []
    for number, sentence in enumerate(sentences):
        if sentence.passage.role == "boilerplate":
            continue
        for token in sentence.doc:
            if token.pos_ not in ("NOUN", "PROPN", "ADV", "ADJ", "PRON", "VERB", "INTJ", "X"):
                continue
            one = _spoken_at(token, number, sentence, references, knowledge, rules)
            if one is not None and not any(one.phrase.span.overlaps(each) for each in times):
                spoken.append(one)
                setting.hear(one.found)
    return tuple(_with_story(_resolved(spoken, sentences, setting, rules), sentences))


def _spoken_at(
    token: Token, number: int, sentence: Sentence, references: References, knowledge: KnowledgeBase, rules: PlaceRules
) -> _Spoken | None:
    phrase = phrase_at(token, sentence, rules)
    if phrase is None:
        return None
    parties = references.at(number, token.i)
    seats = [each for each in parties if each.kind == "state" or _is_seat(each, knowledge)]
    is_party = any(each.kind is not None and each not in seats for each in parties)
    if is_party and (phrase.noun is None or token.text[:1].isupper()):
        return None
    if token.pos_ == "PRON" and parties:
        return None
    is_wide = any(fold(name).removeprefix("the ") in rules.wide for name in phrase.names)
    _, found = ("", ()) if is_wide else first_known(phrase.names, rules.gazetteer)
    if not found and phrase.within:
        # "State House, Nairobi": a house that nobody lists, in a town that the gazetteer knows.
        found = tuple(each for each in rules.gazetteer.find(phrase.within) if each.kind == "town")
    is_state = phrase.noun is None and bool(seats) and len(seats) == len(parties)
    role = role_of(phrase, found, is_state=is_state, rules=rules)
    return _Spoken(number=number, role=role, phrase=phrase, found=found) if role is not None else None


def _is_seat(mention: Mention, knowledge: KnowledgeBase) -> bool:
    """Whether a party is named by its seat of power ("Erbil" for those who rule there)."""
    actor = knowledge.get(mention.id)
    if actor is None:
        return False
    return mention.text in actor.metonyms or (actor.kind == "government body" and mention.text != actor.name)


def _resolved(
    spoken: Sequence[_Spoken], sentences: Sequence[Sentence], setting: Setting, rules: PlaceRules
) -> Iterator[PlaceHit]:
    """The hits with their gazetteer entries; "the town" and "there" stand for what was spoken of last."""
    known: list[tuple[int, _Spoken, Entry, Place]] = []
    for each in spoken:
        phrase = each.phrase
        within = None
        if phrase.within:
            lands = [entry for entry in rules.gazetteer.find(phrase.within) if entry.kind == "country"]
            within = lands[0].country if lands else None
        entry = choose(each.found, setting, region=phrase.noun == "region", within=within) if each.found else None
        if entry is None and phrase.noun is None and not phrase.points_back and _may_be_somebody(each, rules):
            continue
        place = _place(phrase, entry)
        if phrase.points_back:
            earlier = _spoken_last(each, known)
            if earlier is not None:
                place = earlier
            elif phrase.noun is None or (phrase.noun in ("town", "region", "area") and " " not in phrase.text):
                continue
        elif entry is not None:
            known.append((each.number, each, entry, place))
        yield PlaceHit(span=phrase.span, sentence=each.number, head=phrase.head.i, role=each.role, place=place)


def _may_be_somebody(each: _Spoken, rules: PlaceRules) -> bool:
    """An unresolved name that is attacked, or aimed at with "on", is as likely a person's."""
    governor = each.phrase.governor
    if each.role == "target":
        return each.phrase.preposition != "at"
    return each.role == "object" and governor is not None and lemma(governor) not in rules.bare_object_verbs


def _spoken_last(each: _Spoken, known: Sequence[tuple[int, _Spoken, Entry, Place]]) -> Place | None:
    """What "there" or "the town" points back to, in the words that named it: the last place of its sort."""
    exact = {number for number, _, entry, _ in known if entry.kind not in ("country", "sea")}
    for number, other, entry, place in reversed(known):
        if each.number - number > REACH_SENTENCES:
            return None
        if entry.kind == "country" and number in exact:
            # "In Goma in Congo": the town is meant, not the country that holds it.
            continue
        if each.phrase.noun is None or _is_sort(entry, each.phrase, other.phrase):
            return place
    return None


def _is_sort(entry: Entry, phrase: Phrase, earlier: Phrase) -> bool:
    if phrase.noun == "town":
        return entry.kind == "town"
    if phrase.noun == "region":
        return entry.kind == "admin-1"
    # "The camp", "the base": only where the same noun stood with the name.
    return phrase.noun_lemma in earlier.span_words or phrase.noun_lemma in entry.name.lower().split()


def _place(phrase: Phrase, entry: Entry | None) -> Place:
    if entry is None:
        return Place(text=phrase.text, span=phrase.span)
    precision = _widened(entry.kind, phrase)
    return Place(
        text=phrase.text,
        span=phrase.span,
        name=entry.name,
        country=entry.country,
        lat=entry.lat,
        lon=entry.lon,
        geonames=entry.geonames,
        precision=precision,
    )


def _widened(kind: str, phrase: Phrase) -> str:
    """How exactly the words give the place: near a base is no better than a town, south of a town no better than a
    region."""
    if phrase.relation == "beyond" and kind in ("point", "town"):
        return "admin-1"
    if phrase.relation == "near" and kind == "point":
        return "town"
    return kind


def _with_story(hits: Iterator[PlaceHit], sentences: Sequence[Sentence]) -> Iterator[PlaceHit]:
    """The hits, and the place of the story lent to the next sentences of its paragraph that name none."""
    by_sentence: dict[int, list[PlaceHit]] = {}
    for hit in hits:
        by_sentence.setdefault(hit.sentence, []).append(hit)
    story: PlaceHit | None = None
    left = 0
    for number, sentence in enumerate(sentences):
        here = by_sentence.get(number, [])
        yield from here
        if number and sentence.passage.paragraph != sentences[number - 1].passage.paragraph:
            left = 0
        if story is not None and left:
            yield replace(story, sentence=number, head=-1, lent=True)
        left = max(0, left - 1)
        firm = [hit for hit in here if hit.place.precision in ("point", "town", "admin-1", "unresolved")]
        if firm:
            story, left = firm[0], STORY_SENTENCES
