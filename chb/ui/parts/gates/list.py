"""A gate's checklist on the screen: each item, whether it is met, and what shows it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.places.gates import Checklist, Evidence, GateItem, GateState
from chb.ui import theme
from chb.ui.parts.words import literal_html

_RULES: Final = f"""
<style>
.hf-gate [role=listitem] {{
  display: grid;
  grid-template-columns: 8.6rem 1fr;
  gap: .9rem;
  border-top: 1px solid {theme.HAIRLINE};
  padding: .6rem .2rem .65rem;
}}
.hf-gate b {{ font-weight: 650; }}
.hf-gate p {{
  margin: .25rem 0 0;
  font-size: .89rem;
  line-height: 1.4;
  overflow-wrap: anywhere;
  white-space: pre-line;
}}
.hf-gate small {{ display: block; color: {theme.QUIET_INK}; font-size: .79rem; }}
.hf-state {{ font-size: .89rem; font-weight: 650; line-height: 1.35; }}
.hf-state::before {{
  content: "";
  display: inline-block;
  width: .74rem;
  height: .74rem;
  margin-right: .45rem;
  border: 1.5px solid {theme.QUIET_INK};
  border-radius: 50%;
  vertical-align: -.06rem;
}}
.hf-state.hf-met {{ color: {theme.GOOD}; }}
.hf-state.hf-met::before {{ border-color: {theme.GOOD}; background: {theme.GOOD}; }}
</style>
"""


def show_checklist(state: GateState) -> None:
    """The checklist in force with its version, then every item with its last evidence."""
    st.caption(checklist_words(state.checklist))
    items = "".join(_item(item, state.evidence.get(item.key)) for item in state.checklist.items)
    st.html(f'{_RULES}<div class="hf-gate" role="list" data-testid="checklist">{items}</div>')


def checklist_words(checklist: Checklist) -> str:
    """Whose checklist it is, its version and since when."""
    if checklist.recorded_at is None:
        return f"Version {checklist.version}, as it comes with the product: make it your own."
    whose = "of this place" if checklist.place_id else "of the whole partnership"
    return f"Version {checklist.version}, {whose}, since {checklist.recorded_at:%d %B %Y}."


def state_words(evidence: Evidence | None) -> str:
    """Met or open, and why open."""
    if evidence is None:
        return "Open"
    return "Met" if evidence.is_met else "No longer met"


def evidence_html(evidence: Evidence) -> str:
    """Words, figure and link of one entry, then who recorded it and when."""
    parts = [f"<p>{literal_html(evidence.words)}</p>"] if evidence.words else []
    if evidence.figure is not None:
        parts.append(f"<p>{literal_html(str(evidence.figure))}</p>")
    if evidence.link:
        link = literal_html(evidence.link)
        parts.append(f'<p><a href="{link}" rel="noopener noreferrer">{link}</a></p>')
    when = f"{evidence.recorded_at:%d %B %Y %H:%M}"
    return "".join(parts) + f"<small>{literal_html(evidence.recorded_by)}, {when}</small>"


def _item(item: GateItem, evidence: Evidence | None) -> str:
    met = " hf-met" if evidence is not None and evidence.is_met else ""
    hint = f"<small>{literal_html(item.hint)}</small>" if item.hint else ""
    shown = evidence_html(evidence) if evidence else "<small>No evidence is recorded yet.</small>"
    return (
        f'<div role="listitem"><span class="hf-state{met}">{state_words(evidence)}</span>'
        f"<div><b>{literal_html(item.words)}</b>{hint}{shown}</div></div>"
    )
