"""What operators make of the events they govern, and how an event's facets become conduct."""

from __future__ import annotations

from dataclasses import dataclass

from holdfire.rules.load import RuleSource, check_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """One row: for `effect` over an inner event that fits, the event, facets and content that come out.

    `inner` entries are an event, "EVENT/mode" or "*"; a leading "!" asks for a negated inner event. None keeps the
    inner event's value. `content` makes the inner event the content: "same", "flip", "affirmed" or "negated".
    `denied` rows are for operators that are negated themselves ("did not stop").
    """

    id: str
    effect: str
    inner: tuple[str, ...]
    event: str | None = None
    mode: str | None = None
    polarity: str | None = None
    modality: str | None = None
    certainty: str | None = None
    content: str | None = None
    denied: bool = False

    def fits(self, event: str, mode: str | None, polarity: str) -> bool:
        """True when the inner event is one of those named."""
        for each in self.inner:
            asks_negated = each.startswith("!")
            if asks_negated and polarity != "negated":
                continue
            name, _, wanted = each.lstrip("!").partition("/")
            if name in ("*", event) and (not wanted or wanted == mode):
                return True
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductRule:
    """One row of CODEBOOK section 5; an empty condition asks nothing. `content` holds "EVENT" or "EVENT negated"."""

    id: str
    conduct: str | None
    family: str
    event: frozenset[str]
    polarity: frozenset[str]
    modality: frozenset[str]
    mode: frozenset[str]
    not_mode: frozenset[str]
    content: frozenset[str]
    urges_peace: bool


def load_compositions(source: RuleSource) -> tuple[Composition, ...]:
    """The rows of composition.toml, in file order."""
    rows = []
    for record in source.records("composition.toml", "compose"):
        optional = ("event", "mode", "polarity", "modality", "certainty", "content")
        check_fields(record, required=("effect", "inner"), optional=(*optional, "denied"), kind="compose")
        given = {name: record.get(name) for name in optional}
        rows.append(
            Composition(
                id=record["id"],
                effect=record["effect"],
                inner=tuple(record["inner"]),
                denied=record.get("denied", False),
                **given,
            )
        )
    return tuple(rows)


def load_conduct_rules(source: RuleSource) -> tuple[ConductRule, ...]:
    """The rows of conduct.toml, in file order; the first that fits a claim names its conduct."""
    lists = ("event", "polarity", "modality", "mode", "not_mode", "content")
    rows = []
    for record in source.records("conduct.toml", "rule"):
        check_fields(record, required=("family",), optional=("conduct", "urges_peace", *lists), kind="rule")
        rows.append(
            ConductRule(
                id=record["id"],
                conduct=record.get("conduct"),
                family=record["family"],
                urges_peace=record.get("urges_peace", False),
                **{name: frozenset(record.get(name, ())) for name in lists},
            )
        )
    return tuple(rows)
