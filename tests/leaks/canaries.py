"""A word in every sensitive field, and who may read it: from the domain page, not from the code.

The table is the test: a field that is added to the product belongs here with its readers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.leaks.people import EVERYBODY, INDOCTRINATED, LAPSED_LEAD, LEAD, PARTNER, SHARED, SRO
from tests.leaks.tokens import Mint, Token, of_degrees

_KEYS: Final = {each.key for each in EVERYBODY}
OFFICERS: Final = {
    LEAD.key,
    SRO.key,
    SHARED.key,
    INDOCTRINATED.key,
    LAPSED_LEAD.key,
    "other lead officer",
    "p lead not let in",
    "analyst",
}
"""The restricted view: a place's own records, and of groups those they need to know."""
HOSTS: Final = {"csp manager", "co-ordinator"}
GROUP: Final = {LEAD.key, SRO.key, SHARED.key, INDOCTRINATED.key}
"""A group's lead, the senior officer, and whoever was let in on it."""
SECRET: Final = {LEAD.key, SRO.key, INDOCTRINATED.key}
"""Before the trigger date: its lead, the senior officer, and whoever signed for it."""
NOBODY_ELSE: Final = {LEAD.key, SRO.key}

READERS: Final[Mapping[str, set[str]]] = {
    "ocg code": GROUP,
    "ocg summary": GROUP,
    "ocg commodity": GROUP,
    "ocg business note": GROUP,
    "ocg intelligence gap": GROUP,
    "reason a group was changed": GROUP,
    "nominal reference": GROUP,
    "nominal function": GROUP,
    "nominal note": GROUP,
    "family relative": GROUP,
    "family safeguarding": GROUP,
    "location source": GROUP,
    "location handling": GROUP,
    "location longitude": GROUP,
    "MoRiLE source": GROUP,
    "score reason": GROUP,
    "review findings": GROUP,
    "reason of a review": GROUP,
    "link between groups": GROUP,
    "aim of a group's plan": GROUP,
    "objective of a group's plan": GROUP,
    "exit of a group's plan": GROUP,
    "secret title": SECRET,
    "secret detail": SECRET,
    "secret outcome": SECRET,
    "secret milestone": SECRET,
    "reason of the trigger date": SECRET,
    "trigger date": SECRET,
    "disruption": GROUP,
    "moderation of a disruption": GROUP,
    "requirement": GROUP,
    "answer to a requirement": GROUP,
    "request to a partner": GROUP,
    "reply of a partner": GROUP,
    "what a signal tells": GROUP,
    "decision": GROUP,
    "rationale of a decision": GROUP,
    "what is not done": GROUP,
    "debrief of a group": GROUP,
    "note on who was let in": GROUP,
    "code of an upload": {LEAD.key},
    "gate evidence": OFFICERS,
    "link of gate evidence": OFFICERS,
    "priority individual": OFFICERS,
    "reason of a tie": OFFICERS,
    "reason of a phase": OFFICERS,
    "plan of a place": OFFICERS,
    "objective of a place": OFFICERS,
    "inner title of Hold work": OFFICERS,
    "detail of Hold work": OFFICERS,
    "milestone of Hold work": OFFICERS,
    "outcome of Hold work": OFFICERS,
    "new intelligence of a debrief": OFFICERS,
    "what worked at a place": OFFICERS | HOSTS,
    "stakeholder contact": OFFICERS | HOSTS,
    "notes of a meeting": OFFICERS | HOSTS,
    "note of a contact with an asset": (OFFICERS - {"analyst"}) | HOSTS,
    "answer in a signal": OFFICERS | HOSTS | {PARTNER.key},
}

NOT_SHOWN: Final = {"note on who was let in"}
"""No page shows this to anybody yet: only that nobody is sent it can be tested."""


@dataclass(frozen=True)
class Canaries:
    """The words of one run."""

    tokens: Mapping[str, Token]
    longitude: float

    def __getitem__(self, name: str) -> str:
        return self.tokens[name].text

    def kept_from(self, who: str) -> set[str]:
        """Names of the words that somebody must never be sent."""
        return {name for name, readers in READERS.items() if who not in readers}


def hatch(seed: int) -> Canaries:
    """New words, one for each field."""
    mint = Mint(seed)
    longitude = -0.5 - (seed % 997 + 1) / 7_919.0
    tokens = {name: mint.word(name) for name in READERS}
    tokens["location longitude"] = of_degrees("location longitude", longitude)
    tokens["trigger date"] = Token(
        "trigger date",
        shapes=(b"2029-03-17", b"17 March 2029", b"17 Mar 2029", b"2029/03/17", b"20290317T"),
    )
    assert all(readers <= _KEYS for readers in READERS.values())
    return Canaries(tokens, longitude)
