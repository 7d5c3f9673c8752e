"""Polarity, modality and doubt of a clause, from the words around its head and their scope in the parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.extraction.conditions import find_condition
from holdfire.extraction.syntax import children, is_inverted, lemma, subjects
from holdfire.rules.factuality import FactualityRules, Hedge

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What the words around a clause's head say of it. `mood` is what the caller must still interpret:

    "plain", "future" (will, would), "possible" (may, might, could), "unable" (cannot), "deontic" (must, should), or
    "unreal" (the clause is itself a condition, a purpose, a question or a wish). `condition` is the conditional
    clause's or phrase's tokens, first and last, None when there is none.
    """

    negated: bool = False
    mood: str = "plain"
    hedge: Hedge | None = None
    condition: tuple[int, int] | None = None
    background: bool = False


def facets_of(
    path: Sequence[Token],
    rules: FactualityRules,
    *,
    renamed: bool = False,
    ahead: bool = False,
    performed: bool = False,
) -> Facets:
    """The facets of the clause whose head tokens are `path`, outermost first (governing operators, then the event).

    The negation is the outermost token's own: a draft's polarity holds those further in. Moods are read on the
    outermost verb, hedges and conditions anywhere on the path.
    Where the outermost verb only reports the event (not `renamed` to a speech act), the event's own mood counts too.
    `ahead` marks what is announced: "until" and "once" are conditions of the future only.
    `performed` marks words and protests: they are made also where a purpose tells them ("marched to demand").
    """
    outer = path[0]
    negated = is_path_negated(path, rules)
    hedge = next((doubt for token in path if (doubt := _hedge(token, rules))), None)
    return Facets(
        negated=negated,
        mood="plain" if performed and _is_performed(outer, rules) else _mood_along(path, rules, renamed=renamed),
        hedge=hedge,
        condition=find_condition(path, rules, ahead=ahead),
        background=any(_is_background(token, rules) for token in path),
    )


def _is_performed(verb: Token, rules: FactualityRules) -> bool:
    """Whether an infinitive tells the purpose of something that was really done."""
    if verb.tag_ != "VB" or verb.dep_ != "advcl" or not any(child.lower_ == "to" for child in children(verb, "aux")):
        return False
    head = verb.head
    return head.pos_ == "VERB" and verb.i > head.i and not is_negated(head, rules) and _mood(head, rules) == "plain"


def _mood_along(path: Sequence[Token], rules: FactualityRules, *, renamed: bool) -> str:
    outer = path[0]
    if outer.pos_ in ("NOUN", "PROPN") and _in_idle_gerund(outer):
        return "unreal"
    bearer = outer.head if _is_said_to_be(outer) else outer
    mood = _mood(bearer, rules) if bearer.pos_ in ("VERB", "AUX", "ADJ") else "plain"
    if mood != "plain" or renamed:
        return mood
    for token in path[1:]:
        if token.pos_ in ("VERB", "AUX") and any(child.tag_ == "MD" for child in token.children):
            return _mood(token, rules)
    return mood


def _is_said_to_be(noun: Token) -> bool:
    """Whether a noun is what "there is", "there must be", "there will be"."""
    return noun.pos_ == "NOUN" and noun.dep_ == "attr" and any(child.dep_ == "expl" for child in noun.head.children)


def _in_idle_gerund(noun: Token) -> bool:
    """Whether a noun hangs on a passive gerund that is only spoken of ("getting killed in a strike is no option")."""
    if noun.dep_ != "pobj" or noun.head.dep_ != "prep":
        return False
    verb = noun.head.head
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    gerund = any(each.dep_ == "auxpass" and each.tag_ == "VBG" for each in helpers)
    # After a preposition or as an aside it tells what happened ("died after getting hit in a raid").
    tells = verb.dep_ in ("pcomp", "advcl", "acl", "xcomp")
    return gerund and len(helpers) == 1 and not tells


def is_asserted_noun(noun: Token, rules: FactualityRules) -> bool:
    """Whether an event noun that stands alone is told as a fact by the clause that it is in.

    Not so behind "any", "possibility of", "after" and the like, nor in a clause that is denied, modal or unreal:
    there the event is presupposed, feared or excluded.
    """
    words = rules.words
    if any(child.lower_ in words["free_choice"] for child in noun.children):
        return False
    token = noun
    while token.head != token and token.head.pos_ not in ("VERB", "AUX"):
        token = token.head
        if lemma(token) in words["opaque"] or (token.pos_ in ("ADP", "SCONJ") and token.lower_ in words["temporal"]):
            return False
    verb = token.head
    if verb == token:
        return True
    if lemma(verb) in words["unasserting"] and token.dep_ != "nsubj":
        return False
    return _mood(verb, rules) == "plain" and not is_negated(verb, rules)


def _is_background(token: Token, rules: FactualityRules) -> bool:
    """Long since: "historically", "for twenty years", "three years ago"."""
    for child in token.children:
        if child.lower_ in rules.words["background"] and child.dep_ == "advmod" and token.pos_ in ("VERB", "AUX"):
            return True
        lasted = child.dep_ == "prep" and child.lower_ in ("for", "over")
        units = children(child, "pobj") if lasted else child.subtree if child.lower_ == "ago" else ()
        if any(lemma(each) in rules.words["spans"] for each in units):
            return True
    return False


def is_path_negated(path: Sequence[Token], rules: FactualityRules) -> bool:
    """Whether the outermost clause of a path is denied, apart from what the rest of the path already says."""
    negated = is_negated(path[0], rules, beside=path[1:])
    if len(path) > 1 and path[1].pos_ in ("ADJ", "ADV") and path[1].head == path[0]:
        negated ^= is_negated(path[1], rules)
    return negated


def is_negated(token: Token, rules: FactualityRules, *, beside: Sequence[Token] = ()) -> bool:
    """Whether the clause or noun phrase headed by `token` is denied by a word in its own scope.

    `beside` are arguments whose own negation is counted elsewhere.
    """
    words = rules.words
    flips = 0
    for child in token.children:
        if child.dep_ == "neg" or (child.lower_ in words["negators"] and child.dep_ in ("advmod", "preconj")):
            flips += _denies(child, words["focus"])
        elif (
            child.dep_ in ("det", "preconj", "cc")
            and child.lower_ in words["negative_determiners"]
            and not child.i > token.i
        ):
            flips += token.pos_ not in ("VERB", "AUX") or child.dep_ == "preconj"
        elif (
            child.dep_ == "advmod"
            and child.lower_ in ("far", "yet", "longer")
            and any(each.lower_ in ("not", "n't", "never", "no") for each in child.subtree)
        ):
            # "has not so far sent": the negation hangs on the adverb.
            flips += 1
    if token.dep_ == "relcl" and lemma(token.head) == "one":
        # "Not one unit has moved" is parsed as a relative clause on "one".
        flips += any(each.lower_ == "not" for each in token.head.children)
    if token.pos_ in ("VERB", "AUX"):
        flips += _nor(token) or _negative_arguments(token, rules, beside) or _yet_to(token)
        flips += _negative_preposition(token, words["negative_prepositions"])
    return flips % 2 == 1


def _denies(negator: Token, focus: frozenset[str]) -> bool:
    doc = negator.doc
    if negator.i + 1 >= len(doc):
        return True
    after = doc[negator.i + 1]
    # "Not three hours after …" and "not until …" date the event; "not only" adds to it.
    return after.lower_ not in focus and not (
        after.like_num
        and after.i + 1 < len(doc)
        and doc[after.i + 1].pos_ == "NOUN"
        and negator.i < negator.head.i
        and negator.i == 0
    )


def _nor(token: Token) -> bool:
    if any(child.lower_ == "nor" for child in token.children if child.i < token.i):
        return True
    if token.dep_ != "conj":
        return False
    return any(
        child.dep_ == "cc" and child.lower_ in ("nor", "neither") for child in token.head.children if child.i < token.i
    )


def _negative_arguments(verb: Token, rules: FactualityRules, beside: Sequence[Token] = ()) -> bool:
    """No rockets were fired; fired no rockets; none of them moved; neither A nor B has sent troops."""
    arguments = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "expl")]
    if verb.dep_ == "conj" and not any(child.dep_ in ("nsubj", "nsubjpass") for child in arguments):
        arguments += subjects(verb)
    for child in verb.children:
        if child.dep_ == "prep":
            arguments += [each for each in child.children if each.dep_ == "pobj" and lemma(each) != "doubt"]
    spared = rules.words["not_negations"]
    return any(_is_nobody(each, rules) for each in arguments if each not in beside and lemma(each) not in spared)


def _is_nobody(noun: Token, rules: FactualityRules) -> bool:
    words = rules.words
    if noun.lower_ in words["negative_pronouns"]:
        return True
    # "Neither side's infantry", "no country's army".
    for owner in children(noun, "poss") if noun.dep_ in ("nsubj", "nsubjpass", "dobj") else ():
        if any(each.lower_ in words["negative_determiners"] for each in children(owner, "det", "preconj", "cc")):
            return True
    for child in noun.children:
        if child.i > noun.i:
            continue
        if child.dep_ in ("det", "preconj", "cc", "neg", "advmod") and child.lower_ in words["negative_determiners"] | {
            "not"
        }:
            return True
        if child.dep_ in ("nummod", "amod", "det", "predet") and any(each.lower_ == "not" for each in child.children):
            return True
    return noun.i > 0 and noun.lower_ == "one" and noun.nbor(-1).lower_ in ("no", "not")


def _yet_to(verb: Token) -> bool:
    """Has yet to move: "yet" stands on the auxiliary that governs the infinitive."""
    head = verb.head
    if verb.dep_ != "xcomp" or lemma(head) not in ("have", "be", "remain"):
        return any(
            child.lower_ == "yet" and child.i < verb.i for child in verb.children if child.dep_ == "advmod"
        ) and any(child.lower_ == "to" for child in verb.children)
    return any(child.lower_ == "yet" for child in (*head.children, *verb.children))


def _negative_preposition(verb: Token, negative: frozenset[str]) -> bool:
    head = verb.head
    if verb.dep_ == "pcomp":
        if head.lower_ in negative or any(child.lower_ in negative for child in head.children):
            return True
        return head.lower_ in ("of", "from") and head.head.lower_ in ("instead", "far")
    return any(child.dep_ == "mark" and child.lower_ in negative for child in verb.children)


def _mood(verb: Token, rules: FactualityRules) -> str:
    words = rules.words
    if _is_unreal(verb, rules):
        return "unreal"
    bearer = verb
    if verb.pos_ == "ADJ" and verb.head.pos_ in ("AUX", "VERB"):
        bearer = verb.head
    negated = is_negated(bearer, rules)
    for child in bearer.children:
        if child.dep_ not in ("aux", "auxpass") and child.tag_ != "MD":
            continue
        word = child.lower_
        if word in words["ability"] and negated:
            return "unable"
        if word == "may" and _negative_arguments(bearer, rules):
            # "No fighter may open fire" forbids.
            return "deontic"
        if word in words["possible"]:
            return "possible"
        if word in words["future"]:
            return "future"
        if word in words["deontic"]:
            return "unreal" if is_inverted(child, bearer) else "deontic"
    # A bare coordinated verb shares its auxiliary: "may strike and seize".
    shares = bearer.dep_ == "conj" and bearer.tag_ == "VB" and bearer.head.pos_ in ("VERB", "AUX")
    if shares and not children(bearer, "aux", "nsubj"):
        return _mood(bearer.head, rules)
    return "plain"


def _is_unreal(verb: Token, rules: FactualityRules) -> bool:
    marks = [child for child in verb.children if child.dep_ in ("mark", "advmod") and child.i < verb.i]
    if verb.dep_ in ("advcl", "ccomp", "pcomp", "relcl", "acl") and any(
        mark.lower_ in ("if", "unless", "lest", "whether", "should") for mark in marks
    ):
        return True
    if verb.dep_ == "conj" and not marks and verb.head.pos_ in ("VERB", "AUX") and _is_supposed(verb.head):
        return True
    if verb.dep_ == "relcl" and any(child.lower_ == "any" for child in children(verb.head, "det")):
        # "Any country that helps them" is whoever would.
        return True
    if _yet_to(verb):
        return False
    if verb.tag_ in ("VB", "VBN") and any(child.lower_ == "to" for child in children(verb, "aux")):
        # An infinitive that no operator governs is a purpose, a wish or an expectation, not an event.
        return verb.dep_ not in ("ROOT", "conj")
    if verb.dep_ == "pcomp" and not _negative_preposition(verb, rules.words["negative_prepositions"]):
        return True
    if verb.dep_ == "advcl":
        if any(mark.lower_ in ("once", "until", "till", "when", "whenever") for mark in marks):
            if verb.head.dep_ == "xcomp" and any(child.lower_ == "to" for child in children(verb.head, "aux")):
                # "refused to talk until the Front gives up its raids": still to come.
                return True
            return _mood(verb.head, rules) in ("future", "unreal") if verb.head != verb else False
        for auxiliary in children(verb, "aux"):
            if auxiliary.lower_ in rules.words["inverted"] and is_inverted(auxiliary, verb):
                return True
    if any(each.lower_ == "how" for own in children(verb, "nsubj", "nsubjpass") for each in own.subtree):
        return True
    if verb.dep_ == "ccomp" and verb.head.pos_ == "VERB" and not _says_so(verb.head, rules):
        return True
    asks_who = any(child.lower_ == "who" for child in children(verb, "nsubj", "nsubjpass"))
    if verb.doc[-1].lower_ != "?" or (verb.dep_ != "ROOT" and not asks_who):
        return False
    # Why and how ask about what happened; other questions ask whether it did, or who did it.
    first = next((token.lower_ for token in verb.doc if token.is_alpha), "")
    return first not in ("why", "how")


def _is_supposed(verb: Token) -> bool:
    """Whether a verb stands in an "if" clause, whose later halves it speaks for ("if they stopped and left")."""
    return verb.dep_ == "advcl" and any(
        child.dep_ == "mark" and child.lower_ in ("if", "unless") and child.i < verb.i for child in verb.children
    )


def _says_so(verb: Token, rules: FactualityRules) -> bool:
    """Whether somebody says what a saying verb governs: nobody does in "Neither side says it began this"."""
    if lemma(verb) in rules.words["not_negations"]:
        return True
    return not any(_is_nobody(each, rules) for each in children(verb, "nsubj"))


def _hedge(token: Token, rules: FactualityRules) -> Hedge | None:
    for child in token.children:
        if child.dep_ in ("advmod", "acomp", "oprd", "amod", "neg") or child.pos_ == "ADV":
            before = child.nbor(-1).lower_ if child.i else ""
            for phrase in (f"{before} {child.lower_}", child.lower_):
                if phrase in rules.hedges:
                    return rules.hedges[phrase]
    return None
