"""The dossier of a hotspot: what it holds, why it ranks where it does, what it was before."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from chb.domain.hotspots import Succession
from chb.domain.periods import Period
from chb.domain.places.records import BoundaryChange
from chb.domain.wording import plural
from chb.services.harm.dossiers import story_of
from chb.services.harm.hotspots import Hotspots
from chb.services.harm.priority import COMPONENT_COLUMNS, COMPONENTS
from chb.ui import theme
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.dossier import show_incidents
from chb.ui.parts.explained import explain
from chb.ui.parts.hotspots.list import rank_range
from chb.ui.parts.places.start import ask_to_start
from chb.ui.parts.words import figure, literal, literal_html, percent
from geo import frames

_FIGURES: Final = (
    "hotspot_harm",
    "hotspot_share",
    "hotspot_incidents",
    "hotspot_people",
    "hotspot_mainly",
    "hotspot_extent",
    "own_boundary",
)
_WEIGHED: Final = {
    "harm": "hotspot_density",
    "harm_share": "hotspot_share",
    "persistence": "hotspot_persistence",
    "ocg": "hotspot_ocg",
    "asset_gap": "hotspot_asset_gap",
    "deprivation": "hotspot_deprivation",
}
"""Rows of the table of figures, by the component of a rank."""
_DECIMALS: Final = {"harm_share": 2, "persistence": 2, "ocg": 2, "deprivation": 1}
_OVERLINE: Final = '<p class="hf-note" data-testid="chosen-hotspot" data-hotspot="{}">{}</p>'
_BAR: Final = (
    '<div style="height:.45rem;border-radius:3px;background:{panel}">'
    '<div style="height:100%;width:{width:.1f}%;border-radius:3px;background:{colour}"></div></div>'
)


def show_hotspot(found: Hotspots, row: pd.Series, *, n_ranked: int) -> None:
    """The dossier of one row of the ranked table."""
    st.subheader(literal(row["name"]), anchor=False)
    ranks = rank_range(row["best_rank"], row["worst_rank"])
    words = f"Rank {row['priority_rank']} of {n_ranked}; {ranks} when weights vary by a fifth"
    st.html(_OVERLINE.format(row["hotspot"], words))
    _show_figures(row, harm_unit=found.provenance.harm_unit)
    if row["frequency_desert"]:
        st.warning(
            "High in harm on few incidents: one event more or less would change this. Look at "
            "what happened before acting on the rank.",
            icon=":material/hourglass_empty:",
        )
    why, happened, before, start = st.tabs(
        ["Why this rank", "What happened", "The year before", "Start a place"]
    )
    with why:
        _show_components(row, rule=found.provenance.choices[-1])
    with happened:
        show_incidents(story_of(found.profile, _cells_of(found, row)))
    with before:
        st.write(identity_sentence(row, found.request.against))
    with start:
        _show_start(found, row)


def identity_sentence(row: pd.Series, against: Period | None) -> str:
    """What the hotspot was in the earlier period."""
    if against is None:
        return (
            "Not enough data: the same months of the year before are not loaded, or hold too few "
            "incidents. Import them to see whether this hotspot is new."
        )
    earlier = literal(str(row["earlier"]))
    told = {
        Succession.NEW: f"New: no hotspot of {against} lies here.",
        Succession.CONTINUES: f"Continues {earlier} of {against}.",
        Succession.SPLIT: f"A part that split from {earlier} of {against}.",
        Succession.MERGED: f"Several of {against} grown together: {earlier}.",
    }
    return told[Succession(row["status"])]


def _show_figures(row: pd.Series, *, harm_unit: str) -> None:
    size = f"on {plural(row['n_cells'], 'cell')}, {row[frames.AREA_KM2]:.2f} km\N{SUPERSCRIPT TWO}"
    show_cards(
        (
            Card("Harm here", figure(row[frames.HARM_DAYS]), harm_unit),
            Card("Share of harm", percent(row["share_of_harm"]), size),
            Card("Incidents", figure(row[frames.COUNT]), "in the loaded months"),
            Card("People", figure(row[frames.POPULATION]), "live here, Census"),
        )
    )
    st.caption(f"Mainly {literal(row['main_categories'])}")
    explain("This hotspot", _FIGURES, key="explain_hotspot")


def _show_components(row: pd.Series, *, rule: str) -> None:
    """A bar for each component: its part of the score; the rule is how they are weighed."""
    weighed = [key for key in COMPONENTS if f"{key}_points" in row.index]
    bars = "".join(_component(row, key) for key in weighed)
    st.html(f'<div style="display:grid;gap:.55rem">{bars}</div>')
    st.caption(f"Score {row['priority_score']:.2f} of 1; a bar is a component's part of it.")
    explain(
        "Priority",
        ("priority_score", "hotspot_rank_range", *(_WEIGHED[key] for key in weighed)),
        rules=(rule,),
        key="explain_priority",
    )


def _component(row: pd.Series, key: str) -> str:
    component = COMPONENTS[key]
    value = figure(row[COMPONENT_COLUMNS[key]], decimals=_DECIMALS.get(key, 0))
    points = float(row[f"{key}_points"])
    bar = _BAR.format(panel=theme.PANEL, colour=theme.BLUE, width=100 * min(1.0, points))
    return (
        f'<div><div style="display:flex;justify-content:space-between;gap:1rem">'
        f"<span>{literal_html(_sentence_case(component.label))} <strong>{value}</strong></span>"
        f"<span>{points:.2f}</span></div>"
        f'<span class="hf-note">{literal_html(component.unit)}</span>{bar}</div>'
    )


def _sentence_case(label: str) -> str:
    """``OCG influence`` keeps its capitals."""
    return label[:1].upper() + label[1:]


def _cells_of(found: Hotspots, row: pd.Series) -> list[int]:
    inside = found.cells["hotspot"] == row["hotspot"]
    return [int(cell) for cell in found.cells.loc[inside, frames.CELL]]


def _show_start(found: Hotspots, row: pd.Series) -> None:
    cells = _cells_of(found, row)
    st.caption(f"The {plural(len(cells), 'cell')} of the hotspot become its first boundary.")
    ask_to_start(
        f"start_place:hotspot:{min(cells):x}",
        cells,
        area_name=found.area.name,
        change=BoundaryChange.GROWN,
    )
