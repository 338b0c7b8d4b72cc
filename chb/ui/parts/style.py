"""The few rules that Streamlit's theme cannot express."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.ui import theme

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
  font-size: .8rem;
  line-height: 1.3;
  color: {theme.QUIET_INK};
}}
.hf-card strong {{
  display: block;
  font-size: 1.4rem;
  font-weight: 650;
  line-height: 1.25;
  color: {theme.INK};
  font-variant-numeric: tabular-nums;
}}
.hf-note {{
  margin: 0;
  color: {theme.QUIET_INK};
  font-size: .86rem;
  line-height: 1.4;
}}
.hf-list {{
  display: grid;
  grid-template-columns: 1fr auto;
  gap: .4rem .8rem;
  font-size: .93rem;
}}
.hf-list div:nth-child(even) {{
  color: {theme.QUIET_INK};
  text-align: right;
  font-variant-numeric: tabular-nums;
}}
.hf-phases {{ display: grid; gap: .4rem; }}
.hf-phase {{
  display: grid;
  grid-template-columns: 4.4rem 1fr;
  gap: .7rem;
  align-items: center;
}}
.hf-phase b {{
  border-left: 7px solid;
  border-radius: 4px;
  background: {theme.PANEL};
  padding: .14rem .5rem;
}}
.hf-phase em {{ color: {theme.QUIET_INK}; font-style: normal; }}
</style>
"""


def apply_style() -> None:
    """Once a run, before anything else is drawn."""
    st.html(_RULES)
