"""Event tables in the layouts in which five projects publish theirs, with rows that are invented."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from holdfire.exchange.gdelt_events import LAYOUTS

START = date(2031, 1, 1)
PLACES = ("Port Amar", "Hill Gate", "Dorn, Lower", 'The "Old" Mill', "Río Seco")
GROUPS = ("Valley Front", "Hill Council", "Amar Defence League", "VLF: Valley Liberation Front")

ACLED_NEW = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
).split(",")
ACLED_OLD = (
    "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,longitude,"
    "geo_precision,source,source_scale,notes,fatalities,timestamp,iso3"
).split(",")
UCDP = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,"
    "low,gwnoa,gwnob"
).split(",")
ICEWS = (
    "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,"
    "Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,Longitude"
).split(",")
POLECAT = (
    "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,"
    "Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,Recipient Country,"
    "Recipient COW,Primary Recipient Sector,Recipient Sectors,Recipient Title,Recipient Name Raw,"
    "Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude,Longitude,GeoNames ID,Raw Placename,"
    "Feature Type,Source,Publication Date,Story People,Story Organizations,Story Locations,Language,Version"
).split(",")

_SUB_EVENTS = (
    ("Battles", "Armed clash"), ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Explosions/Remote violence", "Air/drone strike"), ("Violence against civilians", "Attack"),
    ("Protests", "Peaceful protest"), ("Riots", "Mob violence"), ("Strategic developments", "Agreement"),
)  # fmt: skip
_OLD_TYPES = ("Battle-No change of territory", "Remote violence", "Riots/Protests", "Strategic development")
_CAMEO = ("010", "036", "042", "051", "0871", "112", "138", "173", "190", "194", "195")
_PLOVER = (("ASSAULT", "aerial"), ("CONSULT", "visit"), ("THREATEN", "violence"), ("RETREAT", "ceasefire"))

Row = dict[str, object]


def acled_rows(count: int, *, seed: int = 1) -> Iterator[Row]:
    """Rows for ACLED_NEW, and all but sub_event_type of ACLED_OLD."""
    chance = random.Random(seed)
    for number in range(count):
        sort, finer = chance.choice(_SUB_EVENTS)
        first, second = chance.sample(GROUPS, 2)
        day = START + timedelta(days=chance.randrange(365))
        yield {
            "event_id_cnty": f"PAM{number}", "data_id": 700000 + number, "event_date": day.isoformat(),
            "year": day.year, "time_precision": 1, "event_type": sort, "sub_event_type": finer, "actor1": first,
            "inter1": "Rebel group", "actor2": second, "inter2": "Identity militia", "interaction": "24",
            "country": "Port Amar", "iso": 999, "location": chance.choice(PLACES), "latitude": 1.5, "longitude": 2.5,
            "source": "Amar Courier; Hill Radio", "source_scale": "National",
            "notes": f'They fired, "at random", over\nthe river ({number}).' if number % 7 == 0 else "Shots, and more.",
            "fatalities": chance.randrange(4), "timestamp": 1940000000 + number,
        }  # fmt: skip


def old_acled_rows(count: int, *, seed: int = 1) -> Iterator[Row]:
    """Rows for ACLED_OLD: types of before 2019, numbers for kinds of actors, days in words."""
    for number, row in enumerate(acled_rows(count, seed=seed)):
        day = date.fromisoformat(str(row["event_date"]))
        yield row | {
            "event_type": _OLD_TYPES[number % len(_OLD_TYPES)], "inter1": 2, "inter2": 4,
            "event_date": f"{day.day:02d} {day:%B} {day.year}",
        }  # fmt: skip


def ucdp_rows(count: int, *, seed: int = 1) -> Iterator[Row]:
    """Rows for UCDP."""
    chance = random.Random(seed)
    for number in range(count):
        day = START + timedelta(days=chance.randrange(365))
        first, second = chance.sample(GROUPS, 2)
        yield {
            "id": 900000 + number, "relid": f"PAM-{number}", "type_of_violence": chance.choice((1, 2, 3)),
            "side_a": first, "side_a_new_id": 9001, "side_b": second, "side_b_new_id": 9002, "number_of_sources": 2,
            "source_office": "Amar Courier;Hill Radio", "source_headline": 'Fire, says "front"',
            "source_date": f"{day + timedelta(days=3)};{day + timedelta(days=1)}", "where_coordinates": PLACES[0],
            "country": "Port Amar", "date_prec": 1, "date_start": f"{day} 00:00:00.000",
            "date_end": f"{day} 00:00:00.000", "best": chance.randrange(9), "high": 9, "low": 0,
        }  # fmt: skip


def gdelt_rows(count: int, *, columns: int = 58, seed: int = 1, days: int = 365) -> Iterator[Row]:
    """Rows for one of GDELT's layouts."""
    chance = random.Random(seed)
    for number in range(count):
        day = START + timedelta(days=number * days // max(count, 1))
        added = f"{day + timedelta(days=chance.randrange(2)):%Y%m%d}"
        code = chance.choice(_CAMEO)
        state, other = chance.sample(("PAM", "NOR", "IRQ", "IRN", "USA"), 2)
        role = chance.choice(("", "MIL", "GOV", "REB"))
        yield {
            "GLOBALEVENTID": 500000000 + number, "SQLDATE": f"{day:%Y%m%d}", "MonthYear": f"{day:%Y%m}",
            "Year": day.year, "FractionDate": f"{day.year}.1", "Actor1Code": state + role,
            "Actor1Name": f"ARMY {chance.randrange(50)}", "Actor1CountryCode": state, "Actor1Type1Code": role,
            "Actor2Code": other, "Actor2Name": other, "Actor2CountryCode": other, "IsRootEvent": 1, "EventCode": code,
            "EventBaseCode": code[:3], "EventRootCode": code[:2], "QuadClass": 4, "GoldsteinScale": -10.0,
            "NumMentions": 4, "NumSources": 1, "NumArticles": 1 + number % 9, "AvgTone": -3.1,
            "ActionGeo_Type": 4, "ActionGeo_FullName": f"Place {chance.randrange(500)}, Iraq",
            "ActionGeo_CountryCode": "IZ", "ActionGeo_ADM1Code": "IZ07", "ActionGeo_Lat": 33.3, "ActionGeo_Long": 44.4,
            "DATEADDED": added if columns == 58 else f"{added}121500",
            "SOURCEURL": f"https://courier.example/{number % 1000}/report-of-the-day",
        }  # fmt: skip


def icews_rows(count: int, *, seed: int = 1) -> Iterator[Row]:
    """Rows for ICEWS."""
    chance = random.Random(seed)
    for number in range(count):
        first, second = chance.sample(GROUPS, 2)
        code = chance.choice(_CAMEO)
        yield {
            "Event ID": 800000 + number, "Event Date": (START + timedelta(days=chance.randrange(365))).isoformat(),
            "Source Name": f"{first} (Norland)", "Source Sectors": "Rebel,Separatist Rebel",
            "Source Country": "Norland", "Event Text": "Use it", "CAMEO Code": code, "Intensity": -10.0,
            "Target Name": second, "Target Country": "Norland", "Story ID": 30000 + number, "Sentence Number": 2,
            "Publisher": "Hill Radio", "City": chance.choice(PLACES), "Country": "Norland",
        }  # fmt: skip


def polecat_rows(count: int, *, seed: int = 1) -> Iterator[Row]:
    """Rows for POLECAT."""
    chance = random.Random(seed)
    for number in range(count):
        event, mode = chance.choice(_PLOVER)
        first, second, third = chance.sample(GROUPS, 3)
        day = START + timedelta(days=chance.randrange(365))
        yield {
            "Event ID": f"PAM-{number}", "Event Date": day.isoformat(), "Event Type": event, "Event Mode": mode,
            "Actor Name": f"{first}; {third}" if number % 5 == 0 else first, "Actor Country": "None",
            "Recipient Name": second, "Recipient Country": "None", "Placename": chance.choice(PLACES),
            "Country": "Norland", "Source": "Amar Courier", "Version": "2.0",
            "Publication Date": (day + timedelta(days=2)).isoformat(),
        }  # fmt: skip


def write_csv(path: Path, columns: Sequence[str], rows: Iterator[Row]) -> Path:
    """A file with commas and quotation marks, as ACLED and UCDP publish."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_tabs(path: Path, columns: Sequence[str], rows: Iterator[Row], *, header: bool = True) -> Path:
    """A file with tabs and no quoting, as the others publish."""
    with path.open("w", encoding="utf-8", newline="") as file:
        if header:
            file.write("\t".join(columns) + "\n")
        for row in rows:
            file.write("\t".join(str(row.get(name, "")) for name in columns) + "\n")
    return path


def write_gdelt(path: Path, count: int, *, columns: int = 58, header: bool = False, days: int = 365) -> Path:
    """A GDELT export with so many rows and columns."""
    return write_tabs(path, LAYOUTS[columns], gdelt_rows(count, columns=columns, days=days), header=header)


# Each kind of file by a name: whose table it is, and what writes one with so many rows.
MAKERS: dict[str, tuple[str, Callable[[Path, int], Path]]] = {
    "acled": ("acled", lambda path, count: write_csv(path, ACLED_NEW, acled_rows(count))),
    "acled before 2019": ("acled", lambda path, count: write_csv(path, ACLED_OLD, old_acled_rows(count))),
    "ucdp": ("ucdp", lambda path, count: write_csv(path, UCDP, ucdp_rows(count))),
    "gdelt 1.0": ("gdelt", lambda path, count: write_gdelt(path, count)),
    "gdelt 1.0 without addresses": ("gdelt", lambda path, count: write_gdelt(path, count, columns=57)),
    "gdelt 2.0": ("gdelt", lambda path, count: write_gdelt(path, count, columns=61)),
    "gdelt 2.0 with a header": ("gdelt", lambda path, count: write_gdelt(path, count, columns=61, header=True)),
    "icews": ("icews", lambda path, count: write_tabs(path, ICEWS, icews_rows(count))),
    "polecat": ("polecat", lambda path, count: write_tabs(path, POLECAT, polecat_rows(count))),
}
