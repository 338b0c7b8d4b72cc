"""Everything the screens keep between runs, in one place.

A key is the version of the data and what was asked, never a frame: the frames of
two people may look alike. The workspace is taken inside, so that no argument
escapes the key. Whom an answer is kept for is the rule of `chb.ui.kept`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from chb.domain.access.roles import View
from chb.domain.assets.register import AssetKind, AssetPin
from chb.domain.harm import HarmScheme
from chb.domain.periods import Month
from chb.domain.views.harm import CommunityHarm, PartnerHarm, PartnerHotspots, SharedCategories
from chb.services.assets import register as asset_service
from chb.services.assets.finding import AssetQuery, find_pins
from chb.services.harm import areas as area_service
from chb.services.harm import context, dossiers, engine_pool, place_names, schemes
from chb.services.harm.areas import Area
from chb.services.harm.combining import look_at_profile
from chb.services.harm.dossiers import CellDossier
from chb.services.harm.profiling import HarmProfile, ProfileRequest
from chb.services.loading import catalogue
from chb.services.views import categories as shared_category_service
from chb.services.views import harm as shared_harm_service
from chb.services.views import hotspots as shared_hotspot_service
from chb.ui import kept, session
from chb.ui.kept import keep, keep_by_role, keep_for_all
from chb.ui.maps.band_layer import paint_bands
from chb.ui.maps.basemap import basemap_bounds, pack_basemap
from chb.ui.maps.elements import Bounds
from chb.ui.maps.layers import LAYERS, PaintedLayer, paint, weighed
from chb.ui.maps.point_layer import PointLayer, paint_assets

MOST_PROFILES: Final = 40
"""Each lead officer has profiles of their own, for they know of groups of their own: as many as
people at work at once, or each would push out another's."""

workspace = kept.workspace
data_version = kept.data_version


@dataclass(frozen=True)
class PackedBase:
    """The base of a map: its text for the frame, and what it shows at first."""

    text: str
    bounds: Bounds


@keep_for_all(max_entries=4)
def areas(version: str) -> tuple[Area, ...]:
    """Partnerships, districts and wards that are loaded."""
    del version
    return area_service.list_areas(workspace())


@keep_for_all(max_entries=4)
def months(version: str) -> tuple[Month, ...]:
    """Months with incidents, in order."""
    del version
    return catalogue.loaded_months(workspace())


def profile(version: str, request: ProfileRequest) -> HarmProfile:
    """The harm profile, which it is on record that somebody looks at; raises Refusal."""
    return look_at_profile(workspace(), _profile(version, request))


@keep(show_spinner="Working out the harm profile", max_entries=MOST_PROFILES)
def _profile(version: str, request: ProfileRequest) -> HarmProfile:
    del version
    found: HarmProfile = worked_out("profile", request)
    return found


def worked_out(analysis: str, request: object) -> Any:
    """An analysis by its name in the engine's list, done in a process of the engine."""
    return engine_pool.run(workspace(), analysis, request, person=session.browser_session())


@keep(max_entries=5 * MOST_PROFILES)
def painted(version: str, request: ProfileRequest, layer: str) -> PaintedLayer | None:
    """A layer of the profile, classified and packed; None when it has nothing to show."""
    found = _profile(version, request)
    chosen = next(known for known in LAYERS if known.label == layer)
    return paint(found.frame, weighed(chosen, found.provenance.harm_unit))


@keep(max_entries=200)
def dossier(version: str, request: ProfileRequest, cell: int) -> CellDossier:
    """The dossier of a cell; raises Refusal, which is not kept."""
    return dossiers.cell_dossier(workspace(), cell, _profile(version, request))


@keep(max_entries=60)
def cell_names(version: str, cells: tuple[int, ...]) -> dict[int, str]:
    """What people call the places where cells lie."""
    del version
    return place_names.names_of_cells(workspace(), cells)


@keep_for_all(max_entries=12)
def base(version: str, area_key: str) -> PackedBase:
    """The packed base of an area's map; Great Britain's outline of nothing without an area."""
    del version
    layers = context.basemap(workspace(), area_key) if area_key else {}
    return PackedBase(pack_basemap(layers), basemap_bounds(layers))


@keep(show_spinner="Working out what is shared", max_entries=24)
def shared_harm(version: str, view: View, request: ProfileRequest) -> PartnerHarm | CommunityHarm:
    """Harm in bands; raises Refusal, which is not kept."""
    del version
    if view >= View.PARTNER:
        return shared_harm_service.partner_harm(workspace(), request)
    return shared_harm_service.community_harm(workspace(), request)


@keep(show_spinner="Looking for hotspots", max_entries=12)
def shared_hotspots(version: str, request: ProfileRequest) -> PartnerHotspots:
    """Hotspots as they are shared; raises Refusal, which is not kept."""
    del version
    return shared_hotspot_service.partner_hotspots(workspace(), request)


@keep(show_spinner="Counting what is shared", max_entries=12)
def shared_categories(version: str, area_key: str, year: int) -> SharedCategories:
    """Incidents by kind of crime in an area and year; raises Refusal, which is not kept."""
    del version
    return shared_category_service.shared_categories(workspace(), area_key, year)


@keep(max_entries=12)
def painted_bands(version: str, view: View, request: ProfileRequest) -> PaintedLayer:
    """The map of bands, packed."""
    shared = shared_harm(version, view, request)
    return paint_bands(shared, shared.cells)


def harm_schemes() -> dict[str, HarmScheme]:
    """Every harm scheme by key."""
    return schemes.harm_schemes()


@keep_by_role(max_entries=4)
def asset_pins(version: str) -> tuple[AssetPin, ...]:
    """Every asset as a map shows it."""
    del version
    return asset_service.asset_pins(workspace())


@keep_by_role(max_entries=24)
def found_pins(version: str, query: AssetQuery) -> tuple[AssetPin, ...]:
    """The assets that are asked for."""
    return find_pins(asset_pins(version), query)


@keep_by_role(max_entries=24)
def painted_assets(version: str, query: AssetQuery) -> PointLayer | None:
    """The same as a layer of points; None when there are none."""
    return paint_assets(found_pins(version, query), asset_kinds(), today=query.today)


def asset_kinds() -> tuple[AssetKind, ...]:
    """Every kind of asset."""
    return asset_service.asset_kinds()
