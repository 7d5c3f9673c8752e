"""What counting says of the actors of an open ledger: from its claims, or from an event table kept in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.analysis.silence_counts import Series
from holdfire.analysis.silence_series import Act, Dated, Tallies, Watch, learned_allies
from holdfire.analysis.silence_verdict import cannot_tell, quietness_of
from holdfire.analysis.suspects import Suspicion, suspects_of
from holdfire.ledger.connect import Ledger
from holdfire.ledger.events import event_origins, event_tallies
from holdfire.ledger.views import claims
from holdfire.model.actor import Mention, party_key
from holdfire.model.entry import AsOf, LedgerEntry, counting_judgement
from holdfire.model.event_row import EventTally
from holdfire.model.silence import Quietness
from holdfire.rules.silence import Counted

CLAIMS = "claims"
# Whoever acts less often than this in a whole table teaches nothing about what is usual.
_LEAST_ACTS = 8
# Days looked back: two baselines, and years enough to know an actor's habits.
_DAYS_BACK = 1100
# Who attacked a party within so many days is no friend that failed to come.
_RECENT_DAYS = 56
# Not yet sure enough to count, as for postures.
_UNSURE = ("rumoured", "denied")
_ALLIES = ("member of", "backed by", "allied with", "organ of", "led by")


@dataclass(frozen=True, kw_only=True)
class Silence:
    """What counting says on a day. source: "claims" or the origin of an event table. own: attacks, deeds or words.

    keys, names: of the rows of `series`, which is None where nothing was counted. found: one for each key asked for.
    """

    source: str
    own: str
    on: date | None
    keys: tuple[str, ...]
    names: tuple[str, ...]
    series: Series | None
    found: tuple[Quietness, ...]


def read_silence(
    ledger: Ledger,
    asof: AsOf,
    *,
    knowledge: KnowledgeBase,
    counted: Mapping[str, Counted],
    own: str = "attacks",
    dated: Dated = "event",
    source: str | None = None,
    actors: Sequence[str] | None = None,
) -> Silence:
    """What counting says of the actors with these keys, or of all who act often enough, most acts first.

    source: "claims" or the origin of an event table; by default the origin with most rows, else claims.
    """
    source = source or source_of(ledger, asof)
    tallies = Tallies(Watch(actors=(), own=own, dated=dated), counted)
    for act in acts_of(ledger, asof, source=source, knowledge=knowledge):
        tallies.add(act)
    on = asof.valid_on or tallies.last
    often = tallies.acting(_LEAST_ACTS)
    wanted = tuple(dict.fromkeys(actors)) if actors is not None else often
    keys = tuple(dict.fromkeys((*wanted, *often)))
    names = tuple(name_of(key, knowledge) for key in keys)
    if on is None or tallies.first is None or tallies.last is None or not keys:
        reason = "nothing was counted" if on is None else "nobody acts often enough in what was counted"
        found = tuple(
            cannot_tell(key=key, name=name_of(key, knowledge), on=on or date.max, reason=reason) for key in wanted
        )
        return Silence(source=source, own=own, on=on, keys=keys, names=names, series=None, found=found)
    first = max(tallies.first, date.fromordinal(max(1, on.toordinal() - _DAYS_BACK)))
    last = max(first, min(tallies.last, on))
    tallies.watch(_watch(ledger, asof, source, own, dated, keys, knowledge, counted, before=last))
    series = tallies.series(first, last, actors=keys)
    told = quietness_of(series, on, keys=keys, names=names)
    return Silence(source=source, own=own, on=on, keys=keys, names=names, series=series, found=told[: len(wanted)])


def source_of(ledger: Ledger, asof: AsOf) -> str:
    """The origin of event rows with most of them; "claims" where there are no rows."""
    origins = event_origins(ledger, asof)
    return max(origins, key=lambda each: (origins[each], each)) if origins else CLAIMS


def acts_of(ledger: Ledger, asof: AsOf, *, source: str, knowledge: KnowledgeBase) -> Iterator[Act]:
    """What is counted, act by act."""
    if source == CLAIMS:
        return acts_of_claims(claims(ledger, asof), knowledge)
    return (_act_of_row(each) for each in event_tallies(ledger, asof, origins=[source]))


def acts_of_claims(entries: Iterable[LedgerEntry], knowledge: KnowledgeBase) -> Iterator[Act]:
    """Acts that claims tell of, each once however many reports tell it; and each report, as coverage of its country.

    What is not done, not yet done, long past, rumoured or denied is no act; a claim that was rejected tells nothing.
    """
    for entry in entries:
        claim, day = entry.claim, entry.valid_from
        judged = counting_judgement(entry.judgements)
        if day is None or (judged is not None and judged.verdict == "reject"):
            continue
        reported = entry.document.published or day
        parties: list[str | None] = [_key_of(each) for each in claim.actor] or [None]
        country = _country_of(entry, knowledge)
        for actor in parties:
            yield Act(
                day=reported, event=claim.event, actor=actor, conduct="", country=country, reported_on=reported,
                fact=f"report {entry.document.id} {country} {claim.event} {actor}",
            )  # fmt: skip
        if claim.polarity != "affirmed" or claim.modality != "actual" or claim.certainty in _UNSURE:
            continue
        targets = [_key_of(each) for each in claim.recipient]
        for actor in filter(None, parties):
            fact = f"act {day} {actor} {claim.event} {targets} {claim.place.name if claim.place else None}"
            yield Act(day=day, event=None, actor=actor, conduct=claim.conduct or "", reported_on=reported, fact=fact)
        for target in targets:
            fact = f"suffered {day} {parties} {claim.event} {target}"
            yield Act(day=day, event=claim.event, recipient=target, conduct="", reported_on=reported, fact=fact)


def name_of(key: str, knowledge: KnowledgeBase) -> str:
    """What a key is called: by the knowledge base, else its words."""
    known = knowledge.get(key)
    return known.name if known else key.removeprefix("text:")


def _watch(
    ledger: Ledger, asof: AsOf, source: str, own: str, dated: Dated, keys: Sequence[str], knowledge: KnowledgeBase,
    counted: Mapping[str, Counted], *, before: date,
) -> Watch:  # fmt: skip
    """Where each actor's coverage is looked for, and who its allies are."""
    actors = {key: knowledge.get(key) for key in keys}
    countries = {key: actor.country for key, actor in actors.items() if actor and actor.country}
    cut = date.fromordinal(max(1, before.toordinal() - 56))
    learned = learned_allies(acts_of(ledger, asof, source=source, knowledge=knowledge), counted, before=cut)
    allies = {key: allies_of(key, knowledge) or learned.get(key, frozenset()) for key in keys}
    return Watch(actors=tuple(keys), own=own, dated=dated, countries=countries, allies=allies)


def allies_of(key: str, knowledge: KnowledgeBase) -> frozenset[str]:
    """Whom an actor belongs to, is backed by or allied with, as the knowledge base has it."""
    actor = knowledge.get(key)
    ties = actor.memberships if actor else ()
    return frozenset(each.actor_id for each in ties if each.relation in _ALLIES)


def _act_of_row(tally: EventTally) -> Act:
    return Act(
        day=tally.day, event=tally.event, actor=tally.actor_key, recipient=tally.recipient_key, country=tally.country,
        reported_on=tally.reported_on, count=tally.count,
    )  # fmt: skip


def _key_of(mention: Mention) -> str:
    return party_key(mention.id, mention.text)


def _country_of(entry: LedgerEntry, knowledge: KnowledgeBase) -> str | None:
    """Where it happened, else the country of the first party that the knowledge base knows."""
    if entry.claim.place and entry.claim.place.country:
        return entry.claim.place.country
    known = (knowledge.get(each.id) for each in (*entry.claim.actor, *entry.claim.recipient))
    return next((actor.country for actor in known if actor and actor.country), None)


def read_suspects(
    ledger: Ledger,
    asof: AsOf,
    party: str,
    *,
    knowledge: KnowledgeBase,
    counted: Mapping[str, Counted],
    own: str = "attacks",
    source: str | None = None,
) -> tuple[str, date | None, Suspicion]:
    """Who acted in most earlier episodes in which a party (by key) was attacked, and does not now; source, day, answer.

    Who attacks the party in the latest episode is no suspect. Its organs are attacked as it is.
    """
    source = source or source_of(ledger, asof)
    whole = frozenset((party, *knowledge.organs(party)))
    tallies = Tallies(Watch(actors=(party,), own=own, same=dict.fromkeys(whole, party)), counted)
    acts = list(acts_of(ledger, asof, source=source, knowledge=knowledge))
    for act in acts:
        tallies.add(act)
    on = asof.valid_on or tallies.last
    if on is None or tallies.first is None or tallies.last is None:
        return source, on, Suspicion(latest=None, earlier=(), suspects=())
    keys = tuple(each for each in tallies.acting(1) if each != party)
    series = tallies.series(tallies.first, max(tallies.first, on), actors=(party, *keys))
    recent = on.toordinal() - _RECENT_DAYS
    foes = frozenset(
        each.actor
        for each in acts
        if each.actor and each.recipient in whole and each.event in counted["attacks"].events
        and each.day.toordinal() > recent
    )  # fmt: skip
    friends = frozenset(key for key in keys if party in allies_of(key, knowledge)) | allies_of(party, knowledge)
    learned = learned_allies(acts, counted, before=date.fromordinal(recent)).get(party, frozenset())
    found = suspects_of(
        series.block(1, series.actors), series.attacked[0], on, keys=keys,
        names=[name_of(key, knowledge) for key in keys], allies=friends | learned, foes=foes,
    )  # fmt: skip
    return source, on, found
