"""The review calendar: what is overdue, then each month's reviews; the rhythm of each tier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Final

import streamlit as st

from chb.domain.ocgs.bands import Tier
from chb.domain.ocgs.register import OcgStanding, OcgStatus
from chb.domain.wording import plural
from chb.ui.parts.people_fields import people_at_work
from chb.ui.parts.planner_style import WARNING
from chb.ui.parts.words import literal_html

_OVERDUE: Final = "Overdue"


def show_review_calendar(listed: Iterable[OcgStanding], *, today: date) -> None:
    """Active groups by the month their next scheduled review is due, the earliest first."""
    due = sorted(
        (each for each in listed if each.ocg.status == OcgStatus.ACTIVE),
        key=lambda each: each.review_due_on,
    )
    st.caption(f"{_rhythms()}. A trigger review comes on top and moves nothing.")
    leads = {email: person.name for email, person in people_at_work().items()}
    months = groupby(due, key=lambda each: _month(each, today))
    blocks = "".join(_block(month, tuple(group), leads, today) for month, group in months)
    st.html(f'<div data-testid="calendar">{blocks or "<p>No active group.</p>"}</div>')


def rhythm_words(tier: Tier) -> str:
    """How often reviews of a tier come round."""
    return {1: "monthly", 3: "quarterly", 6: "six-monthly"}[tier.months_between_reviews]


def _rhythms() -> str:
    return ", ".join(f"{tier.value} {rhythm_words(tier)}" for tier in Tier)


def _month(each: OcgStanding, today: date) -> str:
    return _OVERDUE if each.is_overdue(today) else f"{each.review_due_on:%B %Y}"


def _block(
    month: str, group: tuple[OcgStanding, ...], leads: Mapping[str, str], today: date
) -> str:
    late = month == _OVERDUE
    heading = f'<b class="hf-late">{month}</b>' if late else f"<b>{month}</b>"
    rows = "".join(_row(each, leads.get(each.ocg.lro, each.ocg.lro), today) for each in group)
    edge = f' style="border-left-color:{WARNING}"' if late else ""
    return f'<div class="hf-entry hf-old"{edge}>{heading}<div class="hf-list">{rows}</div></div>'


def _row(each: OcgStanding, lead: str, today: date) -> str:
    due = each.review_due_on
    rhythm = f"{each.score.tier.value}, {rhythm_words(each.score.tier)}" if each.score else ""
    wait = f", {plural((today - due).days, 'day')} late" if each.is_overdue(today) else ""
    return (
        f"<div><b>{literal_html(each.ocg.code)}</b> "
        f"<small>{rhythm or 'not scored yet'}; {literal_html(lead)}</small></div>"
        f"<div>{due.day} {due:%b %Y}{wait}</div>"
    )
