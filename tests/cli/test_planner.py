"""The planner's commands on a store with the sample's records."""

import json

import pytest
from icalendar import Calendar

from chb.cli.main import run
from chb.services.workspace import HOME_VARIABLE, open_workspace
from tests.services.planner_makers import made_disruption, made_ocg, made_score


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    monkeypatch.delenv("CHB_DATABASE_URL", raising=False)
    ws = open_workspace(folder)
    ocg = made_ocg(ws)
    made_score(ws, ocg)
    made_disruption(ws, ocg_id=ocg.id)
    ws.store.close()
    return folder


def test_a_log_goes_out_and_in_from_the_terminal(home, tmp_path, capsys):
    out = tmp_path / "log.csv"
    assert run(["planner", "export-disruptions", "--out", str(out)]) == 0
    assert "Two addresses closed" in out.read_text()
    assert run(["planner", "import-disruptions", str(out), "--by", "LRO", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kept"] == 1
    assert run(["planner", "import-disruptions", str(out), "--by", " "]) == 1


def test_overdue_reviews_are_listed(home, capsys):
    assert run(["planner", "overdue", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["code"], row["tier"], row["due on"]) == ("KITTIWAKE", "Tier 1", "2026-02-05")


def test_a_calendar_is_written(home, capsys):
    assert run(["planner", "calendar", "lro@example.org"]) == 0
    (event,) = Calendar.from_ical(capsys.readouterr().out).walk("VEVENT")
    assert str(event["summary"]).startswith("Review KITTIWAKE")


def test_a_file_that_cannot_be_written_is_a_refusal(home, tmp_path):
    folder = tmp_path / "missing" / "calendar.ics"
    assert run(["planner", "calendar", "lro@example.org", "--out", str(folder)]) == 1


def test_the_menu_is_searched(capsys):
    assert run(["planner", "tactics", "phone", "shops"]) == 0
    assert "mobile-phone-shops" in capsys.readouterr().out
