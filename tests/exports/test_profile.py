"""Each format opens again with its rows and its provenance inside."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest

from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.exports.profile import PROVENANCE_KEY, WRITERS, write_profile
from chb.services.harm.profiling import ProfileRequest, build_profile

COLUMNS = {
    "cell",
    "count",
    "harm_days",
    "density",
    "area_km2",
    "imd_score",
    "population",
    "ocg_influence",
    "assets",
}


@pytest.fixture(scope="module")
def profile(sample_ws):
    return build_profile(sample_ws, ProfileRequest("Marram", Period.parse("2025-01", "2025-12")))


def opened(path):
    """The rows and the provenance, read by tools that know nothing of us."""
    match path.suffix:
        case ".gpkg":
            provenance = pyogrio.read_info(path)["layer_metadata"][PROVENANCE_KEY]
            return gpd.read_file(path), json.loads(provenance)
        case ".geojson":
            return gpd.read_file(path), json.loads(path.read_text())["provenance"]
        case ".parquet":
            metadata = pq.read_schema(path).metadata
            read = gpd.read_parquet if b"geo" in metadata else pd.read_parquet
            return read(path), json.loads(metadata[PROVENANCE_KEY.encode()])
        case ".csv":
            frame = pd.read_csv(path)
            return frame, frame.iloc[0].to_dict()
        case ".xlsx":
            sheets = pd.read_excel(path, sheet_name=None)
            named = pd.read_excel(path, sheet_name="Provenance", header=None, index_col=0)
            return next(iter(sheets.values())), named[1].to_dict()
    raise AssertionError(path)


@pytest.mark.parametrize("ending", WRITERS)
def test_it_opens_again_with_every_row_and_where_it_comes_from(profile, tmp_path, ending):
    path = write_profile(profile.frame, profile.provenance, tmp_path / f"marram{ending}")
    frame, provenance = opened(path)
    assert set(frame.columns) >= COLUMNS
    assert len(frame) == len(profile.frame)
    assert np.allclose(frame["density"], profile.frame["density"])
    assert frame["cell"].str.fullmatch(r"89[0-9a-f]{13}").all()
    assert np.allclose(frame["imd_score"], profile.frame["imd_score"], equal_nan=True)
    for key in ("scheme", "edition", "period", "bandwidth_m", "sources", "caveats"):
        assert provenance[key]
    assert "snapped" in str(provenance["caveats"])
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_shapes_are_the_cells_themselves(profile, tmp_path):
    path = write_profile(profile.frame, profile.provenance, tmp_path / "marram.gpkg")
    frame = gpd.read_file(path)
    area_km2 = frame.to_crs("EPSG:27700").area / 1e6
    assert np.allclose(area_km2, frame["area_km2"], rtol=0.01)


def test_an_unknown_ending_is_refused_and_nothing_is_written(profile, tmp_path):
    with pytest.raises(Refusal, match=r"\.kml"):
        write_profile(profile.frame, profile.provenance, tmp_path / "marram.kml")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_sentence(profile, tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(Refusal, match="could not be written"):
        write_profile(profile.frame, profile.provenance, tmp_path / "taken" / "marram.csv")


def test_an_older_file_stays_whole_when_writing_fails(profile, tmp_path, monkeypatch):
    path = tmp_path / "marram.csv"
    path.write_text("older")

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    with pytest.raises(Refusal, match="No space left"):
        write_profile(profile.frame, profile.provenance, path)
    assert path.read_text() == "older"
