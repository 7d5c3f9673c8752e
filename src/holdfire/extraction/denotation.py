"""What a noun phrase denotes by its own words: a known actor, a described party, or nobody in politics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.actors.names import NameMatch
from holdfire.actors.offices import holder_of
from holdfire.actors.resolve import Choice, Setting, choose
from holdfire.extraction.phrases import Phrase
from holdfire.model.actor import Actor, Mention
from holdfire.model.span import Span
from holdfire.rules.descriptions import Descriptions
from holdfire.rules.reference import ReferenceRules

# Kinds of actor that have fighters, wings and members: "Houthi forces" are the Houthis.
_BODIES = frozenset(("armed force", "armed group", "coalition", "party", "international body"))
# What a leader's "movement" may be.
_ORGANISED = frozenset(("party", "armed group", "armed force", "coalition"))
# Whose forces may be a party of their own: "Libya's eastern forces", "Kurdish rebels in Turkey".
_BROAD = frozenset(("state", "government body", "ethnic or social group"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Denotation:
    """`mention` is None where the phrase denotes no political actor; `exact` says that it denotes `actor` itself."""

    mention: Mention | None
    actor: Actor | None = None
    exact: bool = False
    person: bool = False
    collective: bool = False


NOBODY = Denotation(mention=None)


# A text is about one state where its names count this many times those of the next. A guess; 2.0 read no better.
STANDS_OUT = 1.5
AT_LEAST = 3


def home_of(setting: Setting, knowledge: KnowledgeBase) -> Actor | None:
    """The state that most names of a text belong to; None where no state stands out."""
    ranked = sorted(setting.countries.items(), key=lambda each: -each[1])
    if not ranked or ranked[0][1] < AT_LEAST:
        return None
    if len(ranked) > 1 and ranked[0][1] < STANDS_OUT * ranked[1][1]:
        return None
    return knowledge.get(ranked[0][0].lower())


@dataclass(frozen=True, slots=True, kw_only=True)
class Denoter:
    """Reads phrases with the rules, the knowledge base and the setting of one document.

    `home` is the state that the document is about, where one stands out: whose "the army" is. See `home_of`.
    `chosen` keeps whom each name was found to stand for.
    """

    text: str
    rules: ReferenceRules
    knowledge: KnowledgeBase
    setting: Setting
    descriptions: Descriptions
    home: Actor | None = None
    chosen: dict[tuple[int, int], Actor | None] = field(default_factory=dict, repr=False)

    def choice(self, match: NameMatch) -> Choice:
        """Who a name in the text is."""
        return choose(self.text[match.start_char : match.end_char], match.claimants, self.knowledge, self.setting)

    def actor(self, match: NameMatch) -> Actor | None:
        """The actor that a name stands for, None where that is open."""
        place = (match.start_char, match.end_char)
        if place not in self.chosen:
            self.chosen[place] = self.knowledge.get(self.choice(match).actor_id)
        return self.chosen[place]

    def denote(self, phrase: Phrase) -> Denotation:
        """What the phrase denotes, pronouns and short descriptions of somebody named before aside."""
        if phrase.match is not None:
            return self._named(phrase, phrase.match)
        owners = [actor for match in phrase.owners if (actor := self.actor(match)) is not None]
        if not owners and self.home is not None and self._is_at_home(phrase):
            owners = [self.home]
        if phrase.proper and not phrase.classes:
            return self._unknown(phrase, owners)
        return self._armed_at_home(phrase, owners) or self.described(phrase, owners)

    def _armed_at_home(self, phrase: Phrase, owners: list[Actor]) -> Denotation | None:
        """The organ that arms belong to which act: "army planes" are the army's of the state that the text is about."""
        if owners or self.home is None or "weapons" not in phrase.classes or phrase.role != "subject":
            return None
        words = [word for word in phrase.titles if word in self.rules.heads["organs"]]
        organ = self._organ(words[-1], self.home) if words else None
        if organ is None:
            return None
        mention = Mention(text=phrase.text, span=phrase.span, form="nominal", number=phrase.number)
        return Denotation(mention=_as(mention, organ))

    def _is_at_home(self, phrase: Phrase) -> bool:
        """Whether a phrase without an owner means those of the state that the text is about.

        "the army", "the prime minister", "soldiers", "government troops".
        """
        if phrase.determiner not in ("", "the") or phrase.ties or phrase.number is not None:
            return False
        if phrase.bare and phrase.determiner == "the" and "organs" in phrase.classes:
            return True
        if not phrase.plural and "persons" in phrase.classes:
            assert self.home is not None
            return phrase.determiner == "the" and self._holder(phrase, self.home) is not None
        governs = any(each in self.rules.heads["governments"] for each in phrase.qualities)
        if not phrase.classes & {"forces", "organs"} or not (phrase.bare or governs):
            return False
        return phrase.plural and (governs or phrase.lemma in self.rules.heads["regulars"])

    def _are_men(self, phrase: Phrase) -> bool:
        """Whether a body's or a leader's "men" are meant, who are its fighters."""
        return phrase.plural and phrase.lemma == "man" and not phrase.qualities

    def _holder(self, phrase: Phrase, owner: Actor) -> Actor | None:
        return holder_of(phrase.text, owner.id, self.knowledge, on=self.setting.published)

    def _named(self, phrase: Phrase, match: NameMatch) -> Denotation:
        actor = self.actor(match)
        mention = Mention(text=phrase.text, span=phrase.span, number=phrase.number)
        if actor is None:
            return Denotation(mention=mention, collective=True)
        sorts = {each.sort for each in match.claimants if each.actor_id == actor.id}
        if sorts == {"metonym"} and phrase.place:
            # The city itself, not the state that is spoken of by its name.
            return NOBODY
        if sorts == {"demonym"} and (phrase.restricted or not (phrase.plural and phrase.determiner == "the")):
            mention = replace(mention, form="nominal", affiliation=actor.id)
            return Denotation(mention=mention, actor=actor, person=True)
        return Denotation(
            mention=_as(mention, actor), actor=actor, exact=True, person=actor.kind == "leader",
            collective=actor.kind != "leader",
        )  # fmt: skip

    def described(self, phrase: Phrase, owners: list[Actor]) -> Denotation:
        """What a common noun denotes, given the actors that own it or qualify it, nearest first."""
        classes, owner = phrase.classes, owners[0] if owners else None
        mention = Mention(text=phrase.text, span=phrase.span, form="nominal", number=phrase.number)
        if phrase.ties and owner is None:
            tied = next((actor for match in phrase.ties if (actor := self.actor(match)) is not None), None)
            mention = replace(mention, affiliation=tied.id if tied else None)
        if owner is not None:
            if not phrase.plural and "persons" in classes:
                return self._officer(phrase, owner, mention)
            if owner.kind == "leader" and (body := self._body(phrase, owner)) is not None:
                if body.kind == "state" and phrase.lemma not in self.rules.heads["homelands"]:
                    return self.described(phrase, [body])
                return Denotation(mention=_as(mention, body), actor=body, exact=True, collective=True)
            if "organs" in classes and (organ := self._organ(phrase.text, owner)) is not None:
                return Denotation(mention=_as(mention, organ), actor=organ, exact=True, collective=True)
            if owner.kind == "state" and phrase.lemma in self.rules.heads["governments"]:
                return Denotation(mention=_as(mention, owner), actor=owner, exact=True, collective=True)
            own_arms = (classes & {"weapons", "forces"} or self._are_men(phrase)) and not phrase.ties
            own_group = owner.kind in _BODIES and classes & {"groups", "forces"}
            if (own_arms and (owner.kind != "state" or "groups" not in classes)) or (
                own_group and not _is_of_others(phrase)
            ):
                return Denotation(mention=_as(mention, owner), actor=owner, exact=True, collective=True)
            mention = replace(mention, affiliation=owner.id)
        if not classes or (classes <= {"weapons"} and owner is None):
            return NOBODY
        if classes == {"countries"} or classes == {"sides"} or classes == {"countries", "sides"}:
            return Denotation(mention=mention, collective=True)
        person = is_person(phrase)
        return Denotation(mention=mention, person=person, collective=bool(classes - {"persons", "peoples", "weapons"}))

    def _body(self, phrase: Phrase, leader: Actor) -> Actor | None:
        """Whom a leader's group, men or country are: what it leads, or the state that it is in office of."""
        on, kinds = self.setting.published, self._kinds_of(phrase)
        served = [
            body for each in sorted(self.knowledge.speaks_for(leader.id, on)) if (body := self.knowledge.get(each))
        ]
        for wanted in kinds:
            found = [each for each in served if each.kind in wanted]
            if len(found) == 1:
                return found[0]
        return None

    def _kinds_of(self, phrase: Phrase) -> tuple[frozenset[str], ...]:
        """The kinds of body that a leader's "party", "fighters" or "government" may be, likeliest first."""
        if phrase.lemma in self.rules.heads["homelands"] or "organs" in phrase.classes:
            return (frozenset({"state"}),)
        if "forces" in phrase.classes or self._are_men(phrase):
            return (frozenset({"armed group", "armed force"}), frozenset({"state"}))
        if "groups" in phrase.classes:
            return (_ORGANISED, frozenset({"party"}), frozenset({"armed group", "armed force"}))
        return ()

    def by_description(self, phrase: Phrase, found: Denotation, upto: int, named: Sequence[NameMatch]) -> Denotation:
        """The party that a known description denotes: "Turkish-backed rebels" in a sentence on Syria; else `found`.

        upto: the code point where the head noun ends. named: the names of the sentence. A part of the party ("three
        militias", "an armed group") is kept as described, affiliated with it.
        """
        if found.mention is None or (found.exact and (found.actor is None or found.actor.kind not in _BROAD)):
            return found
        inside = [each for each in named if phrase.span.contains(Span(each.start_char, each.end_char))]
        own = [actor for each in inside if each not in phrase.ties and (actor := self.actor(each)) is not None]
        home = [self.home.country] if self.home is not None and self.home.country else []
        countries = frozenset(each.country for each in own if each.country) or self._countries(named) or home
        actor = self.knowledge.get(
            self.descriptions.denoted_by(
                named=self.text[phrase.span.start_char : upto], phrase=phrase.text, countries=countries,
                on=self.setting.published,
            )
        )  # fmt: skip
        if actor is None:
            return found
        partial = self.rules.articles | self.rules.quantities | self.rules.pronouns.keys()
        if phrase.number is not None or phrase.determiner in partial - {"the"}:
            return replace(found, mention=replace(found.mention, affiliation=found.mention.affiliation or actor.id))
        mention = replace(found.mention, id=actor.id, name=actor.name, kind=actor.kind, affiliation=None)
        return Denotation(mention=mention, actor=actor, exact=True, collective=True)

    def _countries(self, matches: Sequence[NameMatch]) -> frozenset[str]:
        """The countries of the states that the names stand for, by themselves or by an organ."""
        actors = [actor for match in matches if (actor := self.actor(match)) is not None]
        return frozenset(
            each.country
            for each in actors
            if each.country and (each.kind == "state" or any(tie.relation == "organ of" for tie in each.memberships))
        )

    def _officer(self, phrase: Phrase, owner: Actor, mention: Mention) -> Denotation:
        """An officer of an actor: the holder of the office that day where only one held it, else described."""
        held = self._holder(phrase, owner)
        if held is not None:
            return Denotation(mention=_as(mention, held), actor=held, exact=True, person=True)
        return Denotation(mention=replace(mention, affiliation=owner.id), person=True)

    def _organ(self, text: str, owner: Actor) -> Actor | None:
        """The owner's organ that the words name in another way: "the foreign ministry of Port Amar"."""
        words = text.split()
        for start in range(len(words)):
            tail = " ".join(words[start:])
            for name in (owner.name, *owner.demonyms):
                for claimant in self.knowledge.names.claimants(f"{name} {tail}"):
                    if claimant.used_on(self.setting.published):
                        return self.knowledge.get(claimant.actor_id)
        return None

    def _unknown(self, phrase: Phrase, owners: list[Actor]) -> Denotation:
        """A capitalised phrase that the knowledge base lacks: a person or a body where the words say so."""
        rules, words = self.rules.person, phrase.titles
        titled = any(
            word in rules["titles"] or word in rules["titles_m"] or word in rules["titles_f"] for word in words
        )
        role = any(word in self.rules.heads["persons"] for word in words)
        given = rules["names_m"] | rules["names_f"]
        first = len(words) > 1 and any(word in given for word in words[:-1])
        mention = Mention(text=phrase.text, span=phrase.span)
        if titled or role or first:
            affiliation = owners[0].id if owners else None
            return Denotation(mention=replace(mention, affiliation=affiliation), person=True)
        return NOBODY


def is_person(phrase: Phrase) -> bool:
    """Whether the head noun is one of people; in a name it may be a body's ("the River Guard")."""
    named = phrase.proper and not phrase.plural and phrase.classes & {"groups", "organs", "forces"}
    return bool(phrase.classes & {"persons", "peoples"}) and not named


def _as(mention: Mention, actor: Actor) -> Mention:
    return replace(mention, id=actor.id, name=actor.name, kind=actor.kind, form="named")


def _is_of_others(phrase: Phrase) -> bool:
    """Whether the head names others than its owner: allies, proxies, rivals and supporters of a group."""
    return "outsiders" in phrase.classes
