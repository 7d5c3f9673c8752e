"""Whether "will" announces an act of the actor's own, or somebody else foretells it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.extraction.drafts import Draft
from holdfire.extraction.syntax import agents, is_passive, subjects
from holdfire.extraction.voices import Voices
from holdfire.model.actor import Mention
from holdfire.model.source import Attribution, Source

_FUTURE_ELSEWHERE = frozenset({"would", "'d", "’d"})


def announces(
    draft: Draft,
    chain: Sequence[Attribution],
    actors: Sequence[Mention],
    *,
    voices: Voices,
    officials: frozenset[str],
    on: date | None,
) -> bool:
    """Whether the actor's own side speaks, or nobody else does and it is not "would".

    An official who is tied to no other party speaks for the actor ("Lowland will not, the minister said").
    """
    if _in_first_person(draft):
        return True
    told = [each for each in chain if each.source is not None]
    if not told or told[-1].source is None:
        helpers = [child.lower_ for child in draft.head.children if child.dep_ == "aux"]
        return not any(each in _FUTURE_ELSEWHERE for each in helpers)
    source = voices.resolved(told[-1].source)
    words = {word.strip(",").removesuffix("'s").removesuffix("’s").lower() for word in source.text.split()}
    if words & officials and not (source.id and source.kind == "named"):
        return True
    if _is_the_actor(source, actors):
        return True
    knowledge = voices.references.knowledge
    speaker = voices.mention_of(told[-1].source)
    belongs = (source.id, speaker.affiliation if speaker is not None else None)
    return knowledge is not None and bool(
        _sides(belongs, knowledge, on)
        & _sides([id for each in actors for id in (each.id, each.affiliation)], knowledge)
    )


def is_done_to_others(draft: Draft) -> bool:
    """Whether a passive leaves out by whom ("52 sites would be hit"): in a party's mouth its own threat."""
    core = draft.core
    return core.pos_ == "VERB" and is_passive(core) and not agents(core) and bool(subjects(core))


def _in_first_person(draft: Draft) -> bool:
    return any(child.lower_ in ("we", "i") for child in draft.head.children if child.dep_ == "nsubj")


def _is_the_actor(source: Source, actors: Sequence[Mention]) -> bool:
    for actor in actors:
        if source.id is not None and source.id in (actor.id, actor.affiliation):
            return True
        if source.span == actor.span or source.text == actor.text or (actor.name and source.name == actor.name):
            return True
        if actor.text in source.text or (actor.name is not None and actor.name in source.text):
            return True
    return False


def _sides(ids: Iterable[str | None], knowledge: KnowledgeBase, on: date | None = None) -> frozenset[str]:
    """Everybody whom parties speak for; of a party that is meant, itself and its state."""
    return frozenset().union(*(knowledge.speaks_for(each, on) for each in ids if each))
