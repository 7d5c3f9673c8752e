"""What finding attributions costs beside the parse that it builds on: python -m benchmarks.attribution [--rounds N]"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.beside_parse import main
from holdfire.extraction.attribution import find_attributions
from holdfire.extraction.nlp import Sentence
from holdfire.model.document import Document
from holdfire.pipeline import Reader

# Attribution is an addition to the parse, not a second one.
CEILING = 0.25


def attribution(document: Document, sentences: Sequence[Sentence], reader: Reader) -> Callable[[], object]:
    """The stage, ready to run."""
    return lambda: find_attributions(document.text, sentences, reader.rulebook.attribution)


if __name__ == "__main__":
    main("attribution", attribution, ceiling=CEILING, about=__doc__)
