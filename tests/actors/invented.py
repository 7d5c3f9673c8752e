"""Invented actors for unit tests: two states, a front, a league, and those who lead them."""

from __future__ import annotations

from datetime import date

from holdfire.actors.knowledge import KnowledgeBase, build_knowledge
from holdfire.model.actor import Actor, Alias, Membership, Office


def invented_knowledge() -> KnowledgeBase:
    """A knowledge base of invented parties, with an acronym that two of them share and a name that nests."""
    return build_knowledge(
        (
            Actor(
                id="pam",
                name="Port Amar",
                kind="state",
                country="PAM",
                demonyms=("Amari", "Amaris"),
                metonyms=("Selun",),
            ),
            Actor(id="vel", name="Velmark", kind="state", country="VEL", demonyms=("Velmarker",)),
            Actor(
                id="pam.navy",
                name="Amari navy",
                kind="armed force",
                country="PAM",
                memberships=(Membership(relation="organ of", actor_id="pam"),),
            ),
            Actor(
                id="pam.valley-front",
                name="Valley Front",
                kind="armed group",
                country="PAM",
                aliases=(Alias(text="VLF"), Alias(text="PLV", ambiguous=True), Alias(text="Jabhat al-Wadi")),
                memberships=(Membership(relation="led by", actor_id="pam.dorn"),),
            ),
            Actor(
                id="vel.valley-front",
                name="Free Valley Front",
                kind="armed group",
                country="VEL",
                aliases=(Alias(text="PLV", ambiguous=True),),
            ),
            Actor(
                id="intl.rim",
                name="Rim League",
                kind="international body",
                aliases=(Alias(text="RIML"), Alias(text="Coast League", end=date(2010, 12, 31))),
            ),
            Actor(id="pam.dorn", name="Ada Dorn", kind="leader", country="PAM", aliases=(Alias(text="Dorn"),)),
            Actor(
                id="pam.hale",
                name="Piet Hale",
                kind="leader",
                country="PAM",
                offices=(Office(title="prime minister", of="pam", start=date(2015, 3, 1), end=date(2019, 6, 30)),),
            ),
            Actor(
                id="pam.roe",
                name="Ines Roe",
                kind="leader",
                country="PAM",
                offices=(Office(title="prime minister", of="pam", start=date(2019, 6, 30)),),
            ),
        )
    )
