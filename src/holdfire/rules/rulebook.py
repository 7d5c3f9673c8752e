"""Everything that was read from the rule files, in one frozen value that the pure rooms are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from holdfire.rules.attribution import AttributionRules, load_attribution_rules
from holdfire.rules.boilerplate import BoilerplateRules, load_boilerplate_rules
from holdfire.rules.brief import BriefRules, load_brief_rules
from holdfire.rules.composition import Composition, ConductRule, load_compositions, load_conduct_rules
from holdfire.rules.conducts import Conduct, load_conducts
from holdfire.rules.dates import DateRules, load_date_rules
from holdfire.rules.descriptions import Descriptions, load_descriptions
from holdfire.rules.domains import DomainRules, load_domain_rules
from holdfire.rules.events import EventRules, load_event_rules
from holdfire.rules.factuality import FactualityRules, load_factuality_rules
from holdfire.rules.load import RuleSource
from holdfire.rules.misread import MisreadRules, load_misread_rules
from holdfire.rules.modes import ModeRules, load_mode_rules
from holdfire.rules.outlets import OutletRules, load_outlet_rules
from holdfire.rules.places import PlaceRules, load_place_rules
from holdfire.rules.postures import PostureRules, load_posture_rules
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
    descriptions: Descriptions
    domains: DomainRules
    events: EventRules
    compositions: tuple[Composition, ...]
    conduct: tuple[ConductRule, ...]
    conducts: Mapping[str, Conduct]
    factuality: FactualityRules
    misread: MisreadRules
    modes: ModeRules
    places: PlaceRules
    postures: PostureRules
    reasons: ReasonRules
    outlets: OutletRules
    brief: BriefRules


# How each part is loaded; `holdfire rules check` takes them one by one.
PARTS: Mapping[str, Callable[[RuleSource], Any]] = {
    "sentences": load_sentence_rules,
    "boilerplate": load_boilerplate_rules,
    "reference": load_reference_rules,
    "recipients": load_recipient_rules,
    "attribution": load_attribution_rules,
    "dates": load_date_rules,
    "descriptions": load_descriptions,
    "domains": load_domain_rules,
    "events": load_event_rules,
    "compositions": load_compositions,
    "conduct": load_conduct_rules,
    "conducts": load_conducts,
    "factuality": load_factuality_rules,
    "misread": load_misread_rules,
    "modes": load_mode_rules,
    "places": load_place_rules,
    "postures": load_posture_rules,
    "reasons": load_reason_rules,
    "outlets": load_outlet_rules,
    "brief": load_brief_rules,
}


def load_rulebook(source: RuleSource) -> Rulebook:
    """Read and check every rule file. Raises RuleError before anything is used when one is wrong."""
    return Rulebook(digest=source.digest(), **{name: load(source) for name, load in PARTS.items()})
