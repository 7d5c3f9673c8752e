"""`holdfire actors`: look-ups, the check, imports into the user's folder, exit codes."""

import json
import os
import subprocess
import sys

import pytest

OWN = """[[actor]]
id = "pam.valley-front"
name = "Valley Front of Amar"
kind = "armed group"
aliases = ["Jabhat al-Wadi al-Amari"]
memberships = [{ relation = "backed by", actor = "intl.un", start = 2010-05-01 }]
"""
UCDP = """ActorId,NameData,NameOrig,Org,Location
990001,Valley Front of Amar,VLFQ,1,
990002,Hill Front of Amar,,1,Iraq
"""


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "own"
    (folder / "actors").mkdir(parents=True)
    (folder / "actors" / "amar.toml").write_text(OWN, "utf-8")
    return folder


def actors(*arguments, home=None):
    environ = {**os.environ, **({"XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)} if home else {})}
    return subprocess.run(
        [sys.executable, "-m", "holdfire.cli.main", "actors", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=environ,
    )


def test_search_lists_ids_names_and_kinds(own):
    found = actors("search", "jebhat el-wadi al-amari", "--rules", own, "--limit", "1")
    assert found.returncode == 0, found.stderr
    assert found.stdout == "pam.valley-front  Valley Front of Amar (as “Jabhat al-Wadi al-Amari”): armed group\n"
    rows = json.loads(actors("search", "Valley Front of Amar", "--rules", own, "--format", "json").stdout)
    assert (rows[0]["id"], rows[0]["score"], rows[0]["country"]) == ("pam.valley-front", 100.0, None)


def test_search_without_a_match_says_so_and_fails():
    found = actors("search", "qqqqqqqq")
    assert (found.returncode, found.stdout) == (1, "No match in the knowledge base for “qqqqqqqq”.\n")


def test_show_prints_the_record_by_id_or_name(own):
    found = actors("show", "Jabhat al-Wadi al-Amari", "--rules", own)
    assert found.returncode == 0, found.stderr
    assert "  backed by: United Nations (intl.un), from 2010-05-01 to no known end\n" in found.stdout
    record = json.loads(actors("show", "pam.valley-front", "--rules", own, "--format", "json").stdout)
    assert record["memberships"] == [{"relation": "backed by", "actor": "intl.un", "start": "2010-05-01", "end": None}]


def test_show_nobody_is_one_line_and_a_hint():
    found = actors("show", "qqqqqqqq")
    assert (found.returncode, found.stdout) == (1, "")
    assert "nobody's id or name. Try: holdfire actors search" in found.stderr
    assert found.stderr.count("\n") == 1


def test_resolve_gives_reasons_and_leaves_open_what_is_shared(own):
    found = json.loads(actors("resolve", "Valley Front of Amar", "--rules", own, "--format", "json").stdout)
    assert found["actor"]["id"] == "pam.valley-front"
    assert found["reasons"]
    shared = actors("resolve", "PLA")
    assert shared.returncode == 1
    assert shared.stdout.startswith("Left open.\n")
    assert "chn.pla" in shared.stdout
    assert actors("resolve", "PLA", "--country", "CHN").stdout.startswith("chn.pla ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("resolve", "X", "--on", "2020-13-01"), "--on: '2020-13-01' is no date"),
        (("resolve", "X", "--country", "Atlantis"), "--country: 'Atlantis' is no country known here"),
        (("search", "X", "--format", "yaml"), "--format: 'yaml' is none of text, json"),
        (("import", "none.csv"), "there is no file none.csv"),
        (("import", "none.csv", "--from", "gdelt"), "--from: 'gdelt' is none of ucdp"),
    ],
)
def test_misuse_is_one_line_and_exit_code_2(arguments, says):
    found = actors(*arguments)
    assert found.returncode == 2
    assert says in found.stderr
    assert "Traceback" not in found.stderr


def test_check_tells_of_every_problem_and_fails(own):
    assert actors("check", "--rules", own).returncode == 0
    (own / "actors" / "more.toml").write_text(
        OWN.replace("pam.valley-front", "pam.other")
        .replace("intl.un", "gone")
        .replace('kind = "armed group"', "kind = 1")
        + 'colour = "red"\n'
    )
    found = actors("check", "--rules", own, "--format", "json")
    assert found.returncode == 1
    (problem,) = json.loads(found.stdout)["problems"]
    assert "more.toml: actor 'pam.other' has an unknown field 'colour'" in problem


def test_import_writes_to_the_users_folder_and_the_names_are_known_from_then_on(own, tmp_path):
    (tmp_path / "List.csv").write_text(UCDP, "utf-8")
    found = actors("import", tmp_path / "List.csv", "--rules", own)
    assert found.returncode == 0, found.stderr
    target = own / "actors" / "imported-list.toml"
    assert found.stdout == (
        f"ucdp: 1 new actors, 1 additions to known ones, 0 entries left out.\nWritten to {target}.\n"
    )
    assert actors("resolve", "VLFQ", "--rules", own).stdout.startswith("pam.valley-front ")
    assert actors("resolve", "Hill Front of Amar", "--rules", own).stdout.startswith("ucdp.990002 ")
    assert actors("check", "--rules", own).returncode == 0
    assert (own / "actors" / "amar.toml").read_text("utf-8") == OWN


def test_importing_twice_changes_nothing(own, tmp_path):
    (tmp_path / "list.csv").write_text(UCDP, "utf-8")
    actors("import", tmp_path / "list.csv", "--rules", own)
    first = (own / "actors" / "imported-list.toml").read_bytes()
    actors("import", tmp_path / "list.csv", "--rules", own)
    assert (own / "actors" / "imported-list.toml").read_bytes() == first
    # The same list under another name holds nothing new.
    (tmp_path / "again.csv").write_text(UCDP, "utf-8")
    found = actors("import", tmp_path / "again.csv", "--rules", own)
    assert found.stdout.endswith("Nothing written.\n")


def test_without_a_folder_of_rules_the_users_own_is_written_and_read(tmp_path):
    (tmp_path / "list.csv").write_text(UCDP, "utf-8")
    home = tmp_path / "home"
    assert actors("import", tmp_path / "list.csv", home=home).returncode == 0
    assert (home / "holdfire" / "rules" / "actors" / "imported-list.toml").is_file()
    assert actors("resolve", "Hill Front of Amar", home=home).returncode == 0


def test_a_bad_list_leaves_no_file(own, tmp_path):
    (tmp_path / "list.csv").write_text(UCDP + "x,Coast Front,,1,\n", "utf-8")
    found = actors("import", tmp_path / "list.csv", "--rules", own)
    assert found.returncode == 1
    assert "line 4 has ActorId 'x'" in found.stderr
    assert sorted(each.name for each in own.rglob("*")) == ["actors", "amar.toml"]


def test_a_dry_run_writes_nothing(own, tmp_path):
    (tmp_path / "list.csv").write_text(UCDP, "utf-8")
    found = json.loads(actors("import", tmp_path / "list.csv", "--rules", own, "--dry-run", "--format", "json").stdout)
    assert (found["new"], found["added_to"], found["file"]) == (["ucdp.990002"], ["pam.valley-front"], None)
    assert sorted(each.name for each in own.rglob("*")) == ["actors", "amar.toml"]


def test_the_shipped_folder_is_refused(tmp_path):
    from holdfire.rules.load import shipped_folder

    (tmp_path / "list.csv").write_text(UCDP, "utf-8")
    found = actors("import", tmp_path / "list.csv", "--into", shipped_folder())
    assert found.returncode == 2
    assert "holds the shipped rules" in found.stderr
