"""Backup, restore, check and places as an administrator types them, on either database."""

import json

import pandas as pd

from chb.cli.main import run
from chb.domain.access.scope import OPERATOR
from chb.domain.places.records import TieKind
from chb.services.places.boundaries import rename_place
from chb.services.places.ties import tie_to_place
from tests.services.place_makers import edit, started
from tests.store.test_store import entry


def test_a_backup_goes_out_and_comes_back(administered, tmp_path, capsys):
    place = started(administered)
    path = str(tmp_path / "monday.zip")
    assert run(["check"]) == 0
    assert run(["backup", path, "--json"]) == 0
    assert run(["backup", path]) == 1
    assert run(["restore", path]) == 1
    output = capsys.readouterr()
    assert "already" in output.err and "not empty" in output.err and "--replace" in output.err
    rename_place(administered, place.id, "Elsewhere", edit(place))
    assert run(["restore", path, "--replace"]) == 0
    capsys.readouterr()
    assert run(["places", "list", "--json"]) == 0
    assert [found["name"] for found in json.loads(capsys.readouterr().out)] == ["Moorfield"]


def test_a_check_that_finds_something_says_what_and_fails(administered, capsys):
    started(administered)
    assert run(["check", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["rows"]["place"] == 1 and found["problems"] == []
    with administered.store.writing(OPERATOR) as tx:
        tx.frames.put(pd.DataFrame({"a": [1]}), **entry())
    (frame,) = administered.store.frames_folder.iterdir()
    frame.unlink()
    assert run(["check"]) == 1
    assert "The frame population Census is missing" in capsys.readouterr().err


def test_places_are_listed_and_one_is_shown_by_any_name_it_had(administered, capsys):
    place = started(administered)
    place = tie_to_place(administered, place.id, TieKind.OCG, "KESTREL", edit(place))
    rename_place(administered, place.id, "Moorfield Rise", edit(place))
    assert run(["places", "list"]) == 0
    assert "Moorfield Rise" in capsys.readouterr().out
    assert run(["places", "show", "moorfield", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["name"], shown["earlier_names"]) == ("Moorfield Rise", ["Moorfield"])
    assert [(tie["kind"], tie["subject"]) for tie in shown["tied"]] == [("OCG", "KESTREL")]
    assert run(["places", "show", "Moorfield Rise"]) == 0
    assert "KESTREL" in capsys.readouterr().out
    assert run(["places", "show", "Ropewalk"]) == 1
    assert "No place is called" in capsys.readouterr().err


def test_an_address_that_is_none_is_a_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CHB_HOME", str(tmp_path))
    monkeypatch.setenv("CHB_DATABASE_URL", "oracle://somewhere/db")
    assert run(["status"]) == 1
    assert "CHB_DATABASE_URL does not name a PostgreSQL database" in capsys.readouterr().err
