"""The fast parse: the same as spaCy's, whatever is parsed with it, in bounded memory, or not used at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
import yaml

from holdfire.extraction import fast_parse, nlp, parity
from holdfire.extraction.base_forms import pair_rules
from holdfire.extraction.encoder import BLOCK, UnknownModel, steady_product
from holdfire.extraction.fast_parse import FastParser
from holdfire.extraction.nlp import Stock, load_language, model_name
from holdfire.extraction.passages import split_passages
from holdfire.extraction.tokens import Doc
from holdfire.model.document import Document
from holdfire.rules.load import RuleSource
from holdfire.rules.sentences import load_sentence_rules

CORPORA = Path(__file__).parents[2] / "evaluation" / "corpora"


@pytest.fixture(scope="module")
def pipeline() -> Any:
    return spacy.load(model_name(), exclude=["ner"])


@pytest.fixture(scope="module")
def fast(pipeline: Any) -> FastParser:
    return FastParser(pipeline)


@pytest.fixture(scope="module")
def reports() -> list[list[str]]:
    rules = load_sentence_rules(RuleSource())
    found = []
    for path in sorted(CORPORA.rglob("*.yaml")):
        text = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["text"]
        passages = split_passages(Document(id=path.stem, text=text), rules)
        found.append([each.span.of(text) for each in passages])
    return found


def facts(doc: Doc) -> list[tuple[Any, ...]]:
    return [(t.text, t.idx, t.tag_, t.dep_, t.pos_, t.lemma_, t.head.i, t.whitespace_) for t in doc]


def test_no_head_label_tag_or_base_form_differs_from_spacys(fast: FastParser, reports: list[list[str]]) -> None:
    stock = Stock(spacy.load(model_name(), exclude=["ner"]))
    tokens = 0
    for texts in reports:
        for wanted, got in zip(stock.parse(texts), fast.parse(texts), strict=True):
            assert facts(got) == facts(wanted)
            tokens += len(got)
    assert tokens > 18_000


def test_vectors_do_not_depend_on_what_is_parsed_beside(
    pipeline: Any, fast: FastParser, reports: list[list[str]]
) -> None:
    texts = [text for report in reports[:8] for text in report]
    docs = [fast_parse.one_sentence(pipeline, text) for text in texts]
    rows = fast._lexicon.rows_of(docs)
    together = fast._encoder.encode(fast._lexicon.vectors, rows)
    for number in range(0, len(texts), 7):
        (alone,) = fast._encoder.encode(fast._lexicon.vectors, [rows[number]])
        assert np.array_equal(alone, together[number])
        few = fast._encoder.encode(fast._lexicon.vectors, rows[number : number + 5])
        assert np.array_equal(few[0], together[number])


def test_products_round_alike_however_many_rows() -> None:
    chance = np.random.default_rng(3)
    rows, weights = chance.standard_normal((300, 96), np.float32), chance.standard_normal((96, 50), np.float32)
    whole = steady_product(rows, weights)
    assert np.allclose(whole, rows @ weights, atol=1e-4)
    for count in (1, 2, 17, BLOCK, BLOCK + 1, 300):
        assert np.array_equal(steady_product(rows[:count], weights), whole[:count])


def test_a_long_document_is_parsed_in_parts_with_the_same_result(fast: FastParser, reports: list[list[str]]) -> None:
    texts = [text for report in reports[:12] for text in report]
    assert len(texts) > 2 * fast_parse.CHUNK
    one_by_one = [doc for report in reports[:12] for doc in fast.parse(report)]
    assert [facts(doc) for doc in fast.parse(texts)] == [facts(doc) for doc in one_by_one]


def test_a_full_lexicon_is_emptied_and_nothing_changes(pipeline: Any, reports: list[list[str]]) -> None:
    roomy, wanted = FastParser(pipeline), []
    for report in reports:
        wanted += [facts(doc) for doc in roomy.parse(report)]
    tight, got, most = FastParser(pipeline, capacity=2000), [], 0
    for report in reports:
        got += [facts(doc) for doc in tight.parse(report)]
        most = max(most, len(tight._lexicon.forms))
    assert got == wanted
    assert most <= 2000 < len(roomy._lexicon.forms)


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Let's stop.", "'s", "us"),
        ("The commander's plan failed.", "'s", "'s"),
        ("It is gonna end.", "gon", "go"),
        ("There ain't no truce.", "ai", "be"),
    ],
)
def test_rules_on_two_tokens_see_the_token_beside(fast: FastParser, text: str, word: str, lemma: str) -> None:
    fast.parse(["The commander's plan failed.", "Let's stop.", "The port is 's closed."])
    (doc,) = fast.parse([text])
    assert next(token.lemma_ for token in doc if token.text == word) == lemma


def test_an_attribute_rule_that_looks_further_is_not_taken() -> None:
    with pytest.raises(UnknownModel, match="an attribute rule on"):
        pair_rules([{"patterns": [[{"LOWER": "a"}, {"LOWER": "b"}, {"LOWER": "c"}]], "index": 0}])
    with pytest.raises(UnknownModel, match="an attribute rule on"):
        pair_rules([{"patterns": [[{"MORPH": "Number=Sing"}]], "index": 0}])


def test_another_model_is_parsed_by_spacy_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def pruned(name: str) -> Any:
        made = spacy.load(name, exclude=["ner"])
        made.get_pipe("attribute_ruler").add([[{"SHAPE": "dddd"}]], {"POS": "NUM"})
        return made

    monkeypatch.setattr(nlp, "_pipeline", pruned)
    language = load_language()
    assert "an attribute rule on" in str(language.slow_because)
    assert [token.dep_ for token in language.parse(["The port is closed."])[0]][:3] == ["det", "nsubjpass", "auxpass"]


def test_a_parse_that_differs_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    right = FastParser.parse

    def wrong(self: FastParser, texts: list[str]) -> list[Doc]:
        docs = right(self, texts)
        for doc in docs:
            doc[0].tag_ = "XX"
        return docs

    monkeypatch.setattr(FastParser, "parse", wrong)
    language = load_language()
    assert "'XX'" in str(language.slow_because)
    assert parity.SENTENCES[0] in str(language.slow_because)
    assert facts(language.parse(["The port is closed."])[0])[0][2] == "DT"


def test_the_shipped_model_is_parsed_fast() -> None:
    assert load_language().slow_because is None


def test_no_text_and_white_space_alone_are_parsed(fast: FastParser) -> None:
    assert fast.parse([]) == []
    assert [len(doc) for doc in fast.parse(["\n", " \t "])] == [1, 1]


def test_a_kept_parse_is_the_same_and_mending_one_mends_no_other(
    pipeline: Any, fast: FastParser, reports: list[list[str]]
) -> None:
    forgetful = FastParser(pipeline, kept=0)
    for texts in reports[:6]:
        first = fast.parse(texts)
        wanted = [facts(doc) for doc in first]
        for doc in first:
            for token in doc:
                token.dep_, token.lemma_ = "mended", "mended"
        assert [facts(doc) for doc in fast.parse(texts)] == wanted
        assert [facts(doc) for doc in forgetful.parse([*texts, *texts])] == wanted * 2
    assert not forgetful._kept


def test_no_more_parses_and_words_are_kept_than_allowed(reports: list[list[str]]) -> None:
    def load() -> Any:
        loaded.append(spacy.load(model_name(), exclude=["ner"]))
        return loaded[-1]

    loaded: list[Any] = []
    bounded = FastParser(load(), reload=load, kept=50, vocabulary=1500)
    roomy = FastParser(spacy.load(model_name(), exclude=["ner"]))
    for texts in reports:
        assert [facts(doc) for doc in bounded.parse(texts)] == [facts(doc) for doc in roomy.parse(texts)]
        assert len(bounded._kept) <= 50
    assert len(loaded) > 1
    assert len(loaded[-1].vocab) < len(roomy._nlp.vocab)
