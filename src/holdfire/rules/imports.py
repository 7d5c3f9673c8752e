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
    """Kinds by (format, code) and by the (format, first words) of a name, in lower case; words that stay small."""

    codes: Mapping[tuple[str, str], str]
    prefixes: Mapping[tuple[str, str], str]
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


def load_import_rules(source: RuleSource) -> ImportRules:
    """The codes of every format. Raises RuleError for a kind or format that there is not."""
    codes: dict[tuple[str, str], str] = {}
    prefixes: dict[tuple[str, str], str] = {}
    for record in source.records(FILE, "import"):
        check_fields(record, required=("format", "kind", "why"), optional=("codes", "prefixes"), kind="import")
        if record["format"] not in FORMATS or record["kind"] not in (*KINDS, NO_ACTOR):
            raise RuleError(
                f"{record['_file']}: import '{record['id']}' has format '{record['format']}' and kind "
                f"'{record['kind']}'. Formats: {', '.join(FORMATS)}; kinds: {', '.join((*KINDS, NO_ACTOR))}."
            )
        for listed, into in ((record.get("codes", ()), codes), (record.get("prefixes", ()), prefixes)):
            for each in listed:
                into[record["format"], each.lower()] = record["kind"]
    words = source.tables(FILE).get("words", {})
    return ImportRules(codes=codes, prefixes=prefixes, particles=frozenset(words.get("particles", ())))
