"""Parses sentences with spaCy's own model in a fifth of spaCy's time; heads, labels and tags are the same.

Taken over from spaCy are the tokenizer, the embedding, the transition system and the rules for parts of speech and base
forms. Replaced are the layers between (`encoder`), and what is computed again and again for the same word (`lexicon`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.extraction.base_forms import BaseForms
from holdfire.extraction.decoder import Decoder
from holdfire.extraction.encoder import Encoder, Floats, SteadyOps, UnknownModel, steady_product
from holdfire.extraction.lexicon import CAPACITY, Lexicon
from holdfire.extraction.tokens import Doc, Word

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc as SpacyDoc

# Sentences parsed at once: bounds the memory that a long document takes.
CHUNK = 64
# Parses of texts that are kept, some 1.5 kB each, and words in spaCy's vocabulary, some 0.5 kB each.
KEPT = 1 << 14
VOCABULARY = 200_000
_PIPES = {"tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"}


class FastParser:
    """Texts in, parses out, each text one sentence. Raises UnknownModel for a model of another build.

    Nothing that is kept grows without bound: words, parses of texts met before, and spaCy's own vocabulary, which is
    given up with its pipeline when it has grown too large.
    """

    def __init__(
        self,
        nlp: Language,
        *,
        reload: Callable[[], Language] | None = None,
        capacity: int = CAPACITY,
        kept: int = KEPT,
        vocabulary: int = VOCABULARY,
    ) -> None:
        """capacity: how many different words are kept. kept: how many parses. vocabulary: how many words spaCy may
        know before `reload` makes a new pipeline; without `reload` there is no bound.
        """
        self._reload = reload
        self._capacity = capacity
        self._most_kept = kept
        self._vocabulary = vocabulary
        self._kept: dict[str, tuple[list[Word], list[bool], list[int]]] = {}
        self._open(nlp)

    def _open(self, nlp: Language) -> None:
        if not set(nlp.pipe_names) >= _PIPES:
            raise UnknownModel(f"a pipeline of {', '.join(nlp.pipe_names)}")
        pipe: Any = nlp.get_pipe("tok2vec")
        tok2vec = pipe.model
        ops = SteadyOps()
        for node in tok2vec.walk():
            node.ops = ops
        if not (tok2vec.has_ref("embed") and tok2vec.has_ref("encode")):
            raise UnknownModel("a tok2vec without embedding and encoder")
        self._nlp = nlp
        self._encoder = Encoder(tok2vec.get_ref("encode"))
        self._lexicon = Lexicon(tok2vec.get_ref("embed"), self._encoder.width, capacity=self._capacity)
        self._base_forms = BaseForms(nlp, self._lexicon.forms, capacity=4 * self._capacity)
        self._decoder = Decoder(nlp, self._encoder.width)
        self._tagging = _tagging(nlp, self._encoder.width)

    def parse(self, texts: Sequence[str]) -> list[Doc]:
        """The parse of each text, which is taken as exactly one sentence."""
        if self._reload is not None and len(self._nlp.vocab) > self._vocabulary:
            self._open(self._reload())
        # Copies of one report, and its lines that every report of an outlet has, are parsed once.
        known = {text: self._kept[text] for text in texts if text in self._kept}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        for start in range(0, len(new), CHUNK):
            some = new[start : start + CHUNK]
            known.update(zip(some, self._chunk(some), strict=True))
        if self._most_kept:
            for text in new[-self._most_kept :]:
                if len(self._kept) >= self._most_kept:
                    del self._kept[next(iter(self._kept))]
                self._kept[text] = known[text]
        return [Doc(text, *known[text]) for text in texts]

    def _chunk(self, texts: Sequence[str]) -> Iterator[tuple[list[Word], list[bool], list[int]]]:
        docs = [one_sentence(self._nlp, text) for text in texts]
        size = sum(map(len, docs))
        if self._lexicon.is_full(size) or self._base_forms.is_full(size):
            self._lexicon.clear()
            self._base_forms.clear()
        rows = self._lexicon.rows_of(docs)
        encoded = self._encoder.encode(self._lexicon.vectors, rows)
        tags = self._tags(encoded)
        heads, deps = self._attach(docs, encoded)
        words = self._base_forms.words_of(rows, tags, deps)
        for doc, own, above in zip(docs, words, heads, strict=True):
            yield own, [bool(token.whitespace_) for token in doc], above

    def _tags(self, encoded: Sequence[Floats]) -> list[list[int]]:
        """The number of the tag of each token."""
        weights, bias = self._tagging
        best = (steady_product(np.concatenate(encoded), weights) + bias).argmax(axis=1).tolist()
        found, at = [], 0
        for each in encoded:
            found.append(best[at : at + len(each)])
            at += len(each)
        return found

    def _attach(self, docs: Sequence[SpacyDoc], encoded: Sequence[Floats]) -> tuple[list[list[int]], list[list[int]]]:
        """The index of the head and the hash of the label of each token."""
        from spacy.attrs import DEP, HEAD

        self._decoder.attach(docs, encoded)
        heads, deps = [], []
        for doc in docs:
            found = doc.to_array([HEAD, DEP])
            # Heads come as distances, which are negative leftward.
            heads.append((found[:, 0].astype(np.int64) + np.arange(len(found))).tolist())
            deps.append(found[:, 1].tolist())
        return heads, deps


def one_sentence(nlp: Language, text: str) -> SpacyDoc:
    """The tokens of a text, marked as one sentence."""
    from spacy.attrs import SENT_START

    doc = nlp.make_doc(text)
    # 1 starts a sentence, -1 does not: spaCy takes signed numbers as unsigned.
    starts: Any = np.full((len(doc), 1), -1, np.int64)
    starts[:1] = 1
    return doc.from_array([SENT_START], starts.astype(np.uint64))


def _tagging(nlp: Language, width: int) -> tuple[Floats, Floats]:
    """The tagger's weights (width, tags) and its bias."""
    tagger: Any = nlp.get_pipe("tagger")
    softmax = [node for node in tagger.model.walk() if node.name == "softmax"]
    if len(softmax) != 1 or softmax[0].get_param("W").shape != (len(tagger.labels), width):
        raise UnknownModel("a tagger that is not one softmax layer")
    return np.ascontiguousarray(softmax[0].get_param("W").T), softmax[0].get_param("b")
