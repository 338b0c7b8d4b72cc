"""The rules of the grid of months."""

from __future__ import annotations

from typing import Final

from chb.ui import theme

RULES: Final = f"""
<style>
.hf-months-frame {{ overflow-x: auto; padding-bottom: .4rem; }}
.hf-months {{
  border-collapse: separate;
  border-spacing: 2px;
  font-size: .79rem;
  font-variant-numeric: tabular-nums;
}}
.hf-months th {{ font-weight: 650; text-align: left; color: {theme.INK}; }}
.hf-months thead th {{ font-weight: 400; text-align: center; color: {theme.QUIET_INK}; }}
.hf-months thead th:first-child[rowspan] {{ text-align: left; vertical-align: bottom; }}
.hf-months thead th[scope=colgroup] {{
  font-weight: 650;
  border-bottom: 1px solid {theme.HAIRLINE};
}}
.hf-months tbody th {{
  min-width: 8rem;
  max-width: 16rem;
  padding-right: .7rem;
  font-size: .89rem;
}}
.hf-months tbody th small {{ display: block; font-weight: 400; color: {theme.QUIET_INK}; }}
.hf-months td {{
  min-width: 2rem;
  height: 2.1rem;
  padding: 0 .1rem;
  border-radius: 3px;
  text-align: center;
  color: {theme.INK};
}}
.hf-months .hf-there {{ background: {theme.TINT}; }}
.hf-months .hf-few {{
  background: {theme.PALE_TINT};
  box-shadow: inset 0 -3px 0 {theme.BLUE};
}}
.hf-months .hf-gap {{
  background: {theme.ALARM_TINT};
  color: {theme.ALARM};
  font-weight: 650;
}}
.hf-months .hf-no {{ color: {theme.QUIET_INK}; }}
.hf-months-key {{
  display: flex;
  flex-wrap: wrap;
  gap: .3rem 1.2rem;
  font-size: .79rem;
  color: {theme.QUIET_INK};
}}
.hf-months-key i {{
  display: inline-block;
  width: 1.3rem;
  height: .8rem;
  margin-right: .4rem;
  border-radius: 2px;
}}
.hf-months-key .hf-there {{ background: {theme.TINT}; }}
.hf-months-key .hf-few {{
  background: {theme.PALE_TINT};
  box-shadow: inset 0 -3px 0 {theme.BLUE};
}}
.hf-months-key .hf-gap {{ background: {theme.ALARM_TINT}; }}
</style>
"""
