"""Reads one document: passages, parse, claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.extraction.nlp import load_language, parse_passages
from holdfire.extraction.passages import split_passages
from holdfire.model.claim import Claim
from holdfire.model.document import Document
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import Rulebook, load_rulebook

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What reading needs, loaded once: the language pipeline and the rulebook."""

    nlp: Language
    rulebook: Rulebook


def load_reader(source: RuleSource | None = None) -> Reader:
    """Load the rules first (they fail fast), then the language model. Raises RuleError or HoldfireError."""
    rulebook = load_rulebook(source or RuleSource())
    return Reader(nlp=load_language(), rulebook=rulebook)


def read_document(document: Document, reader: Reader) -> tuple[Claim, ...]:
    """The claims of one document, in text order."""
    passages = split_passages(document, reader.rulebook.sentences)
    parse_passages(reader.nlp, document.text, passages)
    return ()
