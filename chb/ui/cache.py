"""Everything the screens keep between runs, in one place.

A key is the version of the data and what was asked, never a frame: the frames of
two people may look alike. The workspace is taken inside, so that no argument
escapes the key.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from chb.domain.assets import AssetKind
from chb.domain.harm import HarmScheme
from chb.domain.periods import Month
from chb.services import assets as asset_service
from chb.services.harm import areas as area_service
from chb.services.harm import context, dossiers, profiling, schemes
from chb.services.harm.areas import Area
from chb.services.harm.dossiers import CellDossier
from chb.services.harm.profiling import HarmProfile, ProfileRequest
from chb.services.loading import catalogue
from chb.services.workspace import Workspace, open_workspace
from chb.ui.maps.basemap import basemap_bounds, pack_basemap
from chb.ui.maps.elements import Bounds
from chb.ui.maps.layers import LAYERS, PaintedLayer, paint


@dataclass(frozen=True)
class PackedBase:
    """The base of a map: its text for the frame, and what it shows at first."""

    text: str
    bounds: Bounds


@st.cache_resource(show_spinner=False)
def workspace() -> Workspace:
    """The store of this process."""
    return open_workspace()


def data_version() -> str:
    """Asked once a run: every other key begins with it."""
    return catalogue.data_version(workspace())


@st.cache_resource(show_spinner=False, max_entries=4)
def areas(version: str) -> tuple[Area, ...]:
    """Partnerships, districts and wards that are loaded."""
    del version
    return area_service.list_areas(workspace())


@st.cache_resource(show_spinner=False, max_entries=4)
def months(version: str) -> tuple[Month, ...]:
    """Months with incidents, in order."""
    del version
    return catalogue.loaded_months(workspace())


@st.cache_resource(show_spinner="Working out the harm profile", max_entries=12)
def profile(version: str, request: ProfileRequest) -> HarmProfile:
    """The harm profile; raises Refusal, which is not kept."""
    del version
    return profiling.build_profile(workspace(), request)


@st.cache_resource(show_spinner=False, max_entries=60)
def painted(version: str, request: ProfileRequest, layer: str) -> PaintedLayer | None:
    """A layer of the profile, classified and packed; None when it has nothing to show."""
    chosen = next(known for known in LAYERS if known.label == layer)
    return paint(profile(version, request).frame, chosen)


@st.cache_resource(show_spinner=False, max_entries=200)
def dossier(version: str, request: ProfileRequest, cell: int) -> CellDossier:
    """The dossier of a cell; raises Refusal, which is not kept."""
    return dossiers.cell_dossier(workspace(), cell, profile(version, request))


@st.cache_resource(show_spinner=False, max_entries=12)
def base(version: str, area_key: str) -> PackedBase:
    """The packed base of an area's map; Great Britain's outline of nothing without an area."""
    del version
    layers = context.basemap(workspace(), area_key) if area_key else {}
    return PackedBase(pack_basemap(layers), basemap_bounds(layers))


def harm_schemes() -> dict[str, HarmScheme]:
    """Every harm scheme by key."""
    return schemes.harm_schemes()


def asset_kinds() -> tuple[AssetKind, ...]:
    """Every kind of asset."""
    return asset_service.asset_kinds()
