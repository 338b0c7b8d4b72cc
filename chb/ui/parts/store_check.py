"""Whether the store is sound, and how it is kept safe."""

from __future__ import annotations

import streamlit as st

from chb.services import backups
from chb.ui import cache
from chb.ui.parts.html_table import show_table


def show_store_check() -> None:
    """A check on request: it reads everything, so it is not made by itself."""
    st.write(
        "A backup holds everything but the keys. It is made and restored at the terminal, on a "
        "running system:"
    )
    st.code(
        "python -m chb backup PATH\npython -m chb restore PATH\npython -m chb check", language=None
    )
    if st.button("Check the store now"):
        found = backups.check(cache.workspace())
        rows = [(name, f"{number:,}") for name, number in found.rows.items()]
        if found.is_sound:
            st.success("The store is sound.", icon=":material/check_circle:")
        for problem in found.problems:
            st.error(problem)
        show_table(("Kept", "Rows"), rows, name="Rows by table")
