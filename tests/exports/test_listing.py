"""Lists as CSV: notes above, manifest inside, nothing a spreadsheet would compute."""

import csv
import json
from datetime import date

import pytest

from chb.domain.spreadsheet_text import as_typed, marked
from chb.domain.views.work import PartnerTask
from chb.exports.listing import csv_listing
from chb.exports.manifest import ExportManifest
from chb.exports.tasks import task_list
from chb.services.planning.disruptions import (
    export_disruptions,
    import_disruptions,
    list_disruptions,
)
from tests.services.planner_makers import made_disruption, made_place

MANIFEST = ExportManifest(
    export_id="e1",
    product="list",
    marking="OFFICIAL",
    handling="",
    exported_by="@officer",
    exported_at="2026-03-04T10:30:00+00:00",
    view="restricted",
    filters={"area": "=Marram"},
    purpose="Board",
    recipient="Council",
    content_sha256="0" * 64,
)


def test_the_manifest_is_above_the_rows_and_in_each_of_them():
    text = csv_listing(["what"], [["Raid"], ["=1+1"]], notes=["Caveat"], manifest=MANIFEST)
    notes = [line[0] for line in csv.reader(text.splitlines()) if line[0].startswith("#")]
    assert notes[:2] == ["# OFFICIAL.", "# Caveat"]
    assert json.loads(notes[2].removeprefix("# Manifest: ")) == MANIFEST.as_dict()
    rows = list(csv.DictReader(text.splitlines()[3:]))
    assert [row["what"] for row in rows] == ["Raid", "'=1+1"]
    assert {row["purpose"] for row in rows} == {"Board"}
    assert {row["exported_by"] for row in rows} == {"'@officer"}


def test_an_empty_list_has_its_manifest_still():
    text = csv_listing(["what"], [], manifest=MANIFEST)
    assert '""export_id"": ""e1""' in text


def test_a_log_with_a_manifest_is_read_again(ws, tmp_path):
    place = made_place(ws)
    made_disruption(ws, place_id=place.id)
    path = tmp_path / "log.csv"
    path.write_text(export_disruptions(ws, manifest=MANIFEST), encoding="utf-8")
    before = list_disruptions(ws)
    import_disruptions(ws, path, by="LRO")
    assert list_disruptions(ws) == before


def test_a_task_is_a_row_in_the_words_for_partners():
    task = PartnerTask(
        task_id="t1",
        wording="=Lights",
        place="Moorfield",
        phase="Hold",
        pillar="Protect",
        lead_agency="Council",
        status="agreed",
        starts_on=None,
        due_on=date(2026, 4, 1),
    )
    (row,) = csv.DictReader(task_list([task]).splitlines())
    assert row["wording"] == "'=Lights"
    assert (row["starts_on"], row["due_on"]) == ("", "2026-04-01")


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        "+1",
        "-1",
        "@x",
        "\t=1",
        "\r=1",
        "\n=1",
        "\x00=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "  =1",
        "'=1",
        "−1",
    ],
)
def test_text_that_a_spreadsheet_might_compute_is_marked(text):
    assert marked(text) == f"'{text}"
    assert as_typed(marked(text)) == text


@pytest.mark.parametrize("text", ["1", "a=b", "", " ", "'quoted'", "O'Neil", "Quay - north"])
def test_other_text_is_left_alone(text):
    assert marked(text) == text
    assert as_typed(text) == text
