"""Whether a claim tells of a time before the episode that its report is about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from holdfire.extraction.nlp import Sentence
from holdfire.model.claim import Claim, ClaimTime

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

# The codebook's 90 days (decision 18) are for doubt; "in August" of a December report is still its episode.
_EPISODE = timedelta(days=180)
# Help that has gone on for longer than this is a standing tie, no deed of the episode.
_STANDING = timedelta(days=365)
_TIES = frozenset(("AID", "SUPPORT", "COOPERATE"))


def is_background(claim: Claim, head: Token, sentence: Sentence, published: date | None) -> bool:
    """True for something that was really done and ended more than half a year before publication.

    Also for help that has gone on for more than a year. False where either day is unknown, and where the time only
    describes a thing ("bombed a bridge built in 1920"). `head` is the claim's own outermost token.
    """
    time = claim.time
    if claim.modality != "actual" or time is None or published is None or _describes(time, head, sentence):
        return False
    if claim.event in _TIES and claim.polarity == "affirmed" and time.text.lower().startswith("since"):
        return time.start is not None and published - date.fromisoformat(time.start) > _STANDING
    return time.end is not None and published - date.fromisoformat(time.end) > _EPISODE


def _describes(time: ClaimTime, head: Token, sentence: Sentence) -> bool:
    """Whether the time stands in a clause on a noun that the claim's own token is outside of."""
    if time.span is None:
        return False
    for token in sentence.doc:
        if token.dep_ in ("acl", "relcl") and head.i not in {each.i for each in token.subtree}:
            span = sentence.span_of(sentence.doc[token.left_edge.i : token.right_edge.i + 1])
            if span.contains(time.span):
                return True
    return False
