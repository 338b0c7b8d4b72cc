"""Figures in a row of cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from chb.ui import theme
from chb.ui.parts.words import literal_html


@dataclass(frozen=True)
class Card:
    """A label, a figure and what to know about it."""

    label: str
    value: str
    note: str = ""
    colour: str = theme.BLUE


def show_cards(cards: Iterable[Card]) -> None:
    """The cards side by side, as many in a row as fit."""
    st.html(f'<div class="hf-cards">{"".join(_card(card) for card in cards)}</div>')


def _card(card: Card) -> str:
    return (
        f'<div class="hf-card" style="border-left-color:{card.colour}">'
        f"<span>{literal_html(card.label)}</span><strong>{literal_html(card.value)}</strong>"
        f"<small>{literal_html(card.note)}</small></div>"
    )
