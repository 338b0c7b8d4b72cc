"""Commands as an analyst types them: exit codes, reports, refusals, JSON."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from chb.cli.main import run

PROJECT = Path(__file__).resolve().parents[2]
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A store of its own for the command."""
    monkeypatch.setenv("CHB_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def sample_home(sample_ws, monkeypatch):
    """The sample place, to be read only."""
    monkeypatch.setenv("CHB_HOME", str(sample_ws.home))


def street(month="2025-01", longitude="-1.47", latitude="53.38", kind="Burglary", force="Force A"):
    return f",{month},{force},{force},{longitude},{latitude},On or near A Street,E01,A 1,{kind},,"


def write_csv(path, *rows):
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    return str(path)


def test_an_empty_store_says_what_to_do_next(home, capsys):
    assert run(["status"]) == 0
    assert "python -m chb demo" in capsys.readouterr().err


def test_the_account_adds_up_and_the_second_time_changes_nothing(home, tmp_path, capsys):
    path = write_csv(
        tmp_path / "2025-01-a-street.csv",
        street(),
        street(),
        street(longitude="", latitude=""),
        street(longitude="2.35", latitude="48.85"),
        street(kind="Burglery"),
        street(month="2025-13"),
    )
    assert run(["import", "incidents", path, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["rows_read"], report["kept"], report["without_location"]) == (6, 2, 1)
    assert (report["outside_area"], report["refused_rows"], report["changed"]) == (1, 2, True)
    assert "Burglary" in str(report["refused"])
    assert run(["import", "incidents", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changed"] is False
    assert run(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["incidents"][0]["rows"] == 4


def test_other_content_for_a_loaded_month_is_refused_until_it_is_asked_for(home, tmp_path, capsys):
    assert run(["import", "incidents", write_csv(tmp_path / "a.csv", street(), street())]) == 0
    newer = write_csv(tmp_path / "b.csv", street())
    assert run(["import", "incidents", newer]) == 1
    assert "--replace" in capsys.readouterr().err
    assert run(["import", "incidents", newer, "--replace"]) == 0
    capsys.readouterr()
    run(["status", "--json"])
    assert json.loads(capsys.readouterr().out)["incidents"][0]["rows"] == 1


def test_a_missing_month_is_named(home, tmp_path, capsys):
    path = write_csv(tmp_path / "a.csv", street(month="2025-01"), street(month="2025-03"))
    assert run(["import", "incidents", path]) == 0
    assert "Months missing: 2025-02" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty"),
        ("page.csv", b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
        ("wrong.csv", b"Crime ID,Mnth,Longitude\n1,2025-01,-1.4\n", "Mnth"),
        ("book.csv", b"PK\x03\x04[Content_Types].xml", ""),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    home, tmp_path, capsys, name, content, says
):
    path = tmp_path / name
    path.write_bytes(content)
    assert run(["import", "incidents", str(path)]) == 1
    printed = capsys.readouterr().err
    assert "Refused:" in printed and says in printed and "Traceback" not in printed
    run(["status", "--json"])
    assert json.loads(capsys.readouterr().out)["incidents"] == []


def test_a_path_that_is_not_there_is_a_sentence(home, capsys):
    assert run(["import", "incidents", "/nowhere/at/all.zip"]) == 1
    assert "/nowhere/at/all.zip" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["profile"],
        ["import", "boundaries", "x.geojson", "--kind", "county"],
        ["import", "incidents"],
        ["profile", "--area", "x", "--from", "2025-01", "--to", "2025-02", "--resolution", "nine"],
    ],
)
def test_wrong_usage_is_exit_code_two(home, arguments):
    assert run(arguments) == 2


PROFILE = ["profile", "--area", "Marram", "--from", "2025-01", "--to", "2025-12"]


def test_a_profile_is_written_and_reported(sample_home, tmp_path, capsys):
    out = tmp_path / "marram.csv"
    assert run([*PROFILE, "--out", str(out), "--json"]) == 0
    printed = capsys.readouterr()
    report = json.loads(printed.out)
    frame = pd.read_csv(out)
    assert report["incidents_in_cells"] == frame["count"].sum() > 10_000
    assert report["provenance"]["bandwidth_m"] == 400
    assert "Written" in printed.err


def test_a_drawn_area_may_be_named_by_its_file(sample_home, tmp_path, capsys):
    drawn = {
        "type": "Polygon",
        "coordinates": [
            [[-3.71, 53.745], [-3.69, 53.745], [-3.69, 53.755], [-3.71, 53.755], [-3.71, 53.745]]
        ],
    }
    path = tmp_path / "estate.geojson"
    path.write_text(json.dumps(drawn))
    assert run([*PROFILE[:2], str(path), *PROFILE[3:], "--json"]) == 0
    assert 15 < json.loads(capsys.readouterr().out)["cells"] < 60


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (["--resolution", "15"], "would take about"),
        (["--bandwidth", "100"], "below the distance between cell centres"),
        (["--scheme", "cchi"], "Perhaps cchi-2026"),
        (["--area", "Maram"], "nearest names are Marram"),
        (["--from", "2026-01", "--to", "2026-02"], "Loaded months run from 2024-01 to 2025-12"),
        (["--from", "2025-12", "--to", "2025-01"], "ends before it starts"),
        (["--from", "June"], "year-month"),
        (["--out", "marram.pdf"], ".gpkg"),
        (["--deprivation", "IMD 1066"], "No deprivation edition"),
        (["--kernel", "triangle"], "kernel"),
    ],
)
def test_what_has_no_honest_answer_is_refused_with_the_reason(sample_home, capsys, changes, says):
    arguments = list(PROFILE)
    assert run([*arguments, *changes]) == 1
    assert says in capsys.readouterr().err


def test_a_refusal_is_json_too(sample_home, capsys):
    assert run([*PROFILE, "--scheme", "cchi", "--json"]) == 1
    refused = json.loads(capsys.readouterr().out)["refused"]
    assert refused["wrong"] and refused["found"] and refused["remedy"]


@pytest.mark.parametrize("kind", ["ocg-locations", "assets", "people"])
def test_a_template_is_commented_empty_and_says_what_it_is_when_imported(
    home, tmp_path, capsys, kind
):
    path = tmp_path / f"{kind}.csv"
    assert run(["template", kind, "--out", str(path)]) == 0
    assert path.read_text().startswith("#")
    assert run(["import", kind, str(path)]) == 1
    assert "no rows" in capsys.readouterr().err


def test_a_template_of_nothing_is_refused(home, capsys):
    assert run(["template", "crimes"]) == 1
    assert "ocg-locations" in capsys.readouterr().err


def chb(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "chb", *arguments],
        cwd=PROJECT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_runs_as_a_module_and_its_help_teaches():
    finished = chb("--help")
    assert finished.returncode == 0
    for word in ("import", "profile", "template", "demo", "serve", "status", "CHB_HOME"):
        assert word in finished.stdout
    assert "Example" in chb("import", "incidents", "--help").stdout


def test_a_port_in_use_is_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        finished = chb("serve", "--port", port, CHB_HOME=str(tmp_path))
    assert finished.returncode == 1
    assert finished.stderr.startswith("Refused: Port") and "Traceback" not in finished.stderr


def test_a_home_that_cannot_be_used_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    finished = chb("status", CHB_HOME=str(tmp_path / "file"))
    assert finished.returncode == 1
    assert finished.stderr.startswith("Refused:") and "Traceback" not in finished.stderr


def test_several_lists_are_one_json_document_even_when_one_is_refused(home, tmp_path, capsys):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("name,kind,longitude,latitude\nMoor Lane,library,-1.47,53.38\n")
    bad.write_text("<html>sign in</html>")
    assert run(["import", "assets", str(good), str(bad), "--json"]) == 1
    said = capsys.readouterr()
    first, second = json.loads(said.out)
    assert first["kept"] == 1
    assert "is a web page" in second["refused"]["wrong"]
    assert "Refused: bad.csv is a web page" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["hotspots", "--seed", "-1"],
        ["hotspots", "--permutations", "100000000"],
        ["hotspots", "--desert-events", "-1"],
        ["validate", "--resamples", "100000000"],
        ["association", "--resamples", "-1"],
    ],
)
def test_a_number_that_cannot_be_meant_is_wrong_usage(sample_home, arguments):
    command, *options = arguments
    period = ["--area", "Marram", "--from", "2025-01", "--to", "2025-12"]
    assert run([command, *period, *options]) == 2


@pytest.mark.parametrize("bandwidth", ["inf", "1e9"])
def test_a_bandwidth_wider_than_any_hotspot_is_refused(sample_home, capsys, bandwidth):
    period = ["--area", "Marram", "--from", "2025-01", "--to", "2025-12"]
    assert run(["profile", *period, "--bandwidth", bandwidth]) == 1
    assert "too wide to show a hotspot" in capsys.readouterr().err
