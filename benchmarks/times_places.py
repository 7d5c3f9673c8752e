"""What finding times and places costs beside the parse: python -m benchmarks.times_places [--rounds N]"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.beside_parse import main
from holdfire.extraction.dates import find_times
from holdfire.extraction.mentions import find_references, survey
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.places import find_places
from holdfire.model.document import Document
from holdfire.pipeline import Reader

# Both together are an addition to the parse, as attribution is; the parse they are held against is the fast one.
CEILING = 0.4


def times_and_places(document: Document, sentences: Sequence[Sentence], reader: Reader) -> Callable[[], object]:
    """The stages, ready to run; who is who is found before and not timed."""
    rules = reader.rulebook
    surveyed = survey(
        document.text, sentences, rulebook=rules, knowledge=reader.knowledge, published=document.published
    )
    references = find_references(surveyed)

    def run() -> object:
        times = find_times(document.text, sentences, published=document.published, rules=rules.dates)
        spans = [hit.span for hit in times]
        return find_places(
            sentences, references=references, knowledge=reader.knowledge, rules=rules.places, times=spans
        )

    return run


if __name__ == "__main__":
    main("times and places", times_and_places, ceiling=CEILING, about=__doc__)
