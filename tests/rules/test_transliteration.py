import pytest

from holdfire.actors.names import fold
from holdfire.rules.load import RuleSource
from holdfire.rules.transliteration import load_spelling_rules

RULES = load_spelling_rules(RuleSource())
RECORDS = RuleSource().records("en/transliteration.toml", "spelling")


def skeleton(name: str) -> str:
    return RULES.skeleton(fold(name)[0])


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: each["id"])
def test_examples_come_out_alike_and_near_misses_do_not(record):
    assert record["matches"]
    assert record["near_miss"]
    for first, second in record["matches"]:
        assert skeleton(first) == skeleton(second)
    for first, second in record["near_miss"]:
        assert skeleton(first) != skeleton(second)


def test_a_name_in_another_script_keeps_its_letters():
    assert skeleton("حزب الله") == "حزباله"
    assert skeleton("") == ""
