"""The parts of a brief that tell of postures: the state of play, who fights, who talks, who holds fire and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from holdfire.analysis.calculus import Calculus, ToldReason
from holdfire.briefs.grammar import Party, capital, day_words, listed, named, party_of_posture, quoted_evidence
from holdfire.briefs.parts import FIRM, Draft, Paragraph, Sentence, Statement, sentence
from holdfire.briefs.telling import Teller, keys_of
from holdfire.model.entry import LedgerEntry
from holdfire.model.posture import Finding, Posture

# A sentence that names more than this is read by nobody.
MOST_NAMED = 6
_MOST_CONDUCTS = 8
_MOST_REASONS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A posture without what is told of the actor's group or of a member alone."""

    posture: Posture
    party: Party
    deed: Finding | None
    word: Finding | None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The deed and the word, as far as there are any."""
        return tuple(each for each in (self.deed, self.word) if each)

    @property
    def leading(self) -> Finding | None:
        """The deed, else the word."""
        return self.deed or self.word


def own_postures(postures: Sequence[Posture]) -> list[Own]:
    """The postures with something of their own, parties of the knowledge base first, best supported first.

    An organ whose conduct is told of its state as well is told there.
    """
    found = [
        Own(posture=each, party=party_of_posture(each), deed=_own(each.deed), word=_own(each.word)) for each in postures
    ]
    found = [each for each in found if each.leading]
    above: dict[tuple[str, str], list[Own]] = {}
    for each in found:
        for finding in each.findings:
            for entry in finding.entries:
                if each.party.key not in keys_of(entry.claim.actor):
                    above.setdefault((finding.conduct, entry.claim.id), []).append(each)
    return sorted((each for each in found if not _is_told_above(each, above)), key=_importance)


def _is_told_above(each: Own, above: dict[tuple[str, str], list[Own]]) -> bool:
    """Whether one other party has every finding of an organ, with every claim."""
    if each.party.kind == "leader" or not each.party.known:
        return False
    claims = [(finding.conduct, entry.claim.id) for finding in each.findings for entry in finding.entries]
    holders = [{one.party.key for one in above.get(key, ())} - {each.party.key} for key in claims]
    return bool(set.intersection(*holders))


def _own(finding: Finding | None) -> Finding | None:
    return finding if finding is not None and finding.inherited is None else None


def _importance(each: Own) -> tuple[bool, float, str]:
    strength = sum(finding.strength for finding in each.findings)
    return (not each.party.known, -round(strength, 9), each.party.key)


class PostureParts:
    """Writes these parts for the postures of one board, in the order given."""

    def __init__(self, teller: Teller, postures: Sequence[Own], calculi: dict[str, Calculus]) -> None:
        self._teller = teller
        self._postures = postures
        self._calculi = calculi
        heat = {name: each.heat for name, each in teller.conducts.items()}
        self.fighting = [each for each in postures if each.deed and heat[each.deed.conduct] > 0]
        self.holding = [each for each in postures if each.deed and heat[each.deed.conduct] < 0]
        self.talking = [each for each in postures if each not in self.fighting and each not in self.holding]

    def headline(self) -> tuple[Sentence, ...]:
        """Who fights and who holds fire, in a line."""
        fighting, holding, talking = (
            # A description is no headline where there are names.
            [one for one in each if one.party.known] or each
            for each in (self.fighting, self.holding, self.talking)
        )
        parts = [*self._groups(fighting, _deed)[:1], *self._groups(holding, _deed)[:1]]
        parts = parts or self._groups(talking, _word)[:2]
        return (sentence(*parts, between="; "),) if parts else ()

    def state(self) -> list[Draft]:
        """The state of play in one paragraph."""
        return [self._state] if self._postures else []

    def _state(self) -> Paragraph:
        apart = [each for each in self.holding if each.word and each.posture.gap]
        together = [each for each in self._postures if each.word and each not in apart]
        alone = [each for each in self.talking if each.deed]
        told = [sentence(each) for each in (*self._groups(self.fighting, _deed), *self._groups(self.holding, _deed))]
        if yet := self._groups(apart, _word):
            told.append(sentence(*yet, lead=self._teller.rules.say("group.yet"), between="; "))
        told += [sentence(each) for each in self._groups(together, _word)[:_MOST_CONDUCTS]]
        told += [sentence(each) for each in self._groups(alone, _deed)]
        return Paragraph(sentences=tuple(told))

    def fights(self) -> list[Draft]:
        """An entry for everybody whose deed is hot."""
        return [partial(self._entry, each) for each in _together(self.fighting)]

    def talks(self) -> list[Draft]:
        """An entry for everybody of whom only words, or deeds that are neither hot nor cool, are told."""
        return [partial(self._entry, each) for each in _together(self.talking)]

    def holds(self) -> list[Draft]:
        """An entry for everybody who holds fire or stands down, with the reasons given."""
        return [partial(self._entry, each, with_reasons=True) for each in _together(self.holding)]

    def _groups(self, postures: Sequence[Own], family: Callable[[Own], Finding | None]) -> list[Statement]:
        """A statement for each conduct and sureness, hottest deeds and commonest words first."""
        by_conduct: dict[tuple[str, bool], list[tuple[Own, LedgerEntry]]] = {}
        for each in postures:
            finding = family(each)
            if finding is not None:
                best = _best(each, finding)
                key = (finding.conduct, best.claim.certainty in FIRM)
                by_conduct.setdefault(key, []).append((each, best))
        conducts = self._teller.conducts

        def rank(key: tuple[str, bool]) -> tuple[int, int, str, bool]:
            conduct, firm = key
            return (-abs(conducts[conduct].heat), -len(by_conduct[key]), conduct, not firm)

        found = []
        for key in sorted(by_conduct, key=rank):
            members = by_conduct[key]
            parties = [each.party for each, _ in members]
            # "And 1 other" takes as much room as the name.
            if len(parties) > MOST_NAMED + 1:
                members = members[:MOST_NAMED]
                count = len(parties) - MOST_NAMED
                parties = [*parties[:MOST_NAMED], self._others(count)]
            statement = self._teller.group(parties, key[0], [best for _, best in members])
            keys = tuple(each.party.key for each, _ in members)
            found.append(replace(statement, actors=keys))
        return found

    def _others(self, count: int) -> Party:
        return Party("others", self._teller.rules.say("group.more", count=count), None, False)

    def _entry(self, members: Sequence[Own], *, with_reasons: bool = False) -> Paragraph:
        each = members[0]
        leading = each.leading
        assert leading is not None
        teller, parties = self._teller, [one.party for one in members]
        told = teller.finding("finding", parties, leading)
        if each.deed and each.word:
            apart = each.posture.gap is not None and each.posture.gap.direction == "words ahead of deeds"
            told += teller.finding("word.yet" if apart else "word.and", parties, each.word)
        sentences = [sentence(*told), *self._quotes(each, [one.key for one in parties])]
        sentences += self._against(leading)
        if with_reasons:
            sentences += self._reasons(each)
        names = listed([named(one, teller.rules) for one in parties])
        return Paragraph(sentences=tuple(sentences), name=capital(names), conduct=leading.conduct)

    def _quotes(self, each: Own, keys: Sequence[str]) -> Iterator[Sentence]:
        """The best sentence of the deed and of the word; of restraint, and of mere words, two."""
        said: set[str] = set()
        leading = each.leading
        two = leading is not None and (each.deed is None or each in self.holding)
        wanted = [(one, 2 if two and one is leading else 1) for one in (each.deed, each.word) if one]
        for finding, most in wanted:
            fresh = (one for one in _firm_first(finding) if one.claim.evidence.text not in said)
            for entry, _ in zip(fresh, range(most), strict=False):
                said.add(entry.claim.evidence.text)
                yield self._teller.quote(entry, keys)

    def _against(self, finding: Finding) -> Iterator[Sentence]:
        for entry in finding.against[:1]:
            text = self._teller.rules.say(
                "against", outlet=self._teller.outlet(entry), day=day_words(entry.document.published),
                quote=quoted_evidence(entry.claim.evidence),
            )  # fmt: skip
            claim = entry.claim
            yield Sentence(
                statements=(self._teller.statement(text, [entry], actors=keys_of(claim.actor), conduct=claim.conduct),)
            )

    def _reasons(self, each: Own) -> Iterator[Sentence]:
        """The reasons given for what it does and against it, one of each category and giver first."""
        calculus = self._calculi.get(each.party.key)
        if calculus is None or each.deed is None:
            return
        about = [one for one in calculus.reasons if one.conduct == each.deed.conduct and _is_sure(one)]
        for bearing, group in groupby(about, key=lambda one: one.reason.bearing):
            told = [self._teller.reason(one, each.party) for one in _varied(list(group))[:_MOST_REASONS]]
            lead = self._teller.rules.say(f"reasons.{bearing}", conduct=each.deed.conduct)
            yield sentence(*told, lead=lead, between="; ")


def _together(postures: Sequence[Own]) -> list[list[Own]]:
    """The postures with those of whom the same claims tell put together, in the order of the first of each."""
    found: dict[tuple[tuple[str, ...], ...], list[Own]] = {}
    for each in postures:
        key = tuple(
            (finding.conduct, *sorted(entry.claim.id for entry in finding.entries))
            for finding in (each.deed, each.word)
            if finding
        )
        found.setdefault(key, []).append(each)
    return list(found.values())


def _is_sure(each: ToldReason) -> bool:
    return each.told.entry.claim.certainty not in ("rumoured", "denied")


def _varied(reasons: Sequence[ToldReason]) -> list[ToldReason]:
    """One of each category before the second of any, otherwise in the order given."""
    seen: dict[str, int] = {}
    ranked = []
    for number, each in enumerate(reasons):
        turn = seen[each.reason.category] = seen.get(each.reason.category, 0) + 1
        ranked.append((turn, number, each))
    return [each for _, _, each in sorted(ranked, key=lambda one: one[:2])]


def _deed(each: Own) -> Finding | None:
    return each.deed


def _word(each: Own) -> Finding | None:
    return each.word


def _firm_first(finding: Finding) -> list[LedgerEntry]:
    return sorted(finding.entries, key=lambda each: each.claim.certainty not in FIRM)


def _best(each: Own, finding: Finding) -> LedgerEntry:
    """The entry to cite for a finding: firm before hedged, and one that names the actor itself."""
    ranked = _firm_first(finding)
    sureness = ranked[0].claim.certainty in FIRM
    same = [one for one in ranked if (one.claim.certainty in FIRM) == sureness]
    return next((one for one in same if each.party.key in keys_of(one.claim.actor)), same[0])
