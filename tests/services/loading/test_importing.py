"""All of an import or none of it, whatever goes wrong on the way."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from chb.domain.refusal import Refusal
from chb.services.harm.areas import find_area
from chb.services.loading.catalogue import status
from chb.services.loading.importing import (
    import_assets,
    import_boundaries,
    import_deprivation,
    import_lookup,
)
from chb.services.loading.incident_import import import_incidents
from chb.services.workspace import open_workspace

PROJECT = Path(__file__).resolve().parents[3]


def nothing_is_loaded(ws) -> bool:
    frames = ws.home / "frames"
    return status(ws).is_empty and not (frames.exists() and list(frames.iterdir()))


def test_a_disk_that_fills_half_way_leaves_nothing(ws, shared_data, monkeypatch):
    write, written = pd.DataFrame.to_parquet, []

    def until_full(frame, path, **options):
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        written.append(path)
        return write(frame, path, **options)

    monkeypatch.setattr(pd.DataFrame, "to_parquet", until_full)
    with pytest.raises(Refusal, match="The disk is full"):
        import_incidents(ws, shared_data / "sheffield/police-uk-south-yorkshire.zip")
    assert len(written) == 3
    assert nothing_is_loaded(ws)


@pytest.mark.parametrize("delay_s", [0.05, 0.2, 0.35])
def test_a_process_killed_in_the_middle_leaves_a_store_that_works(tmp_path, shared_data, delay_s):
    home = tmp_path / "home"
    open_workspace(home).store.close()
    archive = shared_data / "lancashire/police-uk-lancashire.zip"
    code = f"""
import sys
from chb.services.workspace import open_workspace
from chb.services.loading.incident_import import import_incidents
ws = open_workspace()
print("ready", flush=True)
import_incidents(ws, {str(archive)!r}, progress=lambda done, total, what: print(what, flush=True))
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        env=os.environ | {"CHB_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "2022-10" in line:  # the last file is being read; writing comes next
            break
    time.sleep(delay_s)
    process.send_signal(signal.SIGKILL)
    process.wait()
    ws = open_workspace(home)
    found = status(ws)
    assert found.is_empty or found.incidents[0].rows == 217_319
    again = import_incidents(ws, archive)
    assert again.changed == found.is_empty
    assert status(ws).incidents[0].rows == 217_319
    ws.store.close()


def test_a_refused_boundary_file_leaves_nothing(ws, tmp_path):
    path = tmp_path / "layer.geojson"
    path.write_text(
        "<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/passwd</SrcDataSource>"
        "</OGRVRTLayer></OGRVRTDataSource>"
    )
    with pytest.raises(Refusal) as refused:
        import_boundaries(ws, path, layer="lsoa")
    assert "root:" not in str(refused.value)
    assert nothing_is_loaded(ws)


def test_the_same_layer_twice_changes_nothing(ws, shared_data):
    path = shared_data / "sheffield/boundaries/CSP_2024_DERIVED_south-yorkshire.geojson"
    assert import_boundaries(ws, path, layer="csp").changed
    again = import_boundaries(ws, path, layer="csp")
    assert not again.changed and "4 March 2026" in again.message.replace("04", "4")


def test_an_edition_may_come_before_its_boundaries(ws, shared_data):
    edition = next((shared_data / "common/deprivation").glob("IoD2025*.csv"))
    assert import_deprivation(ws, edition).report.kept == 33_755


def test_a_file_and_its_folder_and_its_archive_are_the_same_months(ws, tmp_path):
    header = (
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,"
        "LSOA name,Crime type,Last outcome category,Context\n"
    )
    month = tmp_path / "all" / "2025-01"
    month.mkdir(parents=True)
    street = month / "2025-01-a-street.csv"
    street.write_text(header + ",2025-01,A,A,-1.47,53.38,On or near,E01,A,Burglary,,\n")
    assert import_incidents(ws, street).changed
    assert not import_incidents(ws, tmp_path / "all").changed


def test_lookups_name_areas_that_no_boundary_does(sheffield_ws, ws, shared_data):
    boundaries = shared_data / "sheffield/boundaries"
    import_boundaries(ws, boundaries / "LSOA_2021_EW_BSC_V4_south-yorkshire.geojson", layer="lsoa")
    for path in (shared_data / "common/lookups").glob("lookup_l*ward24*.csv"):
        import_lookup(ws, path)
    for path in (shared_data / "common/lookups").glob("*csp24*.csv"):
        import_lookup(ws, path)
    composed, shape = find_area(ws, "csp:Sheffield")
    _, drawn = find_area(sheffield_ws, "csp:Sheffield")
    assert composed.kind == "csp"
    # Both layers are generalised, each in its own way.
    assert shape.symmetric_difference(drawn).area / drawn.area < 0.05


def write_edition(path, *, score):
    header = "LSOA code (2021),IMD score,IMD rank,IMD decile"
    path.write_text(f"{header}\nE01000001,{score},2,1\n")
    return path


def test_an_edition_that_another_replaced_can_be_put_back(ws, tmp_path):
    first = write_edition(tmp_path / "first.csv", score=20)
    second = write_edition(tmp_path / "second.csv", score=30)
    assert import_deprivation(ws, first).changed
    assert import_deprivation(ws, second).changed
    assert import_deprivation(ws, first).changed
    assert not import_deprivation(ws, first).changed
    with ws.reading() as tx:
        (entry,) = tx.frames.entries("deprivation")
        assert tx.frames.read(entry)["imd_score"].tolist() == [20.0]


def test_a_kind_said_wrongly_can_be_said_again(ws, tmp_path):
    path = tmp_path / "clubs.csv"
    path.write_text("name,longitude,latitude\nMoor Lane,-1.47,53.38\n")
    assert import_assets(ws, path, kind="library").changed
    assert import_assets(ws, path, kind="sports_club").changed
    assert not import_assets(ws, path, kind="sports_club").changed
    with ws.reading() as tx:
        assert [asset.kind for asset in tx.assets.all()] == ["sports_club"]
