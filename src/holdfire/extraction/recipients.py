"""Towards whom it is done: the recipients of a draft, parties first, then the people and things that are acted on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from holdfire.extraction.drafts import Draft
from holdfire.extraction.participants import PartyFinder, Words, parties
from holdfire.extraction.syntax import agents, children, conjuncts, is_passive, lemma, objects, preps, subjects
from holdfire.extraction.triggers import noun_lemmas
from holdfire.model.actor import Mention
from holdfire.rules.recipients import RecipientRules

if TYPE_CHECKING:
    from spacy.tokens import Token


def recipients_of(
    draft: Draft,
    sentence: int,
    references: PartyFinder,
    actors: Iterable[Mention],
    rules: RecipientRules,
    troops: Words,
) -> tuple[Mention, ...]:
    """The recipients of a draft that are not its actors, in text order; empty when the clause names none.

    The roles that the trigger names are asked first, then those that its event allows (en/recipients.toml,
    [roles]); a party in any of them comes before a thing ("the fuel depots", "52 people") in the trigger's own.
    """
    doing = {(actor.span, actor.text) for actor in actors} | {actor.id for actor in actors if actor.id}
    own = draft.trigger.recipient
    roles = tuple(dict.fromkeys((*own, *rules.roles.get(draft.event, ()))))
    for role in roles:
        found = tuple(
            each
            for each in parties(_role_tokens(role, draft, rules), sentence, references, troops)
            if (each.span, each.text) not in doing and each.id not in doing
        )
        if found:
            return found
    for role in own:
        heads = (each for each in _role_tokens(role, draft, rules) if not references.at(sentence, each.i))
        things = tuple(
            thing
            for each in heads
            if (thing := references.thing_at(sentence, each.i)) is not None
            and _may_be_acted_on(each, thing, draft, rules)
        )
        if things:
            return tuple(each for each in things if not rules.is_ground(each.text))
    return ()


def _may_be_acted_on(token: Token, thing: Mention, draft: Draft, rules: RecipientRules) -> bool:
    """Whether a phrase that is no known party may still be the recipient.

    Of acts: people and things, but not the weapon, the ground or the idea; a name only of acts on persons, since the
    rest are places. Of words: anybody with a name of their own.
    """
    if token.pos_ == "PROPN":
        return draft.event in rules.names_of or lemma(draft.core) in rules.personal
    if draft.event not in rules.things_of or token.pos_ not in ("NOUN", "PRON", "NUM"):
        return False
    # A pronoun is what it stands for.
    return not rules.is_abstract(thing.text.split()[-1].lower() if token.pos_ == "PRON" else lemma(token))


def _role_tokens(role: str, draft: Draft, rules: RecipientRules) -> list[Token]:
    """The heads of what stands in a role of the draft's tokens, the event's own first; none of them in its path."""
    found: dict[int, Token] = {}
    for token in reversed(draft.path):
        for each in _in_role(token, role, rules):
            if each not in draft.path and (
                role != "object" or "object" in draft.trigger.recipient or not _is_means(each, draft)
            ):
                found.setdefault(each.i, each)
    return list(found.values())


def _is_means(token: Token, draft: Draft) -> bool:
    """Whether an object belongs to the construction itself ("laid down their arms", "opened fire")."""
    return bool(set(noun_lemmas(token)) & draft.trigger.object)


def _in_role(token: Token, role: str, rules: RecipientRules) -> list[Token]:
    if role == "object":
        if token.pos_ in ("VERB", "AUX") and is_passive(token):
            return subjects(token)
        return objects(token)
    if role == "subject":
        return subjects(token)
    if role == "agent":
        return agents(token)
    if role == "dative":
        return [each for child in children(token, "dative") for each in conjuncts(child)]
    if role == "complement-subject":
        return [each for child in children(token, "ccomp", "xcomp") for each in children(child, "nsubj")]
    if role == "poss":
        return [each for child in children(token, "poss") for each in conjuncts(child)]
    if role == "poss-of-object":
        return [each for thing in objects(token) for child in children(thing, "poss") for each in conjuncts(child)]
    if role == "modifier":
        return children(token, "compound", "amod", "nmod")
    return [thing for preposition, thing in _under(token, rules) if preposition.lower_ == role]


def _under(token: Token, rules: RecipientRules, *, depth: int = 0) -> Iterator[tuple[Token, Token]]:
    """Prepositional phrases on a token, then those on its object and inside phrases that name an event or an idea.

    "imposed sanctions on the port", "vowed to answer with strikes on the port".
    """
    found = list(preps(token))
    yield from found
    if depth >= 2:
        return
    for each in [*objects(token), *(thing for _, thing in found if rules.is_abstract(lemma(thing)))]:
        yield from _under(each, rules, depth=depth + 1)
