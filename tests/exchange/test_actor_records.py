import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.actors.merge import Plan
from holdfire.errors import HoldfireError, RuleError
from holdfire.exchange.actor_records import as_toml, write_records


def plan(**fields) -> Plan:
    return Plan(records=({"id": "pam.front", **fields},), additions=(), left_out=())


@given(st.text().filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text)), st.text())
def test_any_text_comes_back_as_it_was(name, other):
    record = plan(name=name, aliases=[{"text": name, "ambiguous": True}], external={other or "x": name})
    (found,) = tomllib.loads(as_toml(record, title=other))["actor"]
    assert found["name"] == found["aliases"][0]["text"] == name
    assert list(found["external"].values()) == [name]


def test_dates_and_half_characters():
    text = as_toml(plan(name="a\ud800b", start=date(2010, 5, 1)), title="x")
    (found,) = tomllib.loads(text)["actor"]
    assert (found["name"], found["start"]) == ("a?b", date(2010, 5, 1))
    text.encode()


def test_what_cannot_be_used_is_not_written_and_leaves_nothing_behind(tmp_path):
    def refuse(folder):
        assert (folder / "actors" / "a.toml").read_text("utf-8") == "new"
        raise RuleError("no")

    path = tmp_path / "own" / "actors" / "a.toml"
    with pytest.raises(RuleError, match="no"):
        write_records("new", path, refuse)
    assert not list((tmp_path / "own").rglob("*.toml"))
    write_records("old", path, lambda folder: None)
    with pytest.raises(RuleError, match="no"):
        write_records("new", path, refuse)
    assert path.read_text("utf-8") == "old"
    assert [each.name for each in (tmp_path / "own").iterdir()] == ["actors"]


def test_a_folder_in_the_way_is_one_of_our_errors(tmp_path):
    (tmp_path / "own").write_text("a file")
    with pytest.raises(HoldfireError, match="cannot be written"):
        write_records("new", tmp_path / "own" / "actors" / "a.toml", lambda folder: None)
