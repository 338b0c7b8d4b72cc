"""The list of actions: a status in each row, one form for many, and one reason."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.people import Person
from chb.domain.planning.actions import Action, ActionTally
from chb.domain.planning.bulk import BulkRefused, RefusedAction
from chb.domain.planning.interventions import Intervention, InterventionStatus
from chb.domain.wording import plural
from chb.services.planning import bulk
from chb.services.planning.actions import action_choices, list_actions
from chb.ui import cache, session, theme
from chb.ui.parts.actions.editing import (
    COLUMNS,
    DUE,
    STATUS,
    TICK,
    ForTicked,
    edited,
    n_reopened,
    table_of,
)
from chb.ui.parts.actions.filters import ask_query
from chb.ui.parts.actions.refused import show_refused
from chb.ui.parts.allowed import may_or_is_told
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.drafts import kept_form
from chb.ui.parts.explained import explain
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.people_fields import ask_person, people_at_work
from chb.ui.parts.plans.fields import ask_reason
from chb.ui.parts.sending import as_shown, send_button

_FORM: Final = "actions"
_HEIGHT_PX: Final = 520
_STATUSES: Final[list[InterventionStatus]] = list(InterventionStatus)


def show_actions() -> None:
    """The filters, the figures, and the list as a table that may be written into."""
    choices = action_choices(cache.workspace())
    if not choices.n_actions:
        st.write("No plan has an action yet.")
        return
    today, people = cache.workspace().today(), people_at_work()
    found = list_actions(cache.workspace(), ask_query(choices, people))
    _show_figures(found.tally, n_actions=choices.n_actions)
    if not found.actions:
        st.write("No action is like this. Ask for less at once.")
        return
    if len(found.actions) < found.tally.n_found:
        st.caption(
            f"The first {len(found.actions):,} of {found.tally.n_found:,} are listed. Narrow the "
            "list to reach the others."
        )
    if may_or_is_told(Permission.PLAN):
        _show_form(found.actions, people, today=today)
    else:
        table = table_of(found.actions, people, today).drop(columns=TICK)
        height = _height(found.actions)
        st.dataframe(
            table, hide_index=True, height=height, placeholder="", column_config=_columns()
        )


def _show_figures(tally: ActionTally, *, n_actions: int) -> None:
    of_open = f"of {tally.n_open:,} open"
    colour = theme.CLARET if tally.n_overdue else theme.BLUE
    show_cards(
        (
            Card("Actions found", f"{tally.n_found:,}", f"of {n_actions:,} that you may see"),
            Card("Open", f"{tally.n_open:,}", "neither completed nor stopped"),
            Card("Overdue", f"{tally.n_overdue:,}", of_open, colour=colour),
            Card("Without an owner", f"{tally.n_unowned:,}", of_open),
        )
    )
    explain("Figures of the list", ("plan_overdue", "actions_shown"), key="explain_actions")


def _show_form(shown: tuple[Action, ...], people: Mapping[str, Person], *, today: date) -> None:
    seen = as_shown(_FORM, shown)
    key = session.form_key(_FORM)
    editor = f"{key}:{_digest(shown)}"
    with kept_form(_FORM, border=True):
        st.data_editor(
            table_of(shown, people, today),
            hide_index=True,
            num_rows="fixed",
            height=_height(shown),
            placeholder="",
            disabled=[each for each in COLUMNS if each not in (TICK, STATUS, DUE)],
            column_config=_columns(),
            key=editor,
            alt="Actions of all plans, one in each row",
        )
        ticked = _ask_for_ticked(key, n_shown=len(shown))
        reason = ask_reason(key=key)
        by = ask_author()
        may_reopen = _ask_reopening(key)
        sent = send_button(_FORM, "Save the changes")
    if not sent:
        return
    changed = edited(seen, st.session_state[editor]["edited_rows"], ticked)
    n_again = n_reopened(seen, changed)
    if n_again and not may_reopen:
        st.session_state[_reopening(key)] = n_again
        st.rerun()
    _save(changed, by=by, reason=reason)


def _ask_reopening(key: str) -> bool:
    """Asked once a send was held back because finished work would be at work again."""
    number = st.session_state.get(_reopening(key), 0)
    if not number:
        return False
    st.warning(
        f"Not saved yet: {plural(number, 'action')} completed or stopped would be open again.",
        icon=":material/undo:",
    )
    return st.checkbox("Reopen completed work", key=f"{key}:reopen")


def _reopening(key: str) -> str:
    return f"reopening:{key}"


def _save(changed: tuple[Intervention, ...], *, by: str, reason: str) -> None:
    """All of them or none; where none, why, one by one."""
    refused: list[RefusedAction] = []

    def work(request_key: str) -> str:
        try:
            saved = bulk.save_interventions(
                cache.workspace(), changed, by=by, reason=reason, request_key=request_key
            )
        except BulkRefused as refusal:
            refused.extend(refusal.refused)
            raise
        number = plural(len(saved), "action")
        return f"{number} changed for the reason given; the earlier versions stay."

    save(_FORM, work)
    show_refused(refused)


def _ask_for_ticked(key: str, *, n_shown: int) -> ForTicked:
    """What many get at once; left as they are where nothing is chosen."""
    st.markdown("**Ticked actions get**")
    first, second, third, fourth = st.columns([1.2, 1.2, 1.6, 1.4], vertical_alignment="bottom")
    with first:
        status = st.selectbox(
            "New status", _STATUSES, index=None, placeholder="As it is", key=f"{key}:status"
        )
    with second:
        due_on = st.date_input("New due day", value=None, format="DD/MM/YYYY", key=f"{key}:due")
    with third:
        owner = ask_person("New owner", key=f"{key}:owner")
    with fourth:
        is_for_all = st.checkbox(
            f"All {plural(n_shown, 'action')} listed",
            key=f"{key}:all",
            help="Ticked or not: whatever stands in the list above.",
        )
    return ForTicked(status, due_on, owner, is_for_all)


def _columns() -> dict[str, Any]:
    config = st.column_config
    return {
        TICK: config.CheckboxColumn(width=75, help="Tick what gets the same change"),
        "For": config.TextColumn(width=130),
        "Action": config.TextColumn(width=310),
        STATUS: config.SelectboxColumn(
            width=115, options=[each.value for each in _STATUSES], required=True
        ),
        DUE: config.DateColumn(width=105, format="DD MMM YYYY"),
        "Late": config.TextColumn(width=90),
        "Owner": config.TextColumn(width=210),
        "Lead agency": config.TextColumn(width=190),
        "Phase": config.TextColumn(width=65),
        "P": config.TextColumn(width=75),
    }


def _height(shown: Sequence[Action]) -> int:
    return min(_HEIGHT_PX, 38 + 35 * len(shown))


def _digest(shown: Sequence[Action]) -> str:
    """Of which actions stand in which rows: a cell is never put into another action's row."""
    ids = "\x1f".join(each.id for each in shown)
    return hashlib.sha256(ids.encode()).hexdigest()[:16]
