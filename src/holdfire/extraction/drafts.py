"""Composes the constructions of a sentence into drafts of claims: operators applied, speech acts given content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from holdfire.extraction.factuality import is_negated, is_path_negated
from holdfire.extraction.syntax import children, conjuncts, lemma, objects, preps
from holdfire.extraction.triggers import Hit
from holdfire.rules.composition import Composition
from holdfire.rules.events import Trigger
from holdfire.rules.factuality import FactualityRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

SPEECH = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "CONCEDE", "SUPPORT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    """The event that a speech act is about, and the token that heads it."""

    event: str
    polarity: str
    mode: str | None = None
    token: Token | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A claim before its parties, sources and moods are known.

    `path` are its head tokens, outermost first: operators, then the event's own head (`core`), whose trigger says
    where the parties stand. `polarity` holds everything but the outermost token's own negation.
    """

    path: tuple[Token, ...]
    trigger: Trigger
    renamed: bool = False
    stated: bool = False
    observers: frozenset[int] = frozenset()
    event: str
    mode: str | None
    polarity: str
    modality: str
    rule_ids: tuple[str, ...]
    certainty: str | None = None
    content: Inner | None = None
    saying: bool = False

    @property
    def head(self) -> Token:
        """The outermost token: its clause is the evidence."""
        return self.path[0]

    @property
    def core(self) -> Token:
        """The token of the event itself: its arguments are the parties."""
        return self.path[-1]


def build_drafts(
    hits: Sequence[Hit], compositions: Sequence[Composition], factuality: FactualityRules
) -> tuple[Draft, ...]:
    """The drafts of one sentence in text order. An event inside a speech act is its content, not a draft of its own."""
    builder = _Builder(hits, compositions, factuality)
    # Outer constructions first, so that what they govern is theirs.
    for hit in sorted(hits, key=lambda each: _depth(each.token)):
        if id(hit) not in builder.consumed:
            builder.top(hit)
    return tuple(sorted(builder.drafts, key=lambda draft: (draft.head.i, draft.core.i)))


class _Builder:
    """Walks from operators to what they govern, remembering which hits are already part of a draft."""

    def __init__(self, hits: Sequence[Hit], compositions: Sequence[Composition], factuality: FactualityRules) -> None:
        self.by_token: dict[int, list[Hit]] = {}
        for hit in hits:
            self.by_token.setdefault(hit.token.i, []).append(hit)
        self.compositions = compositions
        self.factuality = factuality
        self.consumed: set[int] = set()
        self.drafts: list[Draft] = []

    def top(self, hit: Hit) -> None:
        for draft in self.read(hit, depth=0):
            if draft.stated or not draft.trigger.content_only:
                self.drafts.append(draft)

    def read(self, hit: Hit, *, depth: int) -> list[Draft]:
        """The drafts that a construction gives, alone or with the event it governs."""
        self.consumed.add(id(hit))
        trigger = hit.trigger
        if trigger.effect == "deny" and is_negated(hit.token, self.factuality):
            # Who does not deny an act neither owns nor disowns it.
            self.governed(hit.token, depth=depth, trigger=trigger)
            return []
        asks = bool(trigger.effect) or trigger.event in SPEECH
        inner = self.governed(hit.token, depth=depth, trigger=trigger) if depth < 5 and asks else []
        if trigger.effect and inner:
            made = [made for each in inner if (made := self.compose(hit, each))]
            if made:
                return made
        if trigger.event is None:
            for each in inner:
                self.drafts.append(each)
            return []
        if trigger.needs_content and not inner and not _asks_to_act(hit.token):
            return []
        if not asks:
            # The noun that completes the construction is not an event of its own ("took no military step").
            for thing in objects(hit.token) if hit.token.pos_ == "VERB" else ():
                self.consumed.update(
                    id(each) for each in self.by_token.get(thing.i, ()) if each.trigger.event == trigger.event
                )
        return [self.plain(hit, inner)]

    def plain(self, hit: Hit, inner: Sequence[Draft]) -> Draft:
        trigger = hit.trigger
        event = trigger.event
        assert event is not None
        content = None
        if trigger.content:
            content = Inner(event=trigger.content[0], polarity=trigger.content[1], mode=trigger.mode)
        if event in SPEECH and inner and content is None:
            first = inner[0]
            if first.event == event and first.content is not None:
                # "Repeated his call for a truce" is about the truce, not about the call.
                return self._retold(hit, first)
            polarity = _flip(first.polarity) if is_path_negated(first.path, self.factuality) else first.polarity
            content = Inner(event=first.event, polarity=polarity, mode=first.mode, token=first.core)
        return Draft(
            path=_with_copula(hit.token),
            trigger=trigger,
            event=event,
            # A content that the construction itself gives owns the mode ("called for a truce": the truce's).
            mode=None if trigger.content and event != "REJECT" else trigger.mode,
            polarity=trigger.polarity,
            modality=trigger.modality,
            rule_ids=(trigger.id, *(inner[0].rule_ids if inner else ())),
            certainty=trigger.certainty,
            content=content,
            saying=trigger.saying,
        )

    def _retold(self, hit: Hit, inner: Draft) -> Draft:
        """A speech act made again, with the content of the first."""
        trigger = hit.trigger
        return replace(
            inner, path=_with_copula(hit.token), trigger=trigger, saying=trigger.saying,
            polarity=trigger.polarity, modality=trigger.modality, rule_ids=(trigger.id, *inner.rule_ids),
        )  # fmt: skip

    def compose(self, hit: Hit, inner: Draft) -> Draft | None:
        """The operator applied to the inner draft by the first composition that fits; None when none does."""
        trigger = hit.trigger
        if trigger.effect == "promise" and inner.polarity == "negated" and is_negated(hit.token, self.factuality):
            # Who did not promise restraint has neither kept nor broken it.
            return None
        polarity = _flip(inner.polarity) if is_path_negated(inner.path, self.factuality) else inner.polarity
        for row in self.compositions:
            if row.effect != trigger.effect or not row.fits(inner.event, inner.mode, polarity):
                continue
            if row.denied and not is_negated(hit.token, self.factuality):
                continue
            content = inner.content
            if row.content:
                wanted = {"same": polarity, "flip": _flip(polarity)}.get(row.content, row.content)
                content = Inner(event=inner.event, polarity=wanted, mode=inner.mode, token=inner.core)
            return replace(
                inner,
                path=(*_with_copula(hit.token), *inner.path),
                event=row.event or inner.event,
                observers=inner.observers | ({hit.token.i} if trigger.effect == "observe" else set()),
                renamed=inner.renamed or bool(row.content),
                stated=inner.stated or trigger.effect not in ("transparent", "observe", "intend"),
                mode=row.mode or (None if row.event else inner.mode),
                polarity=row.polarity or ("affirmed" if row.event else polarity),
                modality=row.modality or ("actual" if row.event else inner.modality),
                certainty=row.certainty or trigger.certainty or inner.certainty,
                content=content,
                saying=trigger.saying,
                rule_ids=(trigger.id, row.id, *inner.rule_ids),
            )
        return None

    def _speaks(self, token: Token) -> bool:
        """Whether the construction at a token makes the speaker its actor ("the lorry will become a target")."""
        return any("speaker" in hit.trigger.actor for hit in self.by_token.get(token.i, ()))

    def governed(
        self, token: Token, *, depth: int, trigger: Trigger | None = None, direct: bool = False
    ) -> list[Draft]:
        """Drafts of the events that a verb, noun or adjective takes as its complement, best placed first.

        `direct`: clauses that only describe a noun on the way ("returned the birds seized there") are left out.
        """
        found: list[Draft] = []
        direct = direct or (trigger is not None and trigger.effect in ("light", "transparent", "resume", "observe"))
        for each in _complements(
            token, self.factuality.words["governing"], subject=trigger is not None and bool(trigger.subject)
        ):
            if trigger is not None and trigger.effect == "promise":
                if not _looks_ahead(each, self.factuality) or each.pos_ in ("ADJ", "ADV"):
                    continue
                if _is_of_another(each, token) and not self._speaks(each):
                    continue
            if direct and trigger is None and each.dep_ == "acl":
                continue
            if trigger is not None and trigger.effect == "foresee" and not _looks_ahead(each, self.factuality):
                # "It is certain that they bombed it" foretells nothing.
                continue
            if trigger is not None and trigger.effect == "claim" and _is_of_another(each, token):
                # What is claimed of others is attributed, not owned.
                continue
            if trigger is not None and trigger.infinitive and each.pos_ in ("VERB", "AUX") and not _is_non_finite(each):
                continue
            hits = self.by_token.get(each.i, [])
            if hits:
                for hit in hits:
                    if id(hit) not in self.consumed:
                        found += self.read(hit, depth=depth + 1)
            elif depth < 5 and each.pos_ != "PRON" and lemma(each) not in self.factuality.words["opaque"]:
                found += self.governed(each, depth=depth + 1, direct=direct)
        return found


def _with_copula(token: Token) -> tuple[Token, ...]:
    """A predicate adjective's clause is headed by its copula."""
    if (
        token.pos_ in ("ADJ", "ADV")
        and token.dep_ in ("acomp", "attr", "oprd", "advmod")
        and token.head.pos_ in ("AUX", "VERB")
    ):
        return (token.head, token)
    return (token,)


def _is_non_finite(verb: Token) -> bool:
    return verb.tag_ == "VBG" or any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _asks_to_act(verb: Token) -> bool:
    """Asked, told or urged somebody to do something, whatever it is."""
    someone = children(verb, "dobj", "nsubjpass", "dative")
    return bool(someone) and any(
        child.dep_ == "xcomp" and any(each.lower_ == "to" for each in child.children) for child in verb.children
    )


def _is_of_another(complement: Token, verb: Token) -> bool:
    """Whether a finite clause has a noun of its own as subject: what others will do is foretold, not promised."""
    if complement.dep_ != "ccomp" or complement.pos_ not in ("VERB", "AUX"):
        return False
    own = children(complement, "nsubj", "nsubjpass")
    return (
        bool(own)
        and own[0].pos_ in ("NOUN", "PROPN")
        and own[0].lemma_ not in {each.lemma_ for each in children(verb, "nsubj")}
        and not any(each.tag_ == "PRP$" for each in own[0].children)
    )


def _looks_ahead(complement: Token, factuality: FactualityRules) -> bool:
    """Whether what is promised or announced is still to come: a noun, an infinitive, "will", "was leaving"."""
    if complement.pos_ not in ("VERB", "AUX") or complement.dep_ != "ccomp":
        return True
    helpers = [child for child in complement.children if child.dep_ == "aux"]
    if any(each.lower_ in factuality.words["future"] or each.lower_ == "to" for each in helpers):
        return True
    if lemma(complement) == "be":
        return any(child.lower_ in factuality.words["prospective"] for child in complement.children)
    continuous = complement.tag_ == "VBG" and {lemma(each) for each in helpers} == {"be"}
    return complement.tag_ == "VB" or continuous


_GOVERNED = frozenset({"xcomp", "ccomp", "dobj", "obj", "acomp", "oprd"})


def _before_colon(child: Token, token: Token) -> bool:
    """Whether a clause stands before a colon, as the frame of what follows and not as its complement."""
    return child.i < token.i and any(each.lower_ == ":" for each in token.doc[child.i : token.i])


def _complements(token: Token, governing: frozenset[str], *, subject: bool = False) -> list[Token]:
    found: list[Token] = children(token, "nsubj") if subject else []
    for child in token.children:
        after = child.dep_ == "acl" and child.i > token.i
        if after or (child.dep_ in _GOVERNED and not _before_colon(child, token)):
            found += conjuncts(child)
    found += [each for child in children(token, "nsubjpass") for each in conjuncts(child)]
    for preposition, thing in preps(token):
        if preposition.lower_ in governing:
            found.append(thing)
    if token.pos_ == "ADJ" and token.dep_ == "acomp":
        # "is ready to fight", "it is likely that they will fight"
        found += [each for child in children(token.head, "xcomp", "ccomp") for each in conjuncts(child)]
    return [each for each in found if lemma(each) not in ("it",)]


def _flip(polarity: str) -> str:
    return "affirmed" if polarity == "negated" else "negated"


def _depth(token: Token) -> int:
    depth = 0
    while token.head != token:
        token, depth = token.head, depth + 1
    return depth
