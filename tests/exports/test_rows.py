"""Rows of any kind as files: without shapes, without rows, with dangerous text."""

from dataclasses import replace

import pandas as pd
import pytest

from chb.domain.periods import Period
from chb.exports.rows import WRITERS, Rows, write_rows
from chb.services.harm.exporting import RowKind, analysis_rows
from chb.services.harm.hotspots import HotspotRequest, find_hotspots
from chb.services.harm.profiling import ProfileRequest, build_profile
from tests.exports.test_profile import opened
from tests.services.made_places import made_place, scattered


@pytest.fixture(scope="module")
def provenance(sample_ws):
    year = ProfileRequest("Marram", Period.parse("2025-01", "2025-12"))
    return build_profile(sample_ws, year).provenance


def test_no_text_of_a_csv_is_taken_for_a_formula(provenance, tmp_path):
    frame = pd.DataFrame({"name": ["=1+1", "@sum", "-2", "Quay"], "z": [-1.5, 0.0, 1.0, 2.0]})
    risky = replace(provenance, area="+danger")
    out = write_rows(Rows("names", frame, None, risky), tmp_path / "names.csv")
    written = pd.read_csv(out)
    assert written["name"].tolist() == ["'=1+1", "'@sum", "'-2", "Quay"]
    assert written["z"].tolist() == [-1.5, 0.0, 1.0, 2.0]
    assert set(written["area"]) == {"'+danger"}
    assert frame["name"].iloc[0] == "=1+1"


def test_a_column_is_not_overwritten_by_what_it_was_made_with(provenance, tmp_path):
    frame = pd.DataFrame({"scheme": ["count"], "resolution": [10]})
    out = write_rows(Rows("runs", frame, None, provenance), tmp_path / "runs.csv")
    written = pd.read_csv(out).iloc[0]
    assert written["scheme"] == "count" and written["resolution"] == 10
    assert written["made_with_scheme"] == provenance.scheme
    assert written["made_with_resolution"] == 9


@pytest.mark.parametrize("ending", [ending for ending in WRITERS if ending != ".csv"])
def test_no_hotspot_is_a_file_without_rows(tmp_path, ending):
    ws, profile = made_place(tmp_path, scattered("2024-01", 49), first="2024-01", last="2024-01")
    found = find_hotspots(ws, HotspotRequest(profile))
    out = write_rows(
        analysis_rows(found, rows=RowKind.TABLE, layer="hotspots"), tmp_path / f"a{ending}"
    )
    frame, provenance = opened(out)
    assert len(frame) == 0
    assert "No cell is hot" in str(provenance["caveats"])
