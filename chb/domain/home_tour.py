"""The first tour over the sample place: a few things to do, in the order of a role's work."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from chb.domain.access.roles import Role


@dataclass(frozen=True)
class TourStep:
    """One thing to do on one page."""

    key: str
    title: str
    words: str
    path: str
    """Address of the page where it is done."""


_HOTSPOTS: Final = TourStep(
    "hotspots",
    "Find the worst hotspot",
    "The list is ranked by priority, of which harm is a part. Open the first and read why, and "
    "how stable its rank is.",
    "hotspots",
)
_CELL: Final = TourStep(
    "cell",
    "Look into one cell",
    "Press a dark cell on the map: its dossier shows the months and kinds of crime behind it.",
    "harm-map",
)
_PLACE: Final = TourStep(
    "place",
    "Open a place",
    "Pierhead has Clear, Hold and Build at work at once. See how hard each is worked, "
    "and what its next gate asks for.",
    "places",
)
_PLAN: Final = TourStep(
    "plan",
    "Read a plan",
    "Three phases by four Ps: what is under way, what is late, and where nothing is planned yet.",
    "plan",
)
_OCG: Final = TourStep(
    "ocg",
    "Open an OCG",
    "Its band, tier and next review, who belongs to it, and what disrupted it.",
    "ocgs",
)
_DISRUPTION: Final = TourStep(
    "disruption",
    "Record a disruption",
    "The form takes under a minute; the level is moderated later.",
    "disruptions",
)
_DECISIONS: Final = TourStep(
    "decisions",
    "Read the decision log",
    "What was decided and why, and what is not being done. Entries are never changed.",
    "decisions",
)
_REVIEWS: Final = TourStep(
    "reviews",
    "See which reviews are late",
    "The calendar shows every group's next review by its tier.",
    "ocgs",
)
_DATA: Final = TourStep(
    "data",
    "See what is loaded",
    "Which months and editions there are, where months are missing, and how old it all is.",
    "data",
)
_BANDS: Final = TourStep(
    "bands",
    "Read the harm map",
    "Harm in bands rather than figures: small enough to steer by, too coarse to point at a door.",
    "harm-bands",
)
_SHARED: Final = TourStep(
    "shared-work",
    "See the places and their work",
    "What is under way at each place, in wording that was made to be shared.",
    "shared-work",
)
_GAPS: Final = TourStep(
    "gaps",
    "Find a gap",
    "Evenings and ages for which nothing is in reach where harm is high.",
    "gaps",
)
_ASSETS: Final = TourStep(
    "assets",
    "Open a community asset",
    "When it is open, whom it serves, and when somebody last checked.",
    "assets",
)
_ENGAGEMENT: Final = TourStep(
    "engagement",
    "Pick somebody to talk to",
    "Assets in high-harm areas to which nobody has spoken yet come first.",
    "engagement",
)
_TIMETABLE: Final = TourStep(
    "timetable",
    "Find a clash",
    "Sessions at the same hour for the same ages; move one and see the gap close.",
    "timetable",
)
_SIGNALS: Final = TourStep(
    "signals",
    "Send a signal",
    "Say what your agency noticed, where and when, without naming anybody.",
    "signals",
)
_REFERRALS: Final = TourStep(
    "referrals",
    "Look up where to refer",
    "Organisations by need, age and area, with how to refer to each.",
    "referrals",
)
_PARTNERSHIP: Final = TourStep(
    "partnership",
    "See who is at the table",
    "Agencies of the stakeholder group, whose sharing agreement is due, and its meetings.",
    "partnership",
)
_MY_WORK: Final = TourStep(
    "my-work",
    "See what is yours to do",
    "Overdue, due, waiting on others and coming, across every plan.",
    "my-work",
)
_ACCOUNTS: Final = TourStep(
    "accounts",
    "Look at people and roles",
    "Who may sign in, in which roles, and who is locked out.",
    "administration",
)
_BACKUP: Final = TourStep(
    "backup",
    "Make a backup",
    "People work on meanwhile. It holds everything, so it stays on the server.",
    "administration",
)
_CHECK: Final = TourStep(
    "check",
    "Check the store",
    "Every record and file is read once; what is wrong is named.",
    "administration",
)
_AUDIT: Final = TourStep(
    "audit",
    "Verify the audit log",
    "Rows are chained: a change, a gap or a cut at the end is found.",
    "audit-log",
)
_GLOSSARY: Final = TourStep(
    "glossary",
    "Look up a word",
    "Bands, tiers, gates, the four Ps: each with where it comes from.",
    "glossary",
)

_TOURS: Final[Mapping[Role, tuple[TourStep, ...]]] = {
    Role.LRO: (_HOTSPOTS, _PLACE, _PLAN, _OCG, _DISRUPTION, _MY_WORK),
    Role.SRO: (_PLACE, _REVIEWS, _DISRUPTION, _DECISIONS, _AUDIT, _GLOSSARY),
    Role.P_LEAD: (_PLACE, _PLAN, _CELL, _DISRUPTION, _ASSETS, _MY_WORK),
    Role.ANALYST: (_DATA, _CELL, _HOTSPOTS, _GAPS, _PLACE, _GLOSSARY),
    Role.CSP_MANAGER: (_BANDS, _SHARED, _GAPS, _PARTNERSHIP, _ASSETS, _MY_WORK),
    Role.CO_ORDINATOR: (_ASSETS, _ENGAGEMENT, _TIMETABLE, _GAPS, _SHARED, _MY_WORK),
    Role.PARTNER: (_BANDS, _SHARED, _SIGNALS, _ASSETS, _REFERRALS, _MY_WORK),
    Role.ADMINISTRATOR: (_ACCOUNTS, _BACKUP, _CHECK, _AUDIT, _GLOSSARY),
}
"""In the order in which a role counts for somebody who holds several."""


def tour_for(roles: Collection[Role]) -> tuple[TourStep, ...]:
    """The steps for somebody who holds these roles."""
    return next((steps for role, steps in _TOURS.items() if role in roles), ())
