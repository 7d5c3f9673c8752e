"""What is counted when silence is judged."""

import pytest

from holdfire.errors import RuleError
from holdfire.rules.load import RuleSource, shipped_folder
from holdfire.rules.silence import NEEDED, load_counted


def test_shipped_counts_are_whole():
    counted = load_counted(RuleSource())
    assert set(counted) >= set(NEEDED)
    assert "ASSAULT" not in counted["reports"].events
    assert "holding fire" not in counted["deeds"].conducts


@pytest.mark.parametrize(
    ("said", "instead", "told"),
    [
        ('"ASSAULT"]', '"SHOUT"]', "events that the codebook lacks: SHOUT"),
        ('["attacking"]', '["shouting"]', "conducts that the codebook lacks: shouting"),
    ],
)
def test_faults_are_named(tmp_path, said, instead, told):
    shipped = (shipped_folder() / "silence.toml").read_text("utf-8")
    assert said in shipped
    (tmp_path / "silence.toml").write_text(shipped.replace(said, instead), "utf-8")
    with pytest.raises(RuleError, match=told):
        load_counted(RuleSource(extra=(tmp_path,)))
