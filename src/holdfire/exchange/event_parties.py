"""Whom the names and codes of event tables stand for: an actor of the knowledge base, or the words as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from holdfire.actors.knowledge import KnowledgeBase, within
from holdfire.actors.merge import country_code
from holdfire.actors.names import Claimant
from holdfire.actors.resolve import Setting, choose
from holdfire.exchange.acled_actors import name_parts
from holdfire.model.actor import party_key
from holdfire.rules.event_tables import EventTableRules
from holdfire.rules.imports import ImportRules

# As many names as are remembered; those of a whole table are fewer by far.
_REMEMBERED = 200_000
# "Military (Norland)"
_BRACKET = re.compile(r"^(.+?)\s*\(([^()]+)\)$")
_NOBODY = frozenset({"", "none", "na", "n/a", "nan", "null", "unknown"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody whom a table names: the key to count them under, their words in the table."""

    key: str
    text: str

    @property
    def is_known(self) -> bool:
        """Whether the knowledge base has them."""
        return not self.key.startswith("text:")


@dataclass(slots=True)
class Parties:
    """Resolves names, once each; a name whose bearer depends on the day is looked up for each day."""

    knowledge: KnowledgeBase
    rules: EventTableRules
    imports: ImportRules
    names: dict[str, str] = field(default_factory=dict)
    _outside: dict[tuple[str, str], str] = field(default_factory=dict)
    _known: dict[tuple[object, ...], Party] = field(default_factory=dict)
    _countries: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for actor in self.knowledge.actors.values():
            for pair in actor.external:
                self._outside[pair] = actor.id

    def country(self, name: str) -> str | None:
        """The ISO 3166-1 alpha-3 code of a country by its name or code, None for one that nobody knows."""
        name = name.strip()
        if name not in self._countries:
            self._countries[name] = self.rules.states.get(name) or country_code(name, self.knowledge)
        return self._countries[name]

    def state(self, code: str | None) -> str | None:
        """The id of the state with an ISO code."""
        actor = self.knowledge.get(code.lower()) if code else None
        return actor.id if actor is not None and actor.kind == "state" else None

    def organ(self, country: str | None, organ: str | None) -> str | None:
        """The id of an organ of a state."""
        if country is None or organ is None:
            return None
        found = f"{country.lower()}.{organ}"
        return found if found in self.knowledge.actors else None

    def named(
        self, origin: str, text: str | None, day: date, *, outside: str | None = None, country: str | None = None
    ) -> Party | None:
        """Who is meant by a name on a day; None for nobody. `outside`: the origin's own id, where the knowledge base
        may have it; `country`: an ISO code that tells bearers of one name apart."""
        words = " ".join((text or "").split())
        if words.lower() in _NOBODY:
            return None
        for key in ((origin, words, outside, country), (origin, words, outside, country, day)):
            if key in self._known:
                return self._known[key]
        found, dated = self._look_up(origin, words, day, outside, country)
        party = self.party(found, words)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[(origin, words, outside, country, day) if dated else (origin, words, outside, country)] = party
        return party

    def party(self, actor_id: str | None, words: str) -> Party:
        """The party of an id, or of its words where the id is None."""
        actor = self.knowledge.get(actor_id)
        if actor is None:
            return Party(key=party_key(None, words), text=words)
        self.names[actor.id] = actor.name
        return Party(key=actor.id, text=words)

    def acted_on(self, party: Party | None, by: Party | None) -> Party | None:
        """Who is acted on: the state, where its people are, by somebody from outside it; else the party itself."""
        bracket = _BRACKET.match(party.text) if party is not None and not party.is_known else None
        if party is None or bracket is None or bracket[1].strip().lower() not in self.rules.people:
            return party
        country = self.country(bracket[2])
        actor = self.knowledge.get(by.key) if by is not None else None
        state = self.state(country)
        if state is None or actor is None or actor.country is None or actor.country == country:
            return party
        return self.party(state, party.text)

    def _look_up(
        self, origin: str, words: str, day: date, outside: str | None, country: str | None
    ) -> tuple[str | None, bool]:
        """The id of an actor, and whether it depends on the day."""
        by_id = self._outside.get((origin, outside)) if outside else None
        by_id = by_id or self._outside.get((origin, words)) or self.rules.names.get((origin, words))
        if by_id is not None:
            return by_id, False
        names, stated = [words], None
        if origin == "acled":
            parts = name_parts(words)
            names = [parts.name, *parts.aliases]
            stated = self.country(parts.country) if parts.country else None
        organ = self.imports.organ_by_name(origin, names[0])
        if organ is not None:
            return self.organ(self.country(organ[1]), organ[0]), False
        if bracket := _BRACKET.match(words):
            place = self.country(bracket[2])
            organ_name = self.rules.organ_names.get(bracket[1].strip().lower())
            if organ_name is not None:
                return self.organ(place, organ_name), False
            if origin != "acled":
                # Without the country that stands beside it, what is in front may be anybody's.
                names, stated = ([words, bracket[1].strip()] if place else [words]), place
        dated = False
        for name in names:
            claimants = self._bearers(name)
            dated = dated or any(self._is_dated(each) for each in claimants)
            in_time = tuple(each for each in claimants if self._lived(each, day))
            if not in_time:
                continue
            told = stated or country
            setting = Setting(published=day, countries={told: 1} if told else {})
            found = choose(name, in_time, self.knowledge, setting).actor_id
            if found is not None and self._is_of(found, stated):
                return found, dated
        return None, dated

    def _bearers(self, name: str) -> tuple[Claimant, ...]:
        """Who bears a name as their own: "Tehran" is a place here, and not its government."""
        return tuple(each for each in self.knowledge.names.claimants(name) if each.sort in ("name", "alias"))

    def _is_dated(self, claimant: Claimant) -> bool:
        actor = self.knowledge.actors[claimant.actor_id]
        return any((claimant.start, claimant.end, actor.start, actor.end))

    def _lived(self, claimant: Claimant, day: date) -> bool:
        actor = self.knowledge.actors[claimant.actor_id]
        return within(actor.start, actor.end, day)

    def _is_of(self, actor_id: str, country: str | None) -> bool:
        """Whether an actor may be the one of the country that the table puts beside its name."""
        actor = self.knowledge.actors[actor_id]
        return country is None or actor.country is None or actor.country == country
