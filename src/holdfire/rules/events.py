"""Event triggers and operators: the words and constructions that carry an event, read from en/events/*.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from holdfire.errors import RuleError
from holdfire.model.claim import EVENTS
from holdfire.rules.load import Record, RuleSource, check_fields

_WORDS = (
    "verb", "noun", "adjective", "object", "subject", "particle", "prep", "prep_object", "complement",
    "not_object", "not_subject", "not_prep_object", "not_particle", "modifier", "not_modifier", "auxiliary",
    "object_modifier", "weapon",
)  # fmt: skip
_FACTS = (
    "event", "mode", "polarity", "modality", "effect", "actor", "recipient", "content", "content_only", "needs_party",
    "needs_actor", "of", "mediates", "implicit", "saying", "certainty", "transitive", "owned", "voice", "needs_content",
    "infinitive", "bare", "not_own", "proper", "unknown_actor", "to_infinitive", "not_to", "state_event",
    "only_negated", "intransitive", "needs_negation",
)  # fmt: skip
_CONDITIONS = (
    "object", "subject", "particle", "prep", "prep_object", "complement", "modifier", "not_object", "not_subject",
    "not_prep_object", "not_particle", "not_modifier", "transitive", "owned", "voice",
)  # fmt: skip
_EFFECTS = frozenset(
    "transparent negate intend refuse promise threaten agree offer cease deny claim order forbid ready light attempt"
    " resume observe foresee".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One construction. A word condition that is empty asks nothing; all that are given must hold.

    verb, noun, adjective: lemmas of the head word (one of the three is given). object: lemma of the direct object (of
    the subject, in the passive). subject, particle, prep, prep_object: lemmas that must stand there. complement:
    lemmas of a predicate complement ("neutral"). modifier: lemmas of a compound or adjective before a noun.
    auxiliary: forms of the auxiliaries ("will").
    object_modifier: lemmas of what describes the object ("legal action"). weapon: subjects that strike without
    saying who sent them ("drones hit the base"). to_infinitive: an infinitive must
    follow; not_to: a negated one ("warned them not to fire"). bare: no predicate complement may stand
    ("called him a fool"). not_own: the object may not be the subject's own ("its rifles"). proper: the object is a
    name. only_negated: no claim where the act is affirmed ("took sides"). needs_negation: the verb itself is negated.
    intransitive: nothing may follow as object or clause ("urged them to stop"). unknown_actor: denied of everybody
    ("no group claimed it"), the act was done, by nobody knows whom.
    state_event: the event where the recipient is a state.
    The `not_` fields forbid. `recipient` lists where the recipient stands: "object" or prepositions, best first;
    `actor` the same for the actor, "subject" when empty. `of` says what a noun's "of" phrase holds. `content` is the
    event and polarity of a speech act whose content the construction itself gives. `content_only`: an event only
    inside a speech act ("restraint"). `effect` makes the head an operator on the event it governs. `saying` marks
    verbs of saying, whose actor is also the source (codebook decision 3); `certainty` is what an operator adds
    ("is believed to"); `implicit` lets an event stand without a named actor ("No rocket fire"); `transitive` asks for
    an object or, in the passive, a subject; `owned` for a possessor on the complement ("our war"). `voice` is
    "active", "passive" or "raising" (passive, or active with an infinitive: "is said to have", "seems to have").
    `needs_content`: no claim without an event in its complement; `infinitive`: a finite clause is no complement ("told
    us that …" is no request).
    """

    id: str
    event: str | None
    effect: str | None = None
    verb: frozenset[str] = frozenset()
    noun: frozenset[str] = frozenset()
    adjective: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    particle: frozenset[str] = frozenset()
    prep: frozenset[str] = frozenset()
    prep_object: frozenset[str] = frozenset()
    complement: frozenset[str] = frozenset()
    modifier: frozenset[str] = frozenset()
    auxiliary: frozenset[str] = frozenset()
    object_modifier: frozenset[str] = frozenset()
    weapon: frozenset[str] = frozenset()
    bare: bool = False
    to_infinitive: bool = False
    not_to: bool = False
    not_own: bool = False
    proper: bool = False
    unknown_actor: bool = False
    only_negated: bool = False
    needs_negation: bool = False
    intransitive: bool = False
    state_event: str | None = None
    not_object: frozenset[str] = frozenset()
    not_subject: frozenset[str] = frozenset()
    not_prep_object: frozenset[str] = frozenset()
    not_particle: frozenset[str] = frozenset()
    not_modifier: frozenset[str] = frozenset()
    mode: str | None = None
    polarity: str = "affirmed"
    modality: str = "actual"
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    content: tuple[str, str] | None = None
    content_only: bool = False
    needs_party: bool = False
    needs_actor: bool = False
    mediates: bool = False
    implicit: bool = False
    saying: bool = False
    transitive: bool = False
    owned: bool = False
    needs_content: bool = False
    infinitive: bool = False
    voice: str | None = None
    certainty: str | None = None
    of: str | None = None
    matches: tuple[str, ...] = ()
    near_miss: tuple[str, ...] = ()

    @property
    def asks(self) -> tuple[str, ...]:
        """Names of the conditions that it sets beside its head word."""
        return tuple(name for name in _CONDITIONS if getattr(self, name))

    @property
    def weight(self) -> int:
        """How specific the construction is: the number of conditions it sets beside its head word."""
        asked = (
            self.object,
            self.subject,
            self.particle,
            self.prep,
            self.prep_object,
            self.complement,
            self.modifier,
            self.auxiliary,
            self.object_modifier,
        )
        return (
            sum(1 for each in asked if each)
            + self.to_infinitive
            + self.not_to
            + self.intransitive
            + self.needs_negation
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRules:
    """All triggers, indexed by the lemma of their head word, most specific first; `words` are the named word sets."""

    verbs: Mapping[str, tuple[Trigger, ...]]
    nouns: Mapping[str, tuple[Trigger, ...]]
    adjectives: Mapping[str, tuple[Trigger, ...]]
    words: Mapping[str, frozenset[str]]
    triggers: tuple[Trigger, ...]


def load_event_rules(source: RuleSource) -> EventRules:
    """Triggers from en/events/*.toml with the word sets of en/words.toml spliced in where a field says "@name".

    Raises RuleError naming the file and the record for an unknown field, event, effect or word set.
    """
    words = _word_sets(source)
    triggers = tuple(_trigger(record, words) for record in source.records("en/events/*.toml", "trigger"))
    return EventRules(
        verbs=_index(triggers, "verb"),
        nouns=_index(triggers, "noun"),
        adjectives=_index(triggers, "adjective"),
        words=words,
        triggers=triggers,
    )


def _word_sets(source: RuleSource) -> dict[str, frozenset[str]]:
    sets: dict[str, frozenset[str]] = {}
    for record in source.records("en/words.toml", "set"):
        check_fields(record, required=("words",), optional=(), kind="set")
        sets[record["id"]] = _spliced(record["words"], sets, record)
    return sets


def _trigger(record: Record, words: Mapping[str, frozenset[str]]) -> Trigger:
    check_fields(record, required=(), optional=(*_WORDS, *_FACTS), kind="trigger")
    where = f"{record['_file']}: trigger '{record['id']}'"
    if sum(bool(record.get(head)) for head in ("verb", "noun", "adjective")) != 1:
        raise RuleError(f"{where} must have exactly one of verb, noun and adjective.")
    event, effect = record.get("event"), record.get("effect")
    if event is not None and event not in EVENTS:
        raise RuleError(f"{where} has the unknown event '{event}'. Known: {', '.join(EVENTS)}.")
    if effect is not None and effect not in _EFFECTS:
        raise RuleError(f"{where} has the unknown effect '{effect}'. Known: {', '.join(sorted(_EFFECTS))}.")
    if event is None and effect is None:
        raise RuleError(f"{where} has neither an event nor an effect. Give it one.")
    content = record.get("content")
    fields: dict[str, Any] = {name: _spliced(record.get(name, []), words, record) for name in _WORDS}
    facts = {name: record[name] for name in _FACTS if name in record and name not in ("actor", "recipient", "content")}
    return Trigger(
        id=record["id"],
        **fields,
        **{"event": None, **facts},
        actor=tuple(record.get("actor", ())),
        recipient=tuple(record.get("recipient", ())),
        content=(content["event"], content.get("polarity", "affirmed")) if content else None,
        matches=tuple(record.get("matches", ())),
        near_miss=tuple(record.get("near_miss", ())),
    )


def _spliced(listed: list[str], sets: Mapping[str, frozenset[str]], record: Record) -> frozenset[str]:
    found: set[str] = set()
    for word in listed:
        if not word.startswith("@"):
            found.add(word)
        elif word[1:] in sets:
            found |= sets[word[1:]]
        else:
            raise RuleError(f"{record['_file']}: '{record['id']}' names the word set '{word}', which is not defined.")
    return frozenset(found)


def _index(triggers: tuple[Trigger, ...], field: str) -> dict[str, tuple[Trigger, ...]]:
    found: dict[str, list[Trigger]] = {}
    for trigger in triggers:
        for word in getattr(trigger, field):
            found.setdefault(word, []).append(trigger)
    return {word: tuple(sorted(each, key=lambda t: -t.weight)) for word, each in found.items()}
