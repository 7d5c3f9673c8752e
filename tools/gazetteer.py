"""Builds rules/places/gazetteer.txt.gz from GeoNames dumps.

Call: gazetteer.py cities1000.txt admin1CodesASCII.txt countryInfo.txt

The three files are tab-separated, as GeoNames gives them out under CC BY 4.0. Kept are every town of the countries
listed in WHOLE, towns of 15,000 people elsewhere, first-order regions (at the centre of their towns, weighted by
people) and countries (without coordinates). Format: docs/explanation/times-and-places.md.
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from pathlib import Path

from holdfire.rules.gazetteer import fold

OUT = Path(__file__).parents[1] / "src" / "holdfire" / "rules" / "places" / "gazetteer.txt.gz"
# Countries with fighting on their soil since 2000, or next door to it.
WHOLE = frozenset(
    "AE AF AL AM AO AZ BA BD BF BH BI BJ BY CD CF CG CI CM CO DJ DZ EC EG EH ER ET GE GH GM GN GT GW HN "
    "HT IL IQ IR JO KE KG KH KP KW LA LB LK LR LY MA MD MG MK ML MM MR MW MZ NE NG NI NP OM PE PH PK PS "
    "QA RS RW SA SD SL SN SO SS SV SY TD TG TJ TM TN TR TZ UA UG UZ VE XK YE ZM ZW".split()
)
LEAST_PEOPLE = 15_000
# Spellings in other languages are kept for the listed countries and for great cities.
LEAST_PEOPLE_SPELLINGS = 100_000
SHORTEST_KEY, LONGEST_KEY = 3, 40
REGION_WORDS = (
    " state",
    " region",
    " oblast",
    " oblast’",
    " province",
    " governorate",
    " district",
    " department",
    " city",
    " county",
    " prefecture",
    " republic",
)


def _lines(path: str) -> list[str]:
    return [line for line in Path(path).read_text("utf-8").split("\n") if line.strip()]


def main() -> None:
    """Read the three files, write the gazetteer."""
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    towns = [line.split("\t") for line in _lines(sys.argv[1])]
    regions = dict(line.split("\t")[:2] for line in _lines(sys.argv[2]))
    countries = [line.split("\t") for line in _lines(sys.argv[3]) if line[0] != "#"]
    iso3 = {each[0]: each[1] for each in countries}

    entries: list[str] = []
    keys: dict[str, set[int]] = defaultdict(set)

    def add(names: set[str], fields: tuple[object, ...]) -> None:
        found = {fold(name) for name in names}
        for key in found:
            if SHORTEST_KEY <= len(key) <= LONGEST_KEY and key.isascii():
                keys[key].add(len(entries))
        entries.append("|".join(str(each) for each in fields))

    centre: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for town in towns:
        number, name, plain, others, lat, lon = town[:6]
        country, code, people = town[8], f"{town[8]}.{town[10]}", int(town[14] or 0)
        weight = max(people, 1000)
        for at, value in enumerate((float(lat) * weight, float(lon) * weight, weight)):
            centre[code][at] += value
        if country not in iso3 or (country not in WHOLE and people < LEAST_PEOPLE):
            continue
        names = {name, plain}
        if country in WHOLE or people >= LEAST_PEOPLE_SPELLINGS:
            # Spellings that begin with a small letter are machine transliterations of other scripts.
            names |= {each for each in others.split(",") if each[:1].isupper() and not each.isupper()}
        region = regions.get(code, "")
        add(names, (name, iso3[country], region, "town", f"{float(lat):.3f}", f"{float(lon):.3f}", people, number))

    for code, name in regions.items():
        lat, lon, weight = centre[code]
        if weight and code[:2] in iso3:
            short = name
            for word in REGION_WORDS:
                short = short.removesuffix(word).removesuffix(word.title())
            where = (f"{lat / weight:.1f}", f"{lon / weight:.1f}")
            add({name, short}, (name, iso3[code[:2]], name, "admin-1", *where, int(weight), ""))
    for country in countries:
        number = country[16]
        add({country[4]}, (country[4], country[1], "", "country", "", "", int(country[7] or 0), number))

    lines = [f"{key}\t{','.join(str(each) for each in sorted(numbers))}" for key, numbers in sorted(keys.items())]
    text = "\n".join(entries) + "\n\n" + "\n".join(lines) + "\n"
    with OUT.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=9) as file:
        file.write(text.encode())
    print(f"{len(entries)} places under {len(lines)} names, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
