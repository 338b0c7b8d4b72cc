"""One group's file: its standing, its business, its members by role, its links and places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd
import streamlit as st

from chb.domain.ocgs.members import Nominal, NominalRole, by_role, family_to_safeguard
from chb.domain.ocgs.register import OcgScore
from chb.services.places import ties
from chb.services.planning.ocg_register import OcgFile
from chb.ui import cache, theme
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.ocgs.calendar import rhythm_words
from chb.ui.parts.planner_style import WARNING
from chb.ui.parts.words import figure, literal_html


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
                f"{due.day} {due:%b %Y}",
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
    """The summary, the parts of the business, and what is not known."""
    ocg = file.ocg
    st.text(ocg.summary or "No summary is written yet.")
    st.caption(f"{ocg.category.value}; {ocg.model.value}")
    parts = [(note.part.value, note.note) for note in ocg.business_model]
    _show_rows("Business", [("commodities", ", ".join(ocg.commodities)), *parts])
    _show_rows("Not known yet", [("", gap) for gap in ocg.intelligence_gaps])


def show_members(file: OcgFile) -> None:
    """Members under their role, associates apart; then whom to safeguard."""
    for role, nominals in by_role(file.nominals).items():
        if nominals:
            _show_rows(_role_heading(role), [_member(each) for each in nominals])
    if not file.nominals:
        st.write("No nominal is recorded.")
    _show_rows(
        "Family to safeguard",
        [
            (f"{link.relation} of {each.reference} ({link.to})", link.safeguarding)
            for each, link in family_to_safeguard(file.nominals)
        ],
    )


def show_links(file: OcgFile, names: Mapping[str, str]) -> None:
    """Links and rivalries with other groups."""
    _show_rows(
        "Other groups",
        [
            (
                link.kind.value,
                ": ".join(
                    word for word in (names[link.other_than(file.ocg.id)], link.note) if word
                ),
            )
            for link in file.links
        ],
    )
    if not file.links:
        st.write("No link to another group is recorded.")


def show_locations(file: OcgFile, *, today: date) -> None:
    """Places it affects, then where it is thought to be, each with its radius."""
    affected = ties.places_of_ocg(cache.workspace(), file.ocg.code)
    _show_rows("Places it affects", [(place.headline(today), place.name) for place in affected])
    if not file.locations:
        st.write("No location is recorded or imported under this code.")
        return
    st.dataframe(_locations(file), hide_index=True)
    st.caption("Areas, not addresses: each is as wide as its source is unsure.")


def _rhythm(score: OcgScore | None) -> str:
    return f"reviewed {rhythm_words(score.tier)}" if score else "no scoring yet"


def _role_heading(role: NominalRole) -> str:
    return role.value.capitalize() if role.is_member else "Associates, who are not members"


def _member(each: Nominal) -> tuple[str, str]:
    return each.reference, ", ".join(word for word in (each.function, each.status) if word)


def _show_rows(heading: str, rows: Iterable[tuple[str, str]]) -> None:
    lines = "".join(
        f"<p><small>{literal_html(label)}</small> {literal_html(text)}</p>"
        for label, text in rows
        if text
    )
    if lines:
        st.html(f'<div class="hf-entry hf-old"><b>{literal_html(heading)}</b>{lines}</div>')


def _locations(file: OcgFile) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Kind": [each.kind.value for each in file.locations],
            "Confidence": [each.confidence.value for each in file.locations],
            "Radius (m)": [round(each.radius_m) for each in file.locations],
            "From": [_day(each.valid_from, "not known") for each in file.locations],
            "To": [_day(each.valid_to, "open") for each in file.locations],
            "Handling": [each.handling for each in file.locations],
            "Source": [each.source for each in file.locations],
        }
    )


def _day(day: date | None, otherwise: str) -> str:
    return f"{day.day} {day:%b %Y}" if day else otherwise
