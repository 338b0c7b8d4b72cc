"""What the screens keep of the analyses; the rule of keys is that of `chb.ui.cache`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from chb.domain.periods import Month
from chb.services.harm.association import AssociationRequest, Associations
from chb.services.harm.combining import look_at_profile
from chb.services.harm.forward_test import ForwardTestRequest, ForwardTests
from chb.services.harm.hotspots import HotspotRequest, Hotspots
from chb.services.harm.monthly import MonthlyHarm
from chb.services.harm.profiling import ProfileRequest
from chb.services.harm.stability import StabilityMap, StabilityRequest
from chb.services.harm.trends import TrendRequest, Trends
from chb.ui import cache
from chb.ui.kept import keep, keep_by_role
from chb.ui.maps import analysis_layers as layers
from chb.ui.maps.classes import breaks_of
from chb.ui.maps.fixed_layers import paint_at
from chb.ui.maps.harm_layers import layer_of
from chb.ui.maps.layers import CellLayer, PaintedLayer, weighed

MOST_ANALYSES: Final = 12
"""No group is in them, so that one is for everybody who asks the same."""


def hotspots(version: str, request: HotspotRequest) -> Hotspots:
    """Hotspots, whose profile it is on record that somebody looks at; raises Refusal."""
    found = _hotspots(version, request)
    look_at_profile(cache.workspace(), found.profile)
    return found


@keep(show_spinner="Looking for hotspots", max_entries=cache.MOST_PROFILES)
def _hotspots(version: str, request: HotspotRequest) -> Hotspots:
    del version
    found: Hotspots = cache.worked_out("hotspots", request)
    return found


@keep_by_role(show_spinner="Comparing the months", max_entries=MOST_ANALYSES)
def trend(version: str, request: TrendRequest) -> Trends:
    """The history of every cell; raises Refusal, which is not kept."""
    del version
    found: Trends = cache.worked_out("trends", request)
    return found


@keep_by_role(show_spinner="Testing earlier maps on later months", max_entries=MOST_ANALYSES)
def forward(version: str, profile: ProfileRequest) -> ForwardTests:
    """Earlier maps scored on later months; raises Refusal, which is not kept."""
    del version
    found: ForwardTests = cache.worked_out("forward_test", ForwardTestRequest(profile))
    return found


@keep_by_role(
    show_spinner="Drawing the map under every choice of method", max_entries=MOST_ANALYSES
)
def steadiness(version: str, profile: ProfileRequest) -> StabilityMap:
    """The map under every choice of method; raises Refusal, which is not kept."""
    del version
    found: StabilityMap = cache.worked_out("stability", StabilityRequest(profile))
    return found


@keep_by_role(show_spinner="Setting harm beside deprivation", max_entries=MOST_ANALYSES)
def associations(version: str, profile: ProfileRequest) -> Associations:
    """Harm beside deprivation; raises Refusal, which is not kept."""
    del version
    found: Associations = cache.worked_out("associations", AssociationRequest(profile))
    return found


@keep_by_role(show_spinner="Drawing each month", max_entries=MOST_ANALYSES)
def monthly(version: str, profile: ProfileRequest) -> MonthlyHarm:
    """The map of each month; raises Refusal, which is not kept."""
    del version
    found: MonthlyHarm = cache.worked_out("monthly", profile)
    return found


@keep(max_entries=60)
def painted_month(version: str, profile: ProfileRequest, layer: str, month: Month) -> PaintedLayer:
    """One month, its classes parted by the cells of every month."""
    found, chosen = monthly(version, profile), _weighed(version, profile, layer)
    breaks = breaks_of(found.every(chosen.column), chosen.shares)
    return paint_at(found.frame(month), chosen, breaks, of=str(month))


@keep(max_entries=24)
def painted_beside(
    version: str, profile: ProfileRequest, other: ProfileRequest, layer: str
) -> PaintedLayer:
    """A layer with its classes parted by the cells of two periods, so that both look alike."""
    chosen = _weighed(version, profile, layer)
    own, beside = (cache.profile(version, asked).frame for asked in (profile, other))
    both = [frame[chosen.column].to_numpy(np.float64, na_value=np.nan) for frame in (own, beside)]
    breaks = breaks_of(np.concatenate(both), chosen.shares)
    return paint_at(own, chosen, breaks, of=str(profile.period))


def _weighed(version: str, profile: ProfileRequest, layer: str) -> CellLayer:
    """A layer in the unit of the profile's scheme."""
    return weighed(layer_of(layer), cache.profile(version, profile).provenance.harm_unit)


def trend_request(request: HotspotRequest) -> TrendRequest:
    """The months judged by the rule the hotspots are found with."""
    return TrendRequest(
        profile=request.profile,
        measure=request.measure,
        correction=request.correction,
        alpha=request.alpha,
    )


@keep(max_entries=2 * cache.MOST_PROFILES)
def painted(version: str, request: HotspotRequest, layer: str) -> PaintedLayer:
    """A layer of an analysis, classified and packed; raises Refusal, which is not kept."""
    return _PAINTERS[layer](version, request)


_PAINTERS: Final[dict[str, Callable[[str, HotspotRequest], PaintedLayer]]] = {
    layers.SIGNIFICANCE: lambda version, asked: layers.paint_significance(
        _hotspots(version, asked)
    ),
    layers.TREND: lambda version, asked: layers.paint_trend(trend(version, trend_request(asked))),
    layers.STABILITY: lambda version, asked: layers.paint_stability(
        steadiness(version, asked.profile)
    ),
    layers.DEPRIVATION: lambda version, asked: layers.paint_deprivation(
        associations(version, asked.profile)
    ),
}
LAYERS: Final = tuple(_PAINTERS)
"""What the map of hotspots can show."""
