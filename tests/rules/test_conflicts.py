"""Conflicts and conducts as written down."""

import pytest

from holdfire.errors import RuleError
from holdfire.model.claim import CONDUCTS
from holdfire.rules.conducts import load_conducts
from holdfire.rules.conflicts import find_conflict, load_conflicts
from holdfire.rules.knowledge import read_actors
from holdfire.rules.load import RuleSource


def test_shipped_conflicts_name_actors_of_the_knowledge_base():
    known = {each.id for each in read_actors(RuleSource())}
    for conflict in load_conflicts(RuleSource()):
        named = {each for side in conflict.sides for each in side} | set(conflict.watched)
        assert named <= known


def test_conflict_is_found_by_id_name_or_part_of_the_name():
    conflicts = load_conflicts(RuleSource())
    assert find_conflict("iran-israel-2025", conflicts) is find_conflict("Israel, 2025", conflicts)
    assert find_conflict("nowhere", conflicts) is None


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('name = "X"', "needs sides"),
        ('name = "X"\nsides = [["a"], ["b"]]\nstart = "June"', "start must be a date"),
        ('name = "X"\nsides = [["a"]]\nstart = 2025-02-01\nend = 2025-01-01', "before it starts"),
        ('name = "X"\nsides = [["a"]]\nsdie = 1', "unknown field 'sdie'"),
    ],
)
def test_wrong_conflict_stops_with_file_and_record(tmp_path, body, says):
    (tmp_path / "conflicts").mkdir()
    (tmp_path / "conflicts" / "mine.toml").write_text(f'[[conflict]]\nid = "mine"\n{body}\n')
    with pytest.raises(RuleError, match=says) as found:
        load_conflicts(RuleSource(extra=(tmp_path,)))
    assert "mine.toml" in str(found.value)
    assert "'mine'" in str(found.value)


def test_every_conduct_has_a_family_a_sign_and_a_half_life():
    assert set(load_conducts(RuleSource())) == set(CONDUCTS)


ATTACKING = """[[conduct]]
id = "attacking"
why = "x"
family = "deed"
sign = "■"
mark = "filled square"
colour = "#a63603"
colour_dark = "#fd8d3c"
heat = 5
half_life_days = 3
"""


def test_own_rules_change_a_half_life_and_the_digest(tmp_path):
    (tmp_path / "conduct.toml").write_text(ATTACKING)
    own = RuleSource(extra=(tmp_path,))
    assert load_conducts(own)["attacking"].half_life_days == 3
    assert own.digest() != RuleSource().digest()
    assert own.digest() == RuleSource(extra=(tmp_path,)).digest()


@pytest.mark.parametrize(
    ("said", "instead", "complaint"),
    [
        ('mark = "filled square"', 'mark = "skull"', "has the mark 'skull'. Known: filled square"),
        ('colour = "#a63603"', 'colour = "red"', "has the colour 'red'. Write it as #2166ac"),
        ('colour_dark = "#fd8d3c"\n', "", "lacks 'colour_dark'"),
    ],
)
def test_a_conduct_that_cannot_be_drawn_is_refused(tmp_path, said, instead, complaint):
    (tmp_path / "conduct.toml").write_text(ATTACKING.replace(said, instead))
    with pytest.raises(RuleError, match=complaint):
        load_conducts(RuleSource(extra=(tmp_path,)))


def test_marks_tell_hot_deeds_from_restraint_without_colour():
    conducts = load_conducts(RuleSource()).values()
    hot = {each.mark for each in conducts if each.family == "deed" and each.heat > 0}
    cool = {each.mark for each in conducts if each.family == "deed" and each.heat < 0}
    words = {each.mark for each in conducts if each.family == "word" and each.heat}
    assert not hot & cool
    assert not (hot | cool) & words
