"""Every boilerplate rule against its own examples."""

import pytest

from holdfire.errors import RuleError
from holdfire.intake.boilerplate import mark_boilerplate
from holdfire.rules.boilerplate import compiled, load_boilerplate_rules
from holdfire.rules.load import RuleSource

RULES = load_boilerplate_rules(RuleSource())
OUTLET = "The Port Amar Post"
REPORT = (
    "Guns fall silent at the bridge\nThe Valley Front fired nothing on Friday, the army said.\n"
    "The monitors agreed. Nobody was hurt.\nThe envoys leave today.\n"
)
AFTER = "Nobody crossed the river.\nThe council met. It found no words.\n"


@pytest.mark.parametrize(("rule", "line"), [(rule, line) for rule in RULES.lines for line in rule.matches])
def test_line_rule_matches_its_examples(rule, line):
    text = REPORT + line + "\n"
    marks = mark_boilerplate(text, RULES, outlet=OUTLET)
    assert [each.span.of(text) for each in marks] == [line]
    assert compiled(rule.pattern, OUTLET).fullmatch(line.strip("()★ -")), rule.id


@pytest.mark.parametrize("line", [line for rule in RULES.lines for line in rule.near_miss if line.endswith((".", '"'))])
def test_sentence_that_only_resembles_boilerplate_is_left(line):
    assert mark_boilerplate(REPORT + line + "\n", RULES, outlet=OUTLET) == ()


@pytest.mark.parametrize(("rule", "line"), [(rule, line) for rule in RULES.lines for line in rule.near_miss])
def test_line_rule_passes_over_its_near_misses(rule, line):
    text = REPORT + line + "\n" + AFTER
    assert rule.reason not in {each.reason for each in mark_boilerplate(text, RULES, outlet=OUTLET)}


@pytest.mark.parametrize(("cue", "line"), [(cue, line) for cue in RULES.cues for line in cue.matches])
def test_cue_example_is_marked(cue, line):
    assert compiled(cue.pattern, OUTLET).search(line)
    assert len(mark_boilerplate(REPORT + line + "\n" + AFTER, RULES, outlet=OUTLET)) >= 1


@pytest.mark.parametrize("line", [line for cue in RULES.cues for line in cue.near_miss])
def test_cue_near_miss_is_left(line):
    assert mark_boilerplate(REPORT + line + "\n", RULES, outlet=OUTLET) == ()


@pytest.mark.parametrize(("keep", "line"), [(keep, line) for keep in RULES.keeps for line in keep.matches])
def test_signature_at_the_end_is_kept(keep, line):
    assert mark_boilerplate(REPORT + line + "\n", RULES, outlet=OUTLET) == ()


def test_bad_pattern_names_file_record_and_mend(tmp_path):
    (tmp_path / "boilerplate.toml").write_text('[[line]]\nid = "line.bad"\nwhy = "x"\nreason = "x"\npattern = "("\n')
    with pytest.raises(RuleError, match=r"boilerplate\.toml.*line\.bad.*Mend"):
        load_boilerplate_rules(RuleSource(extra=(tmp_path,)))
