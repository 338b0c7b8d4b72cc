"""Assets from a terminal: a preview, an import with its undo, and what goes out."""

import json
import re

import pytest

from chb.cli.main import run

FOOD_BANKS = "sheffield/foodbanks_2024.csv"


@pytest.fixture
def list_path(shared_data, administered):
    return str(shared_data / FOOD_BANKS)


def test_a_preview_stores_nothing(list_path, capsys):
    assert run(["assets", "preview", list_path, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["what"]["new"] == 35
    assert said["likely"][0][1] == "FoodCycle Broomhall"
    assert run(["assets", "batches"]) == 0
    assert "import" not in capsys.readouterr().out


def test_an_import_is_decided_undone_and_taken_out(list_path, capsys, tmp_path):
    assert run(["assets", "import", list_path, "--by", "Kit"]) == 1
    assert "not decided on" in capsys.readouterr().err
    assert run(["assets", "import", list_path, "--by", "Kit", "--likely", "merge"]) == 0
    said = capsys.readouterr().err
    assert "35 added, 1 merged" in said
    out = tmp_path / "services.json"
    assert run(["assets", "export", "--out", str(out)]) == 0
    page = json.loads(out.read_text(encoding="utf-8"))
    assert page["total_items"] == 35
    assert page["manifest"]["marking"] == "OFFICIAL"
    batch_id = re.search(r"undo ([0-9a-f-]{36})", said)[1]
    assert run(["assets", "undo", batch_id, "--by", "Kit"]) == 0
    assert run(["assets", "duplicates", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_columns_are_shown_chosen_and_remembered(administered, tmp_path, capsys):
    path = tmp_path / "venues.csv"
    path.write_text("Where,East-West,North-South\nMoor,-1.47,53.38\n")
    chosen = ["--set", "name=Where", "--set", "longitude=East-West"]
    chosen += ["--set", "latitude=North-South"]
    assert run(["assets", "columns", str(path), *chosen, "--by", "Kit"]) == 0
    assert "East-West" in capsys.readouterr().out
    assert run(["assets", "preview", str(path), "--kind", "park"]) == 0
    assert "1 new" in capsys.readouterr().err
    assert run(["assets", "columns", str(path), "--set", "name"]) == 1


def test_refused_rows_are_written_to_be_corrected(administered, shared_data, tmp_path, capsys):
    path = shared_data / "common/assets_national/Hospital.csv"
    out = tmp_path / "refused.csv"
    assert run(["assets", "preview", str(path), "--refused", str(out)]) == 0
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) >= 95
    assert "93 refused" in capsys.readouterr().err
