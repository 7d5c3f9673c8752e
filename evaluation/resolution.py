"""How many named political actors get an identity, and how many the wrong one: python -m evaluation.resolution

Reads the names of parties in the corpora that come with Holdfire and, with --relations FILE, in a JSONL file of
relations of your own (evaluation/names.py). Prints the share that is resolved. With --sample N it writes a table of N
resolutions to judge, drawn with a fixed seed: set, text, start_char, end_char, name, actor. Such a table with a last
column, `verdict` ("right", "wrong" or "unclear"), is given back as --verdicts (by default the one in this folder) to
see the share that is wrong; a row whose actor has changed since it was judged is listed and not counted.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.names import HERE, NamedText, names_in_corpus, names_in_relations
from holdfire.extraction.mentions import References
from holdfire.extraction.nlp import Sentence
from holdfire.model.actor import Mention
from holdfire.model.document import Document
from holdfire.model.span import Span
from holdfire.pipeline import Reader, load_reader, study

COLUMNS = ("set", "text", "start_char", "end_char", "name", "actor")
VERDICTS = HERE / "resolution_verdicts.tsv"
SEED = "20251125"


@dataclass(frozen=True)
class Row:
    """One name in one text and who Holdfire says it is; `actor` is empty where it says nobody."""

    set: str
    text: str
    start_char: int
    end_char: int
    name: str
    actor: str

    @property
    def place(self) -> tuple[str, str, str, str]:
        """What tells the row from others, as a table writes it."""
        return self.set, self.text, str(self.start_char), str(self.end_char)


def rows_of(texts: Iterable[NamedText], reader: Reader) -> Iterator[Row]:
    """A row for every name of the texts, in order."""
    for each in texts:
        article = study(Document(id=each.id, text=each.text, published=each.published), reader)
        for start, end in each.names:
            mention = mention_in(Span(start, end), article.sentences, article.references)
            name = " ".join(each.text[start:end].split())
            yield Row(each.set, each.id, start, end, name, (mention.id if mention else None) or "")


def mention_in(span: Span, sentences: Sequence[Sentence], references: References) -> Mention | None:
    """Whom the words at a span name, by the token that the rest of them hang on; None where that is nobody known."""
    for number, sentence in enumerate(sentences):
        if not sentence.passage.span.overlaps(span):
            continue
        for token in sentence.doc:
            inside = span.contains(sentence.span_of(token))
            if inside and (token.head.i == token.i or not span.contains(sentence.span_of(token.head))):
                for mention in references.at(number, token.i):
                    if mention.id is not None and not mention.inferred:
                        return mention
    return None


def read_verdicts(path: Path) -> list[dict[str, str]]:
    """The rows of a table of verdicts."""
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t"))


def wrong_share(judged: Iterable[dict[str, str]], now: Iterable[Row]) -> tuple[int, int, list[str]]:
    """(wrong, judged, a line for each row that no longer holds) of a table of verdicts; "unclear" counts as neither."""
    current = {row.place: row.actor for row in now}
    wrong = counted = 0
    changed: list[str] = []
    for each in judged:
        actor = current.get((each["set"], each["text"], each["start_char"], each["end_char"]))
        if actor is None:
            continue
        if actor != each["actor"]:
            changed.append(f"{each['set']} {each['text']} {each['name']}: was {each['actor']}, is {actor or 'nobody'}")
        elif each["verdict"] != "unclear":
            counted += 1
            wrong += each["verdict"] == "wrong"
    return wrong, counted, changed


def sample(rows: Iterable[Row], size: int) -> list[Row]:
    """`size` resolved rows at random, the same ones as long as they are resolved, whatever becomes of the others."""
    resolved = [row for row in rows if row.actor]
    return sorted(resolved, key=lambda row: hashlib.sha256("\t".join((SEED, *row.place)).encode()).digest())[:size]


def shares(rows: Sequence[Row]) -> dict[str, float]:
    """The share of names that are resolved, for each set."""
    found: dict[str, list[bool]] = {}
    for row in rows:
        found.setdefault(row.set, []).append(bool(row.actor))
    return {name: round(sum(each) / len(each), 3) for name, each in found.items()}


def main() -> None:
    """Resolve every name, print the shares, and the sample or what its verdicts say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--relations", type=Path, metavar="FILE")
    parser.add_argument("--sample", type=int, metavar="N")
    parser.add_argument("--verdicts", type=Path, metavar="TABLE", default=VERDICTS)
    parser.add_argument("--unresolved", action="store_true", help="list the names that nobody is found for")
    given = parser.parse_args()
    texts = names_in_corpus(HERE / "corpora" / "dev")
    if given.relations:
        texts += names_in_relations(given.relations)
    rows = list(rows_of(texts, load_reader()))
    if given.sample:
        drawn = sample(rows, given.sample)
        writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([getattr(row, column) for column in COLUMNS] for row in drawn)
        return
    for name, share in shares(rows).items():
        print(f"{name}: {share} of {sum(row.set == name for row in rows)} names resolved")
    for row in rows if given.unresolved else ():
        if not row.actor:
            print(f"nobody: {row.set} {row.text} {row.name}")
    if given.verdicts.exists():
        wrong, counted, changed = wrong_share(read_verdicts(given.verdicts), rows)
        for each in changed:
            print(f"no longer as judged: {each}")
        print(f"wrong: {wrong} of {counted} judged, {wrong / max(1, counted):.3f}")


if __name__ == "__main__":
    main()
