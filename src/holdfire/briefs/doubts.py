"""The parts of a brief that tell of doubt and of movement: conditions, rumour, disputes, dissent, changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from holdfire.analysis.calculus import ToldCondition
from holdfire.briefs.grammar import day_words, listed, named, party_of, party_of_posture, quoted_evidence, verbs
from holdfire.briefs.parts import FIRM, Paragraph, Statement, sentence, sureness_of
from holdfire.briefs.telling import Teller, keys_of
from holdfire.conclusions.material import Material
from holdfire.model.actor import party_key
from holdfire.model.corroboration import Contradiction
from holdfire.model.entry import LedgerEntry
from holdfire.model.posture import Transition
from holdfire.model.timeline import Spell, Timeline

MOST = 10
# Restraint is about these; whoever condemns that they were not done dissents from it.
_ARMED = frozenset(("ASSAULT", "MOBILIZE", "AID"))
_DISSENT = frozenset(("condemning", "urging action"))


class DoubtParts:
    """Writes these parts from what a brief is drawn from."""

    def __init__(self, teller: Teller, material: Material, restrained: Sequence[str]) -> None:
        self._teller = teller
        self._material = material
        self._restrained = frozenset(restrained)

    def tripwires(self) -> list[Paragraph]:
        """Every condition that reports set on an attack, a join, the end of restraint or a way out; latest first."""
        recent = {each.claim.id for each in self._material.entries}
        found = {}
        for calculus in self._material.calculi.values():
            for each in calculus.conditions:
                claim = each.told.entry.claim
                if claim.id in recent and claim.certainty not in ("rumoured", "denied"):
                    found[each.role, claim.id] = each
        ranked = sorted(found.values(), key=lambda each: (each.role, _latest_first(each.told.entry)))
        return [self._tripwire(each) for each in ranked]

    def _tripwire(self, each: ToldCondition) -> Paragraph:
        entry = each.told.entry
        sentences = [sentence(self._teller.condition(each))]
        own = keys_of(entry.claim.actor)
        # Who says so, where it is somebody else.
        if any(party_key(one.id, one.text) not in own for one in entry.claim.sources):
            sentences.append(self._teller.quote(entry, own))
        return Paragraph(sentences=tuple(sentences), conduct=entry.claim.conduct)

    def rumours(self) -> list[Paragraph]:
        """What rests on rumour or denial alone."""
        found = []
        for posture in self._material.board.postures:
            for phrase, findings in (("rumour", posture.unconfirmed), ("denial", posture.denied)):
                for finding in findings:
                    if finding.inherited is None and finding.latest >= self._material.since:
                        told = self._teller.shaky(phrase, party_of_posture(posture), finding)
                        found.append((phrase == "denial", -finding.latest.toordinal(), posture.key, told))
        return [_alone(told, doubtful=True) for *_, told in sorted(found, key=lambda each: each[:3])]

    def disputed(self) -> list[Paragraph]:
        """Pairs of claims that cannot both be right, latest first."""
        pairs = sorted(self._material.corroboration.contradictions, key=_pair_order)
        return [each for pair in pairs for each in self._pair(pair)]

    def _pair(self, pair: Contradiction) -> Iterator[Paragraph]:
        said = next((each for each in pair.said.entries if _is_told(each)), None)
        against = next((each for each in pair.against.entries if each.claim.conduct), None)
        if said is None or against is None or said.claim.conduct is None:
            return
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
        yield _alone(one, other, doubtful=True)

    def _where(self, entry: LedgerEntry) -> dict[str, str]:
        return {
            "quote": quoted_evidence(entry.claim.evidence),
            "outlet": self._teller.outlet(entry),
            "day": day_words(entry.document.published),
        }

    def dissent(self) -> list[Paragraph]:
        """Who condemns those that hold fire for it, or urges them to act; latest first."""
        found = []
        for entry in sorted(self._material.entries, key=_latest_first):
            claim = entry.claim
            if claim.conduct not in _DISSENT or claim.certainty in ("rumoured", "denied") or not claim.recipient:
                continue
            recipients = [party_of(each) for each in claim.recipient]
            content = claim.content
            over_restraint = content is not None and content.polarity == "negated" and content.event in _ARMED
            urged = claim.conduct == "urging action" and bool({each.key for each in recipients} & self._restrained)
            if not over_restraint and not urged:
                continue
            rules = self._teller.rules
            parties = [party_of(each) for each in claim.actor]
            actor = listed([named(each, rules) for each in parties]) or rules.phrases["nobody"]
            phrase = "dissent.hedged" if claim.certainty == "hedged" else "dissent"
            text = rules.say(
                phrase, actor=actor, conduct=claim.conduct, **verbs(parties, rules),
                party=listed([named(each, rules) for each in recipients]), **self._where(entry),
            )  # fmt: skip
            found.append(
                _alone(self._teller.statement(text, [entry], actors=keys_of(claim.actor), conduct=claim.conduct))
            )
        return found

    def changed(self) -> list[Paragraph]:
        """The postures that changed after the first day, and those first reported since then, latest first.

        Where there is no room for all, changes go before first reports. What the first day of all reports tells is no
        news: nobody had reported before.
        """
        known = {each.key: party_of_posture(each) for each in self._material.board.postures}
        days = [each.valid_from for each in self._material.entries if each.valid_from]
        start = max(self._material.since, min(days, default=self._material.since))
        found = []
        for timeline in self._material.timelines:
            party = known.get(timeline.key)
            for change in timeline.transitions:
                told = self._change(timeline, change) if party and change.after and change.on > start else []
                if party and told:
                    key = (-change.on.toordinal(), len(told) < 2, change.family, not party.known, party.key)
                    found.append((len(told) < 2, key, _alone(*told)))
        chosen = sorted(found, key=lambda each: each[:2])
        shown = sorted(chosen[:MOST], key=lambda each: each[1])
        return [told for *_, told in (*shown, *chosen[MOST:])]

    def _change(self, timeline: Timeline, change: Transition) -> list[Statement]:
        postures = {each.key: each for each in self._material.board.postures}
        party, rules = party_of_posture(postures[timeline.key]), self._teller.rules
        now = next((each for each in timeline.spells if _starts(each, change)), None)
        if now is None or now.inherited is not None or change.after is None:
            return []
        entries = _one_sureness(now.entries, change.after, party.key, latest=now.start)[:3]
        if not entries:
            return []
        before = next((each for each in timeline.spells if _ends(each, change)), None)
        was = _one_sureness(before.entries, before.conduct, party.key)[:3] if before and not before.inherited else []
        phrase = "change" if was else "change.new"
        if sureness_of(entries[0].claim.certainty) == "hedged":
            phrase += ".hedged"
        text = rules.say(
            phrase,
            day=day_words(change.on),
            actor=self._teller.name(party, entries),
            conduct=self._teller.now(change.after),
            **verbs([party], rules),
        )
        told = [self._teller.statement(text, entries, actors=[party.key], conduct=change.after)]
        if was and before:
            through = self._teller.name(party, was).removeprefix(named(party, rules))
            words = rules.say("change.before", conduct=self._teller.now(before.conduct)) + through
            told.append(self._teller.statement(words, was, actors=[party.key], conduct=before.conduct))
        return told


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
