"""The harm map's layers, its key, its question of two maps, and a tile service under it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from chb.domain.periods import Month, Period
from chb.services.figures import meanings_of
from chb.services.harm.profiling import ProfileRequest
from chb.ui.maps.elements import Legend, Scene, base_map
from chb.ui.maps.harm_layers import CHOICES, LABELS, layer_of
from chb.ui.maps.layers import LAYERS, weighed
from chb.ui.maps.tiles import tile_service
from chb.ui.parts.harm.compare import Beside, Way, change_of, in_time, period_beside
from chb.ui.parts.harm.explained import KEYS
from chb.ui.parts.harm.layer import Asked
from chb.ui.parts.harm.months import FIXED, not_loaded
from chb.ui.parts.harm.scene import Said, described
from chb.ui.parts.harm.switches import Switches
from chb.ui.server import policies
from geo import frames

MONTHS = tuple(Period.parse("2024-01", "2025-12"))


def test_every_layer_has_its_name_once_a_meaning_and_a_warning() -> None:
    assert len(set(LABELS)) == len(CHOICES) == 10
    for layer in CHOICES:
        assert layer_of(layer.label) is layer
        assert layer.beware
        assert meanings_of(KEYS[layer.column])
    assert [layer.column for layer in CHOICES if layer.monthly] == [frames.DENSITY, frames.COUNT]


def test_density_is_told_in_the_unit_of_its_scheme() -> None:
    density, count = LAYERS[:2]
    assert weighed(density, "severity points").unit.startswith("severity points per km")
    assert weighed(count, "severity points") is count


def test_the_key_says_of_what_it_is_and_first_what_the_layer_is_taken_for() -> None:
    caveats = ("Months missing, not counted as zero: 2025-03",)
    shown = described(Legend("Harm density"), LAYERS[0], caveats, Said("2025-05, CHI", FIXED))
    assert shown.about == "2025-05, CHI"
    assert shown.caveats[0] == f"{LAYERS[0].beware}. {FIXED}"
    assert shown.caveats[1:] == caveats


@pytest.mark.parametrize(
    ("asked", "beside"),
    [
        (("2025-01", "2025-12"), ("2024-01", "2024-12")),
        (("2024-07", "2024-09"), ("2024-04", "2024-06")),
        (("2024-02", "2024-12"), ("2024-01", "2024-01")),
        (("2024-01", "2025-12"), ("2024-01", "2024-01")),
    ],
)
def test_a_period_is_set_beside_the_year_before_or_what_there_is(
    asked: tuple[str, str], beside: tuple[str, str]
) -> None:
    assert period_beside(Period.parse(*asked), MONTHS) == Period.parse(*beside)


def test_two_maps_say_whether_their_colours_compare() -> None:
    request = ProfileRequest("csp:E22990001", Period(*MONTHS[:2]))
    asked = Asked("1", request, MONTHS)
    longer = replace(request, period=Period(*MONTHS[2:9:6]))
    periods, schemes = (Beside(way, longer) for way in (Way.PERIODS, Way.SCHEMES))
    density, count = LAYERS[:2]
    assert periods.classes_told(asked, density) == "Colours mean the same on both maps"
    assert periods.classes_told(asked, count).endswith("both maps, of 2 and 7 months")
    assert "classes of its own" in periods.classes_told(asked, layer_of("Unmet need"))
    assert "classes of its own" in schemes.classes_told(asked, density)


def test_a_missing_month_is_called_a_gap() -> None:
    assert "not a month without harm" in str(not_loaded(Month(2025, 3)))


def test_boundaries_are_switched_on_the_ground() -> None:
    on = Switches(places=True, hotspots=False, assets=False, wards=True, lsoas=False)
    assert on.edges == ("ward",)
    calls = Scene(edges=on.edges).feature_group()._children.values()
    assert '["ward"]' in [call.data for call in calls if call.call == "basemap.edges"]


@pytest.fixture
def with_tiles(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def forget() -> None:
        tile_service.cache_clear()
        policies.frame_headers.cache_clear()

    monkeypatch.setenv("CHB_TILES_URL", "https://tiles.example/{z}/{x}/{y}.png?key={key}")
    monkeypatch.setenv("CHB_TILES_KEY", "abc")
    forget()
    yield
    monkeypatch.undo()
    forget()


def frame_policy() -> tuple[str, str]:
    said = {name.decode(): value.decode() for name, value in policies.frame_headers()}
    return said["content-security-policy"], said["connection-allowlist"]


def calls_of_base_map() -> dict[str, object]:
    made = base_map(key="k", label="l", bounds=(-1, 50, 0, 51), context_digest="0" * 20)
    return {
        each.call: json.loads(each.data)
        for each in made._children.values()
        if hasattr(each, "call")
    }


def test_a_map_asks_nobody_for_pictures_unless_a_service_is_named() -> None:
    policy, allowed = frame_policy()
    assert "img-src 'self' data:;" in policy
    assert allowed == "(response-origin);webrtc=block"
    assert "tiles.show" not in calls_of_base_map()


@pytest.mark.usefixtures("with_tiles")
def test_the_host_of_a_service_and_no_other_is_let_into_the_map() -> None:
    policy, allowed = frame_policy()
    assert "img-src 'self' data: https://tiles.example;" in policy
    assert allowed == '(response-origin "https://tiles.example");webrtc=block'
    assert b"tiles.example" not in b"".join(value for _, value in policies.page_headers())
    calls = calls_of_base_map()
    assert calls["tiles.show"] == {
        "url": "https://tiles.example/{z}/{x}/{y}.png?key=abc",
        "layers": "",
        "owner": "",
    }
    assert calls["basemap.show"] == {"digest": "0" * 20, "withPictures": True}


def test_of_two_periods_the_earlier_stands_on_the_left() -> None:
    later, earlier = (
        ProfileRequest("borough", Period.parse(*months))
        for months in (("2025-01", "2025-12"), ("2024-01", "2024-12"))
    )
    for asked, beside in ((later, earlier), (earlier, later)):
        left, right = in_time(Asked("1", asked, MONTHS), Beside(Way.PERIODS, beside))
        assert (left.request, right.request) == (earlier, later)
    left, right = in_time(Asked("1", later, MONTHS), Beside(Way.SCHEMES, earlier))
    assert (left.request, right.request) == (later, earlier)


def test_periods_of_other_lengths_are_compared_by_the_month() -> None:
    assert change_of((100.0, 90.0), (12, 12)) == pytest.approx(-0.1)
    assert change_of((100.0, 100.0), (5, 4)) == pytest.approx(0.25)
    assert change_of((0.0, 5.0), (12, 12)) is None
    assert change_of((5.0, 5.0), (12, 0)) is None
