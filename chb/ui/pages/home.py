"""Home: what changed, what is mine to do, how the places stand, how fresh the data are."""

from __future__ import annotations

import streamlit as st

from chb.domain.access.permissions import Permission, may
from chb.domain.access.roles import Role
from chb.services.home.visits import has_tour, look
from chb.services.workspace import Workspace
from chb.ui import cache
from chb.ui.parts.home.administration import show_administration
from chb.ui.parts.home.freshness import show_freshness
from chb.ui.parts.home.news import show_news
from chb.ui.parts.home.places import show_places
from chb.ui.parts.home.style import apply_home_style
from chb.ui.parts.home.tour import show_tour
from chb.ui.parts.home.work import show_overdue_reviews, show_own_work
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.page_head import page_head
from chb.ui.parts.page_links import show_page_link


def show() -> None:
    """The page."""
    ws = cache.workspace()
    page_head("Home", about=greeting(ws))
    apply_home_style()
    with refusals_shown():
        visit = look(ws)
        if has_tour(ws):
            show_tour(ws, visit)
        if may(ws.scope, Permission.SEE_COMMUNITY):
            show_places(ws)
            changed, own = st.columns([1.5, 1], gap="large")
            with changed:
                show_news(ws, visit)
            with own:
                show_own_work(ws)
                if Role.SRO in ws.scope.roles:
                    show_overdue_reviews(ws)
                _show_data(ws)
        if may(ws.scope, Permission.ADMINISTER):
            show_administration(ws)
        show_page_link("glossary", "Glossary: the words of this work", icon="menu_book")


def greeting(ws: Workspace) -> str:
    """The day, and as whom the person works here."""
    today = ws.today()
    roles = ", ".join(sorted(role.value for role in ws.scope.roles))
    return f"{today:%A} {today.day} {today:%B %Y}. You work here as {roles}."


def _show_data(ws: Workspace) -> None:
    if may(ws.scope, Permission.SEE_HARM_BANDS):
        show_freshness(ws)
