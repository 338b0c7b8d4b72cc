"""The dossier of a cell: what happened there, when, and what is around it."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import streamlit as st

from chb.domain.wording import plural
from chb.services.harm.dossiers import CellDossier, Story
from chb.ui import cache
from chb.ui.maps.layers import CellLayer
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.charts import show_categories, show_months
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import show_table
from chb.ui.parts.words import figure, literal, literal_html
from geo import frames

_MOST_ASSETS: Final = 8
_OVERLINE: Final = '<p class="hf-note" data-testid="chosen-cell" data-cell="{cell}">{words}</p>'


def show_heading(dossier: CellDossier) -> None:
    """Where the cell is, and how it ranks."""
    name = literal(dossier.place_name) if dossier.place_name else "A cell without a name nearby"
    st.subheader(f"Near {name}" if dossier.place_name else name, anchor=False)
    rank = f"Rank {dossier.density_rank:,} of {dossier.n_cells:,} by harm density"
    words = f"{rank} &nbsp;·&nbsp; cell {dossier.cell:x}"
    st.html(_OVERLINE.format(cell=f"{dossier.cell:x}", words=words))


def show_figures(dossier: CellDossier, *, harm_unit: str) -> None:
    """Harm, incidents, people and deprivation."""
    show_cards(
        (
            Card("Harm here", figure(dossier.harm_days), harm_unit),
            Card("Incidents", figure(dossier.count), "in the chosen months"),
            Card("People", figure(dossier.population), "live here, Census"),
            Card("Deprivation", figure(dossier.imd_score, decimals=1), _rank(dossier.imd_rank)),
        )
    )
    explain(
        "This cell",
        ("density_rank", "harm_of_cell", "incidents_of_cell", "people_of_cell", "imd_of_cell"),
        key="explain_cell",
    )


def show_in_layer(dossier: CellDossier, frame: pd.DataFrame, layer: CellLayer) -> None:
    """What the layer on the map says of the cell."""
    values = frame.loc[frame[frames.CELL] == dossier.cell, layer.column]
    if len(values) and not np.isnan(values.iloc[0]):
        value = figure(float(values.iloc[0]), decimals=layer.decimals)
        st.html(f'<p class="hf-note">{layer.label} here: <b>{value}</b> {layer.unit}</p>')


def show_incidents(dossier: CellDossier | Story) -> None:
    """By category and by month, drawn and in figures."""
    if dossier.by_category.empty:
        st.write("No incident has its point in this cell; its harm density comes from around it.")
        return
    st.caption("Harm by category, with the number of incidents in brackets")
    show_categories(dossier.by_category)
    st.caption("Incidents by month")
    show_months(dossier.by_month, column="count", title="incidents")
    with st.expander("The same in figures"):
        show_table(("Category", "Harm", "Incidents"), _categories(dossier), name="Harm by category")
        show_table(("Month", "Harm", "Incidents"), _months(dossier), name="Harm by month")
    explain("What happened", ("harm_by_category", "incidents_by_month"), key="explain_incidents")


def show_surroundings(dossier: CellDossier) -> None:
    """Assets within a walk, nearest first, and the influence of groups."""
    nearby = dossier.assets_nearby
    if dossier.ocg_influence > 0:
        st.write(f"OCG influence here: {figure(dossier.ocg_influence, decimals=2)}")
    if not nearby:
        st.write("No community asset is recorded within 800 m. Mark one on the Assets page.")
        return
    kinds = {kind.key: kind.label for kind in cache.asset_kinds()}
    rows = "".join(
        f"<div>{literal_html(near.asset.name)} "
        f'<span class="hf-note">{literal_html(kinds.get(near.asset.kind, near.asset.kind))}</span>'
        f"</div><div>{near.distance_m:,.0f} m</div>"
        for near in nearby[:_MOST_ASSETS]
    )
    st.caption(f"{plural(len(nearby), 'community asset')} within 800 m")
    st.html(f'<div class="hf-list">{rows}</div>')


def _categories(dossier: CellDossier | Story) -> list[tuple[str, str, str]]:
    table = dossier.by_category
    return [
        (str(category), figure(harm), figure(count))
        for category, harm, count in zip(
            table["category"], table["harm_days"], table["count"], strict=True
        )
    ]


def _months(dossier: CellDossier | Story) -> list[tuple[str, str, str]]:
    table = dossier.by_month
    return [
        (str(month), figure(harm, none="not loaded"), figure(count, none="not loaded"))
        for month, harm, count in zip(
            table["month"], table["harm_days"], table["count"], strict=True
        )
    ]


def _rank(rank: float) -> str:
    known = figure(rank, none="")
    return f"score; rank {known} nationally" if known else "score, population weighted"
