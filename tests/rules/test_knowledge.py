"""The shipped knowledge base: every state and its organs, offices by date, and how much it covers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from itertools import pairwise

import pytest

from holdfire.actors.knowledge import KnowledgeBase, build_knowledge
from holdfire.actors.offices import holder_of
from holdfire.rules.knowledge import read_actors
from holdfire.rules.load import RuleSource

# The 193 members of the United Nations, ISO 3166-1 alpha-3.
MEMBERS = """
AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI CPV
KHM CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH
FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ
KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG
MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT ROU RUS RWA KNA
LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS TGO
TON TTO TUN TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE
""".split()
OBSERVERS_AND_OTHERS = ["VAT", "PSE", "XKX", "TWN"]
ORGANS = ("government", "foreign-ministry", "defence-ministry", "armed-forces", "police", "parliament")
NON_STATE = ("armed group", "coalition", "party", "religious authority", "ethnic or social group")


@lru_cache
def knowledge() -> KnowledgeBase:
    return build_knowledge(read_actors(RuleSource()))


def test_every_state_has_a_record_under_its_iso_code() -> None:
    assert len(MEMBERS) == 193
    states = {actor.country: actor.id for actor in knowledge().actors.values() if actor.kind == "state"}
    assert sorted(states) == sorted(MEMBERS + OBSERVERS_AND_OTHERS)
    assert all(code is not None and actor_id == code.lower() for code, actor_id in states.items())


def test_every_state_has_its_organs() -> None:
    actors = knowledge().actors
    lacking = [
        f"{code.lower()}.{organ}"
        for code in MEMBERS + OBSERVERS_AND_OTHERS
        for organ in ORGANS
        if f"{code.lower()}.{organ}" not in actors and (code, organ) != ("PSE", "government")
    ]
    assert lacking == []


def test_a_state_has_a_demonym_unless_another_state_shares_it() -> None:
    without = {actor.name for actor in knowledge().actors.values() if actor.kind == "state" and not actor.demonyms}
    assert without == {"Dominica", "Republic of the Congo"}


def test_more_than_five_hundred_non_state_parties_are_known() -> None:
    kinds = Counter(actor.kind for actor in knowledge().actors.values())
    assert sum(kinds[kind] for kind in NON_STATE) >= 500
    assert kinds["armed group"] >= 300


@pytest.mark.parametrize(
    ("title", "of", "on", "holder"),
    [
        ("Iraqi prime minister", "irq", date(2020, 1, 3), "Adel Abdul Mahdi"),
        ("prime minister", "irq", date(2021, 11, 7), "Mustafa al-Kadhimi"),
        ("US president", "usa", date(2020, 1, 3), "Donald Trump"),
        ("US president", "usa", date(2021, 2, 1), "Joe Biden"),
        ("American president", "usa", date(2025, 6, 22), "Donald Trump"),
        ("Russian president", "rus", date(2010, 4, 8), "Dmitry Medvedev"),
        ("Russian president", "rus", date(2022, 2, 24), "Vladimir Putin"),
        ("Israeli defense minister", "isr", date(2023, 10, 7), "Yoav Gallant"),
        ("Israeli prime minister", "isr", date(2022, 8, 5), "Yair Lapid"),
        ("Iranian foreign minister", "irn", date(2015, 7, 14), "Mohammad Javad Zarif"),
        ("British foreign secretary", "gbr", date(2024, 1, 11), "David Cameron"),
        ("German chancellor", "deu", date(2015, 2, 12), "Angela Merkel"),
        ("Yemeni president", "yem", date(2015, 3, 26), "Abdrabbuh Mansur Hadi"),
        ("Syrian president", "syr", date(2013, 8, 21), "Bashar al-Assad"),
        ("Syrian president", "syr", date(2025, 5, 14), "Ahmed al-Sharaa"),
        ("Palestinian prime minister", "pse", date(2010, 5, 1), "Salam Fayyad"),
        ("Ethiopian prime minister", "eth", date(2020, 11, 4), "Abiy Ahmed"),
        ("president", "nga", date(2014, 4, 15), "Goodluck Jonathan"),
    ],
)  # fmt: skip
def test_an_office_is_held_by_who_held_it_that_day(title: str, of: str, on: date, holder: str) -> None:
    found = holder_of(title, of, knowledge(), on=on)
    assert found is not None
    assert found.name == holder


def test_nobody_is_given_for_a_former_holder() -> None:
    assert holder_of("former president", "usa", knowledge(), on=date(2021, 2, 1)) is None


def test_two_states_that_share_a_demonym_have_organs_of_their_own() -> None:
    actors = knowledge().actors
    assert actors["cog.armed-forces"].name == "Republic of the Congo armed forces"
    assert actors["cod.armed-forces"].name == "Congolese armed forces"


# Claimed by two at once, each with forces of his own.
CONTESTED = {("civ", "president")}


def test_one_person_at_a_time_holds_an_office_but_for_the_days_of_a_handover() -> None:
    crossing = []
    for (of, title), held in knowledge().offices.items():
        if len(of) != 3 or title not in ("president", "prime minister", "king", "foreign minister", "defence minister"):
            continue
        ordered = sorted(held, key=lambda each: each[0].start or date.min)
        for (first, one), (second, other) in pairwise(ordered):
            over = (first.end or date.max) - (second.start or date.min)
            if one != other and over.days > 3 and (of, title) not in CONTESTED:
                crossing.append((of, title, one, other))
    assert crossing == []
