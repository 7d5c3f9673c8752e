"""Which referent a pronoun or a short description points back to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from holdfire.extraction.animacy import speaks
from holdfire.extraction.discourse import Discourse, Referent
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.phrases import Phrase
from holdfire.model.span import Span
from holdfire.rules.reference import ReferenceRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

# How many sentences back a pronoun may reach; further links were wrong more often than right on news with marked
# coreference (evaluation/coref.py).
REACH = {"he": 6, "she": 6, "it": 3, "they": 4}
# How many sentences back a description may reach to one with the same head.
SAME_HEAD = 20
# How far the best candidate must outweigh the next; closer calls are left open. On the same news, "they" at 1.0 was
# right 59 times in 100, at 1.3 71 times.
MARGIN = {"he": 1.0, "she": 1.0, "it": 1.0, "they": 1.3}
# What a candidate keeps of its salience where it agrees only loosely.
LOOSE = 0.4
# What the subject of a possessive's own clause, or of the clause around a subordinate subject, gains; 3 did no better.
GOVERNING = 2.0

_DEFINITE = frozenset(("the", "this", "that", "these", "those"))


def antecedent_of_pronoun(
    phrase: Phrase,
    sentence: Sentence,
    discourse: Discourse,
    places: dict[tuple[int, int], Referent],
    rules: ReferenceRules,
    *,
    speaker: Span | None = None,
) -> Referent | None:
    """The referent of he, she, it, they, a relative or a partitive; None for first persons and empty "it".

    speaker: who says the words that the pronoun stands in, if anybody; nobody is "he" in their own words.
    """
    token = sentence.doc[phrase.head]
    word = phrase.pronoun
    if word == "relative":
        return _of_relative(token, phrase, places)
    if word == "it" and _is_empty(token, rules):
        return None
    if word == "partitive":
        if phrase.role != "subject" or any(child.dep_ in ("prep", "relcl", "acl") for child in token.rights):
            return None
        return discourse.best(
            phrase, lambda each: _fits("they", each) if each.political and each.plural else 0.0, within=2
        )
    if word not in REACH:
        return None
    barred = _barred(token, phrase, places)
    near = _governing(token, phrase, places) if phrase.role in ("subject", "possessive") else set()
    acts = speaks(token, rules)

    def weight(each: Referent) -> float:
        inside = each.sentence == phrase.sentence and each.span.contains(phrase.span)
        if id(each) in barred or inside or (speaker is not None and each.span.overlaps(speaker)):
            return 0.0
        fit = _fits(word, each, acts=acts, beside=each.sentence == phrase.sentence)
        # "Trump said Soleimani had plotted it. 'We acted,' he said": who spoke speaks on.
        on = word in ("he", "she") and acts and each.spoke >= 0 and phrase.sentence - each.spoke == 1
        return fit * GOVERNING if id(each) in near or on else fit

    return discourse.best(phrase, weight, within=REACH[word], margin=MARGIN[word])


def _fits(word: str, each: Referent, *, acts: bool = False, beside: bool = False) -> float:
    """How well a referent agrees with a pronoun in number, gender and animacy, 0 to 1.

    acts: the pronoun is the subject of a verb that only people and bodies do. beside: the referent stands in the
    pronoun's sentence.
    """
    if word in ("he", "she"):
        if each.plural or each.collective or each.members:
            return 0.0
        if each.gender not in (None, word):
            return 0.0
        if each.person:
            return 1.0 if each.gender == word else 0.9
        return each.human
    if word == "they":
        if each.plural:
            if each.person or each.collective:
                return 1.0
            return 0.0 if acts else LOOSE
        if beside and each.anybody:
            return 1.0
        return 0.5 if each.collective and each.kind != "state" else 0.0
    if each.person or (each.plural and each.actor_id is None):
        return 0.0
    return 1.0 if each.collective else 0.6


def _governing(token: Token, phrase: Phrase, places: dict[tuple[int, int], Referent]) -> set[int]:
    """Subjects that the pronoun most often goes back to: its own clause's for a possessive, else the main clause's."""
    own = token.dep_ != "poss"
    climbing = token
    while climbing.head.i != climbing.i:
        climbing = climbing.head
        if climbing.pos_ not in ("VERB", "AUX"):
            continue
        subject = next((each for each in climbing.children if each.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None and subject.i < token.i and not own:
            found = [places.get((phrase.sentence, place)) for place in (subject.i, *(c.i for c in subject.conjuncts))]
            known = [each for each in found if each is not None]
            return {id(each) for each in known} | {id(member) for each in known for member in each.members}
        own = False
    return set()


def _is_empty(token: Token, rules: ReferenceRules) -> bool:
    """Whether "it" points at nothing: weather, time, "it is clear that", "it seems"; not "it is ready to fight"."""
    if token.lower_ != "it":
        return False
    if token.dep_ == "expl":
        return True
    verb = token.head
    if verb.lemma_ in ("seem", "appear", "happen", "turn", "look", "rain", "snow", "remain", "become", "take"):
        return any(child.dep_ in ("ccomp", "xcomp", "advcl") for child in verb.children)
    if verb.lemma_ == "be":
        if any(child.dep_ == "acomp" and child.lower_ in rules.disposed for child in verb.children):
            return False
        has_complement = any(child.dep_ in ("acomp", "attr") for child in verb.children)
        clause = any(
            child.dep_ in ("ccomp", "xcomp", "csubj", "advcl", "relcl") for child in verb.subtree if child.i > verb.i
        )
        return has_complement and clause
    return False


def _of_relative(token: Token, phrase: Phrase, places: dict[tuple[int, int], Referent]) -> Referent | None:
    climbing = token
    while climbing.head.i != climbing.i and climbing.dep_ not in ("relcl", "acl"):
        climbing = climbing.head
    if climbing.dep_ not in ("relcl", "acl"):
        return None
    return places.get((phrase.sentence, climbing.head.i))


def _barred(token: Token, phrase: Phrase, places: dict[tuple[int, int], Referent]) -> set[int]:
    """Referents that the pronoun's place excludes: the other arguments of its own verb, and what it stands inside."""
    barred: set[int] = set()
    if token.dep_ == "poss":
        # "its leader": a phrase does not own itself, nor does an apposition inside it.
        found = places.get((phrase.sentence, token.head.i))
        return {id(found)} if found else barred
    verb = token.head
    while verb.dep_ in ("prep", "agent", "dative") and verb.head.i != verb.i:
        verb = verb.head
    if token.lower_.endswith(("self", "selves")):
        return barred
    for child in verb.children:
        if child.i != token.i and child.dep_ in ("nsubj", "nsubjpass", "dobj"):
            for place in (child.i, *(each.i for each in child.conjuncts)):
                found = places.get((phrase.sentence, place))
                if found is not None:
                    barred.add(id(found))
    if verb.dep_ in ("xcomp", "conj") and token.dep_ not in ("nsubj", "nsubjpass"):
        subject = next((each for each in verb.head.children if each.dep_ in ("nsubj", "nsubjpass")), None)
        found = places.get((phrase.sentence, subject.i)) if subject is not None else None
        if found is not None:
            barred.add(id(found))
    return barred


def antecedent_of_nominal(phrase: Phrase, discourse: Discourse, rules: ReferenceRules) -> Referent | None:
    """The referent that a definite description repeats ("the factions", "the group"); None when it is new."""
    if phrase.determiner not in _DEFINITE or phrase.match is not None or not phrase.classes:
        return None
    if not phrase.bare:
        return None
    same = discourse.latest(
        lambda each: (
            phrase.lemma in each.heads
            and (each.plural == phrase.plural or (phrase.plural and each.collective))
            and phrase.sentence - each.sentence <= SAME_HEAD
        )
    )
    if same is not None:
        return same
    return discourse.best(phrase, lambda each: _describes(phrase, each, rules), within=3)


def _describes(phrase: Phrase, each: Referent, rules: ReferenceRules) -> float:
    """How well a bare description fits a referent of a known kind, or another described party of its class."""
    if each.members or not each.political:
        return 0.0
    if each.kind is not None and each.actor_id is not None:
        if phrase.lemma not in rules.compatible.get(each.kind, ()) or _is_ground(each):
            return 0.0
        # "the rebels" may be one group; "the group" is never many.
        if phrase.plural and (phrase.lemma in rules.only["several"] or not phrase.classes & {"groups", "forces"}):
            return 0.0
        return 1.0
    if each.phrase.plural != phrase.plural or each.actor_id is not None:
        return 0.0
    both = each.phrase.classes & phrase.classes
    if "groups" in both and phrase.plural:
        return 0.8
    return 0.8 if "persons" in both and not phrase.plural and phrase.lemma in ("man", "woman", "official") else 0.0


def _is_ground(each: Referent) -> bool:
    """Whether a seat of power was named only as what things are done to or in ("bombed Port Amar")."""
    match = each.phrase.match
    if match is None or each.phrase.role in ("subject", "possessive"):
        return False
    return {claimant.sort for claimant in match.claimants if claimant.actor_id == each.actor_id} == {"metonym"}


def both_sides(phrase: Phrase, discourse: Discourse, side_of: Callable[[str], str]) -> tuple[Referent, ...]:
    """The two parties of "both sides", "the two rivals", "neither side": a pair just named, else the two foremost.

    side_of: the id of the state that an actor is an organ of, else its own. The foremost are those that the text has
    spoken of most, their organs counted with them; whoever the sentence itself says it of is neither.
    """
    pair = discourse.best(
        phrase,
        lambda each: 1.0 if len(each.members) == 2 and all(_is_party(member) for member in each.members) else 0.0,
        within=2,
    )
    if pair is not None:
        return pair.members
    sides: dict[str, list[Referent]] = {}
    outside: set[str] = set()
    for each in discourse.referents:
        if each.actor_id is not None and _is_party(each) and not each.members:
            sides.setdefault(side_of(each.actor_id), []).append(each)
            if each.sentence == phrase.sentence:
                outside.add(side_of(each.actor_id))
    ordered = sorted(
        (found for key, found in sides.items() if key not in outside),
        key=lambda found: (-sum(each.times for each in found), -max(each.salience for each in found)),
    )
    if len(ordered) < 2:
        return ()
    return tuple(max(found, key=lambda each: each.times) for found in ordered[:2])


def _is_party(each: Referent) -> bool:
    return bool(each.political) and each.collective and each.actor_id is not None


def is_about_two(phrase: Phrase, sentence: Sentence, rules: ReferenceRules) -> bool:
    """Whether the phrase speaks of two sides together: "both sides", "either group", "the two rivals"."""
    if phrase.lemma not in rules.heads["sides"]:
        return False
    if any(child.dep_ in ("conj", "cc") for child in sentence.doc[phrase.head].children):
        # "neither army nor guerrillas": the two are named.
        return False
    if phrase.determiner in ("both", "either", "neither"):
        return True
    return phrase.number == 2 and phrase.determiner == "the" and len(phrase.text.split()) == 2


def ranked(referents: Sequence[Referent]) -> tuple[Referent, ...]:
    """Political referents, most salient first; pairs are left to their members."""
    return tuple(sorted((each for each in referents if each.political), key=lambda each: -each.salience))
