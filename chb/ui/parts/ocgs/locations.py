"""Where a group is thought to be: rings as wide as the source is unsure, and the same in a table.

Locations go by their number on this file. The number they have in the store would tell how many
locations of other groups lie between them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.ocgs.locations import Confidence, OcgLocation
from chb.domain.places.places import Place
from chb.services.places import ties
from chb.services.planning.ocg_register import OcgFile
from chb.ui import cache, theme
from chb.ui.maps.elements import Bounds, Legend, LegendRow, Outline, Scene
from chb.ui.maps.ground import area_map
from chb.ui.maps.outlines import circle
from chb.ui.maps.view import show_map
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.ocgs.marks import RING_NOW, RING_OVER
from chb.ui.parts.places.overview import area_key_of
from chb.ui.parts.words import day_words, literal

_HEIGHT_PX: Final = 460
_LABEL: Final = "Map of where the group is thought to be. The table beside it says the same."
_NOW: Final = "Held today"
_EVER: Final = "At any time"
_LOOKS: Final = {
    Confidence.HIGH: ("", "solid"),
    Confidence.MEDIUM: ("9 6", "dashed"),
    Confidence.LOW: ("2 7", "dotted"),
}


def show_locations(file: OcgFile, *, today: date) -> None:
    """Places it affects, then the map beside its table."""
    affected = ties.places_of_ocg(cache.workspace(), file.ocg.code)
    _tell_places(affected, today=today)
    if not file.locations:
        st.write("No location is recorded or imported under this code.")
        return
    shown = _choose(file.locations, today=today)
    wide, narrow = st.columns([1.15, 1], gap="medium")
    with wide:
        _show_map(file, shown, affected, today=today)
    with narrow:
        _show_table(file, shown, today=today)
        explain("Locations of the group", ("ocg_location_radius", "ocg_confidence"), key="how:at")


def outlines_of(file: OcgFile, shown: Iterable[OcgLocation], *, today: date) -> list[Outline]:
    """A ring for each location: its dashes say how sure the source is, its colour whether it
    is held today.
    """
    return [
        Outline(
            rings=[circle((each.latitude, each.longitude), each.radius_m)],
            colour=RING_NOW if each.during(today, today) else RING_OVER,
            dash=_LOOKS[each.confidence][0],
            name=f"{file.number_of(each)} {each.kind}",
        )
        for each in shown
    ]


def bounds_of(outlines: Iterable[Outline]) -> Bounds:
    """What holds every ring, with a little room."""
    points = [point for each in outlines for ring in each.rings for point in ring]
    north, east = max(at for at, _ in points), max(along for _, along in points)
    south, west = min(at for at, _ in points), min(along for _, along in points)
    room_north, room_east = (north - south) * 0.08, (east - west) * 0.08
    return west - room_east, south - room_north, east + room_east, north + room_north


def _choose(locations: tuple[OcgLocation, ...], *, today: date) -> tuple[OcgLocation, ...]:
    """Those held today, or all; all where none is."""
    held = tuple(each for each in locations if each.during(today, today))
    if not held or len(held) == len(locations):
        return locations
    which = st.segmented_control(
        "Locations shown",
        [_NOW, _EVER],
        default=_NOW,
        required=True,
        key="ocg_locations_shown",
        persist_state="session",
        label_visibility="collapsed",
    )
    return held if which == _NOW else locations


def _tell_places(affected: tuple[Place, ...], *, today: date) -> None:
    told = ", ".join(f"{place.name} ({place.headline(today)})" for place in affected)
    if told:
        st.caption(f"Affects {literal(told)}.")


def _show_map(
    file: OcgFile, shown: tuple[OcgLocation, ...], affected: tuple[Place, ...], *, today: date
) -> None:
    outlines = outlines_of(file, shown, today=today)
    everywhere = outlines_of(file, file.locations, today=today)
    ground = area_map(
        cache.data_version(),
        _area_key(affected),
        page=f"ocgs.{file.ocg.id}",
        label=_LABEL,
        bounds=bounds_of(everywhere),
    )
    scene = Scene(outlines=outlines, legend=_legend(shown, today=today))
    show_map(ground, scene, key="ocg_locations", on_click=lambda _: None, height_px=_HEIGHT_PX)


def _area_key(affected: tuple[Place, ...]) -> str:
    """The ground of a place it affects, else of the first partnership that is loaded."""
    of_places = (area_key_of(place) for place in affected)
    areas = cache.areas(cache.data_version())
    return next(filter(None, of_places), areas[0].key if areas else "")


def _legend(shown: tuple[OcgLocation, ...], *, today: date) -> Legend:
    rows = [
        LegendRow(
            theme.LIGHT_WORDS, f"{dash.capitalize()} ring", f"{confidence} confidence", shape="ring"
        )
        for confidence, (_, dash) in _LOOKS.items()
        if any(each.confidence == confidence for each in shown)
    ]
    if any(not each.during(today, today) for each in shown):
        rows.append(LegendRow(RING_OVER, "Grey", "not held today"))
    return Legend(
        "Areas, never addresses", "A ring is as wide as its source is unsure", tuple(rows)
    )


def _show_table(file: OcgFile, shown: tuple[OcgLocation, ...], *, today: date) -> None:
    show_table(
        ("No.", "What", "Confidence", "Held", "Source"),
        [
            (
                str(file.number_of(each)),
                Noted(each.kind.value, f"within {each.radius_m:,.0f} m"),
                each.confidence.value,
                Noted(_period(each), "" if each.during(today, today) else "not today"),
                Noted(each.source, each.handling),
            )
            for each in shown
        ],
        name="Locations of the group",
    )


def _period(each: OcgLocation) -> str:
    since = day_words(each.valid_from, none="not known")
    return f"{since} to {day_words(each.valid_to, none='open')}"
