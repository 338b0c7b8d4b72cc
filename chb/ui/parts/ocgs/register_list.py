"""The register on the screen: the grid of bands, what is overdue, and the table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from chb.domain.ocgs.bands import Band
from chb.domain.ocgs.register import OcgStanding, OcgStatus
from chb.domain.wording import plural
from chb.ui import theme
from chb.ui.parts.people_fields import people_at_work, person_words
from chb.ui.parts.words import literal_html

_ABILITIES: Final = "ABC"
_CRIMINALITY: Final = "12345"
_SHADES: Final = ("#560a18", "#b02a1d", "#ec7a2c", "#fdc14f", "#fff3b0")
_DARK_SHADES: Final = 2
_LATE_PX: Final = 75
_MOST_CODES: Final = 8


def show_overdue(listed: tuple[OcgStanding, ...], *, today: date) -> None:
    """Scheduled reviews that are late, the longest wait first; or that none is."""
    late = sorted(
        (each for each in listed if each.is_overdue(today)), key=lambda each: each.review_due_on
    )
    if not late:
        st.success("No scheduled review is overdue.", icon=":material/check_circle:")
        return
    st.warning(f"{plural(len(late), 'review')} overdue", icon=":material/alarm:")
    known = people_at_work()
    items = "".join(
        f"<li>{_late_words(each, person_words(known.get(each.ocg.lro), each.ocg.lro), today)}</li>"
        for each in late
    )
    st.html(f'<ul class="hf-lacks" data-testid="overdue">{items}</ul>')


def show_band_grid(listed: Iterable[OcgStanding], *, chosen_id: str) -> None:
    """Criminality down, capability across; active groups in their cells, the unscored below."""
    active = [each for each in listed if each.ocg.status == OcgStatus.ACTIVE]
    heads = "".join(
        f'<th scope="col">{ability}<small>{Band(f"1{ability}").capability}</small></th>'
        for ability in _ABILITIES
    )
    rows = "".join(_row(active, number, chosen_id) for number in _CRIMINALITY)
    unscored = _codes(active, None, chosen_id) or "none"
    st.html(
        '<table class="hf-bands" data-testid="bands">'
        f'<thead><tr><th scope="col">Band</th>{heads}</tr></thead><tbody>{rows}</tbody>'
        '<tfoot><tr><th scope="row">Not scored<small>a first scoring is due</small></th>'
        f'<td colspan="3" style="background:{theme.PANEL}">{unscored}</td></tr></tfoot></table>'
    )


def show_register(listed: tuple[OcgStanding, ...], *, today: date) -> None:
    """One row a group."""
    table = pd.DataFrame(
        {
            "Code": [each.ocg.code for each in listed],
            "Band": [each.score.band.value if each.score else "" for each in listed],
            "Tier": [each.score.tier.value if each.score else "not scored" for each in listed],
            "P band": [_p_band(each) for each in listed],
            "Next review": [each.review_due_on for each in listed],
            "Late": ["overdue" if each.is_overdue(today) else "" for each in listed],
            "Led by": [each.ocg.lro for each in listed],
            "Category": [each.ocg.category.value for each in listed],
            "Status": [each.ocg.status.value for each in listed],
        }
    )
    days = st.column_config.DateColumn(format="DD MMM YYYY")
    late = st.column_config.TextColumn(width=_LATE_PX)
    st.dataframe(table, hide_index=True, column_config={"Next review": days, "Late": late})


def _late_words(each: OcgStanding, lead: str, today: date) -> str:
    days = plural((today - each.review_due_on).days, "day")
    return f"<b>{literal_html(each.ocg.code)}</b>, {days} late: {literal_html(lead)}"


def _row(active: list[OcgStanding], number: str, chosen_id: str) -> str:
    shade = int(number) - 1
    ink = "#ffffff" if shade < _DARK_SHADES else theme.INK
    cells = "".join(
        f'<td style="background:{_SHADES[shade]};color:{ink}">{band}'
        f"{_codes(active, Band(band), chosen_id)}</td>"
        for band in (f"{number}{ability}" for ability in _ABILITIES)
    )
    meaning = Band(f"{number}A").criminality
    return f'<tr><th scope="row">{number}<small>{meaning}</small></th>{cells}</tr>'


def _codes(active: list[OcgStanding], band: Band | None, chosen_id: str) -> str:
    here = [each.ocg for each in active if (each.score.band if each.score else None) == band]
    here.sort(key=lambda ocg: ocg.id != chosen_id)
    more = len(here) - _MOST_CODES
    return "".join(
        f"<b>{literal_html(ocg.code)}{' (open)' if ocg.id == chosen_id else ''}</b>"
        for ocg in here[:_MOST_CODES]
    ) + (f"and {more} more" if more > 0 else "")


def _p_band(each: OcgStanding) -> str:
    return each.score.p_band.value if each.score and each.score.p_band else ""
