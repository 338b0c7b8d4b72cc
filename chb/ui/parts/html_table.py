"""A table of words: every cell wraps and can be read without scrolling sideways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from chb.ui import theme
from chb.ui.parts.words import literal_html

_RULES: Final = f"""
<style>
.hf-table {{ border-collapse: collapse; width: 100%; font-size: .89rem; line-height: 1.4; }}
.hf-table th {{ text-align: left; font-weight: 650; background: {theme.PANEL}; }}
.hf-table th, .hf-table td {{
  border-bottom: 1px solid {theme.HAIRLINE};
  padding: .45rem .6rem;
  vertical-align: top;
  overflow-wrap: break-word;
}}
.hf-table td:first-child {{ font-weight: 650; }}
.hf-facts td {{ white-space: pre-line; overflow-wrap: anywhere; }}
.hf-facts th {{ width: 30%; overflow-wrap: normal; }}
.hf-table small {{
  display: block;
  font-size: .79rem;
  font-weight: 400;
  color: {theme.QUIET_INK};
  overflow-wrap: anywhere;
}}
</style>
"""


@dataclass(frozen=True)
class Noted:
    """What a cell says, and a quieter line under it."""

    text: str
    note: str


Cell = str | Noted


def show_table(headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, name: str) -> None:
    """Rows under their headings, shown as they were written; ``name`` is for readers and tests."""
    head = "".join(f'<th scope="col">{literal_html(each)}</th>' for each in headings)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    st.html(
        f'{_RULES}<table class="hf-table" aria-label="{literal_html(name)}">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def show_facts(facts: Iterable[tuple[str, str]], *, name: str) -> None:
    """Labels and what is recorded under each; lines of a text stay lines."""
    rows = "".join(
        f'<tr><th scope="row">{literal_html(label)}</th><td>{literal_html(text)}</td></tr>'
        for label, text in facts
    )
    st.html(
        f'{_RULES}<table class="hf-table hf-facts" aria-label="{literal_html(name)}">'
        f"<tbody>{rows}</tbody></table>"
    )


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"<td>{literal_html(cell)}</td>"
    note = f"<small>{literal_html(cell.note)}</small>" if cell.note else ""
    return f"<td>{literal_html(cell.text)}{note}</td>"
