"""Which place a name means: the gazetteer's answers weighed by the countries and places that the document speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from holdfire.rules.gazetteer import Entry, Gazetteer

# One namesake is taken over another in the same country only when it has this many times its people.
DOMINANCE = 5
# Without any support in the text a name is taken for the one place that has this many people.
WELL_KNOWN = 100_000
# A rival abroad with this many people makes an unsupported name ambiguous.
RIVAL = 20_000
# An own place yields only to a metropolis elsewhere: reports of fighting seldom mean Odessa in Texas.
RIVAL_OF_OWN = 1_000_000


@dataclass(slots=True, kw_only=True)
class Setting:
    """What a document speaks of: countries by weight, and the names of regions."""

    countries: Counter[str] = field(default_factory=Counter)
    regions: set[str] = field(default_factory=set)

    def hear(self, found: Sequence[Entry]) -> None:
        """Count a name in where all that answer to it lie in one country."""
        lands = {entry.country for entry in found if entry.country}
        if len(lands) == 1:
            self.countries[lands.pop()] += 1
        self.regions.update(entry.name for entry in found if entry.kind == "admin-1")


def choose(
    found: Sequence[Entry], setting: Setting, *, region: bool = False, within: str | None = None
) -> Entry | None:
    """The place that is meant among those that answer to a name, or None where the text leaves it open.

    In this order: the country that the text joins to the name (`within`); the countries that the document speaks of,
    the most mentioned first; fame. `region`: a region's word stands beside the name ("Kherson region").
    """
    if within is not None:
        return _best([each for each in found if within in (each.country, *each.also)], setting, region)
    everywhere = [each for each in found if each.country is None or each.kind == "country"]
    if everywhere and not (region and len(everywhere) < len(found)):
        return _settled(everywhere, found, setting)
    spoken = sorted(
        {each.country for each in found if each.country and setting.countries[each.country]},
        key=lambda land: (-setting.countries[land], land),
    )
    if len(spoken) > 1 and setting.countries[spoken[0]] == setting.countries[spoken[1]]:
        # Two countries are spoken of alike: only a much greater namesake decides.
        alike = [each for each in found if each.country in spoken[:2]]
        best = _best(alike, setting, region)
        return None if best is None or any(e.country != best.country and e.people >= RIVAL for e in alike) else best
    if spoken:
        return _best([each for each in found if each.country == spoken[0]], setting, region)
    return _famous(found, setting, region)


def _settled(everywhere: Sequence[Entry], found: Sequence[Entry], setting: Setting) -> Entry | None:
    """A country or a sea: its namesakes (Georgia, Jordan) must not be what the document speaks of."""
    one = everywhere[0]
    others = {each.country for each in found if each.country and each not in everywhere and each.kind != "town"}
    others -= {one.country}
    if one.country is None or not others:
        return one
    own, rest = setting.countries[one.country], max(setting.countries[each] for each in others)
    people = max(each.people for each in found if each.country in others and each.kind != "town")
    # Niger has eight times the people of Nigeria's Niger State; Georgia no more than the American one.
    return one if own > rest or (own == rest and one.people >= DOMINANCE * people) else None


def _best(found: Sequence[Entry], setting: Setting, region: bool) -> Entry | None:
    """The one of several namesakes that stands out; None where none does."""
    own = [each for each in found if each.own and (each.kind == "admin-1") >= region]
    if len({each.country for each in own}) == 1:
        return own[0]
    wanted = [each for each in found if each.kind == "admin-1"] if region else []
    if not wanted:
        wanted = [each for each in found if each.kind != "admin-1"] or list(found)
    if len(wanted) <= 1:
        return wanted[0] if wanted else None
    near = [each for each in wanted if each.region in setting.regions]
    if len(near) == 1:
        return near[0]
    first, second = sorted(wanted, key=lambda each: -each.people)[:2]
    return first if first.people >= DOMINANCE * max(second.people, 1) else None


def _famous(found: Sequence[Entry], setting: Setting, region: bool) -> Entry | None:
    best = _best(found, setting, region)
    if best is None:
        return None
    least = RIVAL_OF_OWN if best.own else RIVAL
    rivals = [each for each in found if each.country != best.country and (each.people >= least or each.own)]
    if rivals:
        return None
    return best if best.own or best.kind in ("sea", "country") or best.people >= WELL_KNOWN else None


def first_known(names: Iterable[str], gazetteer: Gazetteer) -> tuple[str, tuple[Entry, ...]]:
    """The first of several wordings that the gazetteer answers to, with its answers; ("", ()) where it knows none."""
    for name in names:
        found = gazetteer.find(name)
        if found:
            return name, found
    return "", ()
