"""The page script: what is on every page, and which pages this person has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st

from chb.domain.access.scope import NotForYou, Scope
from chb.domain.markings import marking_of
from chb.domain.wording import plural
from chb.ui import cache, viewer
from chb.ui.parts.marking import show_marking
from chb.ui.parts.notices import show_refusal
from chb.ui.parts.style import apply_style
from chb.ui.shell.forgetting import forget_widgets_gone
from chb.ui.shell.registry import PAGES, PageRule

_PICTURES: Final = Path(__file__).parent / "pictures"


def run() -> None:
    """One run of the app for one browser tab."""
    st.set_page_config(
        page_title="Holdfast",
        page_icon=str(_PICTURES / "mark.svg"),
        layout="wide",
    )
    st.logo(str(_PICTURES / "wordmark.svg"), icon_image=str(_PICTURES / "mark.svg"), size="large")
    apply_style()
    try:
        scope = viewer.scope()
    except NotForYou as refusal:
        show_refusal(refusal)
        return
    rules = [rule for rule in PAGES if rule.opens_for(scope)]
    if not rules:
        st.write("You have no role here yet. Ask an administrator for the role your work needs.")
        return
    page = st.navigation(
        [_page(rule, scope, is_first=rule is rules[0]) for rule in PAGES],
        expanded=True,  # a page folded away is a page nobody finds
    )
    with st.sidebar:
        _show_loaded()
    page.run()
    forget_widgets_gone()


def _page(rule: PageRule, scope: Scope, *, is_first: bool) -> st.Page:
    """A page that is not the person's has an address all the same, where the reason is told."""
    return st.Page(
        _asked_again(rule),
        title=rule.title,
        icon=f":material/{rule.icon}:",
        url_path=rule.path,
        default=is_first,
        visibility="visible" if rule.opens_for(scope) else "hidden",
    )


def _asked_again(rule: PageRule) -> Callable[[], None]:
    """The page with its rule in front: who may open it is asked when it is drawn, too."""

    def show() -> None:
        try:
            rule.check_opens_for(viewer.scope())
        except NotForYou as refusal:
            show_refusal(refusal)
            return
        show_marking(marking_of(viewer.scope().view, rule.contents))
        rule.show()

    return show


def _show_loaded() -> None:
    """What the figures on every page rest on."""
    months = cache.months(cache.data_version())
    if not months:
        st.caption("No incidents are loaded.")
        return
    st.caption(f"Incidents loaded: {plural(len(months), 'month')}, {months[0]} to {months[-1]}")


run()
