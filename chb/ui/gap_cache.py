"""What the screens keep of maps of gaps; the rule of keys is that of `chb.ui.cache`.

The version of the data holds that of the assets, so a session that was moved is seen at once.
"""

from __future__ import annotations

from chb.domain.access.roles import View
from chb.domain.views.gaps import PartnerGapMap
from chb.services.assets.gaps import GapMap, gap_map, partner_gap_map
from chb.services.assets.needs import BandNeeds, GapRequest, HarmNeeds, band_needs, harm_needs
from chb.ui import cache, viewer
from chb.ui.kept import keep_by_role
from chb.ui.maps.gap_layer import paint_gaps
from chb.ui.maps.layers import PaintedLayer

Found = GapMap | PartnerGapMap


def gaps(version: str, request: GapRequest, *, in_figures: bool) -> Found:
    """From figures for officers, from bands for everybody else; raises Refusal."""
    if in_figures:
        return _harm_gaps(version, request)
    return _band_gaps(version, viewer.scope().view, request)


@keep_by_role(max_entries=24)
def painted(version: str, view: View, request: GapRequest, in_figures: bool) -> PaintedLayer | None:
    """The map, packed; None where all need is met."""
    del view
    return paint_gaps(gaps(version, request, in_figures=in_figures), asked=asked_words(request))


def asked_words(request: GapRequest) -> str:
    """The hour and the ages."""
    return f"{request.weekday} {request.at:%H:%M}, ages {request.youngest} to {request.oldest}"


@keep_by_role(show_spinner="Looking for gaps", max_entries=24)
def _harm_gaps(version: str, request: GapRequest) -> GapMap:
    known = _harm_needs(version, _of_need(request))
    return gap_map(cache.workspace(), request, known=known)


@keep_by_role(show_spinner="Looking for gaps", max_entries=24)
def _band_gaps(version: str, view: View, request: GapRequest) -> PartnerGapMap:
    known = _band_needs(version, view, _of_need(request))
    return partner_gap_map(cache.workspace(), request, known=known)


@keep_by_role(show_spinner="Working out need", max_entries=12)
def _harm_needs(version: str, request: GapRequest) -> HarmNeeds:
    del version
    return harm_needs(cache.workspace(), request)


@keep_by_role(show_spinner="Working out need", max_entries=12)
def _band_needs(version: str, view: View, request: GapRequest) -> BandNeeds:
    del version, view
    return band_needs(cache.workspace(), request)


def _of_need(request: GapRequest) -> GapRequest:
    """As much of a request as need depends on, so that another hour finds it kept."""
    return GapRequest(
        area=request.area,
        period=request.period,
        scheme=request.scheme,
        resolution=request.resolution,
        youngest=request.youngest,
        oldest=request.oldest,
        with_deprivation=request.with_deprivation,
    )
