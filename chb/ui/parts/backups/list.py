"""Backups on the server: their age and size, a check of one, and the deleting of old ones."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from chb.domain.refusal import Refusal
from chb.domain.wording import plural
from chb.services import backups
from chb.services.backups import LONGEST_KEPT, BackupFile
from chb.ui import cache, session
from chb.ui.parts.backups.words import age_words, size_words
from chb.ui.parts.forms import save
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.sending import send_button
from chb.ui.parts.words import literal

_REMOVE = "remove_backup"


def show_backups() -> None:
    """The newest first, then what can be done with one."""
    ws = cache.workspace()
    kept = backups.list_backups(ws)
    if not kept:
        st.write("There is no backup on the server yet.")
        return
    rows = (_row(each, ws.now()) for each in kept)
    show_table(("Backup", "Made (UTC)", "Size", "Standing"), rows, name="Backups")
    names = [each.name for each in kept]
    name = st.selectbox("Which", names, key="chosen_backup")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wants_check = st.button("Check it", icon=":material/fact_check:")
        with st.popover("Delete it", icon=":material/delete:"):
            _show_remove(name)
    if wants_check:
        with refusals_shown(), st.spinner("Reading all of it"):
            _check(name)


def _row(each: BackupFile, now: datetime) -> tuple[str | Noted, ...]:
    made = Noted(f"{each.made_at:%d %b %Y, %H:%M}", age_words(each.made_at, now))
    old = f"Older than {LONGEST_KEPT.days} days: it holds what was disposed of since. Delete it."
    standing = Noted("Too old", old) if each.is_too_old else "Kept"
    return each.name, made, size_words(each.n_bytes), standing


def _check(name: str) -> None:
    found = backups.check_backup(cache.workspace(), name)
    rows, frames = plural(found.n_rows, "row"), plural(found.n_frames, "file")
    st.success(
        f"{literal(name)} is whole: {rows} and {frames} of data, schema {literal(found.schema)}, "
        f"made by {literal(found.software)}.",
        icon=":material/check_circle:",
    )


def _show_remove(name: str) -> None:
    with st.form(session.form_key(_REMOVE), border=False):
        sure = st.checkbox(f"Delete {literal(name)} for good")
        sent = send_button(_REMOVE, "Delete")
    if not sent:
        return

    def work(request_key: str) -> str:
        del request_key  # what is gone is refused
        if not sure:
            raise Refusal("Nothing was deleted", remedy="Tick the box above the button first")
        backups.remove_backup(cache.workspace(), name)
        return f"{literal(name)} was deleted."

    save(_REMOVE, work)
