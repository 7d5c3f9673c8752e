"""Mends a parse in which a verb was read as a noun: "Israel and Iran exchange fire", "has overrun army bases"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.extraction.nlp import Sentence
from holdfire.rules.misread import MisreadRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token


def repair(sentence: Sentence, rules: MisreadRules) -> None:
    """Change the heads, labels and tags of misread clauses in the sentence's own parse.

    A noun is taken for a verb only when the words before it are a subject that agrees with it in number and the words
    after it a noun phrase, or when it follows a form of "have" as a participle.
    """
    for token in sentence.doc:
        if token.pos_ in ("VERB", "AUX"):
            _gather(token, rules)
            _govern_gerund(token, rules)
            _part(token)
            _find_subject(token)
            _raise(token)
            _give_back(token)
        if token.tag_ == "VBG" and token.dep_ == "advcl":
            _make_complement(token)
        if token.tag_ == "VBZ" and token.lower_ in rules.third:
            _make_noun(token)
        if token.tag_ in ("VBN", "VBD") and token.dep_ == "amod":
            _make_root(token)
            _make_main(token)
        if token.tag_ == "NN" and token.dep_ == "conj":
            _share_head(token)
        if token.dep_ in ("compound", "nmod") and token.head.dep_ in ("oprd", "dobj", "attr"):
            _set_apart(token)
        if token.tag_ not in ("NN", "NNS", "NNP", "NNPS") or token.dep_ not in ("compound", "nmod", "amod", "pobj"):
            continue
        thing = token.head
        if thing.i <= token.i or thing.pos_ not in ("NOUN", "PROPN"):
            continue
        auxiliary = thing.head
        if token.lower_ in rules.participle and thing.dep_ == "dobj" and auxiliary.lemma_ == "have":
            _take_over(token, thing, auxiliary, rules.participle[token.lower_])
            continue
        subject = _subject_before(token, thing)
        if subject is None:
            continue
        forms = rules.base if _is_plural(subject) else rules.third
        if token.lower_ in forms:
            _make_verb(token, thing, subject, forms[token.lower_])


def _gather(verb: Token, rules: MisreadRules) -> None:
    """Give a verb its own particles and prepositions."""
    lemma = verb.lemma_.lower()
    for child in list(verb.children):
        if child.dep_ in ("prep", "prt") and child.i == verb.i + 1 and child.lower_ in rules.particles.get(lemma, ()):
            things = [each for each in child.children if each.dep_ == "pobj"]
            if things and not any(each.dep_ == "dobj" for each in verb.children):
                child.dep_, child.tag_, child.pos_ = "prt", "RP", "ADP"
                things[0].head, things[0].dep_ = verb, "dobj"
        elif (
            child.dep_ == "prep"
            and child.i > verb.i
            and child.lower_ in rules.complements.get(child.nbor(-1).lemma_, ())
        ):
            if child.nbor(-1).dep_ == "dobj" and child.nbor(-1).head == verb:
                child.head = child.nbor(-1)
        elif child.dep_ == "dobj" and lemma in rules.companions:
            for preposition in list(child.children):
                if preposition.dep_ == "prep" and preposition.lower_ in rules.companions[lemma]:
                    preposition.head = verb


def _govern_gerund(verb: Token, rules: MisreadRules) -> None:
    """Make a gerund right behind a verb of going on its complement, with the object ("kept trading fire")."""
    if verb.lemma_.lower() not in rules.aspect or verb.i + 1 == len(verb.doc):
        return
    gerund, thing = verb.nbor(), verb.nbor().head
    if gerund.dep_ not in ("amod", "compound") or thing.head != verb or thing.dep_ != "dobj":
        return
    if gerund.tag_ == "NN":
        # Of nouns in -ing only those of verbs that are told of.
        stem = gerund.lower_.removesuffix("ing")
        gerund.lemma_ = next((each for each in (stem, f"{stem}e") if each in rules.base), gerund.lemma_)
        if gerund.lemma_ not in rules.base:
            return
    elif gerund.tag_ != "VBG":
        return
    gerund.head, gerund.dep_, gerund.tag_, gerund.pos_ = verb, "xcomp", "VBG", "VERB"
    thing.head = gerund


def _part(verb: Token) -> None:
    """Keep clauses apart that a semicolon parts: the one before is not what the one after says."""
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i < verb.i:
            after = child.right_edge.i + 1
            if after < verb.i and verb.doc[after].text == ";":
                child.dep_ = "parataxis"


def _find_subject(verb: Token) -> None:
    """Give a finite verb the subject that was read as part of an opening phrase ("In the port, the Front stood by")."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") and not any(
        each.tag_ in ("VBD", "VBZ", "VBP", "MD") for each in verb.lefts
    ):
        return
    if any(child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for child in verb.children) or verb.dep_ not in (
        "ROOT",
        "ccomp",
        "conj",
    ):
        return
    for opening in verb.lefts:
        if opening.dep_ not in ("prep", "advcl"):
            continue
        for token in opening.subtree:
            comma = token.left_edge.i - 1
            if token.dep_ not in ("appos", "pobj") or token.pos_ not in ("NOUN", "PROPN") or comma < 1:
                continue
            between = verb.doc[token.right_edge.i + 1 : verb.i]
            near = all(each.head == verb or each.is_punct for each in between)
            if verb.doc[comma].text == "," and near and token.right_edge.i < verb.i and comma >= opening.i + 1:
                token.head, token.dep_ = verb, "nsubj"
                return


def _raise(verb: Token) -> None:
    """Join a past tense to the saying verb, not to the pluperfect or the continuous form of what is said.

    "Said X had shot and accused Y", "warned that X was shooting and called for a truce", "asked them to march and
    threatened a revolt".
    """
    said = verb.head
    if verb.dep_ != "conj" or verb.tag_ != "VBD" or said.tag_ not in ("VBN", "VBG", "VB"):
        return
    if said.dep_ not in (("xcomp", "advcl", "ccomp") if said.tag_ == "VB" else ("ccomp",)):
        return
    own = any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    telling = {"VBN": ("had",), "VBG": (), "VB": ("to",)}[said.tag_]
    helped = any(child.dep_ == "aux" and (not telling or child.lower_ in telling) for child in said.children)
    if not own and said.head.tag_ == "VBD" and helped:
        verb.head = said.head


def _give_back(saying: Token) -> None:
    """Give a clause the subject that an inserted saying verb was given beside its own ("X, said Y, will stay out")."""
    verb = saying.head
    if saying.dep_ != "parataxis" or verb.i < saying.i:
        return
    subjects = [child for child in saying.children if child.dep_ == "nsubj"]
    before, after = [each for each in subjects if each.i < saying.i], [each for each in subjects if each.i > saying.i]
    if before and after and not any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children):
        before[0].head = verb


def _make_complement(gerund: Token) -> None:
    """Make a gerund right behind a verb's particle what the verb governs ("ruled out sending troops")."""
    before = gerund.doc[gerund.i - 1] if gerund.i else gerund
    if before.dep_ == "prt" and before.head == gerund.head and gerund.head.i < before.i:
        gerund.dep_ = "xcomp"


def _share_head(second: Token) -> None:
    """Let coordinated qualifiers share the noun that was read as the object of a noun ("missile and drone strikes")."""
    if second.i < 2 or second.i + 1 == len(second.doc) or second.nbor(-1).dep_ != "cc":
        return
    first, thing = second.nbor(-2), second.nbor(1)
    if thing.head != second or thing.tag_ != "NNS" or first.tag_ != "NN" or first.head == first:
        return
    thing.head, thing.dep_ = first.head, first.dep_
    for child in list(first.children):
        if child.i < first.i or child.i > thing.i:
            child.head = thing
    for child in list(second.children):
        if child.i > thing.i:
            child.head = thing
    first.head, first.dep_ = thing, "compound"
    second.head, second.dep_ = first, "conj"


def _set_apart(token: Token) -> None:
    """Make a noun right before an opening quotation mark the object that the quoted noun is said of.

    "Called the front's delay “cowardice”": the delay is no kind of cowardice.
    """
    name, verb = token.head, token.head.head
    if token.i + 1 >= name.i or token.nbor().tag_ != "``" or verb.pos_ != "VERB" or verb.i > token.i:
        return
    if any(child.dep_ == "dobj" and child != name for child in verb.children):
        return
    token.head, token.dep_, name.dep_ = verb, "dobj", "oprd"
    for child in list(name.children):
        if child.i < token.i:
            child.head = token


def _make_noun(token: Token) -> None:
    """Make a verb the noun that it is in a list of what is lacking ("No rocket fire, no drone strikes")."""
    modifier = next((child for child in token.children if child.dep_ == "nsubj"), None)
    if modifier is None or modifier.i != token.i - 1 or any(child.dep_ in _PREDICATIVE for child in token.children):
        return
    lacking = [child for child in modifier.children if child.dep_ == "det" and child.lower_ == "no"]
    listed = token.dep_ in ("appos", "conj", "dep", "ROOT") and all(each.pos_ in _NOMINAL for each in token.ancestors)
    if not lacking or not listed:
        return
    token.tag_, token.pos_, token.lemma_ = "NNS", "NOUN", token.lower_.removesuffix("s")
    modifier.dep_ = "compound"
    for child in lacking:
        child.head = token


_PREDICATIVE = frozenset({"aux", "dobj", "advcl", "xcomp", "ccomp", "acomp"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADP"})


def _make_root(token: Token) -> None:
    """Make a participle the verb of a sentence that the parser took for one long noun ("The emir hosted talks.")."""
    thing = token.head
    if thing.dep_ != "ROOT" or thing.pos_ not in ("NOUN", "PROPN") or thing.i < token.i or thing.doc[-1].lower_ != ".":
        return
    before = [child for child in thing.children if child.right_edge.i == token.i - 1]
    if not before or before[-1].pos_ not in ("NOUN", "PROPN", "ADJ") or before[-1].dep_ in ("punct", "prep", "poss"):
        return
    subject = before[-1]
    if subject.pos_ == "ADJ" and not any(child.dep_ == "det" and child.i < subject.i for child in thing.children):
        return
    _make_verb(token, thing, subject, token.lemma_)
    token.tag_ = "VBD"


def _make_main(token: Token) -> None:
    """Make a participle the verb of a subject that a clause cut off from it ("Israel, which says so, bombed it")."""
    thing = token.head
    subject = next(each for each in token.doc if each.head == each)
    if token.dep_ != "amod" or thing.i < token.i or subject.pos_ not in ("NOUN", "PROPN") or subject.i > token.i:
        return
    cut_off = any(child.dep_ in ("relcl", "appos") and child.i < token.i for child in subject.children)
    if not cut_off or token.nbor(-1).lower_ != ",":
        return
    token.head, token.dep_, token.tag_, token.pos_ = token, "ROOT", "VBD", "VERB"
    thing.head, thing.dep_ = token, "dobj"
    subject.head, subject.dep_ = token, "nsubj"


def _subject_before(token: Token, thing: Token) -> Token | None:
    """The name or plural noun phrase that stands right before the verb, attached to it or to the same noun."""
    for child in (*thing.children, *token.children):
        if child.i >= token.i or child.dep_ not in ("nmod", "compound", "amod") or child.pos_ not in ("PROPN", "NOUN"):
            continue
        if child.right_edge.i == token.i - 1 and (child.pos_ == "PROPN" or child.tag_ == "NNS"):
            return child
    return None


def _is_plural(noun: Token) -> bool:
    return noun.tag_ in ("NNS", "NNPS") or any(child.dep_ == "conj" for child in noun.children)


def _make_verb(token: Token, thing: Token, subject: Token, lemma: str) -> None:
    head, label = thing.head, thing.dep_
    before = [child for child in thing.children if child.i < subject.i]
    token.head = token if head == thing else head
    token.dep_ = label
    token.tag_, token.pos_, token.lemma_ = "VBP", "VERB", lemma
    thing.head, thing.dep_ = token, "dobj"
    subject.head, subject.dep_ = token, "nsubj"
    for child in before:
        if child.dep_ in ("mark", "advmod", "cc", "punct"):
            child.head = token
        elif child.dep_ in ("det", "amod", "compound", "nummod"):
            child.head = subject
    for child in list(thing.children):
        if child.dep_ in ("mark", "prep") and (child.dep_ == "mark" or child.i > thing.i):
            child.head = token


def _take_over(token: Token, thing: Token, auxiliary: Token, lemma: str) -> None:
    children = [child for child in auxiliary.children if child != thing]
    head, label = auxiliary.head, auxiliary.dep_
    token.head = token if head == auxiliary else head
    token.dep_ = label
    token.tag_, token.pos_, token.lemma_ = "VBN", "VERB", lemma
    thing.head, thing.dep_ = token, "dobj"
    auxiliary.head, auxiliary.dep_, auxiliary.pos_ = token, "aux", "AUX"
    for child in children:
        child.head = token
