"""The sample place through the ordinary importers, and making it afresh."""

import pytest

from chb.domain.periods import Period
from chb.services.harm.areas import list_areas
from chb.services.harm.context import basemap
from chb.services.harm.dossiers import cell_dossier
from chb.services.harm.profiling import ProfileRequest, build_profile
from chb.services.loading import demo
from chb.services.loading.catalogue import data_version, status
from chb.services.loading.demo import create_sample_place, needs_sample
from chb.services.places.register import list_places, start_place

YEAR = ProfileRequest("Marram", Period.parse("2025-01", "2025-12"))


@pytest.fixture(scope="module")
def profile(sample_ws):
    return build_profile(sample_ws, YEAR)


def test_everything_is_loaded(sample_ws):
    found = status(sample_ws)
    assert found.incidents[0].rows == 24_000
    assert not found.incidents[0].missing
    assert {frame.kind for frame in found.frames} == {
        "boundaries",
        "context",
        "deprivation",
        "population",
    }
    assert (found.n_places, found.has_sample) == (3, True)
    assert found.n_assets >= 60 and found.n_ocg_locations >= 18


def test_three_places_are_at_different_points(sample_ws):
    places = list_places(sample_ws)
    assert len({place.headline(sample_ws.today()) for place in places}) == 3
    assert all(len(place.boundary.cells) > 5 for place in places)


def test_what_is_done_is_no_secret_and_one_thing_ahead_is(sample_ws):
    today = sample_ws.today()
    with sample_ws.reading() as tx:
        dated = [each for each in tx.planner.interventions.all() if each.trigger_on is not None]
    ahead = [each for each in dated if each.trigger_on > today]
    assert [each.status.is_open for each in ahead] == [True]
    assert ahead[0].starts_on >= ahead[0].trigger_on


def test_every_column_has_something_to_show(profile):
    frame = profile.frame
    for column in ("count", "harm_days", "density", "imd_score", "population", "ocg_influence"):
        assert frame[column].max() > 0, column
    assert frame["assets"].sum() >= 60
    assert frame["population"].sum() == pytest.approx(96_156)


def test_a_dossier_adds_up(sample_ws, profile):
    at = profile.frame["density"].idxmax()
    worst = profile.frame.loc[at]
    dossier = cell_dossier(sample_ws, int(profile.frame.at[at, "cell"]), profile)
    assert dossier.density_rank == 1
    assert dossier.count == worst["count"] == dossier.by_category["count"].sum()
    assert dossier.by_month["count"].sum() == dossier.count
    assert dossier.by_category["harm_days"].sum() == pytest.approx(worst["harm_days"])
    assert dossier.by_month["harm_days"].sum() == pytest.approx(worst["harm_days"])
    assert dossier.place_name
    distances = [near.distance_m for near in dossier.assets_nearby]
    assert distances == sorted(distances) and max(distances) <= 800


def test_a_basemap_can_be_drawn_without_tiles(sample_ws):
    layers = basemap(sample_ws, "Marram")
    assert {"boundary", "lsoa", "roads", "water", "green", "place_names"} <= set(layers)


def test_areas_are_offered_by_kind(sample_ws):
    kinds = [area.kind for area in list_areas(sample_ws)]
    assert kinds.count("csp") == kinds.count("district") == 1
    assert kinds.count("ward") == 10


def test_making_it_afresh_doubles_nothing_and_keeps_what_a_person_made(ws, profile):
    create_sample_place(ws)
    version, before = data_version(ws), status(ws)
    start_place(
        ws,
        name="Own place",
        cells=[int(profile.frame["cell"].iloc[0])],
        area_name="Marram",
        reason="Mine",
        by="LRO",
    )
    create_sample_place(ws)
    after = status(ws)
    assert after.n_places == before.n_places + 1
    assert after.frames == before.frames and after.n_assets == before.n_assets
    assert after.incidents == before.incidents
    assert data_version(ws) != ""
    assert version != ""


def test_a_sample_place_cut_short_is_made_again(ws, monkeypatch):
    assert needs_sample(ws)

    def cut_short(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(demo, "import_population", cut_short)
        with pytest.raises(KeyboardInterrupt):
            create_sample_place(ws)
    assert needs_sample(ws)
    create_sample_place(ws)
    assert not needs_sample(ws)
