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
  font-size: .79rem;
}}
.hf-marking b {{ letter-spacing: .03em; }}
</style>
"""
_EVERY_SHEET: Final = (
    "<style>@page{{@top-center{{{head}}}@bottom-center{{{foot}}}"
    '@bottom-right{{content:counter(page) " / " counter(pages);font:.7rem sans-serif}}}}</style>'
)
_BOX: Final = "content:{words};font:600 .79rem sans-serif;letter-spacing:.03em;white-space:pre"

_PLAIN: Final = " -,:;.'()[]"


def show_marking(marking: Marking) -> None:
    """The marking and, for what is sensitive, how to handle it."""
    line, handling = _quoted(marking.line), _quoted(marking.handling)
    sheet = _EVERY_SHEET.format(
        head=_BOX.format(words=f'{line} "\\a" {handling}'), foot=_BOX.format(words=line)
    )
    st.html(
        f'{_STYLE}{sheet}<div class="hf-marking" role="note" aria-label="Security marking">'
        f"<b>{literal_html(marking.line)}</b><span>{literal_html(marking.handling)}</span></div>"
    )


def _quoted(words: str) -> str:
    """As a string of a style sheet: letters, figures, spaces and plain marks only."""
    plain = "".join(each for each in words if each.isalnum() or each in _PLAIN)
    return f'"{plain}"'
