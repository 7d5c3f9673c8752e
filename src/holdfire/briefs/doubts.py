"""The parts of a brief that tell of doubt and of movement: conditions, rumour, disputes, dissent, changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from holdfire.analysis.calculus import ToldCondition
from holdfire.briefs.grammar import Party, day_words, listed, named, party_of, party_of_posture, quoted_evidence, verbs
from holdfire.briefs.parts import FIRM, Draft, Paragraph, Statement, sentence, sureness_of
from holdfire.briefs.telling import Teller, keys_of
from holdfire.conclusions.material import Material
from holdfire.model.actor import party_key
from holdfire.model.corroboration import Contradiction
from holdfire.model.entry import LedgerEntry
from holdfire.model.posture import Finding, Posture, Transition
from holdfire.model.timeline import Spell, Timeline

MOST = 10
MOST_FOR_CHANGE = 3
# Restraint is about these; whoever condemns that they were not done dissents from it.
_ARMED = frozenset(("ASSAULT", "MOBILIZE", "AID"))
_DISSENT = frozenset(("condemning", "urging action"))


class DoubtParts:
    """Writes these parts from what a brief is drawn from.

    shown: the parties whose postures the brief tells, by key. restrained: keys of those that hold fire.
    """

    def __init__(
        self, teller: Teller, material: Material, *, shown: Mapping[str, Party], restrained: Sequence[str]
    ) -> None:
        self._teller = teller
        self._material = material
        self._shown = shown
        self._restrained = frozenset(restrained)

    def tripwires(self) -> list[Draft]:
        """Every condition that reports set on an attack, a join, the end of restraint or a way out; latest first."""
        recent = {each.claim.id for each in self._material.entries}
        found = {}
        for calculus in self._material.calculi.values():
            for each in calculus.conditions:
                claim = each.told.entry.claim
                if claim.id in recent and claim.certainty not in ("rumoured", "denied"):
                    found[each.role, claim.id] = each
        ranked = sorted(found.values(), key=lambda each: (each.role, _latest_first(each.told.entry)))
        return [partial(self._tripwire, each) for each in ranked]

    def _tripwire(self, each: ToldCondition) -> Paragraph:
        entry = each.told.entry
        sentences = [sentence(self._teller.condition(each))]
        own = keys_of(entry.claim.actor)
        # Who says so, where it is somebody else.
        if any(party_key(one.id, one.text) not in own for one in entry.claim.sources):
            sentences.append(self._teller.quote(entry, own))
        return Paragraph(sentences=tuple(sentences), conduct=entry.claim.conduct)

    def rumours(self) -> list[Draft]:
        """What rests on rumour or denial alone."""
        found = []
        for posture in self._material.board.postures:
            for phrase, findings in (("rumour", posture.unconfirmed), ("denial", posture.denied)):
                for finding in findings:
                    if finding.inherited is None and finding.latest >= self._material.since:
                        key = (phrase == "denial", -finding.latest.toordinal(), posture.key, finding.conduct)
                        found.append((key, partial(self._shaky, phrase, posture, finding)))
        return [draft for _, draft in sorted(found, key=lambda each: each[0])]

    def _shaky(self, phrase: str, posture: Posture, finding: Finding) -> Paragraph:
        return _alone(self._teller.shaky(phrase, party_of_posture(posture), finding), doubtful=True)

    def disputed(self) -> list[Draft]:
        """Pairs of claims that cannot both be right, latest first."""
        found: list[Draft] = []
        for pair in sorted(self._material.contradictions, key=_pair_order):
            said = next((each for each in pair.said.entries if _is_told(each)), None)
            against = next((each for each in pair.against.entries if each.claim.conduct), None)
            if said is not None and against is not None:
                found.append(partial(self._pair, said, against))
        return found

    def _pair(self, said: LedgerEntry, against: LedgerEntry) -> Paragraph:
        assert said.claim.conduct is not None
        sureness = sureness_of(said.claim.certainty)
        parties = [party_of(each) for each in said.claim.actor]
        rules = self._teller.rules
        phrase = "disputed.said" if sureness == "firm" else f"disputed.{sureness}"
        text = rules.say(
            phrase, actor=listed([named(each, rules) for each in parties]), **verbs(parties, rules),
            done=self._teller.done(said.claim.conduct, [said]), **self._where(said),
        )  # fmt: skip
        one = self._teller.statement(text, [said], actors=keys_of(said.claim.actor), conduct=said.claim.conduct)
        denied = "denied" if against.claim.certainty == "denied" else "not done"
        contrary = rules.say(f"disputed.{denied}", **self._where(against))
        other = self._teller.statement(
            contrary, [against], actors=keys_of(against.claim.actor), conduct=against.claim.conduct
        )  # fmt: skip
        return _alone(one, other, doubtful=True)

    def _where(self, entry: LedgerEntry) -> dict[str, str]:
        return {
            "quote": quoted_evidence(entry.claim.evidence),
            "outlet": self._teller.outlet(entry),
            "day": day_words(entry.document.published),
        }

    def dissent(self) -> list[Draft]:
        """Who condemns those that hold fire for it, or urges them to act; latest first."""
        found: list[Draft] = []
        for entry in sorted(self._material.entries, key=_latest_first):
            claim = entry.claim
            if claim.conduct not in _DISSENT or claim.certainty in ("rumoured", "denied") or not claim.recipient:
                continue
            content = claim.content
            over_restraint = content is not None and content.polarity == "negated" and content.event in _ARMED
            recipients = set(keys_of(claim.recipient))
            urged = claim.conduct == "urging action" and bool(recipients & self._restrained)
            if over_restraint or urged:
                found.append(partial(self._dissent, entry))
        return found

    def _dissent(self, entry: LedgerEntry) -> Paragraph:
        claim, rules = entry.claim, self._teller.rules
        parties = [party_of(each) for each in claim.actor]
        text = rules.say(
            "dissent.hedged" if claim.certainty == "hedged" else "dissent",
            actor=listed([named(each, rules) for each in parties]) or rules.phrases["nobody"], conduct=claim.conduct,
            party=listed([named(party_of(each), rules) for each in claim.recipient]), **verbs(parties, rules),
            **self._where(entry),
        )  # fmt: skip
        return _alone(self._teller.statement(text, [entry], actors=keys_of(claim.actor), conduct=claim.conduct))

    def changed(self) -> list[Draft]:
        """The postures that changed after the first day, and those first reported since then, latest first.

        Where there is no room for all, changes go before first reports. What the first day of all reports tells is no
        news: nobody had reported before.
        """
        days = [each.valid_from for each in self._material.entries if each.valid_from]
        start = max(self._material.since, min(days, default=self._material.since))
        found = []
        for timeline in self._material.timelines:
            party = self._shown.get(timeline.key)
            for change in timeline.transitions:
                if party is None or change.after is None or change.on <= start:
                    continue
                now, was = _evidence_of(timeline, change)
                if now:
                    key = (-change.on.toordinal(), not was, change.family, not party.known, party.key)
                    found.append((not was, key, partial(self._change, party, change, now, was)))
        chosen = sorted(found, key=lambda each: each[:2])
        shown = sorted(chosen[:MOST], key=lambda each: each[1])
        return [draft for *_, draft in (*shown, *chosen[MOST:])]

    def _change(
        self, party: Party, change: Transition, now: Sequence[LedgerEntry], was: Sequence[LedgerEntry]
    ) -> Paragraph:
        assert change.after is not None
        teller, rules = self._teller, self._teller.rules
        phrase = "change" if was else "change.new"
        if sureness_of(now[0].claim.certainty) == "hedged":
            phrase += ".hedged"
        text = rules.say(
            phrase, day=day_words(change.on), actor=teller.name(party, now), conduct=teller.now(change.after),
            **verbs([party], rules),
        )  # fmt: skip
        told = [teller.statement(text, now, actors=[party.key], conduct=change.after)]
        if was and change.before:
            through = teller.name(party, was).removeprefix(named(party, rules))
            words = rules.say("change.before", conduct=teller.now(change.before)) + through
            told.append(teller.statement(words, was, actors=[party.key], conduct=change.before))
        return _alone(*told)


def _evidence_of(timeline: Timeline, change: Transition) -> tuple[list[LedgerEntry], list[LedgerEntry]]:
    """The claims to cite for what a posture is since a change, and for what it was until then."""
    now = next((each for each in timeline.spells if _starts(each, change)), None)
    if now is None or now.inherited is not None or change.after is None:
        return [], []
    entries = _one_sureness(now.entries, change.after, timeline.key, latest=now.start)
    before = next((each for each in timeline.spells if _ends(each, change)), None)
    was = _one_sureness(before.entries, before.conduct, timeline.key) if before and not before.inherited else []
    return entries[:MOST_FOR_CHANGE], was[:MOST_FOR_CHANGE]


def _alone(*statements: Statement, doubtful: bool = False) -> Paragraph:
    return Paragraph(sentences=(sentence(*statements),), conduct=statements[0].conduct, doubtful=doubtful)


def _is_told(entry: LedgerEntry) -> bool:
    return entry.claim.conduct is not None and entry.claim.certainty != "denied" and bool(entry.claim.actor)


def _starts(spell: Spell, change: Transition) -> bool:
    return spell.family == change.family and spell.start == change.on and spell.conduct == change.after


def _ends(spell: Spell, change: Transition) -> bool:
    ended = spell.end is not None and (change.on - spell.end).days == 1
    return spell.family == change.family and ended and spell.conduct == change.before


def _one_sureness(
    entries: Sequence[LedgerEntry], conduct: str, key: str, *, latest: date | None = None
) -> list[LedgerEntry]:  # fmt: skip
    """The firm entries of a conduct, or the hedged where there are no others; those that name the actor first.

    Of those up to a day, where there are any.
    """
    told = [each for each in entries if each.claim.conduct == conduct]
    if latest is not None:
        told = [each for each in told if each.valid_from and each.valid_from <= latest] or told
    told = [each for each in told if key in keys_of(each.claim.actor)] or told
    firm = [each for each in told if each.claim.certainty in FIRM]
    return firm or [each for each in told if each.claim.certainty == "hedged"]


def _latest_first(entry: LedgerEntry) -> tuple[int, str, int, str]:
    day = entry.valid_from.toordinal() if entry.valid_from else 0
    return (-day, entry.document.id, entry.claim.evidence.span.start_char, entry.claim.id)


def _pair_order(pair: Contradiction) -> tuple[int, int, str, str]:
    latest = max((each.valid_from for each in (*pair.said.entries, *pair.against.entries) if each.valid_from),
                 default=date.min)  # fmt: skip
    weight = len(pair.said.origins) + len(pair.against.origins)
    return (-latest.toordinal(), -weight, pair.said.id, pair.against.id)
