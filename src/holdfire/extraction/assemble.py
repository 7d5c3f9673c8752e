"""Puts claims together: drafts, their parties, sources, moods and conduct."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from holdfire.extraction.announcing import announces, is_done_to_others
from holdfire.extraction.conduct import conduct_of
from holdfire.extraction.dates import TimeHit
from holdfire.extraction.domain import foreign_domain
from holdfire.extraction.drafts import Draft, Inner, build_drafts
from holdfire.extraction.evidence import evidence_span
from holdfire.extraction.examples import with_examples
from holdfire.extraction.factuality import Facets, facets_of, is_asserted_noun
from holdfire.extraction.history import is_background
from holdfire.extraction.mentions import References
from holdfire.extraction.modes import mode_of
from holdfire.extraction.moods import Reading, settle
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.participants import actors_of, is_nobody
from holdfire.extraction.places import PlaceHit
from holdfire.extraction.reason_anchors import Anchored, Setting
from holdfire.extraction.reasons import with_reasons
from holdfire.extraction.recipients import recipients_of, state_struck
from holdfire.extraction.source_chain import chain_for
from holdfire.extraction.syntax import children, lemma, objects
from holdfire.extraction.triggers import find_hits, last_deed, main_event
from holdfire.extraction.truces import first_parties, inferred, is_of_others, parties_of_truce
from holdfire.extraction.unnamed import is_bare_noun, is_fragment, may_lack_actor
from holdfire.extraction.voices import Voices, as_mention, as_source
from holdfire.extraction.when_where import when_and_where
from holdfire.model.actor import Mention
from holdfire.model.claim import Claim, Condition, Content, Evidence
from holdfire.model.document import Document
from holdfire.model.source import Attribution, Quote, Source
from holdfire.model.span import Span
from holdfire.rules.events import Trigger
from holdfire.rules.rulebook import Rulebook

_CONTEXT_CHARS = 32
# Acts that are done by saying or showing something.
PERFORMED = frozenset({"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "CONSULT", "PROTEST", "THREATEN"})
ANNOUNCED = frozenset({"THREATEN", "AGREE", "CONCEDE"})
_DOUBT = {"hedged": 1, "rumoured": 2, "denied": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One document with everything that was found in it before claims are made."""

    document: Document
    sentences: tuple[Sentence, ...]
    attributions: tuple[Attribution, ...]
    references: References
    times: tuple[TimeHit, ...] = ()
    places: tuple[PlaceHit, ...] = ()


def claims_of(article: Article, rulebook: Rulebook) -> tuple[Claim, ...]:
    """The claims of a document in text order, without duplicates; none from a document of a foreign domain."""
    passages = [each.passage for each in article.sentences]
    if foreign_domain(article.document.text, passages, rulebook.domains) is not None:
        return ()
    found: dict[str, Anchored] = {}
    deed: Trigger | None = None
    told: Trigger | None = None
    truce = first_parties(article.sentences, article.references, rulebook.events.words["truce"])
    for number, sentence in enumerate(article.sentences):
        truce = parties_of_truce(number, sentence, article.references, rulebook.events.words["truce"], truce)
        hits = find_hits(sentence, rulebook.events, deed=deed, told=told)
        deed, told = last_deed(hits) or deed, main_event(hits)
        drafts = build_drafts(hits, rulebook.compositions, rulebook.factuality)
        for draft in drafts:
            if (
                _is_consequence(draft, drafts)
                or _is_description(draft)
                or _is_frame(draft, sentence, article.attributions)
            ):
                continue
            claim = _claim(draft, number, sentence, article, rulebook, truce)
            if claim is not None:
                claim = when_and_where(
                    claim,
                    draft,
                    number,
                    article.sentences,
                    times=article.times,
                    places=article.places,
                    earlier=tuple(found.values()),
                    rules=rulebook.places,
                )
                if is_background(claim, draft.head, sentence, article.document.published):
                    claim = replace(claim, modality="historical", conduct=None)
                    claim = replace(claim, id=claim_id(claim))
                if not claim.recipient:
                    claim = replace(
                        claim, recipient=state_struck(claim, number, article.places, article.references, rulebook)
                    )
                found.setdefault(claim.id, Anchored(claim=claim, number=number, path=draft.path))
    anchored = sorted(found.values(), key=lambda each: (each.claim.evidence.span, each.claim.event))
    return with_reasons(
        Setting(
            text=article.document.text,
            sentences=article.sentences,
            voices=Voices(article.attributions, article.sentences, article.references),
            anchored=tuple(anchored),
            rules=rulebook.reasons,
        )
    )


def _claim(
    draft: Draft,
    number: int,
    sentence: Sentence,
    article: Article,
    rulebook: Rulebook,
    truce: Sequence[Mention],
) -> Claim | None:
    facets = facets_of(
        draft.path,
        rulebook.factuality,
        renamed=draft.renamed or draft.modality != "actual",
        ahead=draft.event in ANNOUNCED,
        performed=draft.event in PERFORMED,
    )
    text = article.document.text
    span = evidence_span(sentence, draft.path, keep=facets.condition, text=text)
    chain = [each for each in chain_for(span, article.attributions) if not _is_own_cue(each, draft, sentence)]
    voices = Voices(article.attributions, article.sentences, article.references)
    sources = tuple(voices.resolved(each.source) for each in chain if each.source is not None)
    actors = actors_of(draft, number, article.references, rulebook.events.words["troops"])
    own = announces(
        draft,
        chain,
        actors,
        voices=voices,
        officials=rulebook.factuality.words["officials"],
        on=article.document.published,
    )
    speaks = "speaker" in draft.trigger.actor
    own = own or (bool(chain) and speaks)
    if not actors and draft.trigger.implicit and _tells_of_truce(draft, facets):
        # "The truce holds", "no clash was reported": of those whose truce it is.
        actors = inferred(truce, sentence)
    elif not actors and facets.mood == "future" and not facets.negated and is_done_to_others(draft):
        # "52 sites would be hit": in a party's mouth its own threat.
        actors = tuple(each for each in _speakers(chain, sources, voices) if each.id) if chain else ()
        own = own or bool(actors)
    reading = settle(draft, facets, own_words=own, quoted=bool(chain))
    if reading is None or (is_bare_noun(draft, reading) and not is_asserted_noun(draft.core, rulebook.factuality)):
        return None
    if draft.trigger.only_negated and reading.polarity == "affirmed" and reading.event == draft.trigger.event:
        return None
    asked: tuple[Mention, ...] = ()
    if chain and (reading.by_speaker or draft.trigger.actor[:1] == ("speaker",) or (speaks and not actors)):
        asked = actors if reading.by_speaker else ()
        actors = _speakers(chain, sources, voices)
    if not actors and is_fragment(draft, reading):
        actors = _foremost(number, article)
    if draft.trigger.unknown_actor and reading.polarity == "negated" and not any(map(is_nobody, objects(draft.core))):
        # "No group has claimed the attack": it was made, by nobody knows whom.
        reading, actors = replace(reading, polarity="affirmed"), ()
    if not actors and not may_lack_actor(draft, reading, chain):
        return None
    actors = with_examples(actors, number, sentence, article.references, rulebook.events.words["including"])
    # "said the rebels must withdraw": those who must are asked.
    recipients = recipients_of(draft, number, article.references, actors, rulebook, asked=asked)
    if (
        draft.trigger.needs_party
        and not draft.stated
        and not recipients
        and not _meet_each_other(draft, actors, rulebook)
    ):
        return None
    if (
        draft.trigger.needs_content
        and draft.content is None
        and not any(each.id or each.text[:1].isupper() for each in (*actors, *recipients))
    ):
        # Asked to do something that no construction knows: only between parties is it political.
        return None
    words = rulebook.events.words
    if reading.event == "CONCEDE" and is_of_others(draft.trigger, actors, truce, article.references, words["truce"]):
        # "The truce that France proposed": between others, so it mediates.
        reading = replace(reading, event="CONSULT", mode="third-party", content=None)
    if _is_war_of_words(draft, reading, actors, recipients, words["verbal-attack"]):
        reading = replace(reading, event="ACCUSE", mode=None)
    certainty = _certainty(reading, chain, draft, sentence, text, rulebook.factuality.words["rumoured_sources"])
    if (draft.saying and certainty == "attributed" and not sources) or (draft.certainty == "denied" and not sources):
        denier = children(draft.head, "nsubj") if draft.certainty == "denied" else ()
        vouching = [each for token in denier for each in article.references.at(number, token.i)]
        sources = tuple(as_source(each) for each in vouching or actors)
    return _built(
        draft, reading, facets, sentence, article, rulebook, span, actors, recipients, sources, certainty, chain
    )


def _built(
    draft: Draft,
    reading: Reading,
    facets: Facets,
    sentence: Sentence,
    article: Article,
    rulebook: Rulebook,
    span: Span,
    actors: tuple[Mention, ...],
    recipients: tuple[Mention, ...],
    sources: tuple[Source, ...],
    certainty: str,
    chain: Sequence[Attribution],
) -> Claim:
    text = article.document.text
    content = _content(reading.content, recipients)
    mode = mode_of(reading.event, reading.mode, reading.content, draft.core, rulebook.modes)
    conduct = conduct_of(
        event=reading.event,
        mode=mode,
        polarity=reading.polarity,
        modality=reading.modality,
        content=content,
        content_mode=reading.content.mode if reading.content else None,
        rules=rulebook.conduct,
    )
    claim = Claim(
        id="",
        evidence=_evidence(text, span, article.document.id, sentence),
        actor=actors,
        recipient=recipients,
        event=reading.event,
        mode=mode,
        polarity=reading.polarity,  # type: ignore[arg-type]
        modality=reading.modality,  # type: ignore[arg-type]
        certainty=certainty,  # type: ignore[arg-type]
        likelihood=reading.likelihood,
        sources=sources,
        quote=_quote(chain),
        content=content,
        condition=_condition(facets, sentence, text) if reading.modality in ("conditional", "possible") else None,
        conduct=conduct,
        rule_ids=draft.rule_ids,
    )
    return replace(claim, id=claim_id(claim))


def _speakers(chain: Sequence[Attribution], sources: Sequence[Source], voices: Voices) -> tuple[Mention, ...]:
    """The side of the innermost speaker; the speaker in person where no side is known."""
    side = voices.side_of(chain[-1])
    if side is not None:
        return (side,)
    return (as_mention(sources[-1]),) if sources else ()


def _tells_of_truce(draft: Draft, facets: Facets) -> bool:
    if draft.event == "RETREAT":
        return draft.trigger.mode == "ceasefire"
    return draft.event == "ASSAULT" and (draft.polarity == "negated") != facets.negated


def _meet_each_other(draft: Draft, actors: Sequence[Mention], rulebook: Rulebook) -> bool:
    """Whether the subject is several parties, or officials in the plural, and nobody else is met."""
    officials = rulebook.factuality.words["officials"]
    own = children(draft.core, "nsubj")
    many = len(actors) > 1 or any(each.tag_ == "NNS" and lemma(each) in officials for each in own)
    return draft.event == "CONSULT" and many and not children(draft.core, "dobj")


def _is_consequence(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """A participle that tells what an attack led to ("bombed the port, killing two") is part of that attack."""
    head = draft.head
    if draft.event != "ASSAULT" or head.dep_ != "advcl" or head.tag_ != "VBG" or head.i < head.head.i:
        return False
    return any(other.event == "ASSAULT" and head.head in other.path for other in drafts)


def _is_description(draft: Draft) -> bool:
    """Whether an attack only tells which force is meant ("the coalition fighting the rebels has declared a truce")."""
    head = draft.head
    attack = draft.event == "ASSAULT" and draft.polarity == "affirmed"
    return attack and head.dep_ == "acl" and head.tag_ == "VBG" and head.head.dep_ not in ("dobj", "ROOT", "attr")


def _is_frame(draft: Draft, sentence: Sentence, attributions: Sequence[Attribution]) -> bool:
    """Whether a bare "agree" only introduces what stands after a colon ("they agree: this is not our war")."""
    core = draft.core
    after = core.i + 1
    if draft.event != "AGREE" or draft.content or after >= len(core.doc) or core.doc[after].lower_ != ":":
        return False
    return any(each.cue is not None and each.cue.overlaps(sentence.span_of(core)) for each in attributions)


def claim_id(claim: Claim) -> str:
    """A deterministic id, 16 hex digits: the same claim of the same document version always has the same."""
    parts = [
        claim.evidence.document_id,
        f"{claim.evidence.span.start_char}-{claim.evidence.span.end_char}",
        claim.event,
        claim.mode or "",
        claim.polarity,
        claim.modality,
        claim.certainty,
        *(f"{each.span.start_char}:{each.text}" for each in claim.actor),
    ]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _evidence(text: str, span: Span, document_id: str, sentence: Sentence) -> Evidence:
    return Evidence(
        document_id=document_id,
        span=span,
        text=span.of(text),
        prefix=text[max(0, span.start_char - _CONTEXT_CHARS) : span.start_char],
        suffix=text[span.end_char : span.end_char + _CONTEXT_CHARS],
        role=sentence.passage.role,
    )


def _is_war_of_words(
    draft: Draft, reading: Reading, actors: Sequence[Mention], recipients: Sequence[Mention], words: frozenset[str]
) -> bool:
    """Whether politicians attack each other with words: persons and parties, no place or force, a verb that can."""
    if reading.event != "ASSAULT" or reading.polarity == "negated" or lemma(draft.core) not in words or not actors:
        return False
    if not all(each.kind in _UNARMED for each in actors):
        return False
    return all(each.kind in _UNARMED or each.kind == "media" for each in recipients)


_UNARMED = frozenset({"leader", "party"})


def _foremost(number: int, article: Article) -> tuple[Mention, ...]:
    found = article.references.salient(number, plural=None)
    return (found,) if found is not None else ()


def _is_hearsay(source: str, words: frozenset[str]) -> bool:
    """Whether a source is talk on the net or a report that nobody confirmed, not somebody who vouches."""
    return any(word.strip("“”\"'’,.()").lower() in words for word in source.split())


def _certainty(
    reading: Reading,
    chain: Sequence[Attribution],
    draft: Draft,
    sentence: Sentence,
    text: str,
    hearsay: frozenset[str],
) -> str:
    """The strongest doubt found wins; else "attributed" when somebody is cited or the verb is one of saying."""
    found = [each.certainty for each in chain if each.certainty in _DOUBT]
    for each in chain:
        # Where nobody is found to vouch, what leads up to the words tells ("unverified posts claim that …").
        lead = text[sentence.start_char : each.content[0].start_char] if each.content else ""
        if _is_hearsay(each.source.text if each.source else lead, hearsay):
            found.append("rumoured")
    if reading.certainty in _DOUBT:
        found.append(reading.certainty)
    if found:
        return max(found, key=lambda each: _DOUBT[each])
    if chain or draft.saying or reading.certainty == "attributed":
        return "attributed"
    return "stated"


def _is_own_cue(attribution: Attribution, draft: Draft, sentence: Sentence) -> bool:
    """Whether the attribution's cue is the claim's own verb ("condemned", "vowed"): the claim itself, not its frame."""
    if attribution.cue is None:
        return False
    own = (token for token in draft.path if token.i not in draft.observers)
    return any(attribution.cue.overlaps(sentence.span_of(token)) for token in own)


def _content(inner: Inner | None, recipients: Sequence[Mention]) -> Content | None:
    if inner is None:
        return None
    actor = recipients[0].text if recipients else None
    return Content(event=inner.event, actor=actor, polarity=inner.polarity)  # type: ignore[arg-type]


def _quote(chain: Sequence[Attribution]) -> Quote | None:
    if not chain:
        return None
    inner = chain[-1]
    return Quote(span=inner.content[0].hull(inner.content[-1]), type=inner.type) if inner.content else None


def _condition(facets: Facets, sentence: Sentence, text: str) -> Condition | None:
    if facets.condition is None:
        return None
    first, last = sentence.doc[facets.condition[0]], sentence.doc[facets.condition[1]]
    span = Span(sentence.start_char + first.idx, sentence.start_char + last.idx + len(last.text))
    return Condition(span=span, text=span.of(text))
