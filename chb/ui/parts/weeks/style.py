"""The rules of the week's table: what clashes is hatched, what is empty is dashed."""

from __future__ import annotations

from typing import Final

from chb.ui import theme

WEEK_RULES: Final = f"""
<style>
.hf-week {{
  border-collapse: separate;
  border-spacing: 1px 2px;
  table-layout: fixed;
  width: 100%;
  font-size: .79rem;
  line-height: 1.25;
  color: {theme.INK};
}}
.hf-week col.hf-day {{ width: 7.6rem; }}
.hf-week thead th {{
  text-align: left;
  font-weight: 600;
  color: {theme.QUIET_INK};
  font-variant-numeric: tabular-nums;
  border-left: 1px solid {theme.HAIRLINE};
  padding: 0 0 .1rem .2rem;
}}
.hf-week thead span {{ font-size: .7rem; font-weight: 400; }}
.hf-week tbody th {{
  text-align: left;
  vertical-align: top;
  font-weight: 650;
  font-size: .89rem;
  padding: .3rem .4rem .3rem 0;
  border-top: 1px solid {theme.HAIRLINE};
}}
.hf-week tbody th small {{
  display: block;
  font-weight: 400;
  font-size: .79rem;
  color: {theme.QUIET_INK};
}}
.hf-week tbody th small.hf-bare {{ font-weight: 650; color: {theme.ALARM}; }}
.hf-week tbody tr:first-child td {{ border-top: 1px solid {theme.HAIRLINE}; }}
.hf-week td {{
  padding: .22rem .3rem;
  vertical-align: top;
  overflow-wrap: break-word;
  hyphens: auto;
  height: 1.5rem;
}}
.hf-week td b {{ display: block; font-weight: 650; }}
.hf-week td span {{ display: block; }}
.hf-week td em {{ font-style: normal; font-weight: 650; }}
.hf-week td.hf-eve {{ background: {theme.PALE_TINT}; }}
.hf-week td.hf-none-at-all {{
  outline: 1.5px dashed {theme.CLARET};
  outline-offset: -2px;
  color: {theme.ALARM};
  font-weight: 650;
  text-align: center;
  vertical-align: middle;
}}
.hf-week td.hf-runs {{
  background: {theme.TINT};
  border-left: 4px solid {theme.BLUE};
  border-radius: 4px;
}}
.hf-week td.hf-open {{
  background: {theme.PANEL};
  border-left: 4px solid {theme.HAIRLINE};
  border-radius: 4px;
}}
.hf-week td.hf-open b, .hf-week td.hf-open span {{ display: inline; margin-right: .6rem; }}
.hf-week td.hf-clash {{
  background: repeating-linear-gradient(
    135deg, {theme.ALARM_TINT} 0 7px, {theme.PALE_ALARM_TINT} 7px 10px
  );
  border-left: 6px solid {theme.CLARET};
}}
.hf-week td.hf-clash em {{ color: {theme.ALARM}; }}
.hf-week td.hf-moved {{ outline: 2px dashed {theme.NAVY}; outline-offset: -2px; }}
@media (max-width: 1100px) {{ .hf-week {{ font-size: .7rem; }} }}
</style>
"""
