"""Where claims that say the same come from: copies, wire reports and one source's words are one origin each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from holdfire.analysis.duplicates import near_duplicates
from holdfire.model.actor import folded, party_key
from holdfire.model.corroboration import Origin
from holdfire.model.document import Document
from holdfire.model.entry import LedgerEntry
from holdfire.rules.outlets import OutletRules

# Credits stand at the head or at the foot of a report.
_HEAD_CHARS = 300
_FOOT_CHARS = 160
_LETTERS = "ABCDEF"


def origins_of(
    entries: Sequence[LedgerEntry],
    documents: Mapping[str, Document],
    *,
    outlets: OutletRules,
    grades: Mapping[str, str],
) -> tuple[Origin, ...]:
    """The independent origins of claims that say the same, by key.

    A claim goes back to the last link of its source chain where that is named; else to the agency that its report
    credits or the report that it points to; else to the owner of its outlet. Reports that copy each other are one.
    A report that says in its own voice what it has from a source says it from that source.

    documents: the reports whose text is held, by id. grades: letters by outlet, as the user gave them.
    """
    about = {each.document.id: documents[each.document.id] for each in entries if each.document.id in documents}
    copies = near_duplicates(about)
    newsroom = _newsrooms(entries, about, copies, outlets)
    named: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        source = _named_source(entry)
        if source:
            named[entry.document.id].add(source)
    found: dict[str, list[LedgerEntry]] = defaultdict(list)
    why: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        source = _named_source(entry)
        from_sources = {source} if source else named[entry.document.id]
        for key in from_sources or {newsroom[entry.document.id]}:
            found[key].append(entry)
            why[key] |= _reasons(entry, about, copies, outlets) if not from_sources else {"the same source"}
    return tuple(
        Origin(
            key=key,
            entries=tuple(found[key]),
            why=tuple(sorted(why[key])) if len({each.document.id for each in found[key]}) > 1 else (),
            letter=best_letter(_letter(each, about, outlets, grades) for each in found[key]),
        )
        for key in sorted(found)
    )


def origin_key(entry: LedgerEntry, outlets: OutletRules) -> str:
    """The key of who vouches for one claim, as far as its report's header and source chain tell."""
    return _named_source(entry) or _newsroom(entry, None, outlets)


def best_letter(letters: Iterable[str]) -> str:
    """The best of some grades; F, cannot be judged, only where there is no other."""
    return min(letters, key=_LETTERS.index, default="F")


def _named_source(entry: LedgerEntry) -> str | None:
    """The key of whoever is named as knowing it; an outlet that is cited is a newsroom, no source of its own."""
    chain = entry.claim.sources
    if not chain or chain[-1].kind != "named":
        return None
    return "source " + party_key(chain[-1].id, chain[-1].text)


def _newsrooms(
    entries: Sequence[LedgerEntry], documents: Mapping[str, Document], copies: Mapping[str, str], outlets: OutletRules
) -> dict[str, str]:
    """For each document the key of the newsroom that its reporting comes from; copies share one."""
    own = {each.document.id: _newsroom(each, documents.get(each.document.id), outlets) for each in entries}
    families: dict[str, set[str]] = defaultdict(set)
    for name in own:
        families[copies.get(name, name)].add(own[name])
    # Copies may join newsrooms, and two families that share a newsroom are one origin.
    joined = {key: key for key in own.values()}

    def root(key: str) -> str:
        while joined[key] != key:
            key = joined[key]
        return key

    for keys in families.values():
        roots = sorted({root(key) for key in keys})
        for other in roots[1:]:
            joined[other] = roots[0]
    return {name: root(key) for name, key in own.items()}


def _newsroom(entry: LedgerEntry, document: Document | None, outlets: OutletRules) -> str:
    cited = next((each for each in reversed(entry.claim.sources) if each.kind == "outlet"), None)
    if cited is not None:
        return _outlet_key(cited.name or cited.text, outlets)
    pointed = next((each.outlet for each in document.pointers if each.outlet), None) if document else None
    if pointed is not None:
        return _outlet_key(pointed, outlets)
    agency = _credited(entry, document, outlets)
    if agency is not None:
        return f"newsroom {folded(agency)}"
    return _outlet_key(entry.document.outlet, outlets) if entry.document.outlet else f"report {entry.document.id}"


def _outlet_key(name: str, outlets: OutletRules) -> str:
    known = outlets.find(name)
    return f"newsroom {folded(known.master if known else name)}"


def _credited(entry: LedgerEntry, document: Document | None, outlets: OutletRules) -> str | None:
    head = document.text[:_HEAD_CHARS] if document else None
    foot = document.text[-_FOOT_CHARS:].strip() if document else None
    found = outlets.credited(entry.document.byline, head, foot)
    return found.master if found else None


def _reasons(
    entry: LedgerEntry, documents: Mapping[str, Document], copies: Mapping[str, str], outlets: OutletRules
) -> set[str]:
    name = entry.document.id
    document = documents.get(name)
    if sum(root == copies.get(name) for root in copies.values()) > 1:
        return {"the same text"}
    if _credited(entry, document, outlets):
        return {"the same agency"}
    if any(each.kind == "outlet" for each in entry.claim.sources) or (document and document.pointers):
        return {"one retells the other"}
    known = outlets.find(entry.document.outlet)
    return {"the same owner" if known and known.owner else "the same outlet"}


def _letter(
    entry: LedgerEntry, documents: Mapping[str, Document], outlets: OutletRules, grades: Mapping[str, str]
) -> str:
    names = [entry.document.outlet, _credited(entry, documents.get(entry.document.id), outlets)]
    known = outlets.find(entry.document.outlet)
    letters = {folded(name): letter for name, letter in grades.items()}
    asked = [*filter(None, names), *(known.names if known else ())]
    return best_letter(letters[folded(name)] for name in asked if folded(name) in letters)
