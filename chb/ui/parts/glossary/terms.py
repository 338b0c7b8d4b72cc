"""A list of words with their meanings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import streamlit as st

from chb.domain.glossary import GlossaryTerm
from chb.ui import theme
from chb.ui.parts.words import literal_html

_RULES: Final = f"""
<style>
dl.hf-terms {{ margin: 0; padding: 0; columns: 2 26rem; column-gap: 2.4rem; }}
.hf-terms > div {{
  break-inside: avoid;
  padding: .5rem 0 .6rem;
  border-top: 1px solid {theme.HAIRLINE};
}}
.hf-terms dt {{ font-weight: 650; }}
.hf-terms dt small {{ color: {theme.QUIET_INK}; font-weight: 400; font-size: .79rem; }}
dl.hf-terms dd {{ margin: .1rem 0 0; font-size: .89rem; line-height: 1.5; }}
.hf-terms dd + dd {{ color: {theme.QUIET_INK}; font-size: .79rem; }}
</style>
"""


def show_terms(terms: Iterable[GlossaryTerm]) -> None:
    """Each word with its meaning, its source, and what else it is called."""
    st.html(f'{_RULES}<dl class="hf-terms">{"".join(map(term_html, terms))}</dl>')


def term_html(term: GlossaryTerm) -> str:
    """One word."""
    also = ", ".join(other.strip() for other in term.also.split(";") if other.strip())
    other = f" <small>{literal_html(also)}</small>" if also else ""
    return (
        f"<div><dt>{literal_html(term.term)}{other}</dt><dd>{literal_html(term.meaning)}</dd>"
        f"<dd>{literal_html(term.source)}</dd></div>"
    )
