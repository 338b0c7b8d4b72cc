"""The rules of Home."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.ui import theme

_RULES: Final = f"""
<style>
ul.hf-news {{ list-style: none; margin: 0 0 .6rem; padding: 0; }}
ul.hf-news li {{
  display: grid;
  grid-template-columns: 1fr auto;
  gap: 0 1rem;
  margin: 0;
  padding: .36rem 0 .4rem .1rem;
  border-top: 1px solid {theme.HAIRLINE};
  font-size: .89rem;
  line-height: 1.4;
}}
.hf-news b {{ font-weight: 600; overflow-wrap: anywhere; }}
.hf-news small {{ display: block; color: {theme.QUIET_INK}; font-size: .79rem; }}
.hf-news time, .hf-news em {{
  color: {theme.QUIET_INK};
  font-size: .79rem;
  font-style: normal;
  font-variant-numeric: tabular-nums;
  white-space: nowrap;
}}
.hf-news .hf-late {{ color: {theme.ALARM}; font-weight: 600; }}
.st-key-home-news [data-testid="stPageLink"] p {{ font-weight: 650; }}
.st-key-home-work .hf-cards {{ grid-template-columns: repeat(3, 1fr); }}
.hf-group {{ margin: 0; font-weight: 650; font-size: 1rem; }}
.hf-glance {{ display: grid; gap: .28rem; font-size: .89rem; line-height: 1.35; }}
.hf-glance p {{ margin: 0; color: {theme.QUIET_INK}; font-size: .79rem; }}
.hf-glance .hf-phase-line {{
  display: grid;
  grid-template-columns: 1.1rem 3.4rem 1fr;
  align-items: center;
}}
.hf-glance .hf-phase-line b {{ font-weight: 600; }}
.hf-glance .hf-phase-line span {{ color: {theme.QUIET_INK}; }}
.hf-glance .hf-spark {{ display: block; width: 100%; height: 2.4rem; margin-top: .25rem; }}
.hf-glance strong {{ font-weight: 650; font-variant-numeric: tabular-nums; }}
.hf-glance .hf-late {{ color: {theme.ALARM}; font-weight: 600; }}
[class*="st-key-home-place-"] [data-testid="stButton"] button p {{
  font-size: 1rem;
  font-weight: 650;
}}
p.hf-step {{ margin: 0 0 .3rem; font-size: .89rem; line-height: 1.4; color: {theme.QUIET_INK}; }}
</style>
"""


def apply_home_style() -> None:
    """Once a run of Home, before anything of it is drawn."""
    st.html(_RULES)
