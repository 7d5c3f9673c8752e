"""Bytes to text, and the small normalisation that every report goes through before offsets are counted in it."""

from __future__ import annotations

import codecs
import re

from holdfire.errors import IntakeError

# A report of more is a log file, an archive or a mistake. The longest in evaluation/corpora has 2,000 characters;
# a book of 300 pages has 600,000.
MAX_BYTES = 5_000_000

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# C0 and C1 controls except tab and newline: they carry nothing a reader sees, and a database refuses NUL.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BINARY_SAMPLE_BYTES = 8192
# Text has next to no control bytes; pictures, archives and programs have some per cent already in their head.
_BINARY_SHARE = 0.02


def decode(raw: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 with a byte order mark; not yet normalised.

    Raises IntakeError for bytes that are no text and for invalid UTF-8, naming the first bad byte.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], encoding)
    if looks_binary(raw):
        raise IntakeError("is not text (it holds control bytes). Give text, HTML or JSONL.")
    return _decoded(raw, "utf-8")


def looks_binary(raw: bytes) -> bool:
    """True for bytes whose first 8 KiB hold more control bytes than any text does."""
    head = raw[:_BINARY_SAMPLE_BYTES]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return controls > max(1, _BINARY_SHARE * len(head))


def normalise(text: str) -> str:
    """The text that offsets count in.

    Every kind of line end becomes one newline; a byte order mark in front, NUL and other control characters are
    dropped; a lone surrogate, which no file can hold, becomes U+FFFD. Everything else stays as it came, code point for
    code point: no composition or decomposition, no-break spaces, soft hyphens and typographic marks included.
    """
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as why:
        name = encoding.upper()
        raise IntakeError(
            f"is not valid {name}: byte {why.start + 1} is 0x{raw[why.start]:02x}. Convert it, for example: "
            "iconv -f WINDOWS-1252 -t UTF-8."
        ) from why
