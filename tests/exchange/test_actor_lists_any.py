"""Whatever stands in a file, reading it as a list of actors ends in a list or in one of our own errors."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.errors import HoldfireError
from holdfire.exchange.acled_actors import read_acled_actors
from holdfire.exchange.petrarch_actors import read_petrarch_actors
from holdfire.exchange.ucdp_actors import read_ucdp_actors
from holdfire.exchange.wikidata_actors import read_wikidata_actors
from holdfire.rules.imports import load_import_rules
from holdfire.rules.load import RuleSource

RULES = load_import_rules(RuleSource())
PIECES = st.sampled_from(
    [
        "VALLEY_FRONT_",
        "+",
        "[",
        "]",
        "VELREB",
        " <",
        ">",
        "960101",
        "20041399",
        "-",
        "\t",
        "#",
        "\n",
        ",",
        '"',
        ";",
        "é",
    ]
)
# Words of a dump in places where they do not belong.
WORDS = st.sampled_from(
    ["id", "claims", "labels", "aliases", "en", "value", "P31", "P17", "P571", "mainsnak", "datavalue", "qualifiers"]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.sampled_from(["Q5", "Q7278", "value", "+2004-00-00T00:00:00Z"])
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)
CLAIM = {"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q7278"}}}, "rank": "normal"}


def read(reader, lines):
    try:
        list(reader(lines, "list", RULES))
    except HoldfireError as why:
        message = str(why)
    else:
        return
    assert message.startswith("Importing actors: list, line ")


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(deadline=None)
def test_any_dictionary(text):
    read(read_petrarch_actors, text.splitlines(keepends=True))


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["ActorId,NameData,Org\n", "actor1,inter1\n", ""]))
@settings(deadline=None)
def test_any_table(text, header):
    for reader in (read_ucdp_actors, read_acled_actors):
        read(reader, (header + text).splitlines(keepends=True))


@given(JSON)
@settings(deadline=None)
def test_any_object_as_an_entity(value):
    read(read_wikidata_actors, [json.dumps(value)])


@given(JSON, JSON, JSON, JSON)
@settings(deadline=None)
def test_any_part_of_an_entity(labels, aliases, claims, value):
    taken = {"P31": [CLAIM], "P571": [{"mainsnak": value}], "P463": claims}
    entity = {"type": "item", "id": "Q1", "labels": labels, "aliases": aliases, "claims": taken}
    read(read_wikidata_actors, [json.dumps(entity)])
    named = {**entity, "labels": {"en": {"value": "Valley Front"}}, "claims": {**taken, "P17": value}}
    read(read_wikidata_actors, [json.dumps(named)])
