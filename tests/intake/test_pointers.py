"""Where a report names the report that it retells or reprints."""

from pathlib import Path

import pytest

from holdfire.errors import RuleError
from holdfire.intake.documents import make_document
from holdfire.intake.metadata import Header
from holdfire.intake.pointers import find_pointers
from holdfire.model.codec import document_to_json
from holdfire.rules.boilerplate import load_boilerplate_rules
from holdfire.rules.load import RuleSource

RULES = load_boilerplate_rules(RuleSource())


@pytest.mark.parametrize("rule", RULES.pointers, ids=lambda rule: rule.id)
def test_rule_matches_its_examples_and_not_its_near_misses(rule):
    assert rule.matches
    assert rule.near_miss
    for each in rule.matches:
        assert rule.form.search(each), each
    for each in rule.near_miss:
        assert not find_pointers(each, RULES.pointers), each


def test_pointer_names_author_and_outlet_and_is_kept_with_the_document():
    text = "The Front waits.\nTo learn why, read Ada Moor’s full report at The Port Amar Post."
    document = make_document(text, Header(), rules=RULES, raw=b"", reader="test")
    [pointer] = document_to_json(document)["pointers"]
    assert (pointer["kind"], pointer["author"], pointer["outlet"]) == (
        "fuller report",
        "Ada Moor",
        "The Port Amar Post",
    )
    assert text[pointer["start_char"] : pointer["end_char"]] == pointer["text"]


def test_first_report_points_to_its_author():
    places = [folder / "shared" / "real" / "media_line.txt" for folder in Path(__file__).parents[3:5]]
    report = next((each for each in places if each.exists()), None)
    if report is None:
        pytest.skip("the report ../shared/real/media_line.txt is not here")
    [pointer] = find_pointers(report.read_text("utf-8"), RULES.pointers)
    assert (pointer.author, pointer.outlet) == ("Hudhaifa Ebrahim", "The Media Line")


def test_bad_kind_is_refused(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "pointers.toml").write_text('[[pointer]]\nid = "p"\nkind = "x"\npattern = "x"\n')
    with pytest.raises(RuleError, match=r"pointers\.toml.*'p'.*fuller report"):
        load_boilerplate_rules(RuleSource(extra=(tmp_path,)))
