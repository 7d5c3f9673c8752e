"""Reads one document: passages, parse, attributions, references, claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from holdfire.actors import knowledge, names, packed
from holdfire.actors.knowledge import KnowledgeBase, build_knowledge
from holdfire.extraction.assemble import Article, claims_of
from holdfire.extraction.attribution import find_attributions
from holdfire.extraction.dates import find_times
from holdfire.extraction.domain import foreign_domain
from holdfire.extraction.gate import Gate, build_gate
from holdfire.extraction.mentions import find_references, survey
from holdfire.extraction.nlp import Sentence, load_language, parse_passages
from holdfire.extraction.passages import split_passages
from holdfire.extraction.places import find_places
from holdfire.extraction.repair import repair
from holdfire.extraction.voices import Voices
from holdfire.model.claim import Claim
from holdfire.model.document import Document, Passage
from holdfire.rules import knowledge as rules_of_actors
from holdfire.rules.cache import Cache
from holdfire.rules.knowledge import PATTERN, read_actors
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import Rulebook, load_rulebook
from holdfire.settings import cache_folder

if TYPE_CHECKING:
    from holdfire.extraction.nlp import Language


# A document with its claims and its passages, in text order.
Reading = tuple[Document, tuple[Claim, ...], tuple[Passage, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What reading needs, loaded once: the language pipeline, the rulebook, the knowledge base and the gate.

    Without a gate every passage is parsed.
    """

    nlp: Language
    rulebook: Rulebook
    knowledge: KnowledgeBase
    gate: Gate | None = None


def load_reader(source: RuleSource | None = None, *, gated: bool = True, fast: bool = True) -> Reader:
    """Load the rules first (they fail fast), then the language model. Raises RuleError or HoldfireError.

    gated: read claims only from passages that may carry one. fast: use the fast parse where it can be had.
    """
    where = source or RuleSource()
    rulebook = load_rulebook(where)
    nlp = load_language(fast=fast)
    gate = build_gate(rulebook.events, nlp.irregular) if gated else None
    return Reader(knowledge=load_knowledge(where), nlp=nlp, rulebook=rulebook, gate=gate)


def load_knowledge(source: RuleSource, cache: Cache | None = None) -> KnowledgeBase:
    """The knowledge base of the rules, indexed; kept in the user's cache folder until a file of it changes.

    Raises RuleError where a record cannot be used.
    """
    code = [Path(str(module.__file__)) for module in (knowledge, names, packed, rules_of_actors)]
    return (cache or Cache(folder=cache_folder())).kept(
        "knowledge",
        [*code, *source.files(PATTERN)],
        make=lambda: build_knowledge(read_actors(source)),
        pack=packed.pack_knowledge,
        unpack=packed.unpack_knowledge,
    )


def read_document(document: Document, reader: Reader) -> tuple[Claim, ...]:
    """The claims of one document, in text order."""
    return read_whole(document, reader)[1]


def read_whole(document: Document, reader: Reader) -> Reading:
    """The document with its claims and its passages, in text order, as a ledger keeps them."""
    passages = split_passages(document, reader.rulebook.sentences)
    likely = likely_passages(document, passages, reader)
    claims = claims_of(study(document, reader, passages=likely), reader.rulebook) if likely else ()
    return document, claims, passages


def read_many(documents: Sequence[Document], reader: Reader) -> Iterator[Reading]:
    """Each document as `read_whole` gives it, the sentences of all parsed together."""
    cut = [(each, split_passages(each, reader.rulebook.sentences)) for each in documents]
    likely = [likely_passages(each, passages, reader) for each, passages in cut]
    parsed = iter(
        reader.nlp.parse(
            [passage.span.of(each.text) for (each, _), own in zip(cut, likely, strict=True) for passage in own]
        )
    )
    for (document, passages), own in zip(cut, likely, strict=True):
        sentences = tuple(Sentence(passage=passage, doc=next(parsed)) for passage in own)
        claims = claims_of(_studied(document, sentences, reader), reader.rulebook) if own else ()
        yield document, claims, passages


def likely_passages(document: Document, passages: tuple[Passage, ...], reader: Reader) -> tuple[Passage, ...]:
    """The passages that may carry a claim and those around them; none of a report on another subject."""
    if foreign_domain(document.text, passages, reader.rulebook.domains) is not None:
        return ()
    if reader.gate is None:
        return passages
    passing = reader.gate.passing([each.span.of(document.text) for each in passages])
    return tuple(each for each, passes in zip(passages, passing, strict=True) if passes)


def study(document: Document, reader: Reader, *, passages: tuple[Passage, ...] | None = None) -> Article:
    """The document with its parse, attributions and references: everything that claims are made from.

    passages: read these alone, as the gate lets them through; None reads all.
    """
    if passages is None:
        passages = split_passages(document, reader.rulebook.sentences)
    return _studied(document, parse_passages(reader.nlp, document.text, passages), reader)


def _studied(document: Document, sentences: tuple[Sentence, ...], reader: Reader) -> Article:
    for sentence in sentences:
        repair(sentence, reader.rulebook.misread)
    attributions = find_attributions(document.text, sentences, reader.rulebook.attribution, outlet=document.outlet)
    surveyed = survey(
        document.text,
        sentences,
        rulebook=reader.rulebook,
        knowledge=reader.knowledge,
        published=document.published,
    )
    references = find_references(surveyed)
    if references.hinges_on_speakers and any(each.type != "indirect" and each.source for each in attributions):
        # Who "we" are is the speaker's side, which the first reading has just found.
        references = find_references(surveyed, speakers=Voices(attributions, sentences, references).speaker_at)
    times = find_times(document.text, sentences, published=document.published, rules=reader.rulebook.dates)
    places = find_places(
        sentences,
        references=references,
        knowledge=reader.knowledge,
        times=[hit.span for hit in times],
        rules=reader.rulebook.places,
    )
    return Article(
        document=document,
        sentences=sentences,
        attributions=attributions,
        references=references,
        times=times,
        places=places,
    )
