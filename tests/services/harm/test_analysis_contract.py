"""What every analysis promises, whatever it finds."""

from dataclasses import replace

import numpy as np
import pytest

from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.exports.rows import WRITERS, write_rows
from chb.services.harm.association import AssociationRequest, find_associations
from chb.services.harm.columns import COLUMNS, meaning
from chb.services.harm.exporting import RowKind, analysis_rows
from chb.services.harm.forward_test import ForwardTestRequest, run_forward_test
from chb.services.harm.hotspots import HotspotRequest, find_hotspots
from chb.services.harm.priority import parse_weights
from chb.services.harm.profiling import ProfileRequest
from chb.services.harm.stability import StabilityRequest, map_stability
from chb.services.harm.trends import TrendRequest, find_trends
from chb.sources import reference
from tests.exports.test_profile import opened
from tests.services.made_places import SIZE, SOUTH, WEST, Incident, made_place, months, scattered

BOTH_YEARS = ProfileRequest("Marram", Period.parse("2024-01", "2025-12"))
ANALYSES = {
    "hotspots": (find_hotspots, HotspotRequest),
    "trend": (find_trends, TrendRequest),
    "validate": (run_forward_test, ForwardTestRequest),
    "stability": (map_stability, StabilityRequest),
    "association": (find_associations, AssociationRequest),
}

of_each = pytest.mark.parametrize("name", ANALYSES)


def run(ws, name, profile=BOTH_YEARS):
    analyse, request = ANALYSES[name]
    return analyse(ws, request(profile))


@pytest.fixture(scope="module")
def results(sample_ws):
    """Each analysis of the sample place, once."""
    return {name: run(sample_ws, name) for name in ANALYSES}


@of_each
def test_one_row_a_cell_and_every_column_described(results, name):
    found = results[name]
    assert found.cells["cell"].is_unique and len(found.cells) == 446
    for column in (*found.cells.columns, *found.table.columns):
        assert meaning(str(column))


def test_no_description_without_a_column(sample_ws, results):
    weights = parse_weights("harm=1,deprivation=1")
    earlier = Period.parse("2024-01", "2024-12")
    year = replace(BOTH_YEARS, period=Period.parse("2025-01", "2025-12"))
    followed = find_hotspots(sample_ws, HotspotRequest(year, against=earlier, weights=weights))
    frames = [frame for found in results.values() for frame in (found.cells, found.table)]
    frames += [followed.table, followed.earlier]
    assert not set(COLUMNS) - {str(column) for frame in frames for column in frame.columns}


@of_each
def test_it_says_what_was_chosen_and_what_to_beware_of(results, name):
    provenance = results[name].provenance
    assert provenance.area.startswith("Marram") and provenance.period == "2024-01 to 2025-12"
    assert len(provenance.choices) > 4
    assert any("snapped" in caveat for caveat in provenance.caveats)
    assert provenance.made_at == "2026-03-04T10:30:00+00:00"


@of_each
@pytest.mark.parametrize("rows", RowKind)
@pytest.mark.parametrize("ending", WRITERS)
def test_its_file_opens_again_with_provenance(results, tmp_path, name, rows, ending):
    found = results[name]
    path = write_rows(analysis_rows(found, rows=rows, layer=name), tmp_path / f"a{ending}")
    frame, provenance = opened(path)
    expected = found.cells if rows is RowKind.CELLS else found.table
    assert len(frame) == len(expected)
    assert set(map(str, expected.columns)) <= set(frame.columns)
    for column in expected.select_dtypes("float").columns:
        assert np.allclose(frame[column].astype(float), expected[column], equal_nan=True)
    assert "snapped" in str(provenance["caveats"]) and provenance["choices"]


@of_each
def test_the_same_question_has_the_same_answer(sample_ws, results, name):
    again = run(sample_ws, name)
    assert again.cells.equals(results[name].cells)
    assert again.table.equals(results[name].table)
    assert again.provenance == results[name].provenance


YEAR = months(1, 12)


def few():
    return [one for month in YEAR for one in scattered(month, 2)]


def on_one_point():
    return [Incident(month, WEST + SIZE / 2, SOUTH + SIZE / 2) for month in YEAR for _ in range(9)]


def plenty():
    return [one for month in YEAR for one in scattered(month, 20)]


@of_each
@pytest.mark.parametrize(
    ("incidents", "says"),
    [
        (few, "24 incidents lie in square.*at least 30"),
        (lambda: scattered("2024-05", 1), "1 incidents lie in square"),
        (on_one_point, "on one point.*108 incidents at longitude -1.47000, latitude 53.39000"),
    ],
    ids=["few", "one", "one point"],
)
def test_too_little_is_a_sentence_with_the_number(tmp_path, name, incidents, says):
    ws, profile = made_place(tmp_path, incidents(), first="2024-01", last="2024-12")
    with pytest.raises(Refusal, match=says):
        run(ws, name, profile)


@of_each
def test_weights_that_are_all_zero_are_a_sentence(tmp_path, monkeypatch, name):
    ws, profile = made_place(tmp_path, plenty(), first="2024-01", last="2024-12")
    scheme = reference.harm_schemes()["count"]
    weightless = {key: replace(weight, weight=0.0) for key, weight in scheme.weights.items()}
    nothing = {"count": replace(scheme, weights=weightless)}
    for module in ("schemes", "stability"):
        monkeypatch.setattr(f"chb.services.harm.{module}.harm_schemes", lambda: nothing)
    with pytest.raises(Refusal, match=r"weights are zero.*240 incidents weigh nothing"):
        run(ws, name, replace(profile, scheme="count"))


@of_each
@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"area": "Atlantis"}, "Atlantis"),
        ({"scheme": "guesswork"}, "guesswork"),
        ({"bandwidth_m": 100.0}, "centres lie"),
        ({"bandwidth_m": -400.0}, "below the distance"),
        ({"resolution": 14}, "14"),
        ({"kernel": "square"}, "no kernel called 'square'"),
        ({"period": Period.parse("1999-01", "1999-12")}, "No incidents are loaded for 1999"),
    ],
)
def test_a_nonsense_profile_is_a_sentence(sample_ws, name, changes, says):
    with pytest.raises(Refusal, match=says):
        run(sample_ws, name, replace(BOTH_YEARS, **changes))
