"""Looks a name up as a person types it: by part, by spelling, or as a text of a given day would mean it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from holdfire.actors.knowledge import KnowledgeBase, title_key
from holdfire.actors.names import fold
from holdfire.actors.offices import holder_of
from holdfire.actors.resolve import Choice, Setting, choose
from holdfire.model.actor import Actor
from holdfire.rules.transliteration import SpellingRules

# Chosen on tests/cases/actor-lookups.txt: at 86 a name is taken for somebody else's, at 92 the first right one is lost.
NEAR = 88.0
# Shorter names differ by one letter from too many others.
LEAST_LETTERS = 5
# Words of one name in two spellings share at least that much; articles, which leave nothing, count as alike.
LEAST_ALIKE = 50.0
# Names of more words than that own no office.
_LONGEST_NAME = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One actor that a search brings up, by which of its names, and how close that is (0 to 100)."""

    actor: Actor
    name: str
    score: float


def search(text: str, knowledge: KnowledgeBase, spelling: SpellingRules, *, limit: int = 10) -> tuple[Found, ...]:
    """The actors whose names hold the words of `text`, or are spelled much like it, best first.

    A whole name scores 100, part of one 60 to 95 by how much of it is covered, another spelling what rapidfuzz finds.
    """
    wanted, _ = fold(text.strip())
    if not wanted:
        return ()
    names = {key: key for key in knowledge.names.entries}
    best: dict[str, Found] = {}

    def keep(key: str, score: float) -> None:
        for claimant in knowledge.names.claimants(key):
            actor = knowledge.get(claimant.actor_id)
            if actor and (actor.id not in best or best[actor.id].score < score):
                best[actor.id] = Found(actor=actor, name=_as_written(key, actor), score=round(score, 1))

    for key in names:
        if key == wanted:
            keep(key, 100.0)
        elif f" {wanted} " in f" {key} ":
            keep(key, 60.0 + 35.0 * len(wanted) / len(key))
    for key, score in _near(wanted, knowledge, spelling, limit=4 * limit):
        keep(key, min(score, 99.0))
    return tuple(sorted(best.values(), key=lambda each: (-each.score, each.actor.id))[:limit])


def resolve_name(
    text: str,
    knowledge: KnowledgeBase,
    spelling: SpellingRules,
    *,
    titles: frozenset[str] = frozenset(),
    on: date | None = None,
    country: str | None = None,
) -> Choice:
    """Who a report of that day, about that country, would mean by `text`: a name, an office, another spelling.

    titles: words in lower case that may stand before a person's name ("ayatollah"). country: ISO 3166-1 alpha-3.
    None with runners-up is a normal answer; the reasons say why.
    """
    words = text.strip().split()
    if words and words[0].lower() == "the" and not knowledge.names.claimants(text):
        words = words[1:]
    setting = Setting(published=on, countries={country: 1} if country else {})
    for start in range(len(words)):
        name = " ".join(words[start:])
        claimants = knowledge.names.claimants(name)
        if claimants:
            return choose(name, claimants, knowledge, setting)
        if words[start].lower().strip(".") not in titles:
            break
    phrase = " ".join(words)
    return (
        _office(phrase, knowledge, setting)
        or _spelled_alike(phrase, knowledge, spelling, setting)
        or _open(phrase, knowledge)
    )


def _office(phrase: str, knowledge: KnowledgeBase, setting: Setting) -> Choice | None:
    """The holder of an office that the phrase names with whose it is: "the Iraqi prime minister", "leader of X"."""
    unknown: Choice | None = None
    for owner, title in _owners(phrase, knowledge, setting):
        holder = holder_of(title, owner, knowledge, on=setting.published)
        if holder is not None:
            return Choice(
                actor_id=holder.id,
                score=1.0 if setting.published else 0.8,
                reasons=(f"held the office “{title}” of {owner} on {setting.published or 'the only days known'}",),
            )
        ever = [who for _, who in knowledge.offices.get((owner, title_key(title)), ())]
        if ever and unknown is None:
            when = f"on {setting.published}" if setting.published else "without a date"
            unknown = Choice(
                actor_id=None,
                score=0.0,
                reasons=(f"who held the office “{title}” of {owner} {when} is not known for sure",),
                runners_up=tuple(dict.fromkeys(ever)),
            )
    return unknown


def _owners(phrase: str, knowledge: KnowledgeBase, setting: Setting) -> Iterator[tuple[str, str]]:
    """Who may own an office that the phrase names, and what is left of the phrase as its title, longest names first.

    "Pakistan's army chief" is first the chief of Pakistan's army, then the army chief of Pakistan.
    """
    words = phrase.replace("’", "'").split()
    for size in range(min(len(words) - 1, _LONGEST_NAME), 0, -1):
        for start in range(len(words) - size + 1):
            name = " ".join(words[start : start + size]).removesuffix("'s").removesuffix("'")
            claimants = knowledge.names.claimants(name)
            owner = choose(name, claimants, knowledge, setting).actor_id if claimants else None
            title = [word for word in (*words[:start], *words[start + size :]) if word not in ("of", "the")]
            if owner is not None and title:
                yield owner, " ".join(title)


def _spelled_alike(phrase: str, knowledge: KnowledgeBase, spelling: SpellingRules, setting: Setting) -> Choice | None:
    """The one actor whose name is spelled so much like the phrase that it must be meant."""
    wanted, _ = fold(phrase)
    near = [each for each in _near(wanted, knowledge, spelling, limit=5) if each[1] >= NEAR]
    if not near or len(wanted) < LEAST_LETTERS:
        return None
    # Equally close names of several actors leave it open; a shared name is told apart like any other.
    best = [key for key, score in near if score == near[0][1]]
    claimants = {each.actor_id: each for key in best for each in knowledge.names.claimants(key)}
    choice = choose(best[0], tuple(claimants.values()), knowledge, setting)
    score = round(near[0][1] / 100 * choice.score, 2)
    reason = f"“{phrase}” is spelled much like “{best[0]}” ({near[0][1]:.0f} of 100)"
    return Choice(
        actor_id=choice.actor_id, score=score, reasons=(reason, *choice.reasons), runners_up=choice.runners_up
    )


def _open(phrase: str, knowledge: KnowledgeBase) -> Choice:
    inside = [each.actor_id for match in knowledge.names.find(phrase) for each in match.claimants]
    reason = f"the knowledge base has no “{phrase}”"
    if inside:
        reason += "; names inside it are the runners-up"
    return Choice(actor_id=None, score=0.0, reasons=(reason,), runners_up=tuple(dict.fromkeys(inside)))


def _near(wanted: str, knowledge: KnowledgeBase, spelling: SpellingRules, *, limit: int) -> list[tuple[str, float]]:
    """Names by likeness of their evened-out spelling, best first: (key of the index, 0 to 100)."""
    skeleton = spelling.skeleton(wanted)
    if not skeleton:
        return []
    # A name may be longer or shorter than the words by a letter in five and still be the same one.
    low, high = 0.8 * len(wanted) - 1, 1.25 * len(wanted) + 1
    keys = [key for key in knowledge.names.entries if low <= len(key) <= high]
    found = process.extract(
        skeleton, [spelling.skeleton(key) for key in keys], scorer=fuzz.ratio, limit=limit, score_cutoff=75.0
    )
    return [(keys[place], float(score)) for _, score, place in found if _word_by_word(wanted, keys[place], spelling)]


def _word_by_word(first: str, second: str, spelling: SpellingRules) -> bool:
    """Whether two names of as many words are alike in each: "NATO chief" is no spelling of "UN chief"."""
    pairs = list(zip(first.split(), second.split(), strict=False))
    if len(first.split()) != len(second.split()):
        return True
    return all(fuzz.ratio(spelling.skeleton(one), spelling.skeleton(other)) >= LEAST_ALIKE for one, other in pairs)


def _as_written(key: str, actor: Actor) -> str:
    """The name of the actor that folds to `key`, as the record writes it."""
    names = (actor.name, *(alias.text for alias in actor.aliases), *actor.demonyms, *actor.metonyms)
    return next((name for name in names if fold(name)[0] == key), key)
