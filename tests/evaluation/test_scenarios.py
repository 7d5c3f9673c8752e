"""The scenario scorer: tables are read and checked, boards compared with them."""

from datetime import date
from pathlib import Path

import pytest
from evaluation.scenario_boards import faults, read_report, read_scenario
from evaluation.scenarios import figures, score

from holdfire.model.posture import Board, Finding, Posture
from holdfire.pipeline import load_knowledge
from holdfire.rules.boilerplate import load_boilerplate_rules
from holdfire.rules.conducts import load_conducts
from holdfire.rules.conflicts import find_conflict, load_conflicts
from holdfire.rules.load import RuleSource

CORPUS = Path(__file__).parents[2] / "evaluation" / "corpora" / "scenarios"
TABLE = """# The valley

conflict: valley-war

## 2020-05-01

| actor | deed | word | since | why |
| --- | --- | --- | --- | --- |
| Valley Front | holding fire | threatening or refusing | 2020-04-30 | waits |
| River Guard | none reported | backing | | |

## 2020-05-09

| actor | deed | word | since | why |
| --- | --- | --- | --- | --- |
| Valley Front | attacking | none reported | 2020-05-08 | fires |
"""
ACTORS = {"Valley Front": "val.front", "River Guard": "val.guard"}


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge(RuleSource())


@pytest.fixture
def scenario(tmp_path):
    (tmp_path / "boards.md").write_text(TABLE)
    (tmp_path / "01.txt").write_text(
        "outlet: The Ferry\nurl: https://f.example/1\npublished: 2020-05-01\n\nThe Valley Front waits.\n"
    )
    return read_scenario(tmp_path)


class _Claim:
    """Enough of an entry for a line of the listing."""

    class claim:
        class evidence:
            text = "The Front waits"


def finding(conduct, since):
    return Finding(
        conduct=conduct, since=since, latest=since, strength=1.0, outlets=("The Ferry",), entries=(_Claim(),)
    )


def board(day, *postures):
    return Board(valid_on=day, known_by=None, conflict=None, reports=1, outlets=1, claims=1, postures=postures)


def posture(key, deed=None, word=None):
    return Posture(key=key, name=key, deed=deed, word=word)


def test_tables_are_read_by_day_with_every_answer_allowed(scenario):
    first, _, last = scenario.rows
    assert scenario.days == (date(2020, 5, 1), date(2020, 5, 9))
    assert (first.deed, first.word) == (("holding fire",), ("threatening", "refusing"))
    assert (last.since, last.why) == (date(2020, 5, 8), "fires")


def test_a_report_keeps_its_text_and_takes_outlet_address_and_day_from_its_head(scenario):
    document = read_report(scenario.reports[0], load_boilerplate_rules(RuleSource()))
    assert (document.text, document.outlet, document.published) == (
        "The Valley Front waits.\n", "The Ferry", date(2020, 5, 1)
    )  # fmt: skip


def test_a_table_with_a_missing_cell_names_its_line(tmp_path):
    (tmp_path / "boards.md").write_text(TABLE.replace("| fires |", "|"))
    with pytest.raises(ValueError, match=r"boards\.md:16: 4 cells"):
        read_scenario(tmp_path)


def test_unknown_actors_conducts_of_the_wrong_family_and_rows_told_twice_are_faults(scenario):
    conducts = {"holding fire": "deed", "attacking": "deed", "threatening": "word", "backing": "deed"}
    told = [line.split(", ", 1)[1] for line in faults(scenario, conducts, {"Valley Front"})]
    assert told == [
        "2020-05-01, Valley Front: no word: refusing",
        "2020-05-01, River Guard: no word: backing",
        "2020-05-01, River Guard: no actor of the knowledge base has this name",
    ]


def test_deeds_words_and_dates_are_counted_and_wrong_ones_listed(scenario):
    waits = finding("holding fire", date(2020, 5, 1))
    first = board(date(2020, 5, 1), posture("val.front", deed=waits, word=finding("backing", date(2020, 5, 1))))
    second = board(date(2020, 5, 9), posture("val.front", deed=finding("attacking", date(2020, 5, 3))))
    lines = []
    counts = score(scenario.rows, {date(2020, 5, 1): first, date(2020, 5, 9): second}, ACTORS, lines)
    # Deeds: all three. Words: the Front's first and the Guard's are wrong. Dates: 1 May is within a day, 3 May is not.
    assert figures(counts) == {"deeds and words": 0.667, "deeds": 1.0, "words": 0.333, "dates": 0.5}
    assert [line.split(": ")[0] for line in lines] == [
        "2020-05-01  Valley Front", "2020-05-01  River Guard", "2020-05-09  Valley Front"
    ]  # fmt: skip


@pytest.mark.parametrize("folder", sorted(CORPUS.glob("*/boards.md")), ids=lambda path: path.parent.name)
def test_every_shipped_scenario_has_its_conflict_a_dozen_reports_and_six_boards_without_fault(folder, knowledge):
    source = RuleSource()
    scenario = read_scenario(folder.parent)
    families = {name: each.family for name, each in load_conducts(source).items()}
    assert len(scenario.reports) >= 12
    assert len(scenario.days) >= 6
    assert find_conflict(scenario.conflict, load_conflicts(source)) is not None
    assert list(faults(scenario, families, {actor.name for actor in knowledge.actors.values()})) == []
    boilerplate = load_boilerplate_rules(source)
    for path in scenario.reports:
        assert read_report(path, boilerplate).published is not None
