"""Checking rules, running their examples and showing what they leave out."""

import json

import pytest

from tests.cli.calling import holdfire

TRIGGER = """[[trigger]]
id        = "mine.flummox"
why       = "A refusal in one word."
event     = "REJECT"
verb      = ["flummox"]
recipient = ["object"]
matches   = ["The Valley Front flummoxed the envoys."]
near_miss = ["The council met the envoys."]
"""


@pytest.fixture
def mine(tmp_path):
    (tmp_path / "en" / "events").mkdir(parents=True)
    (tmp_path / "en" / "events" / "mine.toml").write_text(TRIGGER)
    return tmp_path


def test_shipped_rules_have_no_problems():
    found = holdfire("rules", "check")
    assert found.returncode == 0, found.stdout
    assert "no problems" in found.stdout


def test_every_problem_is_told_with_its_file(mine):
    (mine / "en" / "events" / "mine.toml").write_text(TRIGGER.replace("verb ", "verbs "))
    (mine / "conflicts").mkdir()
    (mine / "conflicts" / "bad.toml").write_text('[[conflict]]\nid = "bad"\nname = "Bad"\n')
    found = holdfire("rules", "check", "--rules", mine)
    assert found.returncode == 1
    assert "unknown field 'verbs'" in found.stdout
    assert "conflict 'bad' needs sides" in found.stdout
    assert found.stderr == ""


def test_files_and_records_that_nothing_reads_are_told_of(mine):
    (mine / "en" / "event").mkdir()
    (mine / "en" / "event" / "lost.toml").write_text(TRIGGER)
    (mine / "en" / "events" / "slip.toml").write_text(TRIGGER.replace("[[trigger]]", "[[triger]]"))
    found = holdfire("rules", "check", "--rules", mine)
    assert found.returncode == 1
    assert "lost.toml: nothing reads this file" in found.stdout
    assert "slip.toml: nothing reads [[triger]]" in found.stdout


def test_examples_of_one_rule(mine):
    found = holdfire("rules", "test", "mine.flummox", "--rules", mine)
    assert found.returncode == 0, found.stdout
    assert "Ran 2 examples of 1 rule: none failed." in found.stdout


def test_example_that_fails_is_named(mine):
    (mine / "en" / "events" / "mine.toml").write_text(TRIGGER.replace("met the envoys", "flummoxed the envoys"))
    found = holdfire("rules", "test", "mine.flummox", "--rules", mine)
    assert found.returncode == 1
    assert "'mine.flummox' catches its near miss: \"The council flummoxed the envoys.\"" in found.stdout


def test_no_such_rule_is_misuse():
    found = holdfire("rules", "test", "no-such-rule")
    assert (found.returncode, found.stdout) == (2, "")
    assert "no rule with examples has 'no-such-rule'" in found.stderr


def test_coverage_lists_idle_rules_and_silent_passages(tmp_path):
    (tmp_path / "report.txt").write_text(
        "Hezbollah stays out\nHezbollah has not fired a single rocket since May.\nHezbollah has a flag.\n"
    )
    found = holdfire("rules", "coverage", tmp_path / "report.txt", "--format", "json")
    assert found.returncode == 0, found.stderr
    counted = json.loads(found.stdout)
    assert counted["reports"] == 1
    assert "sanction.noun" in counted["never_fired"]
    assert set(counted["fired"]) & set(counted["never_fired"]) == set()
    assert [each["text"] for each in counted["silent_passages"]] == ["Hezbollah has a flag."]
    text = holdfire("rules", "coverage", tmp_path / "report.txt").stdout
    assert "Hezbollah has a flag.  (Hezbollah)" in text


def test_coverage_of_nothing_is_a_failure(tmp_path):
    found = holdfire("rules", "coverage", tmp_path / "none.txt")
    assert found.returncode == 1
    assert "no report could be read" in found.stderr
    assert "Traceback" not in found.stderr
