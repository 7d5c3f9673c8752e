"""Finds where the constructions of the rulebook stand in a parsed sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.extraction.nlp import Sentence
from holdfire.extraction.syntax import agents, is_passive, lemma, objects, preps, subjects
from holdfire.rules.events import EventRules, Trigger

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A construction at its head token."""

    token: Token
    trigger: Trigger


def find_hits(
    sentence: Sentence, rules: EventRules, *, deed: Trigger | None = None, told: Trigger | None = None
) -> tuple[Hit, ...]:
    """The constructions of one sentence in text order; of several on one head the most specific.

    Two stand for one head only when their objects differ ("traded missiles and threats"). `deed` is the last deed of
    the sentences before: what "do so" or a bare "they have not" leaves out, unless this sentence has one before it;
    `told` what the sentence right before says: what "So did Port Amar" says again.
    """
    found: list[Hit] = []
    for token in sentence.doc:
        if _opens_with_so(token):
            if told is not None:
                found.append(Hit(token=token, trigger=told))
            continue
        if _is_elliptical(token):
            here = _joined(token, found) or next(
                (hit.trigger for hit in reversed(found) if _is_deed(hit.trigger)), None
            )
            deed = here or (None if _has_antecedent(token) else deed)
            if deed is not None and not (deed.polarity == "negated" and any(c.dep_ == "neg" for c in token.children)):
                found.append(Hit(token=token, trigger=deed))
            continue
        candidates, fits = _candidates(token, rules)
        if not candidates:
            continue
        seen = _Seen(token)
        fitting = [each for each in candidates if fits(seen, each)]
        for trigger in _most_specific(token, fitting):
            if not _is_second_half(token, trigger, found):
                found.append(Hit(token=token, trigger=trigger))
    return tuple(found)


def fits(token: Token, trigger: Trigger, rules: EventRules) -> bool:
    """Whether one construction stands at this token, whatever others do."""
    candidates, fitting = _candidates(token, rules)
    return trigger in candidates and fitting(_Seen(token), trigger)


def _joined(token: Token, found: Sequence[Hit]) -> Trigger | None:
    """What "and so did Port Amar" stands for: the construction at the verb that it is joined to."""
    inverted = token.dep_ == "conj" and any(child.lower_ == "so" and child.i < token.i for child in token.children)
    if not inverted:
        return None
    return next((hit.trigger for hit in found if hit.token == token.head and hit.trigger.event), None)


def _is_second_half(token: Token, trigger: Trigger, found: Sequence[Hit]) -> bool:
    """Whether a noun only doubles the one that it is joined to ("solidarity and condolences")."""
    if token.dep_ != "conj" or token.pos_ != "NOUN":
        return False
    return any(hit.token == token.head and hit.trigger == trigger for hit in found)


def _has_antecedent(token: Token) -> bool:
    """Whether a verb before it in the sentence, other than those it hangs on, is what "do so" leaves out."""
    above = set(token.ancestors)
    return any(
        each.pos_ == "VERB" and each.i < token.i and each not in above and each.dep_ not in ("amod", "compound")
        for each in token.doc
    )


def main_event(hits: Sequence[Hit]) -> Trigger | None:
    """What a sentence says by its main verb, for the sentence after it to say of somebody else."""
    return next((hit.trigger for hit in hits if hit.token.head == hit.token and hit.trigger.event), None)


def _opens_with_so(token: Token) -> bool:
    """Whether a sentence only says that somebody did the same: "So did Port Amar.\""""
    first = token.doc[0]
    return token.head == token and lemma(token) in ("do", "be", "have") and first.lower_ == "so" and first.head == token


def last_deed(hits: Sequence[Hit]) -> Trigger | None:
    """The last construction of a sentence that names a deed a later sentence may leave out."""
    return next((hit.trigger for hit in reversed(hits) if _is_deed(hit.trigger)), None)


def _is_deed(trigger: Trigger) -> bool:
    return (
        trigger.event in ("ASSAULT", "MOBILIZE", "AID", "RETREAT") and not trigger.content_only and bool(trigger.verb)
    )


def _is_elliptical(token: Token) -> bool:
    """A verb that stands for another: "do so", "what it has done", "so far they have not", "we will not"."""
    word = lemma(token)
    if word == "do" and token.dep_ != "aux":
        return any(
            (child.dep_ in ("advmod", "dobj") and child.lower_ == "so")
            or (child.dep_ == "dobj" and child.lower_ == "what")
            for child in token.children
        )
    if token.pos_ != "AUX" and token.tag_ != "MD" and word not in ("have", "do"):
        return False
    if token.dep_ not in ("ROOT", "conj", "ccomp", "advcl", "parataxis") or word == "be":
        return False
    deps = {child.dep_ for child in token.children}
    return "neg" in deps and "nsubj" in deps and not deps & {"dobj", "attr", "acomp", "xcomp", "ccomp"}


def noun_lemmas(token: Token) -> tuple[str, ...]:
    """Lemmas that a noun may have: a headline's capitalised plural keeps its "s" in the tagger's."""
    word = lemma(token)
    if token.pos_ == "PROPN" and word.endswith("s") and len(word) > 3:
        return word, word[:-1]
    return (word,)


def _is_part_of_name(token: Token) -> bool:
    """Whether a capitalised noun belongs to a name ("Brotherhood Alliance"), in a text that is not all capitalised."""
    if token.pos_ != "PROPN" or not any(child.pos_ == "PROPN" and child.i < token.i for child in token.children):
        return False
    return any(each.pos_ in ("NOUN", "VERB") and each.text.islower() for each in token.doc)


def _prefixed(token: Token) -> str:
    """The lemma with a hyphenated prefix that the tokenizer cuts off ("de-escalate", "counter-attack")."""
    word = lemma(token)
    if token.i < 2:
        return word
    hyphen, prefix = token.doc[token.i - 1], token.doc[token.i - 2]
    if hyphen.text != "-" or hyphen.whitespace_ or prefix.whitespace_:
        return word
    return f"{prefix.lower_}-{word}"


class _Seen:
    """A token with what is asked of it for every construction on its word, found once."""

    __slots__ = ("_things", "_words", "token")

    def __init__(self, token: Token) -> None:
        self.token = token
        self._things: list[Token] | None = None
        self._words: frozenset[str] | None = None

    @property
    def things(self) -> list[Token]:
        """What the verb acts on."""
        if self._things is None:
            self._things = _things(self.token)
        return self._things

    @property
    def words(self) -> frozenset[str]:
        """The lemmas of these."""
        if self._words is None:
            self._words = frozenset(word for each in self.things for word in noun_lemmas(each))
        return self._words


_Fits = Callable[[_Seen, Trigger], bool]


def _candidates(token: Token, rules: EventRules) -> tuple[tuple[Trigger, ...], _Fits]:
    if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
        if token.dep_ in ("amod", "compound") and token.tag_ in ("VBG", "VBN"):
            return (), _verb_fits
        return rules.verbs.get(_prefixed(token), ()), _verb_fits
    if token.pos_ in ("NOUN", "PROPN"):
        if _is_part_of_name(token):
            return (), _noun_fits
        for word in (_prefixed(token), *noun_lemmas(token)):
            if word in rules.nouns:
                return rules.nouns[word], _noun_fits
        return (), _noun_fits
    if token.pos_ in ("ADJ", "ADV"):
        return rules.adjectives.get(lemma(token), ()), _adjective_fits
    return (), _noun_fits


def _most_specific(token: Token, fitting: Sequence[Trigger]) -> tuple[Trigger, ...]:
    if not fitting:
        return ()
    best = fitting[0]
    for other in fitting[1:]:
        if best.object and other.object and other.event != best.event and not (other.object & best.object):
            return best, other
    return (best,)


_CLAUSES = frozenset({"xcomp", "ccomp", "prt", "acomp", "attr"})


def _verb_fits(seen: _Seen, trigger: Trigger) -> bool:
    verb = seen.token
    if trigger.object or trigger.not_object:
        things = seen.words
        if trigger.object and not things & trigger.object and not _contained(verb, seen.things) & trigger.object:
            return False
        if things & trigger.not_object:
            return False
    if trigger.not_own and any(child.tag_ == "PRP$" for each in seen.things for child in each.children):
        return False
    if trigger.proper and not any(each.pos_ == "PROPN" for each in seen.things):
        return False
    if trigger.particle or trigger.not_particle:
        beside = {child.lower_ for child in verb.children if child.dep_ not in ("nsubj", "nsubjpass", "punct")}
        if trigger.particle and not beside & trigger.particle:
            return False
        if beside & trigger.not_particle:
            return False
    if (trigger.prep or trigger.prep_object or trigger.not_prep_object) and not _preps_fit(verb, trigger):
        return False
    if trigger.complement and not _complements(verb, owned=trigger.owned) & trigger.complement:
        return False
    if trigger.voice and not _voice_fits(verb, trigger.voice):
        return False
    if trigger.auxiliary and not trigger.auxiliary & {each.lower_ for each in verb.children if each.dep_ == "aux"}:
        return False
    if trigger.object_modifier and not _described(seen.things, trigger.object_modifier):
        return False
    if trigger.to_infinitive and not _has_infinitive(verb, negated=trigger.not_to):
        return False
    if trigger.needs_negation and not any(child.dep_ == "neg" or child.lower_ == "never" for child in verb.children):
        return False
    if trigger.bare and any(child.dep_ in ("oprd", "acomp", "attr", "ccomp") for child in verb.children):
        return False
    if trigger.transitive and not seen.things:
        return False
    if trigger.intransitive and (seen.things or any(child.dep_ in _CLAUSES for child in verb.children)):
        return False
    if trigger.subject or trigger.not_subject:
        doers = {word for each in subjects(verb) for word in noun_lemmas(each)}
        if trigger.subject and not doers & trigger.subject:
            return False
        authors = agents(verb) if is_passive(verb) else subjects(verb)
        named = doers | {lemma(part) for each in authors for part in (each, *each.children)}
        if named & trigger.not_subject:
            return False
    return True


def _noun_fits(seen: _Seen, trigger: Trigger) -> bool:
    noun = seen.token
    if trigger.modifier or trigger.not_modifier:
        before = {lemma(each) for each in noun.children if each.dep_ in ("compound", "amod", "nmod", "poss", "nummod")}
        if trigger.modifier and not before & trigger.modifier:
            return False
        if before & trigger.not_modifier:
            return False
    if trigger.prep or trigger.prep_object or trigger.not_prep_object:
        return _preps_fit(noun, trigger)
    return True


def _adjective_fits(seen: _Seen, trigger: Trigger) -> bool:
    adjective = seen.token
    if adjective.dep_ not in ("acomp", "attr", "oprd", "conj", "ROOT", "xcomp", "advmod", "ccomp"):
        return False
    if trigger.prep or trigger.prep_object or trigger.not_prep_object:
        return _preps_fit(adjective, trigger)
    return True


def _preps_fit(token: Token, trigger: Trigger) -> bool:
    pairs = [(prep.lower_, thing) for prep, thing in preps(token)]
    pairs += [(child.lower_, thing) for child in token.children if child.dep_ == "prt" for thing in objects(token)]
    for predicate in token.children:
        if predicate.dep_ == "acomp" or (predicate.dep_ == "dobj" and token.pos_ == "VERB"):
            # "is open to talks", "took part in the raid": the preposition stands on the complement.
            pairs += [(prep.lower_, thing) for prep, thing in preps(predicate)]
    if trigger.not_prep_object and any(
        lemma(thing) in trigger.not_prep_object and thing.pos_ != "PROPN" for _, thing in pairs
    ):
        return False
    if not trigger.prep and not trigger.prep_object:
        return True
    return any(
        (not trigger.prep or word in trigger.prep) and (not trigger.prep_object or lemma(thing) in trigger.prep_object)
        for word, thing in pairs
    )


def _things(verb: Token) -> list[Token]:
    found = objects(verb)
    for clause in verb.children:
        if clause.dep_ != "ccomp" or clause.i < verb.i:
            continue
        if clause.pos_ == "NOUN":
            # "let lorries through" is parsed as a clause without a verb.
            found.append(clause)
        elif clause.tag_ == "VB" or any(
            child.dep_ in ("aux", "auxpass") and child.tag_ == "VB" for child in clause.children
        ):
            # "let its soil be used", "allow its skies to be crossed"
            found += [child for child in clause.children if child.dep_ in ("nsubj", "nsubjpass")]
    return [*subjects(verb), *found] if is_passive(verb) else found


def _contained(verb: Token, things: Sequence[Token]) -> set[str]:
    """Lemmas of what an object is made of ("a batch of jets") and of what "one" or "none" stands for."""
    found: set[str] = set()
    for thing in things:
        found |= {lemma(each) for preposition, each in preps(thing) if preposition.lower_ == "of"}
        if thing.lower_ in ("one", "none"):
            before = [each for each in verb.doc[: verb.left_edge.i] if each.dep_ == "dobj" and each.pos_ == "NOUN"]
            before = before or [each for each in verb.doc[: verb.i] if each.dep_ == "dobj" and each.pos_ == "NOUN"]
            found |= {lemma(each) for each in before[-1:]}
    return found


def _has_infinitive(verb: Token, *, negated: bool) -> bool:
    for child in verb.children:
        if child.dep_ == "xcomp" and any(each.lower_ == "to" for each in child.children):
            return not negated or any(each.dep_ == "neg" for each in child.children)
    return False


def _described(things: Sequence[Token], words: frozenset[str]) -> bool:
    """Whether an object is described by one of the words: its compounds, adjectives and what they join."""
    return any(lemma(each) in words for thing in things for each in thing.subtree if each.i < thing.i)


def _voice_fits(verb: Token, voice: str) -> bool:
    if voice == "active":
        return not is_passive(verb)
    if is_passive(verb):
        return True
    return voice == "raising" and any(
        child.dep_ == "xcomp" and any(each.lower_ == "to" for each in child.children) for child in verb.children
    )


def _complements(verb: Token, *, owned: bool) -> set[str]:
    found: set[str] = set()
    for child in verb.children:
        if owned and not any(each.dep_ == "poss" for each in child.children):
            continue
        # "found him guilty", "set them free", "let them go" are parsed as clauses.
        small_clause = child.dep_ in ("ccomp", "advcl") and (child.pos_ in ("ADJ", "ADV", "NOUN") or child.tag_ == "VB")
        if small_clause or child.dep_ in ("acomp", "attr", "oprd", "advmod", "xcomp", "prt", "npadvmod", "dobj"):
            found.add(lemma(child))
            found.update(lemma(each) for each in child.children if each.dep_ in ("conj", "amod"))
    return found


def near_hits(sentence: Sentence, rules: EventRules) -> tuple[Hit, ...]:
    """Constructions whose head word stands in the sentence while something else that they ask for does not."""
    found: list[Hit] = []
    for token in sentence.doc:
        candidates, fits = _candidates(token, rules)
        seen = _Seen(token)
        found += [Hit(token=token, trigger=each) for each in candidates if not fits(seen, each)]
    return tuple(found)
