"""Whether two parsers agree on a few telling sentences: the fast parse is used only where it agrees with spaCy's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from holdfire.extraction.tokens import Doc, Token

Parse = Callable[[Sequence[str]], list[Doc]]

# Quotations, lists, numbers, elisions, names of many parts, questions, fragments, odd spacing, rules on two tokens.
SENTENCES = (
    "The Valley Front shelled Port Amar overnight, killing four people and wounding 23, the harbour master said.",
    "“We will not be the first to fire,” said Colonel Adin Marek, who leads the garrison; “nor the last to stop.”",
    "There was no reply from the council, which hadn't met since 3 May.",
    "Neither the Front nor its allies have claimed Tuesday's attack on the U.N.-run clinic near Al-Qasr.",
    "Let's be clear: there are rebels who want a truce, there are rebels who don't.",
    "Asked whether troops had crossed the river, the minister, a former general, refused to say.",
    "Ceasefire talks: what we know so far",
    "The two sides agreed on Sunday to exchange prisoners, withdraw heavy weapons and reopen the $2.5bn pipeline.",
    "Had the convoy been stopped, as the mayor's office claims, it would have turned back at once - it did not.",
    "Why did he call off the strike?",
    "Islands, ports and the coastal road are held by the Guard; the hills, by nobody.",
    "IN PICTURES  |  Marchers fill the square (again)",
    "It is gonna be a long war, one of 1,200 conscripts wrote on 12/03, and everyone's tired of it.",
    "Forces loyal to President Sanna, backed by drones, are said to be advancing towards the city of Lower Tarn.",
)


def difference(one: Parse, other: Parse) -> str | None:
    """How the parses of `SENTENCES` first differ; None where they do not. Each is parsed alone and with the others."""
    expected = other(SENTENCES)
    alone = [doc for sentence in SENTENCES for doc in one([sentence])]
    for found in (one(SENTENCES), alone):
        for wanted, got in zip(expected, found, strict=True):
            for token, own in zip(wanted, got, strict=True):
                if _facts(token) != _facts(own):
                    return f"it reads {_facts(own)} where spaCy reads {_facts(token)} in {wanted.text!r}"
    return None


def _facts(token: Token) -> tuple[str, str, str, str, str, int]:
    return token.text, token.tag_, token.dep_, token.pos_, token.lemma_, token.head.i
