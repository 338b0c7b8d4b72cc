"""Which pages there are, and for whom. A page that is not here cannot be reached.

A page's rule is asked twice: when the navigation is drawn, and when the page runs, so
that an address typed by hand opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from chb.domain.access.permissions import Permission, check_may, may
from chb.domain.access.scope import Scope
from chb.domain.markings import Contents
from chb.ui.pages import (
    administration,
    asset_import,
    assets,
    audit_log,
    bands,
    data,
    decisions,
    disruptions,
    engagement,
    gaps,
    glossary,
    harm_map,
    home,
    hotspots,
    intelligence,
    learning,
    my_work,
    ocgs,
    partnership,
    places,
    plans,
    referrals,
    retention,
    shared_work,
    signals,
    timetable,
)


@dataclass(frozen=True)
class PageRule:
    """One page: what draws it, its place in the navigation, and who may open it."""

    show: Callable[[], None]
    title: str
    icon: str
    path: str
    permission: Permission
    contents: frozenset[Contents]
    """What it may show, which settles its marking."""
    instead_of: Permission | None = None
    """For those without this one: a page that stands in for the fuller one."""

    def opens_for(self, scope: Scope) -> bool:
        """Whether the person finds it in their navigation."""
        fuller = self.instead_of is not None and may(scope, self.instead_of)
        return may(scope, self.permission) and not fuller

    def check_opens_for(self, scope: Scope) -> None:
        """Refusal for a person it is not for."""
        check_may(scope, self.permission)


_FIGURES: Final = Permission.SEE_HARM_FIGURES
_OPERATIONS: Final = Permission.SEE_OPERATIONS

_ASSETS: Final = frozenset({Contents.ASSETS})
_WORK: Final = frozenset({Contents.WORK})
_ASSETS_AND_WORK: Final = _ASSETS | _WORK
_PEOPLE: Final = frozenset({Contents.PEOPLE})
_GROUPS: Final = frozenset({Contents.WORK, Contents.GROUPS})
_HARM_AND_WORK: Final = frozenset({Contents.HARM, Contents.WORK})
_HARM_AND_GROUPS: Final = frozenset({Contents.HARM, Contents.GROUPS})

PAGES: Final = (
    PageRule(home.show, "Home", "home", "home", Permission.WORK_HERE, _WORK),
    PageRule(harm_map.show, "Harm map", "grid_view", "harm-map", _FIGURES, _HARM_AND_GROUPS),
    PageRule(
        bands.show,
        "Harm map",
        "grid_view",
        "harm-bands",
        Permission.SEE_HARM_BANDS,
        _HARM_AND_WORK,
        _FIGURES,
    ),
    PageRule(hotspots.show, "Hotspots", "target", "hotspots", _FIGURES, _HARM_AND_GROUPS),
    PageRule(places.show, "Places", "flag", "places", _OPERATIONS, _GROUPS),
    PageRule(
        shared_work.show,
        "Places and work",
        "flag",
        "shared-work",
        Permission.SEE_COMMUNITY,
        _WORK,
        _OPERATIONS,
    ),
    PageRule(plans.show, "Plan", "checklist", "plan", _OPERATIONS, _GROUPS),
    PageRule(ocgs.show, "OCGs", "hub", "ocgs", _OPERATIONS, _GROUPS),
    PageRule(
        intelligence.show,
        "Intelligence",
        "search_insights",
        "intelligence",
        Permission.MANAGE_INTELLIGENCE,
        _GROUPS,
    ),
    PageRule(disruptions.show, "Disruptions", "bolt", "disruptions", _OPERATIONS, _GROUPS),
    PageRule(signals.show, "Signals", "forum", "signals", Permission.SEND_SIGNALS, _WORK),
    PageRule(decisions.show, "Decisions", "gavel", "decisions", _OPERATIONS, _GROUPS),
    PageRule(
        partnership.show,
        "Partnership",
        "groups",
        "partnership",
        Permission.MANAGE_PARTNERSHIP,
        _WORK,
    ),
    PageRule(learning.show, "Learning", "school", "learning", Permission.MANAGE_PARTNERSHIP, _WORK),
    PageRule(my_work.show, "My work", "task_alt", "my-work", Permission.SEE_COMMUNITY, _WORK),
    PageRule(assets.show, "Assets", "handshake", "assets", Permission.SEE_COMMUNITY, _ASSETS),
    PageRule(
        timetable.show,
        "Timetable",
        "calendar_view_week",
        "timetable",
        Permission.SEE_COMMUNITY,
        _ASSETS_AND_WORK,
    ),
    PageRule(
        gaps.show,
        "Gaps",
        "person_search",
        "gaps",
        Permission.SEE_HARM_BANDS,
        frozenset({Contents.HARM, Contents.ASSETS, Contents.WORK}),
    ),
    PageRule(
        asset_import.show,
        "Asset import",
        "upload_file",
        "asset-import",
        Permission.MANAGE_ASSETS,
        _ASSETS,
    ),
    PageRule(
        engagement.show,
        "Engagement",
        "contact_phone",
        "engagement",
        Permission.MANAGE_ASSETS,
        _ASSETS_AND_WORK,
    ),
    PageRule(
        referrals.show, "Referrals", "alt_route", "referrals", Permission.SEE_COMMUNITY, _WORK
    ),
    PageRule(
        data.show,
        "Data",
        "database",
        "data",
        Permission.SEE_HARM_BANDS,
        frozenset({Contents.HARM, Contents.ASSETS}),
    ),
    PageRule(retention.show, "Retention", "event_busy", "retention", Permission.DISPOSE, _GROUPS),
    PageRule(
        administration.show,
        "Administration",
        "admin_panel_settings",
        "administration",
        Permission.ADMINISTER,
        _PEOPLE,
    ),
    PageRule(audit_log.show, "Audit log", "history", "audit-log", Permission.AUDIT, _PEOPLE),
    PageRule(glossary.show, "Glossary", "menu_book", "glossary", Permission.WORK_HERE, frozenset()),
)
"""In the order of the navigation; the first that opens for a person is their first page."""
