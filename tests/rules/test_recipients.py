from __future__ import annotations

from pathlib import Path

import pytest

from holdfire.errors import RuleError
from holdfire.rules.load import RuleSource, shipped_folder
from holdfire.rules.recipients import load_recipient_rules


@pytest.mark.parametrize("word", ["attack", "ceasefire", "negotiation", "hardship"])
def test_events_and_ideas_are_abstract(word: str) -> None:
    assert load_recipient_rules(RuleSource()).is_abstract(word)


@pytest.mark.parametrize("word", ["hospital", "station", "depot", "settlement", "warship"])
def test_things_that_can_be_struck_are_not_abstract(word: str) -> None:
    assert not load_recipient_rules(RuleSource()).is_abstract(word)


def test_ground_is_a_bare_place() -> None:
    rules = load_recipient_rules(RuleSource())
    assert rules.is_ground("all roads")
    assert rules.is_ground("town")
    assert not rules.is_ground("rebel-held town")


def test_an_unknown_event_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    shipped = (shipped_folder() / "en" / "recipients.toml").read_text("utf-8")
    (folder / "recipients.toml").write_text(shipped.replace("ASSAULT = ", "SHOUT = "), "utf-8")
    with pytest.raises(RuleError, match="SHOUT"):
        load_recipient_rules(RuleSource(folder=tmp_path))
