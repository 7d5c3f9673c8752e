"""The gate: which passages are parsed at all. What can carry no claim, by its words alone, is not.

A claim needs a construction of the rulebook, and a construction needs its words: its head in one of its forms, and of
each list of objects, prepositions, particles and so on that it asks for at least one. All are taken from the rulebook;
irregular forms come from the model's own tables. Passages around one that may carry a claim are let through with it:
they say who "they" are, who is quoted and why it was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from holdfire.rules.events import EventRules, Trigger

# Forms of a lemma that no rule of spelling gives: part of speech, then lemma, then forms.
Irregular = Mapping[str, Mapping[str, frozenset[str]]]
_WORD = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*")
_JOINT = re.compile(r"['’‑-]")
# What may stand for the deed of a sentence before: "do so", "what it has done", "so far they have not".
_ELLIPTICAL = re.compile(r"\b(?:not|never|so|what)\b|n['’]t\b", re.IGNORECASE)
# How many passages before and after one that may carry a claim are parsed with it. Chosen on the development corpus
# and 84 political reports: these lose one claim of 998 and change three; one and one lose two and change seven.
BEFORE = 2
AFTER = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One construction as the gate sees it: of each set of words at least one must stand in the passage."""

    sets: tuple[frozenset[str], ...]
    deed: bool


@dataclass(frozen=True, slots=True)
class Gate:
    """Build with `build_gate`. `heads` has the constructions by the forms of their head words."""

    heads: Mapping[str, tuple[Asked, ...]]

    def passing(self, texts: Sequence[str]) -> list[bool]:
        """For each passage of one document, in order, whether it is to be parsed."""
        own: list[bool] = []
        deed = False
        for text in texts:
            fits, tells_deed = self._fits(_words(text))
            own.append(fits or (deed and _ELLIPTICAL.search(text) is not None))
            deed = deed or tells_deed
        return [any(own[max(0, at - AFTER) : at + BEFORE + 1]) for at in range(len(own))]

    def _fits(self, words: set[str]) -> tuple[bool, bool]:
        """Whether the words of some construction are all there, and whether of one that tells a deed."""
        fits = False
        for word in self.heads.keys() & words:
            for asked in self.heads[word]:
                if fits and not asked.deed:
                    continue
                for each in asked.sets:
                    if words.isdisjoint(each):
                        break
                else:
                    if asked.deed:
                        return True, True
                    fits = True
        return fits, False


def build_gate(events: EventRules, irregular: Irregular) -> Gate:
    """The gate for a rulebook's constructions."""
    heads: dict[str, list[Asked]] = {}
    for trigger in events.triggers:
        if trigger.event is None:
            # What only changes another event makes none by itself.
            continue
        asked = Asked(sets=tuple(_asked(trigger, irregular)), deed=bool(trigger.verb))
        for part, lemmas in (("verb", trigger.verb), ("noun", trigger.noun), ("adj", trigger.adjective)):
            for form in _forms_of(lemmas, part, irregular):
                heads.setdefault(form, []).append(asked)
    return Gate({form: tuple(each) for form, each in heads.items()})


def _asked(trigger: Trigger, irregular: Irregular) -> Iterable[frozenset[str]]:
    """The sets of words of which a construction asks for one each."""
    lemmas = (
        trigger.object, trigger.subject, trigger.complement, trigger.prep_object, trigger.modifier,
        trigger.object_modifier,
    )  # fmt: skip
    for each in lemmas:
        if each:
            yield frozenset().union(*(_forms_of(each, part, irregular) for part in ("verb", "noun", "adj")))
    for words in (trigger.particle, trigger.prep, trigger.auxiliary):
        if words:
            yield words
    if trigger.to_infinitive:
        yield frozenset(("to",))


def _forms_of(lemmas: Iterable[str], part: str, irregular: Irregular) -> frozenset[str]:
    """Every form that a lemma may take; more than it has, which lets a passage through and loses nothing."""
    found: set[str] = set()
    for lemma in lemmas:
        # "de-escalate" is cut into its parts.
        word = _JOINT.split(lemma)[-1]
        found |= {lemma, word, *irregular.get(part, {}).get(word, ())}
        found |= {word + ending for ending in ("s", "es")}
        if word.endswith("y"):
            found |= {word[:-1] + "ies", word[:-1] + "ied"}
        if part == "verb":
            stem = word.removesuffix("e")
            found |= {base + ending for base in (word, stem, word + word[-1:]) for ending in ("ed", "ing", "d")}
        if part == "adj":
            found |= {word + ending for ending in ("r", "er", "st", "est", "ier")}
    return frozenset(found)


def _words(text: str) -> set[str]:
    """The words of a text in lower case, those joined by hyphens or apostrophes also by their parts."""
    found: set[str] = set()
    for word in _WORD.findall(text.lower()):
        found.add(word)
        parts = _JOINT.split(word)
        if len(parts) > 1:
            found.update(parts)
    return found
