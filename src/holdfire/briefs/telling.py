"""Statements: what is said of one or several parties, in the words of rules/en/brief.toml, tied to its claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from holdfire.analysis.calculus import ToldCondition, ToldReason
from holdfire.briefs.grammar import (
    NAME_CHARS,
    Party,
    day_words,
    inside,
    is_plural,
    listed,
    many,
    named,
    party_of,
    possessive,
    quoted,
    quoted_evidence,
    shortened,
    verbs,
)
from holdfire.briefs.notes import Notes
from holdfire.briefs.parts import FIRM, Sentence, Statement, Sureness, sentence, sureness_of
from holdfire.model.actor import Mention, party_key
from holdfire.model.entry import LedgerEntry
from holdfire.model.posture import Finding
from holdfire.model.source import Source
from holdfire.rules.brief import BriefRules
from holdfire.rules.conducts import Conduct

# As many claims are cited for one statement; the count says how many there are.
MOST_CITED = 6


class Teller:
    """Writes statements and keeps the notes of what they cite."""

    def __init__(self, rules: BriefRules, conducts: dict[str, Conduct], notes: Notes) -> None:
        self.rules = rules
        self.conducts = conducts
        self.notes = notes

    def statement(
        self, text: str, entries: Sequence[LedgerEntry], *, actors: Iterable[str], conduct: str | None
    ) -> Statement:
        """The text with the claims that say so; `entries` are of one sureness."""
        claims = [each.claim for each in entries]
        polarities = {each.polarity for each in claims}
        return Statement(
            text=text,
            claim_ids=tuple(each.id for each in claims),
            numbers=self.notes.cite(entries),
            actors=tuple(dict.fromkeys(actors)),
            conduct=conduct,
            polarity=polarities.pop() if len(polarities) == 1 else None,
            certainty=sureness_of(claims[0].certainty),
        )

    def group(self, parties: Sequence[Party], conduct: str, entries: Sequence[LedgerEntry]) -> Statement:
        """Several parties with one conduct; `entries` are the best of each of the first of them, in their order."""
        told = [self.name(party, [entry]) for party, entry in zip(parties, entries, strict=False)]
        names = listed([*told, *(named(each, self.rules) for each in parties[len(told) :])])
        text = self._say(
            "group", parties, sureness_of(entries[0].claim.certainty), actor=names, conduct=self.now(conduct)
        )  # fmt: skip
        return self.statement(text, entries, actors=(each.key for each in parties), conduct=conduct)

    def finding(self, phrase: str, parties: Sequence[Party], finding: Finding) -> list[Statement]:
        """What parties of whom the same claims tell are found to do: the firm claims, and beside them the hedged."""
        sure = [each for each in finding.entries if each.claim.certainty in FIRM]
        hedged = [each for each in finding.entries if each.claim.certainty == "hedged"]
        main = sure or hedged or list(finding.entries)
        text = self._say(
            phrase, parties, sureness_of(main[0].claim.certainty),
            actor=listed([named(each, self.rules) for each in parties]), done=self.done(finding.conduct, main),
            since=self.since(finding, main), support=self.support(main, parties),
        )  # fmt: skip
        keys = [each.key for each in parties]
        told = [self.statement(text, main[:MOST_CITED], actors=keys, conduct=finding.conduct)]
        if sure and hedged:
            words = self.rules.say("hedged.too", claims=many(len(hedged), "claim"))
            told.append(self.statement(words, hedged[:MOST_CITED], actors=keys, conduct=finding.conduct))
        return told

    def shaky(self, phrase: str, party: Party, finding: Finding) -> Statement:
        """What is only rumoured of a party, or denied."""
        best = finding.best
        denier = best.claim.sources[-1] if best.claim.sources else None
        if phrase == "denial" and denier is not None:
            own = party_key(denier.id, denier.text) == party.key
            phrase = "denial.own" if own else "denial.source"
        text = self._say(
            phrase, [party], "firm", actor=named(party, self.rules), done=self.done(finding.conduct, finding.entries),
            since=self.since(finding, finding.entries), support=self.support(finding.entries, [party]),
            quote=quoted_evidence(best.claim.evidence), outlet=self.outlet(best),
            source=self.source(denier) if denier else "",
        )  # fmt: skip
        return self.statement(text, finding.entries[:MOST_CITED], actors=[party.key], conduct=finding.conduct)

    def quote(self, entry: LedgerEntry, actors: Iterable[str]) -> Sentence:
        """The sentence itself, with who says it."""
        claim = entry.claim
        source = claim.sources[-1] if claim.sources else None
        own = source is not None and party_key(source.id, source.text) in {
            party_key(each.id, each.text) for each in claim.actor
        }
        quote, outlet = quoted_evidence(claim.evidence), self.outlet(entry)
        if source is None or (own and (claim.quote is None or claim.quote.type == "indirect")):
            text = self.rules.say("quote", quote=quote, outlet=outlet)
        elif own:
            who = named(party_of(claim.actor[0]), self.rules)
            text = self.rules.say("quote.own", possessor=possessive(who), quote=quote, outlet=outlet)
        else:
            text = self.rules.say("quote.source", quote=quote, source=self.source(source), outlet=outlet)
        return sentence(self.statement(text, [entry], actors=actors, conduct=claim.conduct))

    def reason(self, each: ToldReason, party: Party) -> Statement:
        """One reason for what a party does, in the report's words, with who gives it."""
        reason, claim = each.reason, each.told.entry.claim
        phrase = "reason.source" if reason.sources else "reason"
        source = listed([self.source(one) for one in reason.sources[-1:]])
        text = self.rules.say(phrase, category=reason.category, quote=quoted(reason.text), source=source)
        if not _names(each.told.entry, party):
            text = self.rules.say("reason.of", reason=text, others=self._actors_of([each.told.entry]))
        return self.statement(text, [each.told.entry], actors=keys_of(claim.actor), conduct=claim.conduct)

    def condition(self, each: ToldCondition) -> Statement:
        """A tripwire or a way out: who would do what, and on which condition."""
        entry = each.told.entry
        claim = entry.claim
        parties = [party_of(one) for one in claim.actor] or [_NOBODY]
        text = self._say(
            each.role, parties, sureness_of(claim.certainty), what=self._what(entry),
            actor=listed([named(one, self.rules) for one in parties]), condition=quoted(each.condition.text),
        )  # fmt: skip
        return self.statement(text, [entry], actors=[one.key for one in parties], conduct=claim.conduct)

    def done(self, conduct: str, entries: Sequence[LedgerEntry]) -> str:
        """The conduct after "has", with the party that every one of the claims names as its recipient."""
        words = self.rules.words[conduct]
        shared = set.intersection(*({party_of(one) for one in each.claim.recipient} for each in entries))
        # "Radar site" wants an article that nobody can choose; "all sides" does not.
        shared = {one for one in shared if one.known or is_plural((one,), self.rules)}
        if words.towards is None or not shared:
            return words.done
        parties = sorted(shared, key=lambda one: (not one.known, one.name, one.key))
        return words.towards.format(party=listed([named(one, self.rules) for one in parties]))

    def now(self, conduct: str) -> str:
        """The conduct after "is"."""
        return self.rules.words[conduct].now

    def source(self, source: Source) -> str:
        """Who says so, as it stands inside a sentence."""
        if source.name:
            return named(Party(source.id or source.name, source.name, None, True), self.rules)
        return inside(shortened(source.text, NAME_CHARS), self.rules)

    def since(self, finding: Finding, entries: Sequence[LedgerEntry]) -> str:
        """Since when: by the claims' own date where the first has one, else by the days of the reports."""
        days = [each.valid_from for each in entries if each.valid_from]
        first = max(min(days), finding.since) if days else finding.since
        dated = any(each.claim.time is not None for each in entries if each.valid_from == first)
        lasts = len(set(days)) > 1 or finding.latest > first
        once = not lasts and self.conducts[finding.conduct].heat >= 0
        phrase = ("since.once" if once else "since.dated") if dated else "since.reports" if lasts else "since.report"
        return self.rules.say(phrase, since=day_words(first))

    def support(self, entries: Sequence[LedgerEntry], parties: Sequence[Party]) -> str:
        """ "6 claims, 4 outlets"; where some name an organ or a leader of the party instead of itself, these too."""
        claims = {each.claim.id for each in entries}
        outlets = {each.document.outlet or each.document.id for each in entries}
        counts = {"claims": many(len(claims), "claim"), "outlets": many(len(outlets), "outlet")}
        others = [each for each in entries if not any(_names(each, one) for one in parties)]
        if not others:
            return self.rules.say("support", **counts)
        return self.rules.say("support.others", **counts, count=len(others), of=self._actors_of(others))

    def name(self, party: Party, entries: Sequence[LedgerEntry]) -> str:
        """The party's name; with the organ or leader that the claims cited of it name, where none names the party."""
        own = named(party, self.rules)
        if not party.known or any(_names(each, party) for each in entries):
            return own
        return self.rules.say("through", actor=own, others=self._actors_of(entries))

    def _actors_of(self, entries: Iterable[LedgerEntry]) -> str:
        names = {named(party_of(one), self.rules): None for each in entries for one in each.claim.actor}
        return listed(list(names))

    def outlet(self, entry: LedgerEntry) -> str:
        """Who printed it."""
        return shortened(entry.document.outlet or self.rules.phrases["outlet.unknown"], NAME_CHARS)

    def _what(self, entry: LedgerEntry) -> str:
        """What the claim's actor is at: its conduct, and for what is weighed or offered the deed itself."""
        claim = entry.claim
        conduct = claim.conduct or "weighing"
        if conduct != "weighing":
            words = self.rules.words[conduct]
            parties = listed([named(party_of(one), self.rules) for one in claim.recipient])
            if parties and words.towards and words.towards.startswith(words.done):
                return conduct + words.towards.removeprefix(words.done).format(party=parties)
            return words.now
        deed = self.rules.deeds.get(f"{claim.event} {claim.mode}") or self.rules.deeds.get(claim.event, "")
        return f"{conduct} {deed}" if deed else self.now(conduct)

    def _say(self, phrase: str, parties: Sequence[Party], sureness: Sureness, *, actor: str, **fields: object) -> str:
        """The phrase, or its hedged variant, with the names and verb forms of its subjects."""
        if sureness == "hedged" and f"{phrase}.hedged" in self.rules.phrases:
            phrase = f"{phrase}.hedged"
        return self.rules.say(phrase, actor=actor, **verbs(parties, self.rules), **fields)


def _names(entry: LedgerEntry, party: Party) -> bool:
    return party.key in keys_of(entry.claim.actor)


_NOBODY = Party("unknown", "unknown", None, False)


def keys_of(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The keys that a claim's parties are counted under; "unknown" for nobody named."""
    return tuple(party_key(each.id, each.text) for each in mentions) or ("unknown",)
