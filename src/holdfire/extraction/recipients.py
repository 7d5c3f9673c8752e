"""Towards whom it is done: the recipients of a draft, parties first, then the people and things that are acted on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from holdfire.extraction.drafts import Draft
from holdfire.extraction.mentions import References
from holdfire.extraction.participants import PartyFinder, distinct, parties
from holdfire.extraction.places import PlaceHit
from holdfire.extraction.roles import in_role
from holdfire.extraction.syntax import children, lemma
from holdfire.extraction.triggers import noun_lemmas
from holdfire.model.actor import Mention
from holdfire.model.claim import Claim
from holdfire.rules.recipients import RecipientRules
from holdfire.rules.rulebook import Rulebook

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

# Asked for things too, though no trigger names them: whom aid helps, whom a blow kills.
_AFTER_ALL = ("helped", "struck")
# Where whoever is set free or let through stands; the other roles of a withdrawal say where from.
_SET_FREE = ("object", "dative", "to")
# Roles of a place that is itself acted on; in the others something happens, leads there or starts from there.
_STRUCK = ("target", "object")
# How ids begin that say no state.
_OF_NO_STATE = ("intl.", "desc.")


def recipients_of(
    draft: Draft,
    sentence: int,
    references: PartyFinder,
    actors: Iterable[Mention],
    rulebook: Rulebook,
    *,
    asked: Iterable[Mention] = (),
) -> tuple[Mention, ...]:
    """The recipients of a draft that are not its actors, in text order; empty when the clause names none.

    Those `asked` for the act ("must withdraw") come before all. The roles that the trigger names are searched first,
    then those that its event allows (en/recipients.toml, [roles]); a party in any of them comes before a thing ("the
    fuel depots", "52 people") in the trigger's own.
    """
    clause = _Clause(draft=draft, sentence=sentence, references=references, rulebook=rulebook)
    doing = {(actor.span, actor.text) for actor in actors} | {actor.id for actor in actors if actor.id}
    own = draft.trigger.recipient
    others = tuple(each for each in asked if (each.span, each.text) not in doing and each.id not in doing)
    if others:
        return others
    roles = dict.fromkeys((*own, *clause.rules.roles.get(draft.event, ())))
    clauses = [clause]
    if draft.event in clause.rules.governing:
        clauses.append(replace(clause, governed=True, held={}))
    for asked_of in clauses:
        for role in roles:
            found = tuple(
                each
                for each in asked_of.parties_in(role)
                if (each.span, each.text) not in doing and each.id not in doing
            )
            if found:
                return found
    searched = roles if draft.event not in clause.rules.things_of else (*own, *_AFTER_ALL)
    for role in searched:
        if draft.event == "RETREAT" and role not in _SET_FREE:
            continue
        things = tuple(clause.things_in(role))
        if things:
            return tuple(each for each in things if not clause.rules.is_ground(each.text))
    return clause.state_around(actors)


def state_struck(
    claim: Claim, sentence: int, places: Iterable[PlaceHit], references: References, rulebook: Rulebook
) -> tuple[Mention, ...]:
    """The state that a bare place lies in, where a force from another state acts on it (codebook decision 14)."""
    if claim.place is None or claim.event not in rulebook.recipients.abroad:
        return ()
    homes = {_home(each) for each in claim.actor}
    state = references.state(claim.place.country)
    struck = any(
        hit.place == claim.place and hit.sentence == sentence and not hit.lent and hit.role in _STRUCK for hit in places
    )
    if state is None or not struck or not homes or None in homes or state.id in homes:
        return ()
    return (Mention(text=claim.place.text, span=claim.place.span, id=state.id, name=state.name, kind=state.kind),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """A draft with all that is asked to find who stands in a role of it.

    `governed` asks the verbs that its own verbs govern: "refused to comply with X". `held` and `under` keep what was
    found in a role and under a token.
    """

    draft: Draft
    sentence: int
    references: PartyFinder
    rulebook: Rulebook
    governed: bool = False
    held: dict[str, list[Token]] = field(default_factory=dict)
    under: dict[int, list[tuple[Token, Token]]] = field(default_factory=dict)

    @property
    def rules(self) -> RecipientRules:
        return self.rulebook.recipients

    def parties_in(self, role: str) -> tuple[Mention, ...]:
        """The parties in a role, with people and names that are coordinated with them ("X and two aid agencies")."""
        heads = self._heads(role)
        troops = self.rulebook.events.words["troops"]
        by_head = {head.i: parties((head,), self.sentence, self.references, troops) for head in heads}
        if not any(by_head.values()):
            return ()
        found: list[Mention] = []
        for head in heads:
            mentions = by_head[head.i]
            if not mentions and self._is_somebody(head) and any(by_head.get(other.i) for other in head.conjuncts):
                mentions = tuple(self._things((head,)))
            found += mentions
        return distinct(found)

    def _is_somebody(self, head: Token) -> bool:
        return head.pos_ == "PROPN" or any(lemma(head) in each for each in self.rulebook.reference.animate.values())

    def things_in(self, role: str) -> Iterator[Mention]:
        yield from self._things(self._heads(role))

    def _things(self, heads: Iterable[Token]) -> Iterator[Mention]:
        for head in heads:
            thing = self.references.thing_at(self.sentence, head.i)
            if (
                thing is not None
                and not self.references.at(self.sentence, head.i)
                and self._may_be_acted_on(head, thing)
            ):
                yield thing

    def state_around(self, actors: Iterable[Mention]) -> tuple[Mention, ...]:
        """The state in which it is done, where those who do it are known to come from elsewhere."""
        homes = {_home(each) for each in actors}
        if not homes or None in homes or self.draft.event not in self.rules.abroad:
            return ()
        for role in self.rules.within:
            states = tuple(each for each in self.parties_in(role) if each.kind == "state" and _home(each) not in homes)
            if states:
                return states
        return ()

    def _heads(self, role: str) -> list[Token]:
        """The heads of what stands in a role of the draft's tokens, the event's own first; none of them in its path."""
        if role in self.held:
            return self.held[role]
        draft = self.draft
        found: dict[int, Token] = {}
        path = draft.path
        if self.governed:
            path = tuple(each for token in path for each in children(token, "xcomp") if each not in draft.path)
        for token in reversed(path):
            for each in in_role(token, role, self.rules, self.under):
                if each not in draft.path and not (role == "object" and self._is_means(each)):
                    found.setdefault(each.i, each)
        self.held[role] = list(found.values())
        return self.held[role]

    def _is_means(self, token: Token) -> bool:
        """Whether an object belongs to the construction itself ("laid down their arms", "opened fire")."""
        trigger = self.draft.trigger
        return "object" not in trigger.recipient and bool(set(noun_lemmas(token)) & trigger.object)

    def _may_be_acted_on(self, token: Token, thing: Mention) -> bool:
        """Whether a phrase that is no known party may still be the recipient.

        Of acts: people and things, but not the weapon, the ground or the idea; a name only of acts on persons, since
        the rest are places. Of words: anybody with a name of their own, and people.
        """
        rules, draft, word = self.rules, self.draft, lemma(token)
        if rules.is_abstract(word):
            return False
        if token.pos_ == "PROPN":
            return draft.event in rules.names_of or lemma(draft.core) in rules.personal
        if draft.event not in rules.things_of:
            return self._is_somebody(token)
        # A pronoun is what it stands for.
        return token.pos_ != "PRON" or not rules.is_abstract(thing.text.split()[-1].lower())


def _home(mention: Mention) -> str | None:
    """The state that a party belongs to, as its id says; None where nobody knows. A body of states is no state's."""
    known = mention.id or mention.affiliation
    if not known or (known.startswith(_OF_NO_STATE) and mention.kind != "international body"):
        return None
    return known.split(".")[0]
