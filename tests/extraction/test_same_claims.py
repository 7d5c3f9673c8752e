"""The same claims, byte for byte, however reports are read: alone, together, kept or not, fast or by spaCy itself."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import spacy
import yaml

from holdfire.bulk.pool import Pool, Read
from holdfire.extraction.fast_parse import FastParser
from holdfire.extraction.nlp import load_language, model_name
from holdfire.intake.metadata import parse_published
from holdfire.model.claim import Claim
from holdfire.model.codec import claim_to_json
from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, read_many, read_whole
from holdfire.rules.load import RuleSource

CORPORA = Path(__file__).parents[2] / "evaluation" / "corpora"


@lru_cache
def reader() -> Reader:
    return load_reader()


@lru_cache
def documents() -> tuple[Document, ...]:
    found = []
    for path in sorted(CORPORA.rglob("*.yaml")):
        record = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        published = parse_published(str(record["published"]))
        found.append(Document(id=str(record["id"]), text=record["text"], title=record["title"], published=published))
    return tuple(found)


def line(claims: tuple[Claim, ...]) -> str:
    return json.dumps([claim_to_json(each) for each in claims], ensure_ascii=False)


@lru_cache
def alone() -> list[str]:
    lines = [line(read_whole(each, reader())[1]) for each in documents()]
    assert sum(len(json.loads(each)) for each in lines) > 600
    return lines


def test_read_together() -> None:
    assert [line(claims) for _, claims, _ in read_many(documents(), reader())] == alone()


def test_read_in_another_order() -> None:
    backwards = [line(read_whole(each, reader())[1]) for each in reversed(documents())]
    assert backwards[::-1] == alone()


def test_read_without_keeping_parses() -> None:
    forgetful = FastParser(spacy.load(model_name(), exclude=["ner"]), kept=0)
    fresh = replace(reader(), nlp=replace(reader().nlp, parse=forgetful.parse))
    assert [line(read_whole(each, fresh)[1]) for each in documents()] == alone()


def test_read_by_two_processes() -> None:
    with Pool(RuleSource(), 2) as pool:
        lines = [line(each.claims) for each in pool.read(documents()) if isinstance(each, Read)]
    assert lines == alone()


def test_read_by_spacy_itself() -> None:
    stock = replace(reader(), nlp=load_language(fast=False))
    assert stock.nlp.slow_because
    assert [line(read_whole(each, stock)[1]) for each in documents()] == alone()
