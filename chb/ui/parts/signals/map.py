"""Signals on the map, by cell, for the days and the kind of work that are chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import streamlit as st

from chb.domain.places.places import Place
from chb.domain.planning.signals import SignalCategory
from chb.domain.refusal import Refusal
from chb.domain.wording import plural
from chb.services.planning import signals
from chb.ui import cache
from chb.ui.maps.elements import Scene
from chb.ui.maps.ground import area_map, shown_cells
from chb.ui.maps.outlines import place_outline
from chb.ui.maps.signal_layer import paint_signals
from chb.ui.maps.view import show_map
from chb.ui.parts.filters import choose_area
from chb.ui.parts.html_table import Noted
from chb.ui.parts.paged_table import middle_words, show_paged_table
from chb.ui.parts.signals.area import area_outlines, switch_cell

_CATEGORIES: Final[list[SignalCategory]] = list(SignalCategory)
_USUAL_SPAN: Final = timedelta(days=365)
_HEIGHT_PX: Final = 520
_LABEL: Final = "Map of partner signals. They are also in the table by cell beside the map."
_NO_GROUND: Final = (
    "No area is loaded, so the map has no ground: python -m chb import boundaries PATH "
    "--kind district"
)


@dataclass(frozen=True)
class AskedSignals:
    """Which signals are meant: an area to look at, days, and a kind of work."""

    area_key: str
    first_day: date
    last_day: date
    category: SignalCategory | None

    @property
    def days(self) -> str:
        return f"{_day_words(self.first_day)} to {_day_words(self.last_day)}"


def ask_signals() -> AskedSignals:
    """The row of fields above the map; Refusal for days in the wrong order."""
    where, since, until, what = st.columns([1.5, 1, 1, 1.2])
    today = cache.workspace().today()
    areas = cache.areas(cache.data_version())
    with where:
        area_key = choose_area(areas).key if areas else ""
    first_day = since.date_input(
        "Since", value=today - _USUAL_SPAN, format="DD/MM/YYYY", key="signals_since"
    )
    last_day = until.date_input("Until", value=today, format="DD/MM/YYYY", key="signals_until")
    category = what.selectbox(
        "Kind shown", _CATEGORIES, index=None, placeholder="Every kind of work", key="signals_shown"
    )
    if last_day < first_day:
        raise Refusal("The days end before they start", remedy="Choose a later last day")
    return AskedSignals(area_key, first_day, last_day, category)


def counted(asked: AskedSignals) -> dict[int, int]:
    """Number of signals by cell."""
    return signals.signal_counts(
        cache.workspace(),
        first_day=asked.first_day,
        last_day=asked.last_day,
        category=asked.category,
    )


def show_signal_map(
    asked: AskedSignals, counts: Mapping[int, int], places: Iterable[Place]
) -> None:
    """The layer over the ground; a click takes a cell into the area of the next signal."""
    if not asked.area_key:
        st.info(_NO_GROUND, icon=":material/map:")
    outlines = [*(place_outline(place) for place in places), *area_outlines()]
    painted = paint_signals(counts, days=asked.days)
    scene = Scene(outlines=outlines)
    if painted is not None:
        scene = Scene(cells=shown_cells(painted), outlines=outlines, legend=painted.legend)
    ground = area_map(cache.data_version(), asked.area_key, page="signals", label=_LABEL)
    show_map(ground, scene, key="signals_view", on_click=switch_cell, height_px=_HEIGHT_PX)
    sentence = painted.sentence if painted else f"No signal lies on a cell from {asked.days}."
    st.html(f'<p class="hf-note" data-testid="sentence">{sentence}</p>')


def show_cell_table(counts: Mapping[int, int], places: Iterable[Place]) -> None:
    """The same layer as a table, most signals first."""
    if not counts:
        st.write("No signal of these days lies on a cell.")
        return
    names = {cell: place.name for place in places for cell in place.boundary.cells}
    ordered = sorted(counts, key=lambda cell: (-counts[cell], names.get(cell, ""), cell))
    show_paged_table(
        ("Signals", "Place", "Cell"),
        ordered,
        lambda cell: (
            str(counts[cell]),
            names.get(cell, "in no place"),
            Noted(f"{cell:x}", middle_words(cell)),
        ),
        told=f"{plural(len(ordered), 'cell')} with signals, the most first",
        name="Signals by cell",
        key="signal_cells_page",
    )


def _day_words(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
