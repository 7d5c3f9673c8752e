"""The attribution rules: every record proves itself, and a broken one is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfire.errors import RuleError
from holdfire.rules.attribution import FILE, load_attribution_rules
from holdfire.rules.load import Record, RuleSource
from tests.reading import attributions_of

SOURCE = RuleSource()
RECORDS = [*SOURCE.records(FILE, "cue"), *SOURCE.records(FILE, "phrase")]


def rule_ids(text: str) -> set[str | None]:
    return {each.cue_id for each in attributions_of(text)}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_record_says_why_and_matches_its_examples(record: Record) -> None:
    assert record["why"]
    assert record["matches"]
    for sentence in record["matches"]:
        assert record["id"] in rule_ids(sentence), sentence


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_record_leaves_its_near_misses_alone(record: Record) -> None:
    for sentence in record.get("near_miss", ()):
        assert record["id"] not in rule_ids(sentence), sentence


@pytest.mark.parametrize(
    ("record", "complaint"),
    [
        ('kind = "fancy"\ncertainty = "denied"\nframes = {}', "has kind 'fancy'"),
        ('kind = "report"\ncertainty = "denied"\nframes = { that = 2 }', "the weight 2"),
        ('kind = "report"\ncertainty = "denied"\nframes = {}\nfrmes = {}', "unknown field 'frmes'"),
    ],
)
def test_broken_cue_is_refused_with_its_name(tmp_path: Path, record: str, complaint: str) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / FILE).write_text(f'[[cue]]\nid = "cue.mine"\npart = "verb"\nwords = ["spurn"]\n{record}\n', "utf-8")
    with pytest.raises(RuleError, match=complaint) as caught:
        load_attribution_rules(RuleSource(extra=(tmp_path,)))
    assert "cue.mine" in str(caught.value)
