"""Decides which of a name's claimants a text means, from the date and from who else is in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.actors.names import Claimant, NameMatch

# A name that only one actor claims, and that the knowledge base does not call ambiguous.
CERTAIN = 1.0
# One claimant is left by the date or is the only one whose country the text names.
BY_CONTEXT = 0.8
# An ambiguous name with a single claimant and nothing in the text against it.
ALONE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known about a text before its ambiguous names are read: its date and whom it names beyond doubt."""

    published: date | None = None
    countries: Mapping[str, int] = field(default_factory=dict)
    actors: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The claimant chosen, None where the text leaves it open; `runners_up` are the others, best first."""

    actor_id: str | None
    score: float
    reasons: tuple[str, ...]
    runners_up: tuple[str, ...] = ()


def setting_of(
    matches: Iterable[NameMatch], knowledge: KnowledgeBase, *, published: date | None, country: str | None = None
) -> Setting:
    """Counts the actors and countries that the names of a text stand for: the certain ones, then those they settle."""
    actors: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    if country:
        countries[country] += 1

    def count(actor_id: str) -> None:
        actors[actor_id] += 1
        actor = knowledge.get(actor_id)
        if actor is not None and actor.country:
            countries[actor.country] += 1

    shared: list[tuple[Claimant, ...]] = []
    for match in matches:
        sure = [each for each in match.claimants if not each.ambiguous and each.used_on(published)]
        if len(sure) == 1 and len(match.claimants) == 1:
            count(sure[0].actor_id)
        else:
            shared.append(match.claimants)
    certain = Setting(published=published, countries=dict(countries), actors=dict(actors))
    for claimants in shared:
        settled = choose("", claimants, knowledge, certain)
        if settled.actor_id is not None and settled.score >= BY_CONTEXT:
            count(settled.actor_id)
    return Setting(published=published, countries=countries, actors=actors)


def choose(name: str, claimants: tuple[Claimant, ...], knowledge: KnowledgeBase, setting: Setting) -> Choice:
    """Who answers to `name` in this setting. None with runners-up is a normal answer."""
    in_use = [each for each in claimants if each.used_on(setting.published)]
    late = tuple(each.actor_id for each in claimants if each not in in_use)
    if not in_use:
        return Choice(
            actor_id=None, score=0.0, reasons=(f"“{name}” was not in use on {setting.published}",), runners_up=late
        )
    if len(in_use) == 1 and not in_use[0].ambiguous:
        reason = f"“{name}” is {'an' if in_use[0].sort == 'alias' else 'a'} {in_use[0].sort} of {in_use[0].actor_id}"
        return Choice(
            actor_id=in_use[0].actor_id,
            score=BY_CONTEXT if late else CERTAIN,
            reasons=(reason, *(f"{each} did not bear it on {setting.published}" for each in late)),
        )
    ranked = sorted(in_use, key=lambda each: -_support(each, knowledge, setting))
    support = [_support(each, knowledge, setting) for each in ranked]
    others = tuple(each.actor_id for each in ranked[1:])
    if support[0] > 0 and (len(ranked) == 1 or support[0] > support[1]):
        return Choice(
            actor_id=ranked[0].actor_id,
            score=BY_CONTEXT,
            reasons=(f"“{name}” is shared; the text names {_ties_in_text(ranked[0], knowledge, setting)}",),
            runners_up=others,
        )
    plain = [each for each in ranked if not each.ambiguous]
    if len(plain) == 1:
        return Choice(
            actor_id=plain[0].actor_id,
            score=ALONE,
            reasons=(f"“{name}” is shared, and is {plain[0].actor_id}'s first",),
            runners_up=tuple(each.actor_id for each in ranked if each is not plain[0]),
        )
    states = [each for each in ranked if (actor := knowledge.get(each.actor_id)) and actor.kind == "state"]
    if len(states) == 1 and states[0].sort in ("name", "demonym"):
        return Choice(
            actor_id=states[0].actor_id,
            score=ALONE,
            reasons=(f"“{name}” is shared; nothing in the text speaks against the state",),
            runners_up=tuple(each.actor_id for each in ranked if each is not states[0]),
        )
    return Choice(
        actor_id=None,
        score=0.0,
        reasons=(f"“{name}” is shared and the text does not say by whom",),
        runners_up=tuple(each.actor_id for each in ranked),
    )


def _support(claimant: Claimant, knowledge: KnowledgeBase, setting: Setting) -> float:
    actor = knowledge.get(claimant.actor_id)
    if actor is None:
        return 0.0
    found = 3.0 * setting.actors.get(actor.id, 0)
    found += sum(2.0 * setting.actors.get(tie.actor_id, 0) for tie in actor.memberships)
    if actor.country and actor.kind != "state":
        found += setting.countries.get(actor.country, 0)
    return found


def _ties_in_text(claimant: Claimant, knowledge: KnowledgeBase, setting: Setting) -> str:
    actor = knowledge.actors[claimant.actor_id]
    if setting.actors.get(actor.id):
        return f"{actor.name} by another name"
    for tie in actor.memberships:
        if setting.actors.get(tie.actor_id):
            return f"{knowledge.actors[tie.actor_id].name}, with whom {actor.name} goes"
    return f"its country, {actor.country}"
