"""The rules of event tables: every CAMEO code has a meaning or is said to have none, and faults are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfire.errors import RuleError
from holdfire.model.claim import EVENTS
from holdfire.rules.event_tables import load_event_table_rules
from holdfire.rules.load import RuleSource

RULES = load_event_table_rules(RuleSource())


def test_every_root_of_cameo_has_a_record() -> None:
    for root in range(1, 21):
        assert RULES.of_cameo(f"{root:02d}0") is not None


@pytest.mark.parametrize(
    ("code", "event", "mode"),
    [
        ("010", None, None), ("0231", "REQUEST", "assist"), ("0356", "CONCEDE", None), ("036", "AGREE", None),
        ("0811", "CONCEDE", None), ("0831", "CONCEDE", None), ("0841", "RETREAT", "release"),
        ("0871", "RETREAT", "ceasefire"), ("0874", "RETREAT", "withdraw"), ("107", "REQUEST", None),
        ("1246", "REJECT", "yield"), ("175", "ASSAULT", "crowd-control"), ("192", "ASSAULT", "seize"),
        ("1831", "ASSAULT", "explosives"), ("2042", "ASSAULT", None),
    ],
)  # fmt: skip
def test_cameo_as_plover(code: str, event: str | None, mode: str | None) -> None:
    kind = RULES.of_cameo(code)
    assert kind is not None
    assert (kind.event, kind.mode) == (event, mode)


@pytest.mark.parametrize("code", ["", "1", "20", "210", "999", "0", "19999", "xx", "---", "13y", "１９０"])
def test_what_is_no_code_of_cameo(code: str) -> None:
    assert RULES.of_cameo(code) is None


def test_yielding_is_split_into_word_and_deed() -> None:
    eighth = {code: kind.event for code, kind in RULES.cameo.items() if code.startswith("08")}
    assert set(eighth.values()) == {"CONCEDE", "RETREAT"}


def test_events_are_those_of_plover() -> None:
    kinds = [*RULES.cameo.values(), *RULES.kinds.values()]
    assert {each.event for each in kinds} - {None} <= set(EVENTS)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ('[[cameo]]\nid = "mine"\ncodes = ["190"]\nevent = "PICNIC"\nwhy = "x"\n', "has event 'PICNIC'"),
        ('[[cameo]]\nid = "mine"\ncodes = ["19"]\nevent = "ASSAULT"\nwhy = "x"\n', "'cameo.19.fight' has already"),
    ],
)
def test_a_fault_in_an_own_rule_is_named(tmp_path: Path, record: str, message: str) -> None:
    (tmp_path / "cameo.toml").write_text(record)
    with pytest.raises(RuleError, match=message):
        load_event_table_rules(RuleSource(extra=(tmp_path,)))


def test_an_own_rule_overrides_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "cameo.toml").write_text(
        '[[cameo]]\nid = "cameo.19.fight"\ncodes = ["19"]\nevent = "COERCE"\nwhy = "ours"\n'
    )
    kind = load_event_table_rules(RuleSource(extra=(tmp_path,))).of_cameo("190")
    assert kind is not None
    assert kind.event == "COERCE"
