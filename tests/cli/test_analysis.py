"""The analyses as an analyst types them."""

import json

import geopandas as gpd
import pytest

from chb.cli.analysis import COMMANDS
from chb.cli.main import run

YEAR = ["--area", "Marram", "--from", "2025-01", "--to", "2025-12"]
each = pytest.mark.parametrize("command", COMMANDS)


@pytest.fixture(autouse=True)
def sample_home(sample_ws, monkeypatch):
    """The sample place, to be read only."""
    monkeypatch.setenv("CHB_HOME", str(sample_ws.home))


@each
def test_a_table_for_a_person(command, capsys):
    assert run([command, *YEAR]) == 0
    shown = capsys.readouterr()
    assert "Marram (csp:E22990001), 2025-01 to 2025-12" in shown.out
    assert max(len(line) for line in shown.out.splitlines() if line[:1] in "┃│┏└") <= 80
    assert "Chosen: " in shown.err and "Caveat: " in shown.err


@each
def test_json_for_a_machine_and_a_file(command, capsys, tmp_path):
    out = tmp_path / "answer.geojson"
    assert run([command, *YEAR, "--json", "--out", str(out)]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["out"] == str(out)
    assert report["table"] and report["provenance"]["caveats"]
    assert len(gpd.read_file(out)) > 0


def test_the_answer_is_a_sentence(capsys):
    assert run(["validate", *YEAR, "--top", "2", "--resamples", "99"]) == 0
    assert "A map of 3 months showing 2.0% of the area would have held" in capsys.readouterr().err


def test_hotspots_followed_weighed_and_as_cells(capsys, tmp_path):
    out = tmp_path / "cells.gpkg"
    options = ["--against-from", "2024-01", "--against-to", "2024-12", "--weights", "harm=1,ocg=2"]
    assert run(["hotspots", *YEAR, *options, "--rows", "cells", "--out", str(out), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {row["status"] for row in report["earlier"]} <= {"continues", "merged", "gone"}
    assert {row["identity"] for row in report["table"]} >= {1, 2, 3}
    cells = gpd.read_file(out)
    assert cells["hotspot"].max() == len(report["table"])


def test_the_choices_of_stability(capsys):
    options = ["--schemes", "count, cchi-2026", "--bandwidths", "400,800", "--resolutions", "9"]
    assert run(["stability", *YEAR, *options, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["table"]) == 2 * 2 * 3


@pytest.mark.parametrize(
    ("command", "options", "says"),
    [
        ("hotspots", ["--against-from", "2024-01"], "Give both"),
        ("hotspots", ["--weights", "harm=0"], "nor all zero"),
        ("hotspots", ["--top", "500", "--rule", "top-share"], "at most 1"),
        ("hotspots", ["--out", "hotspots.pdf"], ".pdf"),
        ("validate", ["--top", "one"], "Write, for example, 1,2,5"),
        ("validate", ["--learn-months", "12"], "Not enough months"),
        ("trend", ["--patterns", "stars"], "simple, arcgis"),
        ("stability", ["--resolutions", "9.5"], "whole"),
        ("association", ["--domain", "luck"], "There are imd"),
    ],
)
def test_a_refusal_is_a_sentence_and_exit_code_1(command, options, says, capsys):
    assert run([command, *YEAR, *options]) == 1
    shown = capsys.readouterr().err
    assert says in shown and "Traceback" not in shown


@each
def test_wrong_usage_is_exit_code_2(command, capsys):
    assert run([command, *YEAR, "--rows", "columns"]) == 2
    assert "columns" in capsys.readouterr().err


@each
def test_its_help_names_what_it_shares_with_profile(command, capsys):
    assert run([command, "--help"]) == 0
    told = capsys.readouterr().out
    shared = ("--area", "--from", "--to", "--scheme", "--resolution", "--bandwidth", "--out")
    assert all(option in told for option in (*shared, "--json"))
