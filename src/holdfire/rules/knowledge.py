"""Reads the knowledge base of actors: the TOML records, the organs that every state has, and what must hold of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar, get_args

from holdfire.errors import RuleError
from holdfire.model.actor import KINDS, Actor, Alias, Membership, Office, Relation
from holdfire.rules.load import Record, RuleSource, check_fields

PATTERN = "actors/*.toml"
_RELATIONS = get_args(Relation)
_Read = TypeVar("_Read")
_OPTIONAL = (
    "country", "aliases", "demonyms", "metonyms", "memberships", "offices", "external", "start", "end", "note",
)  # fmt: skip
_TEMPLATE_OPTIONAL = ("aliases", "relation", "only", "skip", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The knowledge base as far as it can be read: `files` maps an actor to its file, `problems` are in file order."""

    actors: Mapping[str, Actor]
    files: Mapping[str, str]
    problems: tuple[str, ...]


def read_actors(source: RuleSource) -> tuple[Actor, ...]:
    """Every actor of the knowledge base, records first, then the organs that `[[template]]` gives each state.

    Raises RuleError naming file, record and mend for the first record that cannot be used, also for two records
    that claim one name, for a membership or office that points nowhere, and for dates that cross.
    """
    found = survey_actors(source)
    if found.problems:
        raise RuleError(found.problems[0])
    return tuple(found.actors.values())


def survey_actors(source: RuleSource) -> Survey:
    """The same, with every record that cannot be used left out and told of among the problems.

    Raises RuleError only where the records cannot be told apart: no TOML, no id, one id twice.
    """
    records = {record["id"]: record for record in source.records(PATTERN, "actor")}
    problems: list[str] = []
    for template in source.records(PATTERN, "template"):
        for record in _noted(problems, partial(_made_by, template, tuple(records.values()))) or ():
            records.setdefault(record["id"], record)
    for addition in source.records(PATTERN, "addition"):
        _noted(problems, partial(_add, addition, records))
    actors = {key: actor for key, record in records.items() if (actor := _noted(problems, partial(_actor, record)))}
    files = {key: str(record.get("_file", "rules")) for key, record in records.items()}
    if not problems:
        problems.extend(cross_problems(actors, files))
    return Survey(actors=actors, files=files, problems=tuple(problems))


def _made_by(template: Record, records: Iterable[Record]) -> list[Record]:
    return list(_organs_of(template, records))


def _noted(problems: list[str], read: Callable[[], _Read]) -> _Read | None:
    try:
        return read()
    except RuleError as why:
        problems.append(str(why))
        return None


def _add(addition: Record, records: dict[str, Record]) -> None:
    """Gives a record the names and outside ids of an `[[addition]]`; an outside id that it has already stays."""
    check_fields(addition, required=("actor",), optional=("aliases", "external", "note"), kind="addition")
    record = records.get(addition["actor"])
    if record is None:
        raise RuleError(
            f"{addition['_file']}: addition '{addition['id']}' is to '{addition['actor']}', which no record has. "
            f"Correct the id."
        )
    records[record["id"]] = {
        **record,
        "aliases": [*record.get("aliases", ()), *addition.get("aliases", ())],
        "external": {**addition.get("external", {}), **record.get("external", {})},
    }


def cross_problems(actors: Mapping[str, Actor], files: Mapping[str, str]) -> Iterator[str]:
    """What is wrong between records: dangling ties, and names that two of them claim as theirs alone."""
    for actor in actors.values():
        for target in (*(tie.actor_id for tie in actor.memberships), *(office.of for office in actor.offices)):
            if target not in actors:
                yield (
                    f"{files[actor.id]}: actor '{actor.id}' points to '{target}', which no record has. "
                    f"Add that actor or correct the id."
                )
    claims: dict[str, list[tuple[str, Alias]]] = defaultdict(list)
    for actor in actors.values():
        # A record says that its own name is shared by repeating it as an ambiguous alias.
        shared = {alias.text for alias in actor.aliases if alias.ambiguous}
        for alias in (Alias(text=actor.name), *actor.aliases):
            if alias.text not in shared:
                claims[alias.text].append((actor.id, alias))
    for text, found in claims.items():
        for number, (first, alias) in enumerate(found):
            for second, other in found[number + 1 :]:
                if first != second and _meet(alias, other):
                    yield (
                        f"{files[first]}: actor '{first}' claims the name '{text}', and so does '{second}' in "
                        f'{files[second]}. Give both {{ text = "{text}", ambiguous = true, note = "…" }} or drop one.'
                    )


def _meet(first: Alias, second: Alias) -> bool:
    """Whether the periods in which two aliases are used touch."""
    start = max(first.start or date.min, second.start or date.min)
    return start <= min(first.end or date.max, second.end or date.max)


def _organs_of(template: Record, records: Iterable[Record]) -> Iterator[Record]:
    """The records that a template makes, one for each state: {state}, {adjective} and {capital} are filled in."""
    check_fields(template, required=("name", "kind"), optional=_TEMPLATE_OPTIONAL, kind="template")
    only, skip = set(template.get("only", ())), set(template.get("skip", ()))
    for state in records:
        if state.get("kind") != "state" or state["id"] in skip or (only and state["id"] not in only):
            continue
        words = _words_of(state)
        names = [text.format(**each) for text in (template["name"], *template.get("aliases", ())) for each in words]
        unique = list(dict.fromkeys(name for name in names if name))
        yield {
            "id": f"{state['id']}.{template['id']}",
            "name": unique[0],
            "kind": template["kind"],
            "country": state.get("country"),
            "aliases": unique[1:],
            "memberships": [{"relation": template.get("relation", "organ of"), "actor": state["id"]}],
            "_file": template["_file"],
        }


def _words_of(state: Record) -> list[dict[str, str]]:
    """What fills a template, once for each adjective; a state whose adjective is another's too goes by its name."""
    demonyms = [each["text"] if isinstance(each, dict) else each for each in state.get("demonyms", ())]
    adjectives = [each for each in demonyms if not each.endswith("s") or len(demonyms) == 1] or demonyms[:1]
    metonyms = [each["text"] if isinstance(each, dict) else each for each in state.get("metonyms", ())]
    capital = metonyms[0] if metonyms else state["name"]
    return [{"state": state["name"], "adjective": each, "capital": capital} for each in adjectives or [state["name"]]]


def _actor(record: Record) -> Actor:
    where = f"{record.get('_file', 'rules')}: actor '{record['id']}'"
    check_fields(record, required=("name", "kind"), optional=_OPTIONAL, kind="actor")
    if len(record["id"].split()) != 1 or record["id"] != record["id"].strip():
        raise RuleError(f"{where} has blanks in its id. Write it in one word, such as pam.valley-front.")
    if record["kind"] not in KINDS:
        raise RuleError(f"{where} has the kind '{record['kind']}'. Known: {', '.join(KINDS)}.")
    start, end = _dates(record, where)
    return Actor(
        id=record["id"],
        name=_text(record["name"], where, "name"),
        kind=record["kind"],
        country=record.get("country"),
        aliases=tuple(_alias(each, where) for each in record.get("aliases", ())),
        memberships=tuple(_membership(each, where) for each in record.get("memberships", ())),
        offices=tuple(_office(each, where) for each in record.get("offices", ())),
        external=tuple(sorted((str(key), str(value)) for key, value in record.get("external", {}).items())),
        demonyms=tuple(_alias(each, where).text for each in record.get("demonyms", ())),
        metonyms=tuple(_alias(each, where).text for each in record.get("metonyms", ())),
        start=start,
        end=end,
        note=record.get("note", ""),
    )


def _alias(value: Any, where: str) -> Alias:
    if isinstance(value, str):
        return Alias(text=_text(value, where, "alias"))
    if not isinstance(value, dict) or "text" not in value:
        raise RuleError(f'{where} has the alias {value!r}. Write a string or {{ text = "…", … }}.')
    _known(value, ("text", "start", "end", "ambiguous", "note"), where, "alias")
    start, end = _dates(value, f"{where}, alias '{value['text']}',")
    return Alias(
        text=_text(value["text"], where, "alias"),
        start=start,
        end=end,
        ambiguous=bool(value.get("ambiguous", False)),
        note=value.get("note", ""),
    )


def _membership(value: Any, where: str) -> Membership:
    if (
        not isinstance(value, dict)
        or value.get("relation") not in _RELATIONS
        or not isinstance(value.get("actor"), str)
    ):
        raise RuleError(
            f"{where} has the membership {value!r}. Write {{ relation = …, actor = … }} with one of: "
            f"{', '.join(_RELATIONS)}."
        )
    _known(value, ("relation", "actor", "start", "end", "note"), where, "membership")
    start, end = _dates(value, f"{where}, membership of '{value['actor']}',")
    return Membership(
        relation=value["relation"], actor_id=value["actor"], start=start, end=end, note=value.get("note", "")
    )


def _office(value: Any, where: str) -> Office:
    if not isinstance(value, dict) or not isinstance(value.get("title"), str) or not isinstance(value.get("of"), str):
        raise RuleError(f"{where} has the office {value!r}. Write {{ title = …, of = …, start = …, end = … }}.")
    _known(value, ("title", "of", "start", "end", "note"), where, "office")
    start, end = _dates(value, f"{where}, office '{value['title']}',")
    return Office(title=value["title"], of=value["of"], start=start, end=end)


def _dates(record: Mapping[str, Any], where: str) -> tuple[date | None, date | None]:
    found: list[date | None] = []
    for key in ("start", "end"):
        value = record.get(key)
        if value is not None and type(value) is not date:
            raise RuleError(f"{where} has {key} = {value!r}. Write a bare date such as 2014-06-15.")
        found.append(value)
    start, end = found
    if start and end and end < start:
        raise RuleError(f"{where} ends on {end}, before it starts on {start}. Correct one of the two.")
    return start, end


def _known(value: Mapping[str, Any], fields: tuple[str, ...], where: str, kind: str) -> None:
    for key in value:
        if key not in fields:
            raise RuleError(f"{where}: its {kind} has an unknown field '{key}'. Known: {', '.join(fields)}.")


def _text(value: Any, where: str, kind: str) -> str:
    if not isinstance(value, str) or not any(char.isalnum() for char in value):
        raise RuleError(f"{where} has an empty {kind}: {value!r}. Write the name or drop it.")
    return value.strip()
