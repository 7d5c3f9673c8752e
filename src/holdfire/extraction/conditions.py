"""What would bring a conditional act about: the clause or phrase of condition on its verb or on what that governs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from holdfire.extraction.syntax import is_inverted
from holdfire.rules.factuality import FactualityRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

_CLAUSES = frozenset(("advcl", "npadvmod", "prep", "mark", "advmod"))
_COMPLEMENTS = frozenset(("xcomp", "ccomp"))
_VERBS = frozenset(("VERB", "AUX"))
# "If attacked" is the shortest condition there is.
_FEWEST_WORDS = 2
# A phrase of condition opens its clause: it is looked for in so many characters.
_OPENING_CHARS = 40


def find_condition(path: Sequence[Token], rules: FactualityRules, *, ahead: bool = False) -> tuple[int, int] | None:
    """First and last token of the condition on a claim whose head words are `path`, None when it has none.

    It hangs on the outermost verb, on the event itself or on the infinitive between them ("threatened to enter the war
    if …"): the first found from the outside in. `ahead`: the act is announced, so "until" and "once" look forward.
    """
    for verb in _verbs_of(path):
        for child in verb.children:
            if child.dep_ not in _CLAUSES or child in path:
                continue
            tokens = list(child.subtree)
            if len(tokens) >= _FEWEST_WORDS and _is_condition(child, tokens, verb, rules, ahead=ahead):
                return tokens[0].i, tokens[-1].i
    return None


def _verbs_of(path: Sequence[Token]) -> Iterator[Token]:
    """The head words and the infinitives and clauses that they govern, outermost first, each once."""
    seen: set[int] = set()
    waiting = list(path)
    while waiting:
        token = waiting.pop(0)
        if token.i in seen:
            continue
        seen.add(token.i)
        yield token
        waiting += [child for child in token.children if child.dep_ in _COMPLEMENTS and child.pos_ in _VERBS]


def _is_condition(child: Token, tokens: Sequence[Token], verb: Token, rules: FactualityRules, *, ahead: bool) -> bool:
    first = tokens[0].lower_
    if first in rules.words["conditionals"]:
        return True
    clause = " ".join(token.lower_ for token in tokens)
    if any(phrase in clause[:_OPENING_CHARS] for phrase in rules.conditions):
        return True
    if child.dep_ != "advcl":
        return False
    if first in rules.words["inverted"]:
        return is_inverted(tokens[0], child)
    opens_future = ahead or any(each.dep_ == "aux" and each.lower_ in rules.words["future"] for each in verb.children)
    return first in rules.words["future_conditionals"] and opens_future
