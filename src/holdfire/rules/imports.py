"""How other people's lists of actors are read, from imports.toml: their codes and our kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from holdfire.errors import RuleError
from holdfire.model.actor import KINDS
from holdfire.rules.load import RuleSource, check_fields

FILE = "imports.toml"
FORMATS = ("ucdp", "acled", "petrarch", "wikidata")
# What is left out on purpose.
NO_ACTOR = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRules:
    """Kinds by (format, code) and by the (format, first words) of a name, in lower case; words that stay small.

    `organs` maps the same first words to the organ of a state that they name.
    """

    codes: Mapping[tuple[str, str], str]
    prefixes: Mapping[tuple[str, str], str]
    organs: Mapping[tuple[str, str], str]
    particles: frozenset[str]

    def kind_of(self, format: str, code: str) -> str | None:
        """The kind that a code stands for, "none" for what is left out, None for a code that nobody knows."""
        return self.codes.get((format, code.strip().lower()))

    def kind_by_name(self, format: str, name: str) -> str | None:
        """The kind that the first words of a name say, in the same terms."""
        lower = name.lower()
        for (of, start), kind in self.prefixes.items():
            if of == format and lower.startswith(start):
                return kind
        return None

    def organ_by_name(self, format: str, name: str) -> tuple[str, str] | None:
        """The organ and the state that a name is made of, such as ("government", "Port Amar"); None for any other."""
        lower = name.lower()
        for (of, start), organ in self.organs.items():
            if of == format and lower.startswith(start):
                return organ, name[len(start) :].removeprefix("the ").strip()
        return None


def load_import_rules(source: RuleSource) -> ImportRules:
    """The codes of every format. Raises RuleError for a kind or format that there is not."""
    codes: dict[tuple[str, str], str] = {}
    prefixes: dict[tuple[str, str], str] = {}
    organs: dict[tuple[str, str], str] = {}
    for record in source.records(FILE, "import"):
        check_fields(record, required=("format", "kind", "why"), optional=("codes", "prefixes", "organ"), kind="import")
        if record["format"] not in FORMATS or record["kind"] not in (*KINDS, NO_ACTOR):
            raise RuleError(
                f"{record['_file']}: import '{record['id']}' has format '{record['format']}' and kind "
                f"'{record['kind']}'. Formats: {', '.join(FORMATS)}; kinds: {', '.join((*KINDS, NO_ACTOR))}."
            )
        for listed, into in ((record.get("codes", ()), codes), (record.get("prefixes", ()), prefixes)):
            for each in listed:
                into[record["format"], each.lower()] = record["kind"]
        for each in record.get("prefixes", ()) if "organ" in record else ():
            organs[record["format"], each.lower()] = record["organ"]
    words = source.tables(FILE).get("words", {})
    return ImportRules(codes=codes, prefixes=prefixes, organs=organs, particles=frozenset(words.get("particles", ())))
