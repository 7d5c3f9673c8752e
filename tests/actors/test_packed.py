from holdfire.actors.knowledge import build_knowledge
from holdfire.actors.packed import Unpacked, pack_knowledge, unpack_knowledge
from holdfire.rules.knowledge import read_actors
from holdfire.rules.load import RuleSource
from tests.actors.invented import invented_knowledge


def test_unpacked_knowledge_is_the_same_knowledge() -> None:
    for knowledge in (invented_knowledge(), build_knowledge(read_actors(RuleSource()))):
        again = unpack_knowledge(pack_knowledge(knowledge))
        assert dict(again.actors) == dict(knowledge.actors)
        assert list(again.actors) == list(knowledge.actors)
        assert dict(again.offices) == dict(knowledge.offices)
        assert dict(again.tied) == dict(knowledge.tied)
        assert dict(again.names.entries) == dict(knowledge.names.entries)
        assert again.names.keys == knowledge.names.keys


def test_names_are_found_alike() -> None:
    text = "The Free Valley Front and the PLV left Port Amar, where Dorn waited."
    knowledge = invented_knowledge()
    assert unpack_knowledge(pack_knowledge(knowledge)).names.find(text) == knowledge.names.find(text) != ()


def test_a_row_is_read_once_and_only_when_asked_for() -> None:
    seen: list[int] = []

    def read(row: list[int]) -> int:
        seen.append(row[0])
        return row[0]

    mapping = Unpacked({"a": "[1]", "b": "[2]"}, read)
    assert (len(mapping), list(mapping), "b" in mapping, mapping.get("c")) == (2, ["a", "b"], True, None)
    assert seen == []
    assert (mapping["a"], mapping["a"], seen) == (1, 1, [1])
