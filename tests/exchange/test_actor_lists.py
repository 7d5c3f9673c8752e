"""Small files in the real layout of each list, and what becomes of files that are not what they say."""

import bz2
import gzip
import json
from datetime import date

import pytest

from holdfire.actors.candidates import Candidate
from holdfire.errors import HoldfireError, IntakeError, UsageError
from holdfire.exchange.acled_actors import name_parts
from holdfire.exchange.actor_lists import read_actor_list
from holdfire.rules.imports import load_import_rules
from holdfire.rules.load import RuleSource

RULES = load_import_rules(RuleSource())

UCDP_HEADER = (
    "ActorId,NameData,NameOrig,NameOrigFull,NameOrigFullEng,NameChange,NewName,NewNameFullMotherTongue,"
    "NewNameFullEng,Org,ConflictId,DyadId,Location,GWNOLoc,Region,Version"
)
UCDP = f"""{UCDP_HEADER}
9001,Valley Front,VF,Jabhat al-Wadi,Front of the Valley,1,FVF,NA,Free Valley Front,1,1,1,Velmark,1,2,25.1
9002,Government of Velmark,,,,0,NA,NA,NA,4,1,1,Velmark,1,2,25.1
9003,Hill people,NA,NA,NA,0,NA,NA,NA,3,1,1,"Velmark, Port Amar",1,2,25.1
"""
ACLED = """event_id_cnty,event_date,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,country
VEL1,2025-01-02,VLF: Valley Front,Hill Front (Velmark); Coast Front,Rebel group,Civilians (Velmark),,Civilians,Velmark
VEL2,2025-01-03,Military Forces of Velmark (2014-2020) Navy,,State forces,VLF: Valley Front,,Rebel group,Velmark
VEL3,2025-01-03,Hill Front (Velmark),,3,Unidentified Armed Group (Velmark),,3,Velmark
"""
PETRARCH = """# Actors of an invented war
<!-- a note -->
VALLEY_FRONT_ [VELREB] # rebels
+JABHAT_AL-WADI_
+FRONT_OF_THE_VALLEY_\t
ADA_DORN_
+A._DORN
\t[VELGOV 100101-120630] [VELELI >20120701]\t# minister
PIET_HALE_ [VELGOV <960101]
PORT_AMAR_OIL_ [VELBUS]
THE_RIM_LEAGUE_ [IGO]
RIML_ [IGO]
INES_ROE_ [VELGOV 2004017-20061331]
VELMARK_ [VEL]
NAMELESS_
"""


def item(key: str, label: str, claims: dict, aliases: tuple[str, ...] = ()) -> str:
    return json.dumps(
        {
            "type": "item",
            "id": key,
            "labels": {"en": {"language": "en", "value": label}} if label else [],
            "aliases": {"en": [{"language": "en", "value": each} for each in aliases]},
            "claims": claims,
        }
    )


def claim(value, **qualifiers) -> dict:
    def snak(each):
        return {"snaktype": "value", "datavalue": {"value": each, "type": "x"}}

    kept = {key: [snak(each)] for key, each in qualifiers.items()}
    return {"mainsnak": snak(value), "rank": "normal", "qualifiers": kept}


def at(day: str, precision: int = 11) -> dict:
    return {"time": f"+{day}T00:00:00Z", "precision": precision}


WIKIDATA = "[\n{}\n]\n".format(
    ",\n".join(
        (
            item("Q1", "Velmark", {"P31": [claim({"id": "Q6256"})], "P298": [claim("VEL")]}),
            item(
                "Q2",
                "Valley Front",
                {
                    "P31": [claim({"id": "Q17149090"})],
                    "P17": [claim({"id": "Q1"})],
                    "P571": [claim(at("2004-00-00", 9))],
                    "P576": [claim(at("2019-05-07"))],
                },
                ("VLF", "the front"),
            ),
            item(
                "Q3",
                "Ada Dorn",
                {
                    "P31": [claim({"id": "Q5"})],
                    "P27": [claim({"id": "Q1"})],
                    "P463": [claim({"id": "Q2"}, P580=at("2010-03-01"), P582=at("2012-00-00", 9))],
                },
            ),
            item("Q4", "A singer", {"P31": [claim({"id": "Q5"})]}),
            item("Q5000", "A river", {"P31": [claim({"id": "Q4022"})]}),
            item("Q6", "", {"P31": [claim({"id": "Q7278"})]}),
            json.dumps({"type": "property", "id": "P1", "claims": []}),
        )
    )
)


def read(tmp_path, name: str, text: str, **how):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    found = read_actor_list(path, RULES, **how)
    return {each.key: each for each in found.candidates}, {each.name: each for each in found.left_out}, found.format


def test_ucdp_rows_give_names_kind_and_the_only_location(tmp_path):
    found, left_out, format = read(tmp_path, "actors.csv", UCDP)
    assert format == "ucdp"
    assert found["9001"].aliases == ("VF", "Jabhat al-Wadi", "Front of the Valley", "FVF", "Free Valley Front")
    assert [each.kind for each in found.values()] == ["armed group", "government body", "ethnic or social group"]
    assert [each.country for each in found.values()] == ["Velmark", "Velmark", None]
    assert [each.organ for each in found.values()] == [None, "government", None]
    assert not left_out


def test_ucdp_in_windows_1252_is_read(tmp_path):
    path = tmp_path / "actors.csv"
    path.write_bytes(UCDP.replace("Coast", "").replace("Jabhat al-Wadi", "Fronte à Vallé").encode("cp1252"))
    assert "Fronte à Vallé" in read_actor_list(path, RULES).candidates[0].aliases


def test_acled_names_are_told_apart_once_each_and_crowds_left_out(tmp_path):
    found, left_out, format = read(tmp_path, "events.csv", ACLED)
    assert format == "acled"
    assert found["VLF: Valley Front"].name == "Valley Front"
    assert found["VLF: Valley Front"].aliases == ("VLF",)
    assert found["VLF: Valley Front"].kind == "armed group"
    assert set(left_out) == {
        "Civilians (Velmark)", "Unidentified Armed Group (Velmark)", "Coast Front",
    }  # fmt: skip
    assert "does not say what kind" in left_out["Coast Front"].why


def test_a_name_first_seen_without_a_kind_takes_it_from_a_later_row(tmp_path):
    found, left_out, _ = read(tmp_path, "events.csv", ACLED)
    assert found["Hill Front (Velmark)"].kind == "armed group"
    assert "Hill Front (Velmark)" not in left_out


@pytest.mark.parametrize(
    ("written", "name", "aliases", "country", "years"),
    [
        ("VLF: Valley Front", "Valley Front", ("VLF",), None, (None, None)),
        ("Valley Front (Velmark)", "Valley Front", (), "Velmark", (None, None)),
        ("Valley Front - Hill Wing", "Valley Front", ("Hill Wing",), None, (None, None)),
        ("Military Forces of Velmark (2014-)", "Military Forces of Velmark", (), "Velmark", (date(2014, 1, 1), None)),
        (
            "Government of Port Amar (1999-2003)", "Government of Port Amar", (), "Port Amar",
            (date(1999, 1, 1), date(2003, 12, 31)),
        ),
        ("Valley Front (2020-2014)", "Valley Front", (), None, (None, None)),
    ],
)  # fmt: skip
def test_parts_of_an_acled_name(written, name, aliases, country, years):
    found = name_parts(written)
    assert (found.name, found.aliases, found.country, (found.start, found.end)) == (name, aliases, country, years)


def test_organs_of_states_are_told_by_the_first_words(tmp_path):
    rows = (
        "Military Forces of the Velmark (2014-)",
        "Police Forces of Velmark (2014-)",
        "Government of Velmark (2014-)",
    )
    text = "actor_name,actor_type\n" + "".join(f"{each},State forces\n" for each in rows)
    found, _, _ = read(tmp_path, "names.csv", text)
    assert [(found[each].organ, found[each].country) for each in rows] == [
        ("armed-forces", "Velmark"),
        ("police", "Velmark"),
        ("government", "Velmark"),
    ]


def test_petrarch_entries_give_synonyms_kinds_and_dated_ties(tmp_path):
    found, left_out, format = read(tmp_path, "vel.actors.txt", PETRARCH)
    assert format == "petrarch"
    assert found["Valley Front"].aliases == ("Jabhat Al-Wadi", "Front of the Valley")
    assert (found["Valley Front"].kind, found["Valley Front"].country) == ("armed group", "VEL")
    dorn = found["Ada Dorn"]
    assert dorn.kind == "leader"
    assert [(tie.to, tie.start, tie.end) for tie in dorn.ties] == [
        ("VEL", date(2010, 1, 1), date(2012, 6, 30)),
        ("VEL", date(2012, 7, 1), None),
    ]
    assert found["Piet Hale"].ties[0].end == date(1996, 1, 1)
    assert (found["RIML"].kind, found["RIML"].country) == ("international body", None)
    assert found["Rim League"].kind == "international body"
    assert found["Ines Roe"].kind == "government body", "neither of its dates is one"
    assert found["Velmark"].kind == "state"
    assert set(left_out) == {"Port Amar Oil", "Nameless"}


def test_wikidata_items_give_classes_dates_and_memberships(tmp_path):
    found, left_out, format = read(tmp_path, "dump.json", WIKIDATA)
    assert format == "wikidata"
    assert list(found) == ["Q1", "Q2", "Q3"]
    front = found["Q2"]
    assert (front.kind, front.country, front.aliases) == ("armed group", "VEL", ("VLF",))
    assert (front.start, front.end) == (date(2004, 1, 1), date(2019, 5, 7))
    tie = found["Q3"].ties[0]
    assert (tie.to, tie.start, tie.end) == ("Q2", date(2010, 3, 1), date(2012, 12, 31))
    assert set(left_out) == {"A singer", "Q6"}


def test_compressed_dumps_are_read(tmp_path):
    for name, pack in (("a.json.gz", gzip.compress), ("a.json.bz2", bz2.compress)):
        (tmp_path / name).write_bytes(pack(WIKIDATA.encode()))
        assert len(read_actor_list(tmp_path / name, RULES).candidates) == 3


@pytest.mark.parametrize(
    ("format", "text", "says"),
    [
        (None, "Some words about a war.\n", "is none of ucdp"),
        (None, "", "is none of ucdp"),
        ("ucdp", ACLED, "line 1: the header lacks ActorId"),
        ("ucdp", UCDP + "x9,Hill Front" + "," * 14, r"line 5 has ActorId 'x9'"),
        ("ucdp", UCDP + "9009,Hill Front,,", "line 5 has 4 cells, the header 16"),
        ("ucdp", UCDP_HEADER, "holds no actors"),
        ("acled", UCDP, "lacks one of actor1"),
        ("petrarch", "   loose words\n", "line 1: 'loose words' is no name"),
        ("petrarch", "VALLEY_FRONT_ [VELREB >then]\n", "line 1: 'then' is no date"),
        ("wikidata", UCDP, "line 1 is no JSON object"),
        ("wikidata", WIKIDATA[: len(WIKIDATA) // 2], "is no JSON object"),
        ("wikidata", '[\n{"head": {}, "results": {}}\n]', "line 2 has no id and claims"),
        ("wikidata", "[" * 5000, "is no JSON object"),
        ("ucdp", "ActorId,Name\0Data\n", "line 1 holds NUL"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_its_place(tmp_path, format, text, says):
    path = tmp_path / "list.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(IntakeError, match=says) as why:
        read_actor_list(path, RULES, format=format)
    assert str(path) in str(why.value)


def test_a_cut_off_archive_is_refused(tmp_path):
    path = tmp_path / "dump.json.gz"
    path.write_bytes(gzip.compress(WIKIDATA.encode())[:-20])
    with pytest.raises(IntakeError, match="cannot be read"):
        read_actor_list(path, RULES)


def test_no_file_and_a_folder_are_misuse(tmp_path):
    with pytest.raises(UsageError, match="there is no file"):
        read_actor_list(tmp_path / "none.csv", RULES)
    with pytest.raises(UsageError, match="is a folder"):
        read_actor_list(tmp_path, RULES)
    assert issubclass(UsageError, HoldfireError)


def test_every_candidate_says_where_it_stands(tmp_path):
    for name, text in (("a.csv", UCDP), ("b.csv", ACLED), ("c.txt", PETRARCH), ("d.json", WIKIDATA)):
        found, _, _ = read(tmp_path, name, text)
        for each in found.values():
            assert isinstance(each, Candidate)
            line = int(each.place.rpartition(" ")[2])
            assert each.name.split()[0].lower() in text.splitlines()[line - 1].lower().replace("_", " ")
