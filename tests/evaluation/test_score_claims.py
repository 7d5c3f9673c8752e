"""The scorer against hand-made documents, and against the scorer that it was carried from, where that is at hand."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from evaluation.check_gold import faults
from evaluation.run import below_floor, flat_figures
from evaluation.score_claims import days_of, load_gold, score

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "evaluation" / "corpora" / "dev"
ORIGINAL = next(
    (found for folder in ROOT.parents[:2] if (found := folder / "shared" / "tools" / "score_claims.py").exists()),
    None,
)

GOLD = {
    "id": "a",
    "text": "Front fires\nThe Valley Front fired two rockets at Port Amar.\nThe army will not answer.\nShare this\n",
    "boilerplate": ["Share this"],
    "claims": [
        {"evidence": "The Valley Front fired two rockets", "actor": ["Valley Front|the Front"], "event": "ASSAULT",
         "recipient": ["Port Amar"], "conduct": "attacking"},
        {"evidence": "The army will not answer", "actor": ["the army"], "event": "ASSAULT", "polarity": "negated",
         "modality": "intended", "conduct": "holding fire"},
    ],
}  # fmt: skip


def prediction(**changes):
    claim = {
        "evidence": {"text": "The Valley Front fired two rockets at Port Amar"},
        "actor": [{"text": "The Valley Front", "name": "Valley Front"}],
        "recipient": [{"text": "Port Amar", "name": None}],
        "event": "ASSAULT",
        "conduct": "attacking",
    }
    return {"document": {"id": "a", "text": GOLD["text"], "boilerplate": []}, "claims": [claim | changes]}


def test_one_of_two_claims_found():
    figures = score([GOLD], {"a": prediction()})
    assert figures["claims"] == {"precision": 1.0, "recall": 0.5, "f1": 0.667, "gold": 2}
    assert figures["conduct"]["f1"] == 0.667
    assert figures["facets"]["all"] == 1.0
    assert figures["false attacks per 100 documents"] == 0
    assert figures["boilerplate"] == {"dropped": 0.0, "kept": 1.0}


def test_attack_by_the_wrong_party_is_a_false_attack():
    figures = score([GOLD], {"a": prediction(actor=[{"text": "The army"}])})
    assert figures["claims"]["f1"] == 0
    assert figures["false attacks per 100 documents"] == 100


def test_missing_document_is_named_and_counts_as_empty():
    figures = score([GOLD], {})
    assert figures["missing"] == ["a"]
    assert figures["claims"]["recall"] == 0


def test_figures_are_held_against_floors_in_their_own_direction():
    figures = flat_figures(score([GOLD], {"a": prediction()}))
    assert below_floor(figures, {"claims": 0.6, "false attacks per 100 documents": 5}) == []
    assert below_floor(figures, {"claims": 0.7}) == ["claims: 0.667, floor 0.7"]
    assert below_floor(figures | {"false attacks per 100 documents": 9}, {"false attacks per 100 documents": 5})
    assert below_floor(figures, {"no such figure": 0}) == ["no such figure: not measured, floor 0"]


@pytest.mark.parametrize("corpus", ["dev", "held"])
def test_annotated_files_have_no_faults(corpus):
    folder = CORPUS.parent / corpus
    assert list(folder.glob("*.yaml"))
    assert faults(folder) == []


def test_faults_of_annotated_files_are_named(tmp_path):
    (tmp_path / "a.yaml").write_text(
        "id: a\ntext: One fired.\npublished: '2025-01-01'\noutlet: X\n"
        "claims:\n- {evidence: Two, actor: [A], event: FIGHT}\n"
    )
    (tmp_path / "b.yaml").write_text("id: [\n")
    found = "\n".join(faults(tmp_path))
    assert "a.yaml: evidence not in text: 'Two'" in found
    assert "a.yaml: event 'FIGHT'" in found
    assert "a.yaml: no conduct" in found
    assert "b.yaml: " in found


@pytest.mark.skipif(ORIGINAL is None, reason="the scorer that this one was carried from is not at hand")
def test_figures_equal_those_of_the_original(tmp_path):
    golds = load_gold(CORPUS)
    chance = random.Random(7)
    path = tmp_path / "predictions.jsonl"
    predictions = {}
    with path.open("w") as file:
        for gold in golds[:-1]:
            found = {"document": {"id": gold["id"], "text": gold["text"], "boilerplate": []}, "claims": []}
            for line in gold.get("boilerplate", []):
                start = gold["text"].index(line)
                if chance.random() < 0.8:
                    found["document"]["boilerplate"].append({"start_char": start, "end_char": start + len(line)})
            for claim in gold.get("claims", []):
                if chance.random() < 0.8:
                    found["claims"].append(_shaken(claim, chance))
            predictions[gold["id"]] = found
            file.write(json.dumps(found) + "\n")
    run = subprocess.run([sys.executable, ORIGINAL, CORPUS, path, "--json"], capture_output=True, text=True, check=True)
    found = score(golds, predictions)
    # The original has no figure for times.
    del found["time"]
    assert found == json.loads(run.stdout)


@pytest.mark.parametrize(
    ("time", "days"),
    [
        ("2025-06-17", ("2025-06-17", "2025-06-17")),
        ("2025-06-13/2025-06-17", ("2025-06-13", "2025-06-17")),
        ("2024", ("2024-01-01", "2024-12-31")),
    ],
)
def test_gold_times_are_days_intervals_and_years(time, days):
    assert days_of(time) == days


def test_time_is_right_only_with_both_ends():
    gold = {"id": "a", "text": "", "claims": [_claim(time="2025-06-13/2025-06-17")]}
    for start, share in (("2025-06-13", 1.0), ("2025-06-12", 0.0)):
        claim = _claim(time={"start": start, "end": "2025-06-17"})
        found = score([gold], {"a": {"document": {"text": ""}, "claims": [claim]}})
        assert found["time"] == share


def _claim(*, time):
    words = "the front attacked the port"
    evidence = words if isinstance(time, str) else {"text": words}
    return {"evidence": evidence, "actor": ["the front"], "event": "ASSAULT", "conduct": None, "time": time}


def _shaken(gold, chance):
    """A prediction that is mostly right: each field is replaced now and then."""

    def maybe(value, other):
        return other if chance.random() < 0.15 else value

    def party(item):
        return {"text": maybe(item.split("|")[-1], "somebody else"), "name": maybe(item.split("|")[0], None)}

    return {
        "evidence": {"text": maybe(gold["evidence"], gold["evidence"][: len(gold["evidence"]) // 3])},
        "actor": [] if gold["actor"] == ["?"] else [party(each) for each in gold["actor"]],
        "recipient": [party(each) for each in gold.get("recipient", [])],
        "sources": [party(each) for each in gold.get("sources", [])],
        "event": maybe(gold["event"].split("|")[0], "ASSAULT"),
        "polarity": maybe(gold.get("polarity", "affirmed"), "affirmed"),
        "modality": maybe(gold.get("modality", "actual"), "actual"),
        "certainty": maybe(gold.get("certainty", "stated"), "rumoured"),
        "content": maybe(gold.get("content"), None),
        "mode": maybe(str(gold.get("mode", "")).split("|")[0], "drone"),
        "place": {"text": str(gold.get("place", "")).split("|")[0]} if gold.get("place") else None,
        "reasons": [
            {"text": maybe(each["text"], "x"), "category": each["category"].split("|")[0]}
            for each in gold.get("reasons", [])
        ],
        "conduct": (gold.get("conduct") or "").split("|")[0] or None,
    }
