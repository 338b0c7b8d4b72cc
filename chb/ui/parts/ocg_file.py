"""One group's file: its standing, its business, its members by role, its links and places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd
import streamlit as st

from chb.domain.ocgs.members import Nominal, NominalRole, by_role, family_to_safeguard
from chb.domain.ocgs.register import OcgReview, OcgScore
from chb.services.planning.ocg_register import OcgFile
from chb.ui import theme
from chb.ui.parts.cards import Card, show_cards
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
            (f"{link.relation} of {each.reference}", link.safeguarding)
            for each, link in family_to_safeguard(file.nominals)
        ],
    )


def show_links(file: OcgFile, names: dict[str, str]) -> None:
    """Links and rivalries with other groups, and where the group is thought to be."""
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
    if file.locations:
        days = st.column_config.DateColumn(format="DD MMM YYYY")
        st.dataframe(_locations(file), hide_index=True, column_config={"From": days, "To": days})
        st.caption("Areas, not addresses: each is as wide as its source is unsure.")
    else:
        st.write("No location is imported under this code.")


def show_history(file: OcgFile) -> None:
    """Reviews and scorings, the latest first; none of them is ever changed."""
    entries = [
        *((each.held_on, _review(each)) for each in file.reviews),
        *((each.assessed_on, _scoring(each)) for each in file.scores),
    ]
    latest_first = sorted(entries, key=lambda entry: entry[0], reverse=True)
    st.html("".join(words for _, words in latest_first) or "<p>Nothing is recorded yet.</p>")


def _rhythm(score: OcgScore | None) -> str:
    if score is None:
        return "no scoring yet"
    months = score.tier.months_between_reviews
    return "reviewed monthly" if months == 1 else f"reviewed every {months} months"


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
            "From": [each.valid_from for each in file.locations],
            "To": [each.valid_to for each in file.locations],
            "Handling": [each.handling for each in file.locations],
        }
    )


def _review(each: OcgReview) -> str:
    why = f"<p><small>Because</small> {literal_html(each.why)}</p>" if each.why else ""
    return _entry(f"{each.kind.value.capitalize()} review", each.held_on, each.findings, why)


def _scoring(each: OcgScore) -> str:
    p_band = f", {each.p_band}" if each.p_band else ""
    return _entry(f"Scored {each.band}, {each.tier}{p_band}", each.assessed_on, each.reason)


def _entry(title: str, day: date, text: str, more: str = "") -> str:
    return (
        f'<div class="hf-entry"><b>{literal_html(title)}</b> '
        f"<small>{day.day} {day:%B %Y}</small>{more}<p>{literal_html(text)}</p></div>"
    )
