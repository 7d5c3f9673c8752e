"""What a row of each table says: who, whom, what, when, where, and why a row says nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from benchmarks.made_tables import ACLED_NEW, ACLED_OLD, ICEWS, POLECAT, UCDP, write_tabs

from holdfire.exchange.gdelt_events import LAYOUTS
from tests.exchange.event_world import parties, read, write

MONDAY = date(2031, 2, 24)
ACLED = {
    "event_id_cnty": "PAM7", "event_date": "2031-02-24", "time_precision": 1, "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "Valley Front", "inter1": "Rebel group",
    "actor2": "Military Forces of Port Amar (2020-)", "inter2": "State forces", "country": "Port Amar",
    "location": "Hill Gate", "source": "Amar Courier; Hill Radio", "fatalities": 3, "timestamp": 1930000000,
}  # fmt: skip
UCDP_ROW = {
    "id": 500, "type_of_violence": 1, "side_a": "Government of Port Amar", "side_b": "VF", "side_b_new_id": 9001,
    "date_start": "2031-02-24 00:00:00.000", "date_end": "2031-02-24 00:00:00.000", "best": 4, "country": "Port Amar",
    "number_of_sources": -1, "source_date": "2031-02-26;2031-02-25;2031-02-20", "where_coordinates": "Hill Gate",
    "source_office": "Amar Courier",
}  # fmt: skip
GDELT = {
    "GLOBALEVENTID": 42, "SQLDATE": 20310224, "Actor1Code": "NORMIL", "Actor1Name": "NORLAND",
    "Actor1CountryCode": "NOR", "Actor1Type1Code": "MIL", "Actor2Code": "PAM", "Actor2Name": "PORT AMAR",
    "Actor2CountryCode": "PAM", "EventCode": "195", "NumArticles": 7, "ActionGeo_FullName": "Basra, Iraq",
    "ActionGeo_CountryCode": "IZ", "DATEADDED": 20310225, "SOURCEURL": "https://courier.example/1",
}  # fmt: skip
ICEWS_ROW = {
    "Event ID": 77, "Event Date": "2031-02-24", "Source Name": "Military (Norland)", "Source Country": "Norland",
    "CAMEO Code": "0871", "Target Name": "Valley Front", "Story ID": 5, "Sentence Number": 2,
    "Publisher": "Hill Radio", "City": "Hill Gate", "Province": "Dorn", "Country": "Port Amar",
}  # fmt: skip
POLECAT_ROW = {
    "Event ID": "P1", "Event Date": "2031-02-24", "Event Type": "Assault", "Event Mode": "aerial",
    "Actor Name": "Norland", "Recipient Name": "Valley Front", "Country": "Port Amar", "Source": "Hill Radio",
    "Publication Date": "2031-02-25", "Placename": "Hill Gate",
}  # fmt: skip


def acled(tmp_path: Path, **changes: object):
    columns = ACLED_OLD if "data_id" in changes else ACLED_NEW
    return read(
        write(tmp_path / "a.csv", columns, {k: v for k, v in (ACLED | changes).items() if k in columns}), "acled"
    )


def test_an_acled_clash_is_a_row_for_either_side(tmp_path: Path) -> None:
    (first, second), reasons = acled(tmp_path)
    assert not reasons
    assert (first.origin_id, first.actor_key, first.recipient_key) == ("PAM7", "pam.valley-front", "pam.armed-forces")
    assert (second.origin_id, second.actor_key, second.recipient_key) == (
        "PAM7:2", "pam.armed-forces", "pam.valley-front",
    )  # fmt: skip
    assert second.actor_text == "Military Forces of Port Amar (2020-)"
    for row in (first, second):
        assert (row.event, row.mode, row.code, row.day, row.country) == ("ASSAULT", None, "Armed clash", MONDAY, "PAM")
        assert (row.place, row.reports, row.deaths, row.reported_on) == ("Hill Gate", 2, 3, None)
        assert row.edition == datetime.fromtimestamp(1930000000, UTC)


@pytest.mark.parametrize(
    ("sort", "finer", "expected"),
    [
        ("Explosions/Remote violence", "Air/drone strike", [("ASSAULT", "aerial")]),
        ("Violence against civilians", "Abduction/forced disappearance", [("ASSAULT", "abduct")]),
        ("Protests", "Excessive force against protesters", [("PROTEST", "demo"), ("ASSAULT", "crowd-control")]),
        ("Strategic developments", "Agreement", [("AGREE", None), ("AGREE", None)]),
        ("Strategic developments", "Disrupted weapons use", [(None, None)]),
        ("Battles", "A word of next year", [("ASSAULT", None), ("ASSAULT", None)]),
    ],
)
def test_acled_types_as_plover(tmp_path: Path, sort: str, finer: str, expected: list[object]) -> None:
    rows, _ = acled(tmp_path, event_type=sort, sub_event_type=finer)
    assert [(row.event, row.mode) for row in rows] == expected


@pytest.mark.parametrize(("inter", "mode"), [(5, "riot"), (6, "demo"), ("Protesters", "demo"), ("Rioters", "riot")])
def test_acled_before_2019_tells_riots_and_protests_by_the_first_actor(
    tmp_path: Path, inter: object, mode: str
) -> None:
    rows, _ = acled(tmp_path, data_id=9, event_type="Riots/Protests", inter1=inter, event_date="24 February 2031")
    assert [(row.event, row.mode, row.day) for row in rows] == [("PROTEST", mode, MONDAY)]


def test_an_actor_beside_a_side_counts_where_the_knowledge_base_has_it(tmp_path: Path) -> None:
    rows, _ = acled(tmp_path, assoc_actor_1="Hill Council; Farmers (Port Amar)", sub_event_type="Air/drone strike")
    assert [(row.actor_key, row.recipient_key) for row in rows] == [
        ("pam.valley-front", "pam.armed-forces"), ("pam.hill-council", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "key"),
    [
        ("Military Forces of Norland (2020-)", "pam"),
        ("Valley Front", "text:civilians (port amar)"),
        ("Somebody", "text:civilians (port amar)"),
    ],
)
def test_people_struck_from_outside_their_state_stand_for_it(tmp_path: Path, actor: str, key: str) -> None:
    civilians = "Civilians (Port Amar)"
    rows, _ = acled(tmp_path, actor1=actor, actor2=civilians, event_type="Violence against civilians",
                    sub_event_type="Attack")  # fmt: skip
    assert [(row.recipient_key, row.recipient_text) for row in rows] == [(key, civilians)]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"event_date": "24/02/2031"}, "event_date is no date: '24/02/2031'"),
        ({"event_date": "2031-02-30"}, "event_date is no date: '2031-02-30'"),
        ({"event_date": ""}, "event_date is no date: ''"),
        ({"event_id_cnty": ""}, "event_id_cnty is empty"),
        ({"actor1": ""}, "actor1 is empty"),
        ({"time_precision": 3}, "only the month of the event is known (time_precision 3)"),
        ({"event_type": "Picnic", "sub_event_type": ""}, "event_type is none that ACLED's codebook has: 'Picnic'"),
        ({"fatalities": "many"}, "fatalities is no number: 'many'"),
        ({"fatalities": -1}, "fatalities is negative or no whole number: '-1'"),
        ({"fatalities": "inf"}, "fatalities is no number: 'inf'"),
    ],
)
def test_an_acled_row_that_cannot_be_used_says_why(tmp_path: Path, changes: dict[str, object], reason: str) -> None:
    assert acled(tmp_path, **changes) == ([], [reason])


def ucdp(tmp_path: Path, **changes: object):
    return read(write(tmp_path / "u.csv", UCDP, UCDP_ROW | changes), "ucdp", grade="B")


def test_a_ucdp_event_names_its_sides_by_name_and_by_number(tmp_path: Path) -> None:
    (first, second), _ = ucdp(tmp_path)
    assert (first.actor_key, first.recipient_key) == ("pam.government", "pam.valley-front")
    assert (second.actor_key, second.recipient_text) == ("pam.valley-front", "Government of Port Amar")
    assert (first.deaths, first.reports, first.outlet, first.grade) == (4, None, "Amar Courier", "B")


def test_the_first_report_is_the_earliest_that_is_not_before_the_event(tmp_path: Path) -> None:
    assert ucdp(tmp_path)[0][0].reported_on == date(2031, 2, 25)
    assert ucdp(tmp_path, source_date="")[0][0].reported_on is None


def test_one_sided_violence_is_one_row(tmp_path: Path) -> None:
    rows, _ = ucdp(tmp_path, type_of_violence=3, side_b="Civilians", side_b_new_id=9999)
    assert [(row.actor_key, row.recipient_key) for row in rows] == [("pam.government", "text:civilians")]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"date_end": "2031-03-24"}, "it may have happened on any of more than 7 days: 2031-02-24 to 2031-03-24"),
        ({"date_end": "2031-02-20"}, "date_end lies before date_start: 2031-02-24 to 2031-02-20"),
        ({"type_of_violence": 4}, "type_of_violence is not 1, 2 or 3: '4'"),
        ({"side_a": " "}, "side_a is empty"),
    ],
)
def test_a_ucdp_row_that_cannot_be_used_says_why(tmp_path: Path, changes: dict[str, object], reason: str) -> None:
    assert ucdp(tmp_path, **changes) == ([], [reason])


def gdelt(tmp_path: Path, columns: int = 58, **changes: object):
    return read(write_tabs(tmp_path / "g", LAYOUTS[columns], iter([GDELT | changes]), header=False), "gdelt")


@pytest.mark.parametrize("columns", [57, 58, 61])
def test_gdelt_in_each_of_its_layouts(tmp_path: Path, columns: int) -> None:
    added = "20310225063000" if columns == 61 else "20310225"
    (row,), _ = gdelt(tmp_path, columns, DATEADDED=added)
    assert (row.origin_id, row.day, row.reported_on, row.reports) == ("42", MONDAY, date(2031, 2, 25), 7)
    assert (row.actor_key, row.actor_text) == ("nor.armed-forces", "NORLAND [NORMIL]")
    assert (row.recipient_key, row.event, row.mode, row.code) == ("pam", "ASSAULT", "aerial", "195")
    assert (row.country, row.place) == ("IRQ", "Basra, Iraq")
    assert row.url == (None if columns == 57 else "https://courier.example/1")


@pytest.mark.parametrize(
    ("code", "name", "country", "group", "key"),
    [
        ("NORREB", "REBEL", "NOR", "", "text:norreb"),
        ("VLF", "VALLEY FRONT", "", "VLF", "pam.valley-front"),
        ("UAF", "GUNMEN", "", "", "text:uaf"),
        ("XYZ", "XYZ", "XYZ", "", "text:xyz"),
        ("", "OLD GUARD", "", "", "nor.new-guard"),
    ],
)
def test_who_a_gdelt_code_stands_for(tmp_path: Path, code: str, name: str, country: str, group: str, key: str) -> None:
    role = "REB" if code.endswith("REB") else ""
    rows, _ = gdelt(
        tmp_path, Actor1Code=code, Actor1Name=name, Actor1CountryCode=country, Actor1KnownGroupCode=group,
        Actor1Type1Code=role,
    )  # fmt: skip
    assert rows[0].actor_key == key


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"EventCode": "20"}, "EventCode is no code of CAMEO: '20'"),
        ({"EventCode": "---"}, "EventCode is no code of CAMEO: '---'"),
        ({"SQLDATE": 20311301}, "SQLDATE is no date: '20311301'"),
        ({"GLOBALEVENTID": "4x"}, "GLOBALEVENTID is no number: '4x'"),
        ({"Actor1Code": "", "Actor1Name": "", "Actor2Code": "", "Actor2Name": ""}, "it names no actor"),
    ],
)
def test_a_gdelt_row_that_cannot_be_used_says_why(tmp_path: Path, changes: dict[str, object], reason: str) -> None:
    good = GDELT | {"GLOBALEVENTID": 41}
    path = write_tabs(tmp_path / "g", LAYOUTS[58], iter([good, GDELT | changes]), header=False)
    rows, reasons = read(path, "gdelt")
    assert (len(rows), reasons) == (1, [reason])


def icews(tmp_path: Path, **changes: object):
    return read(write_tabs(tmp_path / "i", ICEWS, iter([ICEWS_ROW | changes])), "icews")


def test_an_icews_row(tmp_path: Path) -> None:
    (row,), _ = icews(tmp_path)
    assert (row.origin_id, row.actor_key, row.recipient_key) == (
        "77/2031-02-24",
        "nor.armed-forces",
        "pam.valley-front",
    )
    assert (row.event, row.mode, row.country, row.place) == ("RETREAT", "ceasefire", "PAM", "Hill Gate, Dorn")
    assert (row.outlet, row.reported_on) == ("Hill Radio", None)


def test_an_icews_code_that_lost_its_zero_is_left_out(tmp_path: Path) -> None:
    assert icews(tmp_path, **{"CAMEO Code": "43"}) == ([], ["CAMEO Code is no code of CAMEO: '43'"])


def test_a_polecat_row(tmp_path: Path) -> None:
    (row,), _ = read(write_tabs(tmp_path / "p", POLECAT, iter([POLECAT_ROW])), "polecat")
    assert (row.event, row.mode, row.code, row.actor_key, row.recipient_key) == (
        "ASSAULT", "aerial", "ASSAULT", "nor", "pam.valley-front",
    )  # fmt: skip
    assert (row.reported_on, row.place, row.country) == (date(2031, 2, 25), "Hill Gate", "PAM")


def test_each_of_several_polecat_actors_counts_once(tmp_path: Path) -> None:
    several = POLECAT_ROW | {"Actor Name": "Norland; Hill Council; Norland", "Event Type": "DEMAND"}
    rows, _ = read(write_tabs(tmp_path / "p", POLECAT, iter([several])), "polecat")
    assert [(row.origin_id, row.actor_key, row.recipient_key, row.event) for row in rows] == [
        ("P1", "nor", "pam.valley-front", "REQUEST"), ("P1:2", "pam.hill-council", None, "REQUEST"),
    ]  # fmt: skip


def test_a_name_is_looked_up_as_of_the_day_of_the_event() -> None:
    who = parties()
    january, february = date(2031, 1, 15), date(2031, 2, 15)
    assert who.named("icews", "Old Guard", january).key == "nor.old-guard"
    assert who.named("icews", "Old Guard", february).key == "nor.new-guard"
    assert who.named("icews", "Free Hill Movement", date(2030, 5, 1)).key == "pam.valley-front"
    assert who.named("icews", "Free Hill Movement", february).key == "text:free hill movement"


def test_a_name_with_another_country_beside_it_is_somebody_else() -> None:
    who = parties()
    assert who.named("acled", "Valley Front (Port Amar)", MONDAY).key == "pam.valley-front"
    assert who.named("acled", "Valley Front (Norland)", MONDAY).key == "text:valley front (norland)"
    assert who.named("icews", "Valley Front (Nowhere)", MONDAY).key == "text:valley front (nowhere)"


def test_an_acronym_before_a_name_names_the_same(tmp_path: Path) -> None:
    assert parties().named("acled", "VLF: Valley Liberation Front", MONDAY).key == "pam.valley-front"


@pytest.mark.parametrize("nobody", ["", "  ", "None", "N/A", "unknown"])
def test_nobody_is_nobody(nobody: str) -> None:
    assert parties().named("polecat", nobody, MONDAY) is None
