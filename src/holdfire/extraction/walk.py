"""Walks a document from its first phrase to its last, entering whom it speaks of and resolving what points back."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from holdfire.actors.names import NameMatch
from holdfire.extraction.animacy import likely_person
from holdfire.extraction.denotation import Denotation, Denoter, is_person
from holdfire.extraction.discourse import Discourse, Referent
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.phrases import Phrase
from holdfire.extraction.reference import (
    antecedent_of_nominal,
    antecedent_of_pronoun,
    both_sides,
    is_about_two,
)
from holdfire.model.actor import Actor, Mention
from holdfire.model.span import Span
from holdfire.rules.reference import ReferenceRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

# The speaker of the quotation that a code point stands in, None outside quotations.
Speakers = Callable[[int], Mention | None]


@dataclass(slots=True)
class Walk:
    """The state of one reading from first to last sentence.

    denoted: what phrases denote by their own words, which two readings may share. asked: whether who speaks somewhere
    made, or would have made, a difference.
    """

    denoter: Denoter
    speakers: Speakers | None
    denoted: dict[tuple[int, int], Denotation]
    acting: Container[str] = ()
    acts: Container[str] = ()
    marked: tuple[Span, ...] = ()
    named: Sequence[NameMatch] = ()
    discourse: Discourse = field(default_factory=Discourse)
    referents: dict[tuple[int, int], Referent] = field(default_factory=dict)
    mentions: dict[tuple[int, int], tuple[Mention, ...]] = field(default_factory=dict)
    things: dict[tuple[int, int], Mention] = field(default_factory=dict)
    links: list[tuple[Span, Span]] = field(default_factory=list)
    asked: bool = False

    @property
    def rules(self) -> ReferenceRules:
        return self.denoter.rules

    def read(self, number: int, sentence: Sentence, matches: Sequence[NameMatch], phrases: Sequence[Phrase]) -> None:
        """Read one sentence, phrase by phrase."""
        self.named = matches
        pairs: dict[int, list[int]] = {}
        for phrase in phrases:
            if phrase.adjectival:
                self._adjective(phrase)
                continue
            if phrase.pronoun is None:
                self.things[number, phrase.head] = _thing(phrase)
            if phrase.pronoun is not None:
                self._pronoun(phrase, sentence)
            elif is_about_two(phrase, sentence, self.rules):
                self._two(phrase, sentence)
            else:
                self._noun(phrase, sentence)
            token = sentence.doc[phrase.head]
            self._belongs(phrase, token)
            self._hears(phrase, token)
            if token.dep_ == "conj" and (number, phrase.head) in self.referents:
                first = min(each.i for each in (token, *token.conjuncts))
                pairs.setdefault(first, [first]).append(phrase.head)
                self._coordination(phrase, pairs[first])

    def _adjective(self, phrase: Phrase) -> None:
        actor = self.denoter.actor(phrase.match) if phrase.match is not None else None
        if actor is not None:
            mention = Mention(text=phrase.text, span=phrase.span, id=actor.id, name=actor.name, kind=actor.kind)
            self._record(phrase, (mention,))

    def _pronoun(self, phrase: Phrase, sentence: Sentence) -> None:
        if phrase.pronoun == "first":
            self._first_person(phrase)
            return
        found = antecedent_of_pronoun(
            phrase, sentence, self.discourse, self.referents, self.rules, speaker=self._speaker_of(phrase)
        )
        if found is None:
            if phrase.pronoun == "partitive":
                self._noun(phrase, sentence)
            return
        if phrase.pronoun in ("he", "she"):
            found.gender, found.person = phrase.pronoun, True
        self.links.append((phrase.span, found.span))
        self._point(phrase, sentence, found)

    def _speaker_of(self, phrase: Phrase) -> Span | None:
        """Who says the words that the phrase stands in, where those stand in quotation marks."""
        if not any(each.contains(phrase.span) for each in self.marked):
            return None
        self.asked = True
        speaker = self.speakers(phrase.span.start_char) if self.speakers is not None else None
        return speaker.span if speaker is not None else None

    def _first_person(self, phrase: Phrase) -> None:
        self.asked = True
        speaker = self.speakers(phrase.span.start_char) if self.speakers is not None else None
        if speaker is None:
            return
        side = self._side(speaker) if speaker.id is None else None
        if side is not None and phrase.text.lower() not in ("i", "me", "my", "mine", "myself"):
            speaker = replace(speaker, id=side.id, name=side.name, kind=side.kind)
        self.mentions[phrase.sentence, phrase.head] = (replace(speaker, inferred=True),)

    def _side(self, speaker: Mention) -> Actor | None:
        """Whom an unnamed speaker's "we" stands for: the body it belongs to; of a leader's people, the one body led."""
        knowledge = self.denoter.knowledge
        side = knowledge.get(speaker.affiliation)
        if side is None or side.kind != "leader":
            return side
        led = knowledge.led_by(side.id)
        return knowledge.get(led[0]) if len(led) == 1 else None

    def _two(self, phrase: Phrase, sentence: Sentence) -> None:
        members = both_sides(phrase, self.discourse, self.denoter.knowledge.whole)
        if not members:
            self._noun(phrase, sentence)
            return
        self.referents[phrase.sentence, phrase.head] = self._together(members, phrase)
        self.mentions[phrase.sentence, phrase.head] = tuple(
            _seen_from(sentence, each.political[-1]) for each in members if each.political
        )
        for each in members:
            self.discourse.touch(each, phrase)

    def _noun(self, phrase: Phrase, sentence: Sentence) -> None:
        found = antecedent_of_nominal(phrase, self.discourse, self.rules)
        if found is not None and (found.political or not phrase.classes):
            found.heads.add(phrase.lemma)
            self._point(phrase, sentence, found)
            found.span = phrase.span
            return
        denotation = self._denote(phrase, sentence)
        mention = denotation.mention
        known = self._known(phrase, denotation)
        if known is not None:
            known.span = phrase.span
            known.phrase = phrase if known.actor_id is None or denotation.exact else known.phrase
            if mention is not None:
                known.political = (mention,)
            known.heads |= {phrase.lemma}
            self.discourse.touch(known, phrase)
        else:
            known = self.discourse.add(self._referent(phrase, denotation))
        known.human = max(known.human, likely_person(phrase, sentence.doc[phrase.head], self.rules))
        self.referents[phrase.sentence, phrase.head] = known
        if mention is not None:
            self._record(phrase, (mention,))
        token = sentence.doc[phrase.head]
        head = self.referents.get((phrase.sentence, token.head.i)) if token.dep_ == "appos" else None
        if head is not None and head is not known and not head.members:
            head.heads |= known.heads | set(known.phrase.qualities)
            head.gender = head.gender or known.gender
            head.person = head.person or known.person
            self._identify(head, known, phrase.sentence, token.head.i)
            self._affiliate(head, known, phrase.sentence, token.head.i)
            if not known.actor_id and not head.actor_id and known.phrase.proper:
                head.last_name = known.last_name

    def _identify(self, head: Referent, apposition: Referent, sentence: int, token: int) -> None:
        """Let a described person be who the apposition names: "the envoy, Ada Moor"."""
        if not head.political or head.actor_id is not None or not head.person or apposition.kind != "leader":
            return
        actor = self.denoter.knowledge.get(apposition.actor_id)
        if actor is not None:
            named = replace(head.political[-1], id=actor.id, name=actor.name, kind=actor.kind, affiliation=None)
            head.political, head.actor_id, head.kind = (named,), actor.id, actor.kind
            self.mentions[sentence, token] = head.political

    def _affiliate(self, head: Referent, apposition: Referent, sentence: int, token: int) -> None:
        """Give a person the affiliation that an apposition states: "Ada Moor, an official of the Valley Front"."""
        if not head.political or not apposition.political or head.actor_id is not None:
            return
        affiliation = apposition.political[-1].affiliation
        if affiliation is not None and head.political[-1].affiliation is None:
            head.political = (replace(head.political[-1], affiliation=affiliation),)
            self.mentions[sentence, token] = head.political

    def _belongs(self, phrase: Phrase, token: Token) -> None:
        """Give a described party the affiliation that a phrase after it states: "a senior official in the party"."""
        preposition = token.head
        if token.dep_ != "pobj" or preposition.lower_ not in ("of", "in", "from", "for", "with", "at"):
            return
        described = self.referents.get((phrase.sentence, preposition.head.i))
        found = self.mentions.get((phrase.sentence, phrase.head), ())
        if described is None or not described.political or described.actor_id is not None or len(found) != 1:
            return
        belongs = found[0].id if found[0].kind != "state" or preposition.lower_ != "in" else None
        if belongs is not None and described.political[-1].affiliation is None and described.political[-1].id is None:
            described.political = (replace(described.political[-1], affiliation=belongs),)
            self.mentions[phrase.sentence, preposition.head.i] = described.political

    def _hears(self, phrase: Phrase, token: Token) -> None:
        """Remember who speaks in the sentence: the subject of a verb of saying that is no part of what is said."""
        known = self.referents.get((phrase.sentence, phrase.head))
        verb = token.head
        says = verb.lemma_.lower() in self.rules.speaking and verb.dep_ in ("ROOT", "parataxis", "conj")
        if known is not None and token.dep_ == "nsubj" and says:
            known.spoke = phrase.sentence

    def _denote(self, phrase: Phrase, sentence: Sentence) -> Denotation:
        owner_token = phrase.owner_token if phrase.owner_token is not None else _owner_noun(phrase, sentence)
        if owner_token is not None:
            owner = self.referents.get((phrase.sentence, owner_token))
            actor = self.denoter.knowledge.get(owner.actor_id) if owner is not None else None
            actor = actor or self._employer(owner)
            if actor is not None:
                return self.denoter.described(phrase, [actor])
        key = (phrase.sentence, phrase.head)
        if key not in self.denoted:
            self.denoted[key] = self._by_itself(phrase, sentence)
        return self.denoted[key]

    def _by_itself(self, phrase: Phrase, sentence: Sentence) -> Denotation:
        denotation = self.denoter.denote(phrase)
        if phrase.match is None:
            head = sentence.doc[phrase.head]
            upto = sentence.start_char + head.idx + len(head)
            denotation = self.denoter.by_description(phrase, denotation, upto, self.named)
        if denotation.mention is None and phrase.proper and not phrase.plural and self._acts(phrase, sentence):
            # A name that nobody knows is a party all the same where it speaks or does what parties do.
            return replace(denotation, mention=Mention(text=phrase.text, span=phrase.span))
        return denotation

    def _employer(self, owner: Referent | None) -> Actor | None:
        """Whom an unnamed official belongs to: "his group" is the group of whose spokesman it is said."""
        if owner is None or not owner.political or not owner.person:
            return None
        return self.denoter.knowledge.get(owner.political[-1].affiliation)

    def _acts(self, phrase: Phrase, sentence: Sentence) -> bool:
        """Whether the phrase is the subject or the "by" of a verb of saying or an event, or owns a noun of one."""
        token = sentence.doc[phrase.head]
        if token.lower_ in self.rules.calendar:
            return False
        while token.dep_ == "conj" and token.head.i != token.i:
            token = token.head
        if token.dep_ == "pobj" and token.head.lower_ in ("by", "of"):
            token = token.head
        elif token.dep_ != "poss" and (phrase.role != "subject" or token.dep_ == "ROOT"):
            return False
        word = token.head.lemma_.lower()
        if token.dep_ == "poss" or (token.dep_ == "prep" and token.head.pos_ == "NOUN"):
            return word in self.acts
        return word in self.rules.speaking or word in self.acting

    def _known(self, phrase: Phrase, denotation: Denotation) -> Referent | None:
        """The referent that a named phrase repeats: the same actor, or an unknown person by the last name."""
        if denotation.exact and denotation.actor is not None:
            actor_id = denotation.actor.id
            return self.discourse.latest(lambda each: each.actor_id == actor_id)
        if (
            phrase.proper
            and denotation.actor is None
            and (denotation.person or denotation.mention is None or not phrase.classes)
        ):
            last = _last_name(phrase)
            return self.discourse.latest(lambda each: each.last_name == last and each.phrase.proper)
        return None

    def _referent(self, phrase: Phrase, denotation: Denotation) -> Referent:
        actor = denotation.actor if denotation.exact else None
        animate = self.rules.animate
        person = denotation.person or (actor is None and is_person(phrase))
        person = person or (actor is None and phrase.lemma in animate["people"])
        return Referent(
            phrase=phrase,
            span=phrase.span,
            plural=phrase.plural and (actor is None or phrase.match is None),
            person=person,
            anybody=not phrase.plural and phrase.lemma in self.rules.indefinite,
            collective=denotation.collective
            or (not person and bool(phrase.classes & {"groups", "organs", "forces"}))
            or (not phrase.plural and phrase.lemma in animate["bodies"]),
            political=(denotation.mention,) if denotation.mention is not None else (),
            actor_id=actor.id if actor else None,
            kind=actor.kind if actor else None,
            gender=_gender(phrase, self.rules),
            heads={phrase.lemma, *phrase.titles} if denotation.person else {phrase.lemma},
            last_name=_last_name(phrase) if phrase.proper else None,
        )

    def _coordination(self, phrase: Phrase, heads: Sequence[int]) -> None:
        members = tuple(found for head in heads if (found := self.referents.get((phrase.sentence, head))) is not None)
        if len(members) < 2:
            return
        first = members[0]
        together = next(
            (
                each
                for each in self.discourse.referents
                if each.members and each.members[0] is first and each.sentence == phrase.sentence
            ),
            None,
        )
        span = first.span.hull(members[-1].span) if first.span <= members[-1].span else first.span
        if together is not None:
            together.members, together.span = members, span
        else:
            together = self._together(members, phrase)
            together.span = span
        together.political = tuple(each.political[-1] for each in members if each.political)

    def _together(self, members: tuple[Referent, ...], phrase: Phrase) -> Referent:
        """A new referent for several at once, a little more salient than the last of them."""
        together = self.discourse.add(
            Referent(
                phrase=phrase,
                span=phrase.span,
                plural=True,
                person=all(each.person for each in members),
                collective=any(each.collective or each.person for each in members),
                political=tuple(each.political[-1] for each in members if each.political),
                members=members,
            )
        )
        together.salience += 5.0
        return together

    def _point(self, phrase: Phrase, sentence: Sentence, found: Referent) -> None:
        """Record that a phrase points back at a referent."""
        self.referents[phrase.sentence, phrase.head] = found
        self.discourse.touch(found, phrase)
        self.things[phrase.sentence, phrase.head] = _seen_from(sentence, _thing(found.phrase))
        if found.political:
            self._record(phrase, tuple(_seen_from(sentence, each) for each in found.political))

    def _record(self, phrase: Phrase, mentions: tuple[Mention, ...]) -> None:
        tokens = range(*phrase.tokens) if phrase.match is not None else (phrase.head,)
        for token in tokens:
            self.mentions.setdefault((phrase.sentence, token), mentions)


def _owner_noun(phrase: Phrase, sentence: Sentence) -> int | None:
    """The common noun that owns a phrase ("the group's fighters"); None where a name does, or nothing."""
    if phrase.match is not None or phrase.owners:
        return None
    owners = [child.i for child in sentence.doc[phrase.head].children if child.dep_ == "poss" and child.pos_ == "NOUN"]
    return owners[0] if owners else None


def _thing(phrase: Phrase) -> Mention:
    return Mention(
        text=phrase.text, span=phrase.span, form="named" if phrase.proper else "nominal", number=phrase.number
    )


def _seen_from(sentence: Sentence, mention: Mention) -> Mention:
    return mention if sentence.passage.span.contains(mention.span) else replace(mention, inferred=True)


def _last_name(phrase: Phrase) -> str:
    if phrase.match is None:
        return phrase.lemma
    return phrase.text.split()[-1].lower() if phrase.text.split() else ""


def _gender(phrase: Phrase, rules: ReferenceRules) -> str | None:
    """he or she where a title, a gendered noun or a first name says so."""
    words = [phrase.lemma, *phrase.titles] if phrase.match is None else list(phrase.titles)
    for group, gender in (("titles_m", "he"), ("titles_f", "she"), ("names_m", "he"), ("names_f", "she")):
        if group.startswith("names") and not phrase.proper:
            continue
        if not rules.person[group].isdisjoint(words):
            return gender
    return None
