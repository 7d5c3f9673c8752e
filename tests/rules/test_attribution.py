"""The attribution rules: every record has an example, and a broken one is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfire.errors import RuleError
from holdfire.rules.attribution import FILE, load_attribution_rules
from holdfire.rules.load import Record, RuleSource

SOURCE = RuleSource()
RECORDS = [*SOURCE.records(FILE, "cue"), *SOURCE.records(FILE, "phrase")]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_record_says_why_and_has_an_example(record: Record) -> None:
    assert record["why"]
    assert record["matches"]


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
