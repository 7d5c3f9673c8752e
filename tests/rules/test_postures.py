"""postures.toml: what stops the run, and what the shipped file must hold."""

import pytest

from holdfire.errors import RuleError
from holdfire.rules.load import RuleSource
from holdfire.rules.postures import load_posture_rules


def test_shipped_weights_give_the_actor_itself_the_last_word():
    weights = {name: each.weight for name, each in load_posture_rules(RuleSource()).weights.items()}
    assert weights["voice.own"] > weights["voice.named"] > weights["voice.unnamed"] > weights["voice.distant"]
    assert weights["certainty.stated"] > weights["certainty.attributed"] > weights["certainty.hedged"]


def test_solidarity_without_deeds_is_wide_for_those_who_bear_arms_alone():
    gaps = load_posture_rules(RuleSource()).gaps
    first = next(each for each in gaps if "backing" in each.words and "holding fire" in each.deeds)
    assert (first.size, "armed group" in first.kinds, "state" in first.kinds) == (3, True, False)


@pytest.mark.parametrize(
    ("text", "found"), [("a militia allied with the Front", True), ("a pro-Front post", True), ("the Prophet", False)]
)
def test_who_stands_beside(text, found):
    assert bool(load_posture_rules(RuleSource()).beside.search(text)) is found


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('[[weight]]\nid = "voice.own"\nof = "voice"\nweight = 1.5', "above 0, at most 1"),
        ('[[weight]]\nid = "certainty.loud"\nof = "certainty"\nweight = 0.5', "is of no certainty"),
        ('[[gap]]\nid = "g"\nwords = ["singing"]\ndeeds = []\nsize = 1\ndirection = "x"', "unknown words: singing"),
        (
            '[[gap]]\nid = "g"\nwords = ["backing"]\ndeeds = ["attacking"]\nsize = 4\ndirection = "x"',
            "size of 1, 2 or 3",
        ),
        ('[[office]]\nid = "o"\ntitels = []', "lacks 'titles'"),
    ],
)
def test_wrong_record_stops_with_file_and_record(tmp_path, body, says):
    (tmp_path / "postures.toml").write_text(body + "\n")
    with pytest.raises(RuleError, match=says) as found:
        load_posture_rules(RuleSource(extra=(tmp_path,)))
    assert "postures.toml" in str(found.value)
