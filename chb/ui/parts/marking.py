"""The security marking at the head of every page, on screen and on paper."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.markings import Marking
from chb.ui import theme
from chb.ui.parts.words import literal_html

_STYLE: Final = f"""
<style>
.hf-marking {{
  display: flex;
  flex-wrap: wrap;
  gap: .2rem .8rem;
  margin: -1rem 0 -.9rem;
  padding: .3rem .7rem;
  border-left: 4px solid {theme.NAVY};
  background: {theme.PANEL};
  color: {theme.INK};
  font-size: .82rem;
}}
.hf-marking b {{ letter-spacing: .03em; }}
</style>
"""


def show_marking(marking: Marking) -> None:
    """The marking and, for what is sensitive, how to handle it."""
    st.html(
        f'{_STYLE}<div class="hf-marking" role="note" aria-label="Security marking">'
        f"<b>{literal_html(marking.line)}</b><span>{literal_html(marking.handling)}</span></div>"
    )
