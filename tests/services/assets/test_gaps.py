"""Unmet need: a small town by hand, the sample and a real town, officers' and partners' maps."""

from dataclasses import fields, replace
from datetime import time

import numpy as np
import pytest

from chb.domain.access.roles import Role, View
from chb.domain.access.scope import NotForYou
from chb.domain.assets.sessions import Weekday
from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.access.rules import RULE
from chb.services.assets.gaps import gap_map, partner_gap_map
from chb.services.assets.needs import (
    BAND_WEIGHTS,
    GapRequest,
    band_needs,
    deprivation_factor,
    harm_needs,
)
from chb.services.assets.register import list_assets, save_asset
from chb.services.harm.profiling import build_profile
from chb.services.views.harm import partner_harm
from geo import frames
from geo.cells import centres
from tests.services.access.scopes import as_person
from tests.services.assets.timetable_makers import THURSDAY, made_asset, session
from tests.services.views.shared_places import (
    CELLS,
    as_partner,
    as_view,
    in_cell,
    shared_ws,
    town_incidents,
)

YEAR = Period.parse("2025-01", "2025-12")
TOWN = GapRequest("csp:E22000001", YEAR, scheme="count", youngest=10, oldest=16)
MARRAM = GapRequest("Marram", YEAR, youngest=10, oldest=16)
LONGITUDE, LATITUDE = centres(np.array(CELLS, dtype=np.uint64))
ONE = 0
OTHER = int(np.hypot((LONGITUDE - LONGITUDE[ONE]) * 0.6, LATITUDE - LATITUDE[ONE]).argmax())
"""The cell furthest from the first, over a kilometre away."""


def in_middle_of(cell, name, *sessions, **more):
    return made_asset(name, *sessions, at=(LONGITUDE[cell], LATITUDE[cell]), **more)


def with_assets(ws, *assets):
    for asset in assets:
        save_asset(ws, asset, by="Co-ordinator")
    return ws


@pytest.fixture
def town(tmp_path):
    """Ten incidents in one cell and four in another; half a session by the first."""
    incidents = in_cell(CELLS[ONE], "2025-03", 10) + in_cell(CELLS[OTHER], "2025-06", 4)
    return with_assets(
        shared_ws(tmp_path / "town", incidents),
        in_middle_of(ONE, "Half club", session(THURSDAY, 18, 20), capacity=15),
        in_middle_of(ONE, "Hall"),
        in_middle_of(OTHER, "Chapel", session(Weekday.SUNDAY, 10, 12), kind="place_of_worship"),
    )


@pytest.fixture(scope="module")
def sample(sample_ws):
    return gap_map(sample_ws, MARRAM)


def by_cell(found):
    return {each.cell: each for each in found.cells}


def test_the_gap_of_a_town_by_hand(town):
    found = gap_map(town, TOWN)
    one, other = (by_cell(found)[CELLS[at]] for at in (ONE, OTHER))
    assert (one.harm, one.need, one.provision, one.gap) == (10, 10, 0.5, 5)
    assert (other.harm, other.need, other.provision, other.gap) == (4, 4, 0, 4)
    assert (found.need, found.gap) == (14, 9)
    assert (found.n_assets, found.n_in_session) == (3, 1)
    assert [(cell.cell, cell.gap) for cell in found.worst] == [(one.cell, 5), (other.cell, 4)]
    assert [cell.n_within_reach for cell in found.worst] == [2, 1]


def test_the_best_extensions_of_a_town_by_hand(town):
    hall, chapel = gap_map(town, TOWN).extensions
    assert (hall.title, hall.closes, hall.n_cells) == ("Hall", 5, 1)
    assert (chapel.title, chapel.closes) == ("Chapel", 4)
    assert hall.share_of_gap + chapel.share_of_gap == pytest.approx(1)
    assert "30 places, as its capacity is not known" in hall.why


def test_at_another_hour_other_ages_or_of_another_kind_nothing_is_met(town):
    for changes in (
        {"at": time(20)},
        {"weekday": Weekday.FRIDAY},
        {"youngest": 60, "oldest": 80},
        {"kinds": ("place_of_worship",)},
        {"groups": ("sport",)},
    ):
        found = gap_map(town, replace(TOWN, **changes))
        assert found.gap == found.need == 14, changes
    # With no asset of the kinds at all there is nothing to extend.
    assert gap_map(town, replace(TOWN, groups=("sport",))).extensions == ()


def test_without_population_need_is_harm_and_it_is_said(town):
    found = gap_map(town, TOWN)
    assert all(each.residents is None for each in found.cells)
    assert any(said.startswith("No population is loaded") for said in found.caveats)
    assert found.extensions[0].residents is None


def test_need_is_harm_times_residents(tmp_path):
    incidents = in_cell(CELLS[ONE], "2025-03", 10)
    found = gap_map(shared_ws(tmp_path / "town", incidents, population=5_000), TOWN)
    assert sum(each.residents for each in found.cells) > 400
    assert all(each.need == pytest.approx(each.harm * each.residents) for each in found.cells)
    assert any("no bands for the ages 10 to 16" in said for said in found.caveats)


def test_harm_is_that_of_the_harm_profile(sample_ws, sample):
    profile = build_profile(sample_ws, MARRAM.profile).frame
    assert [each.cell for each in sample.cells] == profile[frames.CELL].tolist()
    assert np.allclose([each.harm for each in sample.cells], profile[frames.HARM_DAYS])


def test_gaps_of_the_sample_add_up_and_lie_within_need(sample):
    assert all(0 <= each.gap <= each.need for each in sample.cells)
    assert sum(each.gap for each in sample.cells) == pytest.approx(sample.gap)
    assert len(sample.worst) == 10 and len(sample.extensions) == 5
    assert [each.gap for each in sample.worst] == sorted(
        (each.gap for each in sample.cells), reverse=True
    )[:10]
    assert sum(each.closes for each in sample.extensions) <= sample.gap
    assert all(each.place for each in sample.worst)


def test_the_saltings_are_served_on_the_planted_evening_and_not_on_the_next(sample_ws):
    """Six o'clock on Tuesday and on Wednesday: the same need, and less of it met."""
    known, assets = harm_needs(sample_ws, MARRAM), list_assets(sample_ws)
    tuesday, wednesday = (
        gap_map(sample_ws, replace(MARRAM, weekday=day), known=known, assets=assets)
        for day in (Weekday.TUESDAY, Weekday.WEDNESDAY)
    )
    club = next(each for each in assets if each.name == "Saltings Youth Club")
    named = {each.place for each in wednesday.worst} - {each.place for each in tuesday.worst}
    assert any(name.startswith("The Saltings") for name in named)
    assert club.id not in {each.asset_id for each in tuesday.extensions}
    assert tuesday.need == wednesday.need


def test_the_first_extension_closes_what_it_says(sample_ws, sample):
    best = sample.extensions[0]
    asset = next(each for each in list_assets(sample_ws) if each.id == best.asset_id)
    longer = replace(asset, sessions=(*asset.sessions, session(THURSDAY, 17, 19)))
    others = tuple(each for each in list_assets(sample_ws) if each.id != asset.id)
    after = gap_map(sample_ws, MARRAM, assets=(*others, longer))
    assert sample.gap - after.gap == pytest.approx(best.closes)


def test_need_that_is_known_is_used_for_its_own_question_only(sample_ws, sample):
    known = harm_needs(sample_ws, MARRAM)
    assert gap_map(sample_ws, MARRAM, known=known) == sample
    everybody = replace(MARRAM, youngest=0, oldest=120)
    assert gap_map(sample_ws, everybody, known=known) == gap_map(sample_ws, everybody)


def test_deprivation_is_weighed_in_only_when_it_is_asked_for(sample_ws, sample):
    weighed = gap_map(sample_ws, replace(MARRAM, with_deprivation=True))
    shares = [
        more.need / plain.need
        for more, plain in zip(weighed.cells, sample.cells, strict=True)
        if plain.need
    ]
    assert 0.5 <= min(shares) < 0.6 and 1.4 < max(shares) <= 1.5
    assert "as was asked" in weighed.choices[0] and "deprived" not in sample.choices[0]


def test_the_factor_of_deprivation_goes_by_order_alone():
    factor = deprivation_factor(np.array([1.0, 50.0, np.nan, 9.0]))
    assert factor == pytest.approx([0.5 + 1 / 6, 0.5 + 5 / 6, 1, 0.5 + 3 / 6])


def test_partners_need_comes_from_their_bands_alone(sample_ws):
    partner = as_partner(sample_ws)
    found, shared = partner_gap_map(partner, MARRAM), partner_harm(partner, MARRAM.profile)
    assert {each.cell: each.band for each in found.cells} == {
        each.cell: each.band for each in shared.cells
    }
    assert all(
        each.need == pytest.approx(BAND_WEIGHTS[each.band - 1] * each.residents)
        for each in found.cells
    )
    assert BAND_WEIGHTS == (0.1, 0.3, 0.5, 0.7, 0.9)
    assert set(shared.caveats) < set(found.caveats)


def test_what_partners_are_given_has_no_place_for_a_figure_of_harm(sample_ws):
    found = partner_gap_map(as_partner(sample_ws), MARRAM)
    known = band_needs(as_partner(sample_ws), MARRAM)
    for each in (found, known, found.cells[0], found.worst[0], found.extensions[0]):
        assert not [field.name for field in fields(each) if "harm" in field.name]
    assert not hasattr(found.cells[0], "harm")


def test_partners_are_given_the_same_whatever_the_withheld_counts_are(tmp_path):
    found = []
    for seed in (1, 2):
        town = shared_ws(
            tmp_path / str(seed), town_incidents(7, withheld_seed=seed), population=50_000
        )
        found.append(partner_gap_map(as_partner(town), TOWN, assets=()))
    assert found[0] == found[1] and len(found[0].cells) > 3


def test_who_is_shown_which_map(sample_ws):
    co_ordinator = as_person(sample_ws, "c@example.org", Role.CO_ORDINATOR)
    for service in (gap_map, harm_needs):
        with pytest.raises(NotForYou):
            service(co_ordinator, MARRAM)
    assert partner_gap_map(co_ordinator, MARRAM).cells
    resident = as_view(sample_ws, View.COMMUNITY, Role.PARTNER)
    with pytest.raises(NotForYou):
        partner_gap_map(resident, MARRAM)
    with pytest.raises(NotForYou):
        partner_gap_map(resident, MARRAM, known=band_needs(co_ordinator, MARRAM))
    assert getattr(gap_map, RULE) != getattr(partner_gap_map, RULE)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"walking_m": 0}, "walking distance"),
        ({"steps": 0}, "number of extensions"),
        ({"steps": 5_000}, "number of extensions"),
        ({"youngest": 16, "oldest": 10}, "from the youngest to the oldest"),
        ({"kinds": ("castle",)}, "no kind of asset"),
        ({"area": "Atlantis"}, "No area is called"),
        ({"resolution": 15}, "Resolution 15"),
        ({"period": Period.parse("1999-01", "1999-12")}, "No incidents are loaded"),
        ({"scheme": "wishes"}, "scheme"),
    ],
)
def test_a_map_that_cannot_be_made_is_a_sentence(sample_ws, changes, says):
    with pytest.raises(Refusal, match=says):
        gap_map(sample_ws, replace(MARRAM, **changes))


def test_an_area_of_which_nothing_is_shared_is_a_sentence(tmp_path):
    town = shared_ws(
        tmp_path / "town",
        [*in_cell(CELLS[ONE], "2025-01"), *in_cell(CELLS[ONE], "2025-02"), *_other_months()],
    )
    with pytest.raises(Refusal, match="No cell of this area is shared"):
        partner_gap_map(as_partner(town), TOWN)


def _other_months():
    return [
        each
        for month in range(3, 13)
        for each in in_cell(CELLS[(month * 5) % len(CELLS)], f"2025-{month:02d}")
    ]


def test_a_real_town(sheffield_ws):
    request = GapRequest("Sheffield", YEAR, youngest=10, oldest=16)
    club = made_asset("Club", session(THURSDAY, 18, 20), at=(-1.4659, 53.3829))
    found = gap_map(sheffield_ws, request, assets=(club,))
    met = [each for each in found.cells if each.provision]
    # 615 m around a point is 1.19 square kilometres, and a cell is about a tenth of one.
    assert 9 <= len(met) <= 16
    assert 0 < found.share_met < 0.2
    assert found.worst[0].place and found.gap < found.need
