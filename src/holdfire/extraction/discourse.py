"""Who is in the reader's mind at a point of the text: referents with a salience that fades, and agreement.

After Lappin and Leass (1994): each mention adds weight by its grammatical role, all weights halve with each new
sentence, and the best candidate that agrees wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from holdfire.extraction.phrases import Phrase
from holdfire.model.actor import Mention
from holdfire.model.span import Span

# Lappin and Leass's weights, with their order subject > object > oblique; tuned no further than the order.
ROLE_WEIGHT = {"subject": 80.0, "object": 50.0, "oblique": 40.0, "possessive": 40.0, "modifier": 15.0}
RECENT = 100.0
FADING = 0.5
PARALLEL = 35.0
# What a mention before adds to the weight of a new one; the best of five values on news with marked coreference.
LASTING = 0.6


@dataclass(slots=True)
class Referent:
    """Somebody or something that the text has spoken of.

    `human` is how likely it is a person, 0 to 1, where `person` is not certain; `anybody` marks "someone", "no one".
    `political` holds the mentions it counts as, if any. `span` is where it was last named or described; `times` counts
    its mentions. `spoke` is the last sentence in which it was the subject of a verb of saying, -1 for none.
    """

    phrase: Phrase
    span: Span
    plural: bool
    person: bool
    collective: bool
    human: float = 0.0
    anybody: bool = False
    political: tuple[Mention, ...] = ()
    actor_id: str | None = None
    kind: str | None = None
    gender: str | None = None
    heads: set[str] = field(default_factory=set)
    last_name: str | None = None
    members: tuple[Referent, ...] = ()
    times: int = 0
    salience: float = 0.0
    sentence: int = 0
    head: int = 0
    role: str = "oblique"
    spoke: int = -1


class Discourse:
    """The referents of one document, in order of first mention; a builder that `find_references` fills."""

    def __init__(self) -> None:
        self.referents: list[Referent] = []

    def next_sentence(self) -> None:
        """Let every referent fade."""
        for each in self.referents:
            each.salience *= FADING

    def add(self, referent: Referent) -> Referent:
        """Enter a new referent at its first mention."""
        self.referents.append(referent)
        self.touch(referent, referent.phrase)
        return referent

    def touch(self, referent: Referent, phrase: Phrase) -> None:
        """Note another mention of a referent."""
        referent.times += 1
        fresh = ROLE_WEIGHT[phrase.role] + RECENT
        referent.salience = max(referent.salience, fresh) + LASTING * min(referent.salience, fresh)
        referent.sentence, referent.head, referent.role = phrase.sentence, phrase.head, phrase.role

    def best(
        self, phrase: Phrase, fit: Callable[[Referent], float], *, within: int = 100, margin: float = 1.0
    ) -> Referent | None:
        """The most salient referent mentioned at most `within` sentences ago, `fit` weighing its agreement.

        None where nobody fits, or where the best does not outweigh the next by `margin`.
        """
        found: Referent | None = None
        top = second = 0.0
        for each in self.referents:
            if phrase.sentence - each.sentence > within:
                continue
            weight = fit(each)
            if weight <= 0.0:
                continue
            weight *= each.salience + (PARALLEL if each.role == phrase.role else 0.0)
            # Of equals the nearer one.
            if weight > top or (found and weight == top and (each.sentence, each.head) > (found.sentence, found.head)):
                found, top, second = each, weight, top
            else:
                second = max(second, weight)
        return found if top >= margin * second else None

    def latest(self, agrees: Callable[[Referent], bool]) -> Referent | None:
        """The referent that agrees and was mentioned last."""
        fitting: Iterable[Referent] = (each for each in self.referents if agrees(each))
        return max(fitting, key=lambda each: (each.sentence, each.head), default=None)
