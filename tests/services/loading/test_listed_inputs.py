"""The sixty bad inputs that the design lists, one by one: each answered to the letter.

A refusal is compared as the whole sentence that a person reads, an import with what the store
holds afterwards. Numbers that are more than one file and its answer have a test of their own.
"""

import re
import shutil
from collections import Counter, defaultdict
from string import ascii_lowercase

import pytest

from chb.domain.refusal import Refusal
from chb.services.assets.column_choice import choose_columns, column_choice
from chb.services.assets.importing import preview_assets
from chb.services.assets.previews import RowState
from chb.services.assets.refused_rows import refused_csv
from chb.services.loading import limited
from chb.services.loading.previews import preview_boundaries, preview_incidents
from chb.services.planning.disruptions import export_disruptions
from chb.services.workspace import open_workspace
from chb.sources.files import InputFile
from chb.ui.server.uploads import MEGABYTE, UploadQuota
from geo.lattice import distance_m
from tests.conftest import NOW, fixed_clock
from tests.services.asset_makers import BY
from tests.services.loading.here import run_here
from tests.services.loading.importers import IMPORTERS
from tests.services.loading.listed_answers import STORED, Whole, assets, changed
from tests.services.loading.listed_cells import CELLS, FORMULA, SHEET
from tests.services.loading.listed_coordinates import COORDINATES
from tests.services.loading.listed_shapes import BOW_TIE, FILES, OPEN, layer
from tests.services.loading.listed_tables import TABLES
from tests.services.planner_makers import made_place
from tests.sources.makers import zip_bytes

LISTED = (*TABLES, *COORDINATES, *CELLS, *FILES)
OF_ITS_OWN = re.compile(r"test_number_(\d+[a-z]?)_")
STANDING = re.compile(r"Outside means ")
"""What every account of crimes says besides."""


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory):
    """A store with one place and nothing imported, to be copied."""
    home = tmp_path_factory.mktemp("listed") / "home"
    ws = open_workspace(home, clock=fixed_clock, database_url="")
    made_place(ws)
    ws.store.close()
    return home


@pytest.fixture
def ws(empty_home, tmp_path, monkeypatch):
    monkeypatch.setattr(limited, "run_limited", run_here)
    home = shutil.copytree(empty_home, tmp_path / "home")
    workspace = open_workspace(home, clock=fixed_clock, database_url="")
    yield workspace
    workspace.store.close()


def test_every_number_is_there_and_each_case_once():
    own = [match[1] for name in globals() if (match := OF_ITS_OWN.match(name))]
    labels = [case.label for case in LISTED] + own
    assert max(Counter(labels).values()) == 1
    letters = defaultdict(list)
    for label in labels:
        letters[int(label.rstrip(ascii_lowercase))].append(label.lstrip("0123456789"))
    assert sorted(letters) == list(range(1, 61))
    for number, given in letters.items():
        expected = [""] if len(given) == 1 else list(ascii_lowercase[: len(given)])
        assert sorted(given) == expected, number


@pytest.mark.parametrize("case", LISTED, ids=lambda case: f"{case.label}-{case.importer}")
def test_a_listed_input(ws, case):
    if isinstance(case.answer, Whole):
        assert refused(ws, case.importer, case.data, case.file_name) == case.answer.said
        assert nothing_is_stored(ws)
        return
    report = imported(ws, case.importer, case.data, case.file_name).report
    assert told(report) == (
        case.answer.without_location,
        case.answer.outside,
        case.answer.repeated,
        () if case.answer.refused is None else (line_of(case.answer.refused),),
        case.answer.notes,
    )
    assert chosen(stored(ws, case.importer), case.answer.stored) == case.answer.stored
    assert report.kept + report.without_location + report.outside_area == (
        report.rows_read - report.refused_rows
    )


def imported(ws, importer, data, name=""):
    file = InputFile.of(name or IMPORTERS[importer].file_name, data)
    return IMPORTERS[importer].run(ws, file)


def refused(ws, importer, data, name=""):
    with pytest.raises(Refusal) as caught:
        imported(ws, importer, data, name)
    return str(caught.value)


def told(report):
    """What the account says but for the rows that were kept, which are looked at in the store."""
    return (
        report.without_location,
        report.outside_area,
        report.repeated_ids,
        tuple(
            (each.first_row, each.reason, each.example, each.remedy, each.rows)
            for each in report.refused
        ),
        tuple(note for note in report.notes if not STANDING.match(note)),
    )


def line_of(row):
    return (row.line, row.reason, row.example, row.remedy, 1)


def stored(ws, importer):
    with ws.reading() as tx:
        return STORED[importer].read(tx)


def chosen(found, expected):
    """Every stored row, of each only what is expected of it."""
    return {key: {name: row[name] for name in expected.get(key, {})} for key, row in found.items()}


def nothing_is_stored(ws):
    with ws.reading() as tx:
        counts = (tx.ocg_locations.count(), tx.people.count(), len(tx.assets.all()))
        log = (*tx.journal.imports(), *tx.frames.entries(), *tx.planner.disruptions.all())
    return counts == (0, 0, 0) and log == ()


def test_number_4c_the_columns_of_a_list_are_offered_and_chosen(ws):
    headings = "id,name,kind,North-South,East-West"
    file = InputFile.of("halls.csv", assets("a1,Library,library,53.38,-1.47", header=headings))
    choice = column_choice(ws, file)
    assert choice.columns == {"source_id": "id", "name": "name", "kind": "kind"}
    assert choice.headings.rows == (("a1", "Library", "library", "53.38", "-1.47"),)
    mapped = {**choice.columns, "latitude": "North-South", "longitude": "East-West"}
    choose_columns(ws, choice.headings, mapped, by=BY)
    (row,) = preview_assets(ws, file).rows
    assert (row.asset.longitude, row.asset.latitude) == (-1.47, 53.38)


def test_number_5b_columns_that_were_matched_are_shown_before_anything_is_stored(ws):
    headings = "ID,Name,Kind,Latitude,LONGITUDE"
    file = InputFile.of("halls.csv", assets("a1,Library,library,53.38,-1.47", header=headings))
    assert column_choice(ws, file).columns == {
        "source_id": "ID",
        "name": "Name",
        "kind": "Kind",
        "longitude": "LONGITUDE",
        "latitude": "Latitude",
    }
    (shown,) = preview_assets(ws, file).as_frame().to_dict("records")
    assert (shown["name"], shown["longitude"], shown["latitude"]) == ("Library", -1.47, 53.38)
    assert nothing_is_stored(ws)


def test_number_10d_a_preview_lists_the_row_without_a_place_with_what_to_do(ws):
    data = changed("assets", longitude="NaN", latitude="NaN")
    preview = preview_assets(ws, InputFile.of("halls.csv", data))
    assert len(preview.rows) == 2
    (row,) = preview.refused.to_dict("records")
    assert (row["file_name"], row["line"]) == ("halls.csv", 4)
    assert row["reason"] == "It has no position and no postcode"
    assert row["remedy"].startswith("Fill in longitude and latitude")


def test_number_19e_a_preview_lists_the_row_abroad_with_what_to_do(ws):
    data = changed("assets", longitude="2.3522", latitude="48.8566")
    preview = preview_assets(ws, InputFile.of("halls.csv", data))
    (row,) = preview.refused.to_dict("records")
    assert (row["line"], row["reason"]) == (4, "It lies outside England and Wales")
    assert row["remedy"] == "Correct its position, or leave it out"


def test_number_30d_names_that_look_alike_are_asked_about(ws):
    data = assets("a1,Smith,library,-1.47,53.38", "a2,\uff33m\u200bith,library,-1.47,53.38")
    first, second = preview_assets(ws, InputFile.of("halls.csv", data)).rows
    assert (first.state, second.state) == (RowState.NEW, RowState.LIKELY_DUPLICATE)
    assert second.likely[0].reason.startswith("the same name")


def test_number_42b_a_formula_is_marked_in_what_goes_out_and_plain_when_it_comes_back(ws):
    bad = InputFile.of("halls.csv", changed("assets", note=FORMULA, kind="spaceport"))
    sent = refused_csv(preview_assets(ws, bad))
    assert "\"'=HYPERLINK(" in sent.decode("utf-8-sig")
    corrected = InputFile.of("halls.csv", sent.replace(b"spaceport", b"library"))
    (row,) = preview_assets(ws, corrected).rows
    assert row.asset.note == FORMULA


def test_number_42c_a_formula_in_the_log_is_text_there_and_marked_in_its_export(ws):
    imported(ws, "disruptions", changed("disruptions", what=FORMULA))
    assert stored(ws, "disruptions")["r3"]["what"] == FORMULA
    assert "\"'=HYPERLINK(" in export_disruptions(ws)
    assert not re.search(r'(^|,)"?=', export_disruptions(ws), re.MULTILINE)


def test_number_47b_crimes_are_not_published_as_workbooks(ws):
    said = refused(ws, "incidents", SHEET)
    assert said.startswith("upload.csv is an Excel workbook, not a text table (CSV). It begins")
    assert said.endswith(
        "The name ends in .csv, but a name does not change what is inside."
        " Open it and save the sheet as CSV, or name it .xlsx."
    )
    assert nothing_is_stored(ws)


def test_number_48c_the_change_of_area_is_told_before_anything_is_stored(ws):
    file = InputFile.of("areas.geojson", layer("boundaries", BOW_TIE))
    (note,) = preview_boundaries(ws, file, layer="lsoa").report.notes
    assert note.endswith("was repaired: its area changed by 37.1 km\u00b2, from next to none")
    assert nothing_is_stored(ws)


def test_number_49b_an_asset_says_that_its_outline_was_closed(ws):
    file = InputFile.of("parks.geojson", layer("assets-geojson", OPEN, alone=True))
    (row,) = preview_assets(ws, file).rows
    assert row.flags == ("its area had an open ring, closed here",)
    assert row.asset.outline == ((-1.3, 53.3), (-1.2, 53.3), (-1.2, 53.4))


def test_number_54_without_the_grid_of_corrections_the_accuracy_is_stated_and_held(ws):
    """Of Ordnance Survey's own example of OSTN15: 651409.804, 313177.450 is 52.658008 north."""
    point = {"type": "Point", "coordinates": [651_409.804, 313_177.450]}
    declared = "urn:ogc:def:crs:EPSG::27700"
    data = layer("assets-geojson", point, alone=True, crs=declared)
    assert imported(ws, "assets-geojson", data).report.notes == (
        "upload.geojson is in EPSG:27700 and was converted to degrees WGS84 (within about 5 m)",
    )
    there = stored(ws, "assets-geojson")["node/3"]
    ours, theirs = (there["longitude"], there["latitude"]), (1.716073973, 52.658007833)
    assert distance_m(ours, theirs) < 5


def test_number_56e_seventy_thousand_members_are_not_looked_at(ws):
    data = zip_bytes({f"{number}.csv": b"" for number in range(70_000)})
    assert refused(ws, "incidents", data, "upload.zip") == (
        "upload.zip holds more files than an archive may. Found 70,000, the limit is 2,000."
        " Unpack it and give the folders one at a time."
    )
    assert nothing_is_stored(ws)


def test_number_59_a_quarter_of_a_gigabyte_is_refused_by_its_declared_size():
    """That the limit is stated beside the box before a file is chosen is seen in the browser."""
    upload = UploadQuota().one("lro@example.org", size_bytes=250 * MEGABYTE, today=NOW.date())
    with pytest.raises(Refusal) as caught, upload:
        pytest.fail("It was let in")
    assert str(caught.value) == (
        "A file may have 25 MB at most. This one has 250.0 MB."
        " Split it, or let an administrator import it: python -m chb import."
    )


# Who imported it is in the audit log, for whoever may read that; the sentence says when.
@pytest.mark.parametrize("importer", sorted(STORED.keys() - {"incidents", "disruptions"}))
def test_number_60a_the_same_file_again_changes_nothing_and_says_when_it_came(ws, importer):
    good = IMPORTERS[importer].good_file()
    assert imported(ws, importer, good).changed
    first, files = stored(ws, importer), recorded(ws)
    again = imported(ws, importer, good, f"copy-of-{IMPORTERS[importer].file_name}")
    assert not again.changed
    assert re.fullmatch(
        r"Nothing changed: this very content was imported on 04 March 2026 at 10:30 UTC"
        r" from upload(\.csv|\.geojson)?",
        again.message,
    )
    assert (stored(ws, importer), recorded(ws)) == (first, files)


def test_number_60b_crimes_again_change_nothing_and_say_when_they_came(ws):
    good = IMPORTERS["incidents"].good_file()
    imported(ws, "incidents", good)
    before = stored(ws, "incidents"), recorded(ws)
    already = "very file in it is already imported, the last on 04 March 2026 at 10:30 UTC"
    shown = preview_incidents(ws, InputFile.of("again.csv", good)).expected
    assert (shown.sentence, shown.changes) == (f"E{already} from upload.csv.", False)
    again = imported(ws, "incidents", good, "again.csv")
    assert again.message == f"Nothing changed: e{already} from upload.csv"
    assert (again.changed, stored(ws, "incidents"), recorded(ws)) == (False, *before)


def test_number_60c_a_log_again_adds_nothing(ws):
    good = IMPORTERS["disruptions"].good_file()
    imported(ws, "disruptions", good)
    before = stored(ws, "disruptions"), recorded(ws)
    again = imported(ws, "disruptions", good)
    assert not again.changed
    assert (stored(ws, "disruptions"), recorded(ws)) == before


def recorded(ws):
    """How many imports are in the journal."""
    with ws.reading() as tx:
        return len(tuple(tx.journal.imports()))
