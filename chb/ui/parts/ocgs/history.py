"""What was decided of a group day by day: reviews, scorings, MoRiLE scores."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import streamlit as st

from chb.domain.ocgs.register import MorileScore, OcgReview, OcgScore
from chb.services.planning.ocg_register import OcgFile
from chb.ui.parts.words import figure, literal_html


def show_latest(file: OcgFile) -> None:
    """The review that was held last, and the scoring in force: why things stand as they do."""
    last = max(file.reviews, key=lambda each: each.held_on, default=None)
    score = file.standing.score
    _show_entries(
        (
            *([(last.held_on, _review(last))] if last else []),
            *([(score.assessed_on, _scoring(score))] if score else []),
        )
    )


def show_reviews(file: OcgFile) -> None:
    """Reviews that were held, the latest first; none of them is ever changed."""
    _show_entries((each.held_on, _review(each)) for each in file.reviews)


def show_scores(file: OcgFile) -> None:
    """Scorings and imported MoRiLE scores, the latest first; none of them is ever changed."""
    _show_entries(
        (
            *((each.assessed_on, _scoring(each)) for each in file.scores),
            *((each.assessed_on, _morile(each)) for each in file.morile_scores),
        )
    )


def _show_entries(entries: Iterable[tuple[date, str]]) -> None:
    latest_first = sorted(entries, key=lambda entry: entry[0], reverse=True)
    st.html("".join(words for _, words in latest_first) or "<p>Nothing is recorded yet.</p>")


def _review(each: OcgReview) -> str:
    why = f"<p><small>Because</small> {literal_html(each.why)}</p>" if each.why else ""
    return _entry(f"{each.kind.value.capitalize()} review", each.held_on, each.findings, why)


def _scoring(each: OcgScore) -> str:
    p_band = f", {each.p_band}" if each.p_band else ""
    return _entry(f"Scored {each.band}, {each.tier}{p_band}", each.assessed_on, each.reason)


def _morile(each: MorileScore) -> str:
    told = f"Imported; assessed by {each.assessor}; from {each.source}"
    return _entry(f"MoRiLE {figure(each.score, decimals=1)}", each.assessed_on, told)


def _entry(title: str, day: date, text: str, more: str = "") -> str:
    return (
        f'<div class="hf-entry"><b>{literal_html(title)}</b> '
        f"<small>{day.day} {day:%B %Y}</small>{more}<p>{literal_html(text)}</p></div>"
    )
