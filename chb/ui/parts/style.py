"""The few rules that Streamlit's theme cannot express, and the colours that follow it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.ui import theme
from chb.ui.parts.paper import DARK_ON_PAPER, PAPER_RULES

NOTICE_S: Final = 12
"""How long a notice follows whoever scrolls."""

_RULES: Final = f"""
<style>
[data-testid="stMainBlockContainer"] {{
  padding: 2.2rem 2.2rem 1.5rem;
  max-width: 1800px;
}}
[data-testid="stSidebar"][data-collapsed="false"] {{ width: 14.5rem !important; }}
[data-testid="stMain"] [data-testid="stCaptionContainer"] {{
  color: {theme.QUIET_INK};
  opacity: 1;
}}
[data-testid="stLogo"] {{ height: 2.6rem; }}
/* Streamlit darkens the words of a button under the pointer, whatever the ground. */
[data-testid="stMain"] :is(
  [data-testid^="stBaseButton-secondary"], [data-testid^="stBaseButton-tertiary"],
  [data-testid="stPopoverButton"]
):is(:hover, :active, :focus-visible, [aria-expanded="true"]):not(:disabled) {{
  color: {theme.LINK} !important;
}}
/* In the dark the first button is pale: its words are dark there. */
[data-testid^="stBaseButton-primary"] {{ color: {theme.SURFACE}; }}
.hf-cards {{
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(8.2rem, 1fr));
  gap: .6rem;
}}
.hf-card {{
  border: 1px solid {theme.HAIRLINE};
  border-left: 4px solid {theme.BLUE};
  border-radius: 6px;
  padding: .5rem .75rem .55rem;
}}
.hf-card span, .hf-card small {{
  display: block;
  font-size: .79rem;
  line-height: 1.3;
  color: {theme.QUIET_INK};
}}
.hf-card strong {{
  display: block;
  font-size: 1.42rem;
  font-weight: 650;
  line-height: 1.25;
  color: {theme.INK};
  font-variant-numeric: tabular-nums;
}}
.hf-note {{
  margin: 0;
  color: {theme.QUIET_INK};
  font-size: .89rem;
  line-height: 1.4;
}}
.hf-list {{
  display: grid;
  grid-template-columns: 1fr auto;
  gap: .4rem .8rem;
  font-size: .89rem;
}}
.hf-list div:nth-child(even) {{
  color: {theme.QUIET_INK};
  text-align: right;
  font-variant-numeric: tabular-nums;
}}
/* Why a file was refused is written for readers of screens only: here for everybody. */
[data-testid="stFileChip"] [role="alert"] {{
  position: static;
  width: auto;
  height: auto;
  margin: 0;
  overflow: visible;
  clip: auto;
  clip-path: none;
  white-space: normal;
  color: {theme.ALARM};
  font-size: .89rem;
}}
/* A form may be long: what was saved is in sight for some seconds, then back in its place. */
[data-testid="stLayoutWrapper"]:has(> .st-key-notice-0, > .st-key-notice-1) {{
  position: sticky;
  z-index: 50;
  background: {theme.SURFACE};
  pointer-events: none;
}}
[data-testid="stLayoutWrapper"]:has(> .st-key-notice-0) {{ animation: hf-told-0 {NOTICE_S}s both; }}
[data-testid="stLayoutWrapper"]:has(> .st-key-notice-1) {{ animation: hf-told-1 {NOTICE_S}s both; }}
@keyframes hf-told-0 {{ from, 99% {{ top: .8rem; }} to {{ top: auto; }} }}
@keyframes hf-told-1 {{ from, 99% {{ top: .8rem; }} to {{ top: auto; }} }}
</style>
"""


def apply_style() -> None:
    """Once a run, before anything else is drawn."""
    st.html(f"<style>{_variables(is_dark=theme.is_dark())}</style>{_RULES}{PAPER_RULES}")


def _variables(*, is_dark: bool) -> str:
    """The colours that follow the theme.

    What floats above the page (a popover, a list) hangs outside Streamlit's own ground, so the
    root is told which theme is on; the sidebar is dark in both, and says so to what is in it.
    """
    told = "".join(f"{name}:{pair[is_dark]};" for name, pair in theme.FOLLOWING.items())
    both = "".join(
        f"{name}:light-dark({light},{dark});" for name, (light, dark) in theme.FOLLOWING.items()
    )
    scheme = "dark" if is_dark else "light"
    return (
        f":root{{color-scheme:{scheme};{told}}}"
        f"@supports (color:light-dark(#000,#fff)){{:root{{{both}}}}}"
        f"{DARK_ON_PAPER if is_dark else ''}"
    )
