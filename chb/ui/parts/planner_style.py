"""The rules of the planner's pages: the matrix, the grid of bands, lists under headings."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.ui import theme

WARNING: Final = theme.CLARET
"""Overdue and missing; always beside the word that says so."""

_RULES: Final = f"""
<style>
.hf-aim {{
  border-left: 4px solid {theme.BLUE};
  padding: .1rem 0 .1rem .9rem;
  margin: 0 0 .3rem;
  font-size: 1.125rem;
  line-height: 1.45;
}}
.hf-matrix, .hf-bands {{ border-collapse: separate; border-spacing: 4px; width: 100%; }}
.hf-matrix, .hf-bands {{ table-layout: fixed; }}
.hf-matrix th, .hf-bands th {{ font-weight: 650; text-align: left; color: {theme.INK}; }}
.hf-matrix th[scope=row] {{ padding: .5rem .3rem; vertical-align: top; }}
.hf-matrix thead th {{ padding: .3rem .6rem; border-radius: 5px; }}
.hf-matrix thead th:first-child {{ width: 5.6rem; }}
.hf-matrix thead th small {{ display: block; font-weight: 400; font-size: .79rem; }}
.hf-matrix td {{
  vertical-align: top;
  padding: .45rem .55rem;
  border-radius: 5px;
  background: {theme.PANEL};
  font-size: .89rem;
  line-height: 1.35;
}}
.hf-item {{ display: grid; grid-template-columns: 1.15rem 1fr; margin: 0 0 .55rem; }}
.hf-item:last-child {{ margin-bottom: 0; }}
.hf-item small, .hf-none {{ display: block; color: {theme.QUIET_INK}; font-size: .79rem; }}
.hf-late {{ color: {theme.ALARM}; font-weight: 650; }}
.hf-dot {{
  width: .74rem;
  height: .74rem;
  margin-top: .26rem;
  border: 1.5px solid {theme.BLUE};
  border-radius: 50%;
}}
.hf-headings {{
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr));
  gap: 6px;
}}
.hf-headings > div {{
  background: {theme.PANEL};
  border-radius: 5px;
  padding: .5rem .65rem .6rem;
}}
.hf-headings .hf-entry {{
  background: {theme.SURFACE};
  padding: .45rem .6rem;
  margin-bottom: .45rem;
}}
.hf-headings b {{ display: block; margin-bottom: .3rem; }}
.hf-headings p {{ margin: 0 0 .45rem; font-size: .89rem; line-height: 1.35; }}
.hf-headings p small {{ display: block; color: {theme.QUIET_INK}; }}
.hf-lacks {{ margin: 0; padding-left: 1.05rem; font-size: .89rem; line-height: 1.5; }}
.hf-bands td {{
  height: 2.6rem;
  padding: .25rem .4rem;
  border-radius: 4px;
  vertical-align: top;
  font-size: .79rem;
  line-height: 1.25;
}}
.hf-bands thead th:first-child {{ width: 9.5rem; }}
.hf-bands td b {{ display: block; font-size: .79rem; overflow-wrap: anywhere; }}
.hf-bands th small {{
  display: block;
  font-weight: 400;
  color: {theme.QUIET_INK};
  font-size: .79rem;
}}
.hf-entry {{
  border: 1px solid {theme.HAIRLINE};
  border-left: 4px solid {theme.BLUE};
  border-radius: 6px;
  padding: .6rem .8rem;
  margin-bottom: .6rem;
  font-size: .89rem;
  line-height: 1.45;
}}
.hf-entry.hf-old {{ border-left-color: {theme.HAIRLINE}; }}
.hf-entry p {{
  margin: .15rem 0;
  font-size: .89rem;
  white-space: pre-line;
  overflow-wrap: anywhere;
}}
.hf-entry small {{ color: {theme.QUIET_INK}; }}
</style>
"""


def apply_planner_style() -> None:
    """Once a run on a planner page, before anything of it is drawn."""
    st.html(_RULES)
