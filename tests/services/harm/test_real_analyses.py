"""Analyses of a real city: fast enough to wait for, and of the right size."""

from dataclasses import replace

import numpy as np
import pytest

from chb.domain.periods import Period
from chb.services.harm.association import AssociationRequest, find_associations
from chb.services.harm.forward_test import ForwardTestRequest, run_forward_test
from chb.services.harm.hotspots import HotspotRequest, find_hotspots
from chb.services.harm.profiling import ProfileRequest
from chb.services.harm.stability import StabilityRequest, map_stability

YEAR = ProfileRequest("Sheffield", Period.parse("2025-01", "2025-12"))

pytestmark = pytest.mark.xdist_group("real data")


def test_hotspots_are_places_and_not_half_the_city(sheffield_ws):
    found = find_hotspots(sheffield_ws, HotspotRequest(YEAR))
    assert 10 < len(found.table) < 100
    assert found.table["area_km2"].max() < 0.05 * found.cells["area_km2"].sum()
    assert found.table["name"].is_unique
    assert found.table["share_of_harm"].sum() > 0.5
    assert any("No data for asset_gap" in said for said in found.provenance.caveats)


def test_fine_cells_hot_by_their_neighbours_alone_are_no_place(sheffield_ws):
    fine = replace(YEAR, resolution=10)
    found = find_hotspots(sheffield_ws, HotspotRequest(fine))
    assert (found.table["count"] > 0).all()
    left_out = found.cells["hot"] & (found.cells["hotspot"] == 0)
    assert left_out.any() and found.cells.loc[left_out, "count"].sum() == 0


def test_stability_of_a_city_is_told_for_every_choice(sheffield_ws):
    found = map_stability(sheffield_ws, StabilityRequest(YEAR))
    assert len(found.table) == 72
    robust = found.cells["steadiness"] == "robust"
    assert 0.3 * found.stability.k < robust.sum() < found.stability.k


def test_last_quarters_map_would_have_helped(sheffield_ws):
    found = run_forward_test(sheffield_ws, ForwardTestRequest(YEAR, resamples=99))
    assert (found.table["pai_low"] > 5).all()
    assert found.table["pei"].between(0.5, 1).all()


def test_domains_disagree_about_the_city(sheffield_ws):
    found = find_associations(sheffield_ws, AssociationRequest(YEAR))
    rho = found.table.set_index(["measure", "domain"])["rho"]
    assert rho["harm per km2", "imd_without_crime"] != rho["harm per km2", "imd"]
    assert rho["harm per km2", "housing"] < 0 < rho["harm per km2", "health"]
    classes = found.cells.loc[found.cells["harm_class"] > 0, "harm_class"]
    assert np.bincount(classes)[1:].min() > 0.2 * len(classes)
