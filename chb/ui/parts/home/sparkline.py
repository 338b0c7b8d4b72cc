"""A small row of bars, one a month: the last year dark, the year before pale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from chb.services.home.place_harm import YEAR_MONTHS, PlaceHarm
from chb.services.loading.freshness import month_words
from chb.ui import theme
from chb.ui.parts.words import figure

_STEP, _BAR, _HEIGHT = 10, 8, 40
_PALE: Final = 0.4
_LEAST_PX: Final = 1.0
"""A month without harm is a line; a month that is not loaded is nothing."""


def sparkline_html(harm: PlaceHarm) -> str:
    """The bars as a picture that says in words what it shows."""
    picture = sparkline_svg(harm.harm_days)
    return (
        f'<img class="hf-spark" alt="{trend_sentence(harm)}" '
        f'src="data:image/svg+xml,{quote(picture)}">'
    )


def sparkline_svg(values: Sequence[float | None]) -> str:
    """One bar a value, the highest as high as the picture; None leaves its place empty."""
    highest = max((value for value in values if value is not None), default=0.0) or 1.0
    first_of_year = len(values) - YEAR_MONTHS
    bars = "".join(
        _bar(at, value / highest, opacity=1.0 if at >= first_of_year else _PALE)
        for at, value in enumerate(values)
        if value is not None
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" preserveAspectRatio="none" '
        f'viewBox="0 0 {_STEP * len(values)} {_HEIGHT}" fill="{theme.BLUE}">{bars}</svg>'
    )


def trend_words(harm: PlaceHarm) -> str:
    """``down 12%``, or that there is not enough to say."""
    change = harm.change_percent
    if change is None:
        return "not enough to say"
    rounded = round(change)
    if rounded == 0:
        return "level"
    return f"{'up' if rounded > 0 else 'down'} {abs(rounded):,}%"


def trend_sentence(harm: PlaceHarm) -> str:
    """The figures behind the bars, for whoever does not see them."""
    first, last = harm.months[-YEAR_MONTHS], harm.months[-1]
    return (
        f"Harm from {month_words(first)} to {month_words(last)}: "
        f"{_days(harm.last_year_days)}; the year before: {_days(harm.year_before_days)}"
    )


def _days(value: float | None) -> str:
    return "not all months are loaded" if value is None else f"{figure(value)} harm-days"


def _bar(at: int, share: float, *, opacity: float) -> str:
    height = max(_LEAST_PX, share * _HEIGHT)
    return (
        f'<rect x="{at * _STEP + 1}" y="{_HEIGHT - height:.1f}" width="{_BAR}" '
        f'height="{height:.1f}" opacity="{opacity}"/>'
    )
