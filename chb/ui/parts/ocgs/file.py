"""One group's file: its standing and its business."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import streamlit as st

from chb.domain.ocgs.register import OcgScore
from chb.services.planning.ocg_register import OcgFile
from chb.ui import theme
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.html_table import show_table
from chb.ui.parts.ocgs.calendar import rhythm_words
from chb.ui.parts.ocgs.history import show_latest
from chb.ui.parts.people_fields import people_at_work, person_words
from chb.ui.parts.planner_style import WARNING
from chb.ui.parts.words import day_words, figure, literal, literal_html


def show_heading(file: OcgFile) -> None:
    """The code name, who leads on it and since when, and what it is."""
    ocg = file.ocg
    lead = person_words(people_at_work().get(ocg.lro), ocg.lro)
    told = (
        f"Led by {lead}",
        f"tasked {day_words(ocg.tasked_on)}",
        ocg.category.value,
        ocg.model.value,
        ocg.status.value,
    )
    st.subheader(literal(ocg.code), anchor=False)
    st.caption(" \N{MIDDLE DOT} ".join(map(literal, told)))


def show_standing(file: OcgFile, *, today: date) -> None:
    """Band, tier, next review and the scores made elsewhere, as cards."""
    score, due = file.standing.score, file.standing.review_due_on
    late = file.standing.is_overdue(today)
    morile = max(file.morile_scores, key=lambda each: each.assessed_on, default=None)
    show_cards(
        (
            Card("Band", score.band if score else "not scored", "criminality and capability"),
            Card("Tier", score.tier.removeprefix("Tier ") if score else "none", _rhythm(score)),
            Card(
                "Next review",
                day_words(due),
                "overdue" if late else "on time",
                colour=WARNING if late else theme.BLUE,
            ),
            Card("P band", (score and score.p_band) or "none", "set apart from the band"),
            Card(
                "MoRiLE",
                figure(morile.score) if morile else "none",
                f"imported, {morile.assessed_on:%b %Y}" if morile else "none imported",
            ),
        )
    )


def show_business(file: OcgFile) -> None:
    """The summary and the parts of the business; what is not known, and what was decided last."""
    ocg = file.ocg
    st.text(ocg.summary or "No summary is written yet.")
    parts = [(note.part.value.capitalize(), note.note) for note in ocg.business_model]
    if ocg.commodities:
        parts.insert(0, ("Commodities", ", ".join(ocg.commodities)))
    wide, narrow = st.columns([1.4, 1], gap="medium")
    with wide:
        if parts:
            show_table(("Part of the business", "What is known"), parts, name="Business")
        else:
            st.write("Nothing is written of its business yet.")
    with narrow:
        _show_gaps(ocg.intelligence_gaps)
        show_latest(file)


def _show_gaps(gaps: Iterable[str]) -> None:
    lines = "".join(f"<p>{literal_html(gap)}</p>" for gap in gaps)
    if lines:
        st.html(f'<div class="hf-entry hf-old"><b>Not known yet</b>{lines}</div>')


def _rhythm(score: OcgScore | None) -> str:
    return f"reviewed {rhythm_words(score.tier)}" if score else "no scoring yet"
