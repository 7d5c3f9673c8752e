"""`holdfire actors import`: read the list, set it beside the knowledge base, write what is new, tell what was done."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from holdfire.actors.knowledge import build_knowledge
from holdfire.actors.merge import Plan, plan_import
from holdfire.errors import UsageError
from holdfire.exchange.actor_lists import read_actor_list
from holdfire.exchange.actor_records import as_toml, write_records
from holdfire.rules.imports import load_import_rules
from holdfire.rules.knowledge import read_actors
from holdfire.rules.load import RuleSource

# Reasons of the same kind are told with this many examples.
_EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did: the format it took the file for, the plan, and where it was written (None: nowhere)."""

    format: str
    plan: Plan
    target: Path
    written: bool

    def as_json(self) -> dict[str, Any]:
        """Counts, the file, and every entry left out with its place and reason."""
        return {
            "format": self.format,
            "file": str(self.target) if self.written else None,
            "new": [each["id"] for each in self.plan.records],
            "added_to": [each["actor"] for each in self.plan.additions],
            "left_out": [{"name": each.name, "place": each.place, "why": each.why} for each in self.plan.left_out],
        }

    def as_text(self) -> str:
        """The same for people: one line a reason, with examples."""
        plan = self.plan
        lines = [
            f"{self.format}: {len(plan.records)} new actors, {len(plan.additions)} additions to known ones, "
            f"{len(plan.left_out)} entries left out."
        ]
        for why, count in Counter(each.why for each in plan.left_out).most_common():
            names = [each.name for each in plan.left_out if each.why == why][:_EXAMPLES]
            lines.append(f"  left out {count}: {why} ({', '.join(names)}{', …' if count > _EXAMPLES else ''})")
        lines.append(f"Written to {self.target}." if self.written else "Nothing written.")
        return "\n".join(lines)


def import_actors(file: Path, folder: Path, source: RuleSource, *, list_format: str | None, write: bool) -> Imported:
    """Read `file`, plan, and write the plan into `folder` as actors/imported-NAME.toml.

    An earlier import of a file of that name is replaced. Raises HoldfireError, having written nothing, when the file
    or what would become of the knowledge base cannot be used.
    """
    if folder.resolve() == source.folder.resolve() or source.folder.resolve() in folder.resolve().parents:
        raise UsageError(
            f"--into: {folder} holds the shipped rules, which stay as they are. Name a folder of your own."
        )
    target = folder / "actors" / f"imported-{_slug(file)}.toml"
    found = read_actor_list(file, load_import_rules(source), format=list_format)
    # An import is planned against the knowledge base without what the same import left there before.
    rest = replace(source, without=(target,))
    plan = plan_import(found.candidates, found.left_out, build_knowledge(read_actors(rest)), label=_slug(file))
    writes = write and bool(plan.records or plan.additions)
    if writes:
        text = as_toml(plan, title=f"Imported from {file.name} ({found.format}).")
        write_records(text, target, lambda trial: read_actors(replace(rest, extra=(*rest.extra, trial))))
    return Imported(format=found.format, plan=plan, target=target, written=writes)


def _slug(file: Path) -> str:
    stem = file.name.split(".")[0].lower()
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-") or "list"
