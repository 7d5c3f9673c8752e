"""Bytes to text, and what normalisation changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.errors import IntakeError
from holdfire.intake.text import decode, normalise


def test_line_ends_become_newlines():
    assert normalise("a\r\nb\rc\u2028d\x0ce") == "a\nb\nc\nd\ne"


def test_byte_order_mark_nul_and_controls_are_dropped():
    assert normalise("\ufeffa\x00b\x07c\x9fd") == "abcd"


def test_lone_surrogate_becomes_the_replacement_character():
    assert normalise("a\ud83db") == "a\ufffdb"


@pytest.mark.parametrize("text", ["cafe\u0301", "caf\u00e9", "a\u00a0b", "👩‍👧 x", "soft\u00adhyphen", "“No”", "a\tb"])
def test_everything_else_keeps_its_code_points(text):
    assert normalise(text) == text


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once
    once.encode("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_decodes_what_a_byte_order_mark_announces(encoding):
    assert decode("Qamişlo – “no”".encode(encoding)) == "Qamişlo – “no”"


def test_invalid_utf8_names_the_first_bad_byte():
    with pytest.raises(IntakeError, match="byte 4 is 0xe9"):
        decode(b"caf\xe9 at the front")


def test_binary_is_not_text():
    with pytest.raises(IntakeError, match="not text"):
        decode(b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20)
