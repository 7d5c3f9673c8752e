"""Which roles a recipient may stand in, and which nouns can be one: en/recipients.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from holdfire.errors import RuleError
from holdfire.model.claim import EVENTS
from holdfire.rules.load import RuleSource

FILE = "en/recipients.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientRules:
    """`roles` maps an event to the roles of its recipient, best first; the rest are events or lemmas in lower case."""

    roles: Mapping[str, tuple[str, ...]]
    things_of: frozenset[str]
    names_of: frozenset[str]
    personal: frozenset[str]
    abroad: frozenset[str]
    within: tuple[str, ...]
    helping: frozenset[str]
    governing: frozenset[str]
    opposing: frozenset[str]
    striking: frozenset[str]
    ground: frozenset[str]
    quantifiers: frozenset[str]
    abstract: frozenset[str]
    concrete: frozenset[str]
    abstract_endings: tuple[str, ...]

    def is_abstract(self, lemma: str) -> bool:
        """Whether a noun names an event, a time, a measure or an idea: nothing that can be struck, held or fed."""
        if lemma in self.concrete:
            return False
        return lemma in self.abstract or lemma.endswith(self.abstract_endings)

    def is_ground(self, text: str) -> bool:
        """Whether a phrase is nothing but a stretch of ground ("the town", "all roads"): a place, not a recipient."""
        words = [word for word in text.lower().split() if word not in self.quantifiers]
        return len(words) == 1 and (words[0] in self.ground or words[0].removesuffix("s") in self.ground)


def load_recipient_rules(source: RuleSource) -> RecipientRules:
    """The tables of en/recipients.toml. Raises RuleError when a table is missing or names an unknown event."""
    tables = source.tables(FILE)
    try:
        roles = {event: tuple(roles) for event, roles in tables["roles"].items()}
        things = {name: frozenset(words) for name, words in tables["things"].items()}
        rules = RecipientRules(
            roles=roles,
            things_of=things["of"],
            names_of=things["names_of"],
            personal=things["personal"],
            abroad=frozenset(tables["territory"]["of"]),
            within=tuple(tables["territory"]["within"]),
            helping=things["helping"],
            governing=things["governing"],
            opposing=things["opposing"],
            striking=things["striking"],
            ground=things["ground"],
            quantifiers=things["quantifiers"],
            abstract=things["abstract"],
            concrete=things["concrete"],
            abstract_endings=tuple(sorted(things["endings"])),
        )
    except (KeyError, TypeError, AttributeError) as why:
        raise RuleError(f"{FILE}: the table or list {why} is missing or has another shape. Restore it.") from why
    for event in (*roles, *rules.things_of, *rules.names_of, *rules.governing, *rules.abroad):
        if event not in EVENTS:
            raise RuleError(f"{FILE} names the unknown event '{event}'. Known: {', '.join(EVENTS)}.")
    return rules
