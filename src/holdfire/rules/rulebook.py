"""Everything that was read from the rule files, in one frozen value that the pure rooms are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from holdfire.rules.attribution import AttributionRules, load_attribution_rules
from holdfire.rules.boilerplate import BoilerplateRules, load_boilerplate_rules
from holdfire.rules.composition import Composition, ConductRule, load_compositions, load_conduct_rules
from holdfire.rules.conducts import Conduct, load_conducts
from holdfire.rules.dates import DateRules, load_date_rules
from holdfire.rules.domains import DomainRules, load_domain_rules
from holdfire.rules.events import EventRules, load_event_rules
from holdfire.rules.factuality import FactualityRules, load_factuality_rules
from holdfire.rules.load import RuleSource
from holdfire.rules.misread import MisreadRules, load_misread_rules
from holdfire.rules.places import PlaceRules, load_place_rules
from holdfire.rules.reasons import ReasonRules, load_reason_rules
from holdfire.rules.recipients import RecipientRules, load_recipient_rules
from holdfire.rules.reference import ReferenceRules, load_reference_rules
from holdfire.rules.sentences import SentenceRules, load_sentence_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """The loaded rules, one field a part; `digest` tells this state of them from every other."""

    digest: str
    sentences: SentenceRules
    boilerplate: BoilerplateRules
    attribution: AttributionRules
    reference: ReferenceRules
    recipients: RecipientRules
    dates: DateRules
    domains: DomainRules
    events: EventRules
    compositions: tuple[Composition, ...]
    conduct: tuple[ConductRule, ...]
    conducts: Mapping[str, Conduct]
    factuality: FactualityRules
    misread: MisreadRules
    places: PlaceRules
    reasons: ReasonRules


def load_rulebook(source: RuleSource) -> Rulebook:
    """Read and check every rule file. Raises RuleError before anything is used when one is wrong."""
    return Rulebook(
        digest=source.digest(),
        sentences=load_sentence_rules(source),
        boilerplate=load_boilerplate_rules(source),
        reference=load_reference_rules(source),
        recipients=load_recipient_rules(source),
        attribution=load_attribution_rules(source),
        dates=load_date_rules(source),
        domains=load_domain_rules(source),
        events=load_event_rules(source),
        compositions=load_compositions(source),
        conduct=load_conduct_rules(source),
        conducts=load_conducts(source),
        factuality=load_factuality_rules(source),
        misread=load_misread_rules(source),
        places=load_place_rules(source),
        reasons=load_reason_rules(source),
    )
