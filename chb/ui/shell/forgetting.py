"""Widgets that are gone are forgotten whole.

Streamlit drops the value of a widget that a page draws no longer. What it knows of the widget,
the records on offer in its list among that, it keeps until the tab is closed: with people going
from plan to plan all day, most of the memory of the screens.
"""

from __future__ import annotations

from streamlit.runtime.scriptrunner import get_script_run_ctx


def forget_widgets_gone() -> None:
    """At the end of a run of the whole page: of widgets not drawn in it nothing is known."""
    ctx = get_script_run_ctx()
    if ctx is None or ctx.fragment_ids_this_run:
        return
    known = ctx.session_state._state._new_widget_state.widget_metadata
    for gone in known.keys() - ctx.shared.widget_ids_this_run.snapshot():
        del known[gone]
