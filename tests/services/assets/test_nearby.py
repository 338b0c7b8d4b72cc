"""What stands there already, before a new asset is made."""

import pytest

from chb.domain.refusal import Refusal
from chb.services.assets.nearby import assets_nearby
from tests.services.asset_makers import POSITION, made_asset

METRE = 1 / 111_195
"""A metre of latitude in degrees."""


def at(metres_north):
    return {"latitude": POSITION[1] + metres_north * METRE}


def test_what_is_near_is_found_with_its_distance(ws):
    made_asset(ws, name="Hall")
    made_asset(ws, name="Library", **at(140))
    made_asset(ws, name="Far", **at(160))
    found = assets_nearby(ws, *POSITION)
    assert [each.asset.name for each in found] == ["Hall", "Library"]
    assert found[1].distance_m == pytest.approx(140, abs=0.5)
    assert {each.name_similarity for each in found} == {0.0}


def test_the_east_is_as_far_as_the_north(ws):
    made_asset(ws, name="East", longitude=POSITION[0] + 145 * METRE / 0.5967)
    (found,) = assets_nearby(ws, *POSITION)
    assert found.distance_m == pytest.approx(145, abs=1)


def test_an_alike_name_comes_before_a_nearer_stranger(ws):
    made_asset(ws, name="Chip shop", **at(10))
    made_asset(ws, name="ST. ANNES HALL", **at(60))
    first, second = assets_nearby(ws, *POSITION, name="St Anne's hall")
    assert first.asset.name == "ST. ANNES HALL"
    assert first.name_similarity > 80 > second.name_similarity


def test_a_position_in_eastings_is_refused(ws):
    with pytest.raises(Refusal, match="eastings"):
        assets_nearby(ws, 435_000, 387_000)
