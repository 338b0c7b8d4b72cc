"""Assets near a place."""

import pytest

from chb.domain.refusal import Refusal
from chb.services.assets.register import save_asset
from chb.services.places.surroundings import assets_of_place
from tests.services.assets.timetable_makers import made_asset
from tests.services.place_makers import CELLS, started
from tests.services.places.test_harm_series import inside

NORTH_5_KM = 5_000 / 111_195


def test_assets_inside_come_first_and_those_out_of_reach_are_left_out(ws):
    place = started(ws)
    longitude, latitude = inside(CELLS[-1:])
    north = max(inside([cell])[1] for cell in CELLS)
    for name, at in (
        ("A hall next door", (longitude, north + 0.005)),
        ("Youth club", (longitude, latitude)),
        ("Far library", (longitude, latitude + NORTH_5_KM)),
    ):
        save_asset(ws, made_asset(name, at=at), by="Co-ordinator")
    found = assets_of_place(ws, place.id)
    assert [(each.asset.name, each.is_inside) for each in found] == [
        ("Youth club", True),
        ("A hall next door", False),
    ]


def test_a_place_that_is_gone_is_refused(ws):
    with pytest.raises(Refusal, match="That place is not there"):
        assets_of_place(ws, "gone")
