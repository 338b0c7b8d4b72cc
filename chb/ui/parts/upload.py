"""Giving the page a file, with what a file may have and what to do with a larger one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from chb.ui.parts.words import literal
from chb.ui.server.uploads import MEGABYTE, MOST_DAY_BYTES, MOST_FILE_BYTES


def ask_file(label: str, *, endings: Sequence[str], key: str, command: str) -> UploadedFile | None:
    """The file that was given, None before; ``command`` imports a larger one at the terminal."""
    file = st.file_uploader(label, type=list(endings), key=key)
    st.caption(
        f"At most {MOST_FILE_BYTES / MEGABYTE:.0f} MB a file and {MOST_DAY_BYTES / MEGABYTE:.0f} MB"
        f" a day. Split a larger file, or let an administrator import it: {literal(command)}"
    )
    return file
