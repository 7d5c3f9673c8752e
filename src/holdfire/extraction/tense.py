"""Whether a verb looks back, ahead, or at the day of writing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from holdfire.rules.dates import DateRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

Tense = Literal["past", "present", "future"]


def verbs_above(token: Token) -> tuple[Token, ...]:
    """The token itself and what it hangs on, up to and including the first verb and the verbs that this one completes.

    An apposition ("the strike, the sixth since June") hangs on nothing.
    """
    chain = [token]
    while chain[-1].head.i != chain[-1].i and chain[-1].dep_ != "appos":
        here = chain[-1]
        if here.pos_ in ("VERB", "AUX") and here.dep_ not in ("xcomp", "aux", "auxpass"):
            break
        chain.append(here.head)
    return tuple(chain)


def first_verb(chain: Sequence[Token]) -> Token | None:
    """The nearest verb of a chain that verbs_above gave."""
    return next((each for each in chain if each.pos_ in ("VERB", "AUX")), None)


def tense_of(verb: Token, rules: DateRules, *, headline: bool = False) -> Tense | None:
    """The tense of a verb with its auxiliaries; None for a word that is no verb.

    Infinitives take theirs from the verb over them: ahead after verbs of planning, else as that verb. A headline's
    present is a past, save for the verbs of the timetable ("talks open Friday").
    """
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    helpers = [each for each in verb.children if each.dep_ in ("aux", "auxpass")]
    words = {each.lower_ for each in helpers}
    perfect = any(each.lemma_ == "have" for each in helpers)

    if any(each.tag_ == "MD" and each.lower_ in rules.future for each in helpers):
        return "past" if perfect else "future"
    if any(each.tag_ == "TO" for each in helpers) or (verb.tag_ == "VB" and not helpers):
        return _infinitive(verb, rules, headline=headline)
    if words & rules.past_auxiliary or verb.tag_ == "VBD":
        return "past"
    if verb.tag_ in ("VBN", "VBG") and not helpers:
        over = verb.head
        if verb.tag_ == "VBG" and over.i != verb.i and over.pos_ in ("VERB", "AUX"):
            return tense_of(over, rules, headline=headline)
        return "past"
    if headline and verb.lemma_ not in rules.timetable:
        return "past"
    return "present"


def _infinitive(verb: Token, rules: DateRules, *, headline: bool) -> Tense | None:
    over = verb.head
    if over.i == verb.i:
        return "future" if headline else None
    if over.lemma_ in rules.planned or over.lower_ in rules.planned:
        return "future"
    if over.lemma_ == "be" and verb.dep_ in ("xcomp", "acl", "ccomp", "advcl"):
        return "future"
    above = first_verb(verbs_above(over))
    if above is None or above.i == verb.i:
        return "future"
    return tense_of(above, rules, headline=headline)
