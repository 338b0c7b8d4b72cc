"""The parts of the map of gaps that need no screen: its layer, its outlines and its cards."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from chb.domain.periods import Period
from chb.domain.views.gaps import PartnerGapMap
from chb.services.assets.gaps import GapMap, gap_map, partner_gap_map
from chb.services.assets.needs import GapRequest
from chb.services.workspace import Workspace
from chb.ui.gap_cache import asked_words
from chb.ui.maps.gap_layer import GAP_LAYER, paint_gaps
from chb.ui.maps.outlines import METRES_A_DEGREE, circle

REQUEST = GapRequest("Marram", Period.parse("2025-01", "2025-12"), youngest=10, oldest=16)
ASKED = asked_words(REQUEST)


@pytest.fixture(scope="module")
def officers(sample_ws: Workspace) -> GapMap:
    return gap_map(sample_ws, REQUEST)


@pytest.fixture(scope="module")
def partners(sample_ws: Workspace) -> PartnerGapMap:
    return partner_gap_map(sample_ws, REQUEST)


def test_the_key_says_the_hour_and_the_ages(officers: GapMap) -> None:
    painted = paint_gaps(officers, asked=ASKED)
    assert painted is not None
    assert painted.legend.note == "per cent of the unmet need, Thursday 18:00, ages 10 to 16"


def test_the_key_says_what_to_beware_of(officers: GapMap, partners: PartnerGapMap) -> None:
    for found in (officers, partners):
        painted = paint_gaps(found, asked=ASKED)
        assert painted is not None and found.caveats
        assert painted.legend.caveats == (GAP_LAYER.beware, *found.caveats)


def test_cells_are_shown_by_their_share_of_the_whole_gap(officers: GapMap) -> None:
    painted = paint_gaps(officers, asked=ASKED)
    assert painted is not None
    where, packed = json.loads(painted.packed.cells), json.loads(painted.packed.classes)
    assert where["count"] == len(officers.cells)
    assert packed["largest"] == pytest.approx(100 * officers.worst[0].share_of_gap)
    assert painted.style.names[0] == "No unmet need"


def test_what_partners_are_sent_holds_shared_cells_only(
    officers: GapMap, partners: PartnerGapMap
) -> None:
    painted = paint_gaps(partners, asked=ASKED)
    assert painted is not None
    assert json.loads(painted.packed.cells)["count"] == len(partners.cells) < len(officers.cells)


def test_where_all_is_met_there_is_no_layer(officers: GapMap) -> None:
    assert paint_gaps(replace(officers, gap=0.0), asked=ASKED) is None


def test_a_circle_is_as_wide_as_it_is_high() -> None:
    ring = circle((53.37, -1.49), 615.0)
    north = (max(at[0] for at in ring) - 53.37) * METRES_A_DEGREE
    east = (max(at[1] for at in ring) + 1.49) * METRES_A_DEGREE * math.cos(math.radians(53.37))
    assert (north, east) == pytest.approx((615.0, 615.0))
    assert ring[0] == pytest.approx(ring[-1])
