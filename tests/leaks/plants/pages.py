"""The planted leaks: ordinary mistakes, each of which sends a partner what only officers may see.

A plant is given a word and whether its reader is an officer. What it does wrong is what
people do: a column is hidden and not left out, a cache forgets for whom it was filled.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import altair as alt
import folium
import numpy as np
import pandas as pd
import pydeck as pdk
import streamlit as st
from streamlit_folium import st_folium

from chb.domain.access.roles import View
from chb.services.exports.shelf import SHELF, Export
from chb.ui import session, viewer

VARIABLE: Final = "HOLDFAST_TEST_PLANT"
SITE: Final = Path(__file__).parent / "site"
"""On the path of a server, it puts the planted page in the place of a real one."""
Plant = Callable[[str, bool], None]
PLANTS: Final[dict[str, Plant]] = {}
LEFT_BEHIND: Final = {"line in the log", "temporary file", "cache on the disk"}
"""Those that are found on the server's disk and not in what a partner is sent."""

_HIDDEN: Final = "not for partners"
_MANY_ROWS: Final = 60_000
_LARGE_BYTES: Final = 1_400_000
_KEPT: dict[str, Any] = {}


def show_plant() -> None:
    """The plant that the file names now, for whoever is at the screen."""
    asked = json.loads(Path(os.environ[VARIABLE]).read_text(encoding="utf-8"))
    is_officer = viewer.scope().view >= View.RESTRICTED
    PLANTS[asked["plant"]](asked["word"], is_officer)


def planted(name: str) -> Callable[[Plant], Plant]:
    """Put a plant on the list."""

    def listed(plant: Plant) -> Plant:
        PLANTS[name] = plant
        return plant

    return listed


def _frame(word: str) -> pd.DataFrame:
    return pd.DataFrame({"place": ["Green", "Cross"], "name": [word, _HIDDEN], "n": [3, 4]})


def _square(word: str) -> dict[str, Any]:
    ring = [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "id": "a", "properties": {"n": 1, "name": word}}
    return {"type": "FeatureCollection", "features": [feature | {"geometry": shape}]}


@planted("column configured away")
def _column_config(word: str, is_officer: bool) -> None:
    st.dataframe(_frame(word), column_config={"name": None})


@planted("column left out of the order")
def _column_order(word: str, is_officer: bool) -> None:
    st.dataframe(_frame(word), column_order=["place", "n"])


@planted("hidden column of an editor")
def _editor(word: str, is_officer: bool) -> None:
    st.data_editor(_frame(word), column_config={"name": None})


@planted("hidden index")
def _index(word: str, is_officer: bool) -> None:
    st.dataframe(_frame(word).set_index("name"), hide_index=True)


@planted("column a chart does not use")
def _chart(word: str, is_officer: bool) -> None:
    st.altair_chart(alt.Chart(_frame(word)).mark_bar().encode(x="place", y="n"))


@planted("property a map does not show")
def _geojson(word: str, is_officer: bool) -> None:
    ground = folium.Map((0.5, 0.5), tiles=None)
    folium.GeoJson(_square(word), tooltip=folium.GeoJsonTooltip(["n"])).add_to(ground)
    st_folium(ground, key="planted")


@planted("data of a choropleth")
def _choropleth(word: str, is_officer: bool) -> None:
    ground = folium.Map((0.5, 0.5), tiles=None)
    figures = pd.DataFrame({"id": ["a", "b"], "n": [1, 2]})
    folium.Choropleth(
        geo_data=_square(word), data=figures, columns=["id", "n"], key_on="feature.id"
    ).add_to(ground)
    st_folium(ground, key="planted choropleth")


@planted("key of a widget")
def _widget_key(word: str, is_officer: bool) -> None:
    st.checkbox("Seen", key=f"seen {word}")


@planted("folded expander")
def _expander(word: str, is_officer: bool) -> None:
    with st.expander("For officers", expanded=False):
        st.text(word)


@planted("tab that is not open")
def _tab(word: str, is_officer: bool) -> None:
    _, second = st.tabs(["Everybody", "Officers"])
    second.text(word)


@planted("help of a field")
def _help(word: str, is_officer: bool) -> None:
    st.text_input("Place", help=f"Also called {word}")


@planted("title of the page")
def _title(word: str, is_officer: bool) -> None:
    st.set_page_config(page_title=f"Plan of {word}")


@planted("hidden by a style")
def _style(word: str, is_officer: bool) -> None:
    st.dataframe(_frame(word).style.hide(subset=["name"], axis="columns"))


@planted("row of a deck")
def _deck(word: str, is_officer: bool) -> None:
    points = pd.DataFrame({"lon": [0.1], "lat": [0.2], "name": [word]})
    layer = pdk.Layer("ScatterplotLayer", points, get_position="[lon, lat]")
    st.pydeck_chart(pdk.Deck(map_provider=None, layers=[layer]))


@st.cache_data
def _without_scope(day: str) -> str:
    return _KEPT["now"]


@planted("cache without its scope")
def _cache_without_scope(word: str, is_officer: bool) -> None:
    _KEPT["now"] = word if is_officer else _HIDDEN
    st.text(_without_scope("today"))


@st.cache_data
def _underscored(_name: str) -> str:
    return _name


@planted("cache with an underscored argument")
def _cache_underscore(word: str, is_officer: bool) -> None:
    st.text(_underscored(word if is_officer else _HIDDEN))


@st.cache_resource
def _resource() -> list[str]:
    return []


@planted("resource that everybody adds to")
def _mutable_resource(word: str, is_officer: bool) -> None:
    _resource().append(word if is_officer else _HIDDEN)
    st.text("; ".join(_resource()))


@planted("global of a module")
def _module_global(word: str, is_officer: bool) -> None:
    _KEPT.setdefault("name", word if is_officer else _HIDDEN)
    st.text(_KEPT["name"])


@st.cache_data
def _drawn_once(day: str) -> None:
    st.text(_KEPT["drawn"])


@planted("element that is replayed")
def _replay(word: str, is_officer: bool) -> None:
    _KEPT["drawn"] = word if is_officer else _HIDDEN
    _drawn_once("today")


@st.cache_data
def _row_of(frame: pd.DataFrame, row: int) -> str:
    return str(frame["name"].iloc[row])


@planted("cache keyed on a long frame")
def _long_frame(word: str, is_officer: bool) -> None:
    frame = pd.DataFrame({"name": ["x"] * _MANY_ROWS, "n": np.arange(_MANY_ROWS)})
    sampled = set(frame.sample(n=10_000, random_state=0).index)
    row = next(number for number in range(100, _MANY_ROWS) if number not in sampled)
    frame.loc[row, "name"] = word if is_officer else _HIDDEN
    st.text(_row_of(frame, row))


@planted("download that is nearly the same")
def _large_download(word: str, is_officer: bool) -> None:
    shown = word if is_officer else "-" * len(word)
    start = _LARGE_BYTES // 4
    content = b"." * start + shown.encode() + b"." * (_LARGE_BYTES - start - len(word))
    st.download_button("Save", content, file_name="list.txt", mime="text/plain")


@planted("name of an export")
def _export_name(word: str, is_officer: bool) -> None:
    export = Export(
        token=f"{'officer' if is_officer else 'partner'}-{'x' * 40}",
        file_name=f"plan-of-{word}.csv",
        media_type="text/csv",
        marking="OFFICIAL",
        content=b"a,b",
    )
    SHELF.put(session.browser_session(), export)
    st.link_button("Save", f"/exports/{export.token}")


@planted("line in the log")
def _log_line(word: str, is_officer: bool) -> None:
    if is_officer:
        logging.getLogger("planted").warning("Opened the plan of %s", word)


@planted("temporary file")
def _temporary(word: str, is_officer: bool) -> None:
    if is_officer:
        with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as file:
            file.write(f"name\n{word}\n")


@st.cache_data(persist="disk")
def _on_disk(name: str) -> str:
    return name


@planted("cache on the disk")
def _disk_cache(word: str, is_officer: bool) -> None:
    st.text(_on_disk(word if is_officer else _HIDDEN))


@planted("address of the page")
def _address(word: str, is_officer: bool) -> None:
    st.query_params["plan"] = word


@planted("message that fades")
def _toast(word: str, is_officer: bool) -> None:
    st.toast(f"Saved {word}")
