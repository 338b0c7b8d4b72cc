"""The register on the screen: the grid of bands, what is overdue, and the table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.ocgs.bands import Band
from chb.domain.ocgs.register import OcgStanding, OcgStatus
from chb.domain.wording import plural
from chb.ui import theme
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.people_fields import people_at_work, person_words
from chb.ui.parts.words import day_words, literal, literal_html

_ABILITIES: Final = "ABC"
_CRIMINALITY: Final = "12345"
_SHADES: Final = theme.RAMP[::-1]
_DARK_SHADES: Final = 2
_MOST_CODES: Final = 8
_MOST_LATE: Final = 5


def show_overdue(listed: tuple[OcgStanding, ...], *, today: date) -> None:
    """Scheduled reviews that are late, the longest wait first; or that none is."""
    late = sorted(
        (each for each in listed if each.is_overdue(today)), key=lambda each: each.review_due_on
    )
    if not late:
        st.success("No scheduled review is overdue.", icon=":material/check_circle:")
        return
    told = "; ".join(_late_words(each, today) for each in late[:_MOST_LATE])
    more = "; and more in the review calendar" if len(late) > _MOST_LATE else ""
    st.warning(f"**{plural(len(late), 'review')} overdue**: {told}{more}", icon=":material/alarm:")


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
    known = people_at_work()
    show_table(
        ("Code", "Band", "Tier", "P band", "Next review", "Led by", "Category"),
        [
            _listed(each, person_words(known.get(each.ocg.lro), each.ocg.lro), today)
            for each in listed
        ],
        name="Register",
    )


def explain_standing(*, key: str) -> None:
    """How band, tier, review day and the scores made elsewhere come about."""
    explain(
        "Where a group stands",
        ("ocg_band", "ocg_tier", "ocg_review_due", "ocg_p_band", "ocg_morile"),
        key=key,
    )


def _late_words(each: OcgStanding, today: date) -> str:
    days = plural((today - each.review_due_on).days, "day")
    return f"{literal(each.ocg.code)}, {days} late"


def _row(active: list[OcgStanding], number: str, chosen_id: str) -> str:
    shade = int(number) - 1
    ink = theme.LIGHT_WORDS if shade < _DARK_SHADES else theme.DARK_WORDS
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


def _listed(each: OcgStanding, lead: str, today: date) -> tuple[str | Noted, ...]:
    score = each.score
    return (
        Noted(each.ocg.code, "" if each.ocg.status == OcgStatus.ACTIVE else each.ocg.status.value),
        score.band.value if score else "not scored",
        score.tier.value.removeprefix("Tier ") if score else "none",
        score.p_band.value if score and score.p_band else "none",
        Noted(day_words(each.review_due_on), "overdue" if each.is_overdue(today) else ""),
        lead,
        each.ocg.category.value,
    )
