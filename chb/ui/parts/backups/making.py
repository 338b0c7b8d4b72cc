"""Making a backup beside the screens: one press, and it is in the list when it is done."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.services.backup_jobs import BackupStage, backup_state, start_backup
from chb.ui import cache
from chb.ui.parts.backups.words import size_words

_LOOK_EVERY: Final = "2s"
_WAITED_FOR: Final = "backup_waited_for"


def show_making() -> None:
    """The button, or how far the one is that is being made."""
    state = backup_state(cache.workspace())
    if state.stage is BackupStage.RUNNING:
        st.session_state[_WAITED_FOR] = True
        _watch()
        return
    if state.stage is BackupStage.FAILED:
        st.error(
            "The last backup was not finished, and nothing of it is kept. The server's log says "
            "why; the disk may be full. Look at Health below, and make it again.",
            icon=":material/block:",
        )
    elif st.session_state.pop(_WAITED_FOR, False):
        st.success("The backup is in the list.", icon=":material/check_circle:")
    if st.button("Make a backup now", type="primary", icon=":material/save:"):
        start_backup(cache.workspace())
        st.rerun()


@st.fragment(run_every=_LOOK_EVERY)
def _watch() -> None:
    """How much is written; once it is done the page is drawn anew, with the list."""
    state = backup_state(cache.workspace())
    if state.stage is not BackupStage.RUNNING:
        st.rerun()
    so_far = f", {size_words(state.n_bytes)} so far" if state.n_bytes else ""
    st.info(
        f"A backup is being made{so_far}. You and everybody else can go on working, and leave "
        "this page.",
        icon=":material/hourglass_top:",
    )
