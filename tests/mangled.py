"""Reports as they should not arrive: cases and corpus texts cut, doubled and sprinkled with what text can hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import yaml
from hypothesis import strategies as st

from tests.claim_cases import read_cases

CORPUS = Path(__file__).parents[1] / "evaluation" / "corpora" / "dev"

# What breaks offsets and tokenizers: beyond the BMP, joined, combining, invisible, turned round, and odd line ends.
ODDITIES = (
    "🛩️", "👨‍👩‍👧‍👦", "🇱🇧", "e\u0301", "a\u0308\u0323", "\u0301", "\u200d", "\u200b", "\u00ad", "\ufeff",
    "\u202e", "\u2066",
    "\xa0", "\u202f", "\u3000", "\r\n", "\r", "\n\n", "\u2028", "\x85", "\t", "\x00", "\x1b[31m", "ﬁ", "İ", "ı",
    "ß", "ǅ",
    "العراق", "的", "Ὀ", "“", "”", "‘", "’", '"', "«", "»", "(", ")", "[", "]", "—", "–", "…", "...", "?!", ";", ":",
    ",", ".", " - ", "• ", "14:05 — ", "no ", "not ", "neither ", "if ", "unless ", "denied that ", "which ", "and ",
    " said ", "’s ",
)  # fmt: skip

FORMS = ("NFC", "NFD", "NFKC", "NFKD")
CASES: tuple[Callable[[str], str], ...] = (str.upper, str.lower, str.title, str.swapcase)


@lru_cache
def sentences() -> tuple[str, ...]:
    return tuple(each.text for each in read_cases())


@lru_cache
def reports() -> tuple[str, ...]:
    return tuple(yaml.safe_load(path.read_text("utf-8"))["text"] for path in sorted(CORPUS.glob("*.yaml")))


@st.composite
def mangled(draw: st.DrawFn, *, whole_reports: bool = False) -> str:
    """A text of a few cases (or of a report) after up to eight mutations."""
    if whole_reports and draw(st.booleans()):
        text = draw(st.sampled_from(reports()))
    else:
        text = draw(st.sampled_from(["\n", " ", "\n\n"])).join(
            draw(st.lists(st.sampled_from(sentences()), min_size=1, max_size=4))
        )
    for _ in range(draw(st.integers(0, 8))):
        text = _mutated(draw, text)
    return text


def _mutated(draw: st.DrawFn, text: str) -> str:
    first, last = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    piece = text[first:last]
    kind = draw(st.sampled_from(["insert", "letters", "drop", "double", "form", "case", "swap", "cut"]))
    if kind == "insert":
        return text[:first] + draw(st.sampled_from(ODDITIES)) + text[first:]
    if kind == "letters":
        return text[:first] + draw(st.text(st.characters(codec="utf-8"), max_size=6)) + text[first:]
    if kind == "drop":
        return text[:first] + text[last:]
    if kind == "double":
        return text[:last] + piece[:300] + text[last:]
    if kind == "form":
        return text[:first] + unicodedata.normalize(draw(st.sampled_from(FORMS)), piece) + text[last:]
    if kind == "case":
        return text[:first] + draw(st.sampled_from(CASES))(piece) + text[last:]
    if kind == "swap":
        return piece + text[:first] + text[last:]
    return text[:last]
