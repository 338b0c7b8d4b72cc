"""Nothing that is shared depends on a count that is withheld, whatever is asked."""

import itertools
import json
from dataclasses import replace

import numpy as np
import pytest
import shapely

from chb.domain.access.roles import View
from chb.domain.access.scope import NotForYou
from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.harm.incidents import load_incidents
from chb.services.views.categories import shared_categories
from chb.services.views.harm import community_harm, partner_harm
from chb.services.views.hotspots import partner_hotspots
from chb.services.views.release import GRANULE_RESOLUTION, release, whole_quarters
from geo.cells import cell_of, polygons
from geo.recovery import Release, recoverable
from tests.services.views.shared_places import (
    CELLS,
    MANY,
    WARD,
    YEAR,
    as_partner,
    as_view,
    asked,
    in_cell,
    shared_ws,
    town_incidents,
)

PERIODS = [
    Period.parse(f"2025-{first * 3 + 1:02d}", f"2025-{last * 3 + 3:02d}")
    for first in range(4)
    for last in range(first, 4)
]
FILTERS = [
    asked(area, period, scheme=scheme, resolution=resolution)
    for area, period, scheme, resolution in itertools.product(
        ("csp:E22000001", "ward:E05000001"), PERIODS, ("count", "cchi-2026"), (8, 9)
    )
]
N_PAIRS = 200


@pytest.fixture(scope="module")
def towns(tmp_path_factory):
    """Two towns alike in every released granule, and different in the withheld ones."""
    folder = tmp_path_factory.mktemp("towns")
    return [
        as_partner(
            shared_ws(
                folder / f"town{seed}", town_incidents(7, withheld_seed=seed), population=MANY
            )
        )
        for seed in (1, 2)
    ]


def granules_of(ws, period):
    """The true count of every granule, by cell and quarter: an independent plain count."""
    with ws.reading() as tx:
        rows = load_incidents(tx, period, columns=("longitude", "latitude"))
    cells = cell_of(rows["longitude"].to_numpy(), rows["latitude"].to_numpy(), GRANULE_RESOLUTION)
    quarters = rows["month_ordinal"].to_numpy() // 3
    return rows.groupby([cells, quarters]).size().to_dict()


def test_the_two_towns_do_differ(towns):
    one, other = (granules_of(ws, YEAR) for ws in towns)
    differing = {key for key in one | other if one.get(key, 0) != other.get(key, 0)}
    assert len(differing) > 50
    assert all(max(one.get(key, 0), other.get(key, 0)) < 5 for key in differing)


@pytest.mark.parametrize("request_", FILTERS[::5], ids=str)
def test_no_output_tells_the_two_towns_apart(towns, request_):
    one, other = towns
    assert partner_harm(one, request_) == partner_harm(other, request_)
    assert partner_hotspots(one, request_) == partner_hotspots(other, request_)
    assert community_harm(one, request_) == community_harm(other, request_)


def test_no_table_of_categories_tells_the_two_towns_apart(towns):
    one, other = (shared_categories(ws, "csp:E22000001", 2025) for ws in towns)
    assert one == other
    assert one.total is None or one.total > 100


def test_differencing_two_hundred_pairs_of_filters_recovers_no_withheld_count(towns):
    """Every pair of published totals, subtracted, against the true granules.

    The control is the same attack on totals of all incidents, which does recover some.
    """
    ws = towns[0]
    truth = granules_of(ws, YEAR)
    keys = sorted(truth)
    counts = np.array([truth[key] for key in keys])
    withheld = (counts > 0) & (counts < 5)
    chosen = [each for each in FILTERS if each.scheme == "count" and each.resolution == 9]
    members = {each: members_of(ws, each, keys) for each in chosen}
    for each in chosen:
        published = release(ws, each, finest=9).granules["count"].sum()
        assert published == counts[members[each] & ~withheld].sum()
    pairs = random_pairs(chosen)
    ours = sum(attack(counts, withheld, members, pair, naive=False) for pair in pairs)
    naive = sum(attack(counts, withheld, members, pair, naive=True) for pair in pairs)
    assert len(pairs) == N_PAIRS
    assert ours == 0
    assert naive > 0


def members_of(ws, request_, keys):
    """Which granules a filter is about."""
    made = release(ws, request_, finest=9)
    cells = set(made.fine.tolist())
    first, last = request_.period.first.ordinal // 3, request_.period.last.ordinal // 3
    return np.array([cell in cells and first <= quarter <= last for cell, quarter in keys])


def random_pairs(chosen):
    rng = np.random.default_rng(20_260_304)
    return [
        tuple(chosen[at] for at in rng.choice(len(chosen), 2, replace=False))
        for _ in range(N_PAIRS)
    ]


def attack(counts, withheld, members, pair, *, naive):
    """How many withheld granules the two totals give away to one who knows all the others."""
    in_both = [members[each] if naive else members[each] & ~withheld for each in pair]
    apart = in_both[0] ^ in_both[1]
    hidden = np.flatnonzero(withheld & (members[pair[0]] ^ members[pair[1]]))[:1]
    if not hidden.size:
        return 0
    known = np.flatnonzero(apart & (np.arange(len(counts)) != hidden[0]))
    atoms = np.concatenate([hidden, known])
    single = np.eye(len(atoms), dtype=bool)
    total = np.array([in_both[0][atoms] ^ in_both[1][atoms]])
    both = Release.of(
        counts[atoms], np.vstack([single, total]), [True, *[False] * len(known), False]
    )
    return recoverable(both).size


def test_a_cell_of_four_is_not_shown_and_one_of_five_is(tmp_path):
    few, enough = CELLS[5], CELLS[20]
    incidents = [
        *(row for month in range(1, 13) for row in in_cell(CELLS[0], f"2025-{month:02d}", 5)),
        *in_cell(few, "2025-02", 4),
        *in_cell(enough, "2025-02", 5),
    ]
    ws = as_partner(shared_ws(tmp_path, incidents, population=MANY))
    harm = partner_harm(ws, asked())
    shown = {each.cell for each in harm.cells}
    assert enough in shown and few not in shown
    assert harm.total.startswith("At least 65 incidents")


def test_four_in_a_quarter_and_one_in_the_next_are_not_five(tmp_path):
    incidents = [
        *(row for month in range(1, 13) for row in in_cell(CELLS[0], f"2025-{month:02d}", 5)),
        *in_cell(CELLS[5], "2025-03", 4),
        *in_cell(CELLS[5], "2025-04", 1),
    ]
    ws = as_partner(shared_ws(tmp_path, incidents, population=MANY))
    assert CELLS[5] not in {each.cell for each in partner_harm(ws, asked()).cells}


@pytest.mark.parametrize(("residents", "is_shown"), [(50, False), (MANY, True)])
def test_cells_of_few_addresses_are_not_shown(tmp_path, residents, is_shown):
    incidents = town_incidents(7, withheld_seed=1)
    ws = as_partner(shared_ws(tmp_path, incidents, population=residents))
    harm = partner_harm(ws, asked())
    assert bool(harm.cells) is is_shown
    assert "1 to 7 addresses" in harm.suppression


def test_where_nobody_is_counted_cells_are_one_coarser_and_it_says_so(tmp_path):
    """Whether a cell has few addresses cannot be told, so it is shown with its neighbours."""
    ws = as_partner(shared_ws(tmp_path, town_incidents(7, withheld_seed=1)))
    partners, community = partner_harm(ws, asked()), community_harm(ws, asked())
    assert (partners.resolution, community.resolution) == (8, 7)
    assert partner_hotspots(ws, asked()).harm.resolution == 8
    assert partners.cells, "a map of bands is still of use"
    assert "Few addresses cannot be told" in partners.suppression
    assert "no finer than resolution 8" in partners.suppression


def test_cells_of_which_nobody_was_counted_are_not_shown_beside_others(tmp_path):
    """The census covers one side of the town: of the other, nothing finer slips through."""
    incidents = town_incidents(7, withheld_seed=1)
    ws = as_partner(shared_ws(tmp_path, incidents, population=MANY, counted=WARD))
    harm = partner_harm(ws, asked())
    ward = shapely.from_geojson(json.dumps(WARD))
    outside = np.array(CELLS)[~shapely.intersects(polygons(np.array(CELLS, np.uint64)), ward)]
    assert harm.resolution == 9 and harm.cells and len(outside) > 5
    assert {each.cell for each in harm.cells}.isdisjoint(outside.tolist())


def test_finer_cells_and_odd_months_are_not_shared_and_it_says_so(towns):
    fine = partner_harm(towns[0], asked(resolution=11))
    assert fine.resolution == 9 and any("resolution 9" in each for each in fine.caveats)
    odd = partner_harm(towns[0], asked(period=Period.parse("2025-02", "2025-11")))
    assert odd.period == "2025-04 to 2025-09"
    assert any("whole calendar quarters" in each for each in odd.caveats)
    assert community_harm(towns[0], asked()).resolution == 8


def test_a_period_without_a_whole_quarter_is_refused(towns):
    with pytest.raises(Refusal, match="whole calendar quarters"):
        partner_harm(towns[0], asked(period=Period.parse("2025-02", "2025-04")))
    assert whole_quarters(YEAR) == YEAR


def test_a_quarter_with_a_month_missing_is_left_out(tmp_path):
    months = [1, 2, 3, 4, 6]
    rows = [row for month in months for row in in_cell(CELLS[0], f"2025-{month:02d}", 9)]
    ws = as_partner(shared_ws(tmp_path, rows, population=MANY))
    harm = partner_harm(ws, asked(period=Period.parse("2025-01", "2025-06")))
    assert harm.total.startswith("At least 27 incidents")
    assert any("1 of 2 quarters are left out" in each for each in harm.caveats)


def test_a_drawn_area_is_not_shared(towns, tmp_path):
    path = tmp_path / "drawn.geojson"
    path.write_text("{}")
    with pytest.raises(Refusal, match="Drawn areas are not shared"):
        partner_harm(towns[0], asked(area=str(path)))


@pytest.mark.parametrize(
    ("view", "service"),
    [
        (View.COMMUNITY, partner_harm),
        (View.COMMUNITY, partner_hotspots),
        (View.NONE, community_harm),
    ],
)
def test_a_view_that_is_not_theirs_is_refused(towns, view, service):
    with pytest.raises(NotForYou):
        service(as_view(towns[0], view), asked())


def test_the_two_requests_of_a_pair_are_compared_by_what_they_ask(towns):
    """The same question in other words is the same answer."""
    by_name = partner_harm(towns[0], replace(asked(), area="csp of Marram"))
    assert by_name == partner_harm(towns[0], asked())
