"""The rules of a place's page: its heading, and its three phases side by side."""

from __future__ import annotations

from typing import Final

from chb.ui import theme

PLACE_RULES: Final = f"""
<style>
.hf-place {{
  display: grid;
  grid-template-columns: minmax(22rem, 1.5fr) minmax(17rem, 1fr);
  gap: 1.6rem;
  border: 1px solid {theme.HAIRLINE};
  border-radius: 8px;
  padding: .9rem 1.2rem 1rem;
}}
.hf-humps {{
  position: relative;
  height: 7.4rem;
  margin: .1rem 0 .55rem;
  border-bottom: 2px solid {theme.HAIRLINE};
  overflow: hidden;
}}
.hf-hump {{
  position: absolute;
  bottom: 0;
  left: calc(var(--at) * 30%);
  width: 40%;
  height: calc(var(--level) * 100%);
  box-sizing: border-box;
  border: 2px solid var(--hue);
  border-bottom: 0;
  border-radius: 50% 50% 0 0 / 100% 100% 0 0;
}}
.hf-hump::before {{
  content: "";
  position: absolute;
  inset: 0;
  border-radius: inherit;
  background: var(--hue);
  opacity: var(--fill);
}}
.hf-hump.hf-planned {{ border-style: dashed; }}
.hf-hump.hf-paused::before {{
  background: repeating-linear-gradient(135deg, var(--hue) 0 3px, transparent 3px 9px);
  opacity: .7;
}}
.hf-steps {{ display: grid; grid-template-columns: repeat(3, 1fr); padding: 0 5%; gap: .4rem; }}
.hf-step {{ text-align: center; line-height: 1.3; }}
.hf-step b {{ display: block; font-size: 1rem; }}
.hf-step span {{ display: block; font-weight: 650; color: {theme.INK}; }}
.hf-step small {{ display: block; color: {theme.QUIET_INK}; font-size: .79rem; }}
.hf-known {{
  display: grid;
  grid-template-columns: max-content 1fr;
  gap: .28rem .9rem;
  align-content: start;
  margin: 0;
  font-size: .89rem;
  line-height: 1.38;
}}
.hf-known > div {{ display: contents; }}
.hf-known span {{ color: {theme.QUIET_INK}; }}
.hf-known b {{ font-weight: 650; overflow-wrap: anywhere; }}
.hf-known small {{
  display: block;
  font-weight: 400;
  color: {theme.QUIET_INK};
  font-size: .79rem;
}}
@media (max-width: 70rem) {{ .hf-place {{ grid-template-columns: 1fr; gap: .8rem; }} }}
</style>
"""
