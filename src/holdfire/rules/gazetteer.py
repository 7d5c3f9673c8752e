"""Names of places and where they are: the shipped extract of GeoNames and the places of rules/places/*.toml."""

from __future__ import annotations

import gzip
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from holdfire.errors import RuleError
from holdfire.rules.load import Record, RuleSource, check_fields, shipped_folder

GEONAMES = "places/gazetteer.txt.gz"
SITES = "places/*.toml"
WORDS = "en/places.toml"
KINDS = ("point", "town", "admin-1", "country", "sea")
_JOINTS = re.compile(r"[-‐‑–—/.]+")
_MARKS = re.compile(r"['’‘ʼ`´ʿʾ]+")
# Letters that have no decomposition.
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ə": "e", "ß": "ss", "æ": "ae", "þ": "th", "ð": "d"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place. `country` is ISO 3166-1 alpha-3, or None (seas, borders); `people` is 0 where nobody counted.

    `lat` and `lon` are WGS84 degrees, to the precision that `kind` says: "point", "town", "admin-1", "country", "sea".
    Countries have none. `own` marks an entry of rules/places/*.toml. `also` are further countries that share it.
    """

    name: str
    kind: str
    country: str | None
    region: str = ""
    lat: float | None = None
    lon: float | None = None
    people: int = 0
    geonames: int | None = None
    own: bool = False
    also: tuple[str, ...] = ()


class Gazetteer:
    """Finds places by name. Immutable.

    Give it the lines of the extract, the own places by folded name, and the forms of the Arabic article.
    """

    def __init__(
        self,
        entries: Sequence[str],
        keys: Sequence[str],
        own: Mapping[str, tuple[Entry, ...]],
        articles: frozenset[str] = frozenset(),
    ) -> None:
        self._articles = articles
        self._entries = entries
        self._keys = keys
        self._own = own

    def find(self, name: str) -> tuple[Entry, ...]:
        """The places that answer to a name in any spelling that folds alike, own ones first; () where there is none.

        An Arabic article before the name may be spelt "al" or "el", or count for nothing ("Ar Raqqah").
        """
        variants = _variants(fold(name).removeprefix("the "), self._articles)
        own = next((self._own[each] for each in variants if each in self._own), ())
        listed = next((found for each in variants if (found := self._listed(each))), ())
        # An own place stands for the extract's entry of the same town, which may lie a street away.
        return own + tuple(each for each in listed if not any(_same(each, other) for other in own))

    def _listed(self, key: str) -> tuple[Entry, ...]:
        at = bisect_left(self._keys, key + "\t")
        if at >= len(self._keys) or not self._keys[at].startswith(key + "\t"):
            return ()
        return tuple(_entry(self._entries[int(number)]) for number in self._keys[at][len(key) + 1 :].split(","))


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """A name as it is compared: lower case, without accents and apostrophes, hyphens as spaces."""
    plain = unicodedata.normalize("NFKD", _MARKS.sub("", name))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold().translate(_LETTERS)
    return " ".join(_JOINTS.sub(" ", plain).split())


@lru_cache(maxsize=4)
def load_gazetteer(source: RuleSource) -> Gazetteer:
    """The shipped extract with the own places of every rules folder.

    Raises RuleError for a missing or damaged extract, an unknown kind or field, and coordinates off the globe.
    """
    path = source.folder / GEONAMES
    if not path.exists():
        path = shipped_folder() / GEONAMES
    try:
        entries, keys = gzip.decompress(path.read_bytes()).decode("utf-8").rstrip("\n").split("\n\n")
    except (OSError, EOFError, ValueError) as why:
        raise RuleError(f"{path}: the gazetteer cannot be read: {why}. Reinstall Holdfire.") from why
    own: dict[str, tuple[Entry, ...]] = {}
    for record in source.records(SITES, "place"):
        entry = _own_entry(record)
        for name in dict.fromkeys(fold(each).removeprefix("the ") for each in (entry.name, *record.get("also", ()))):
            own[name] = (*own.get(name, ()), entry)
    articles = frozenset(source.tables(WORDS).get("article", {}).get("forms", ()))
    return Gazetteer(entries.split("\n"), keys.split("\n"), own, articles)


@lru_cache(maxsize=4096)
def _entry(line: str) -> Entry:
    name, country, region, kind, lat, lon, people, number = line.split("|")
    return Entry(
        name=name,
        kind=kind,
        country=country,
        region=region,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        people=int(people),
        geonames=int(number) if number else None,
    )


def _own_entry(record: Record) -> Entry:
    check_fields(
        record,
        required=("name", "kind"),
        optional=("country", "shared", "region", "lat", "lon", "geonames", "also"),
        kind="place",
    )
    where = f"{record['_file']}: place '{record['id']}'"
    if record["kind"] not in KINDS:
        raise RuleError(f"{where} has kind '{record['kind']}'. Use one of: {', '.join(KINDS)}.")
    lat, lon = record.get("lat"), record.get("lon")
    given = [each for each in (lat, lon) if each is not None]
    if len(given) == 1 or (given and not (-90 <= given[0] <= 90 and -180 <= given[1] <= 180)):
        raise RuleError(f"{where}: lat {lat}, lon {lon} are no point on the globe. Give both in degrees, or neither.")
    return Entry(
        name=record["name"],
        kind=record["kind"],
        country=record.get("country"),
        region=record.get("region", ""),
        lat=lat,
        lon=lon,
        geonames=record.get("geonames"),
        own=True,
        also=tuple(record.get("shared", ())),
    )


def _variants(key: str, articles: frozenset[str]) -> tuple[str, ...]:
    first, _, rest = key.partition(" ")
    if first not in articles or not rest:
        return (key,)
    return (key, f"al {rest}", f"el {rest}", rest)


def _same(one: Entry, other: Entry) -> bool:
    """The same kind of place, less than a quarter of a degree away, or both without coordinates."""
    if one.country != other.country or one.kind != other.kind:
        return False
    if one.lat is None or other.lat is None or one.lon is None or other.lon is None:
        return True
    near = 0.25 if one.kind == "town" else 3.0
    return abs(one.lat - other.lat) < near and abs(one.lon - other.lon) < near
