"""The tab about backups: what one is, making one, those that are there, and the terminal."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.ui.parts.backups.list import show_backups
from chb.ui.parts.backups.making import show_making
from chb.ui.parts.explained import explain

BACKUPS: Final = "Backups"
"""What the tab is called."""


@st.fragment
def show_backup_tab() -> None:
    """A backup is made and kept on the server; no screen hands one out."""
    st.write(
        "A backup holds everything that is recorded here but the keys, whoever may see it. So it "
        "is made on the server, stays there, and cannot be downloaded: whoever runs the machine "
        "copies it to where backups are kept."
    )
    show_making()
    show_backups()
    explain("Backups", ("backup_check", "backup_age"), key="explain_backups")
    with st.expander("At the terminal"):
        st.write("On a running system; restoring replaces nothing unless it is told to.")
        st.code(
            "python -m chb backup PATH\npython -m chb restore PATH\npython -m chb check",
            language=None,
        )
