"""Importing lists of assets: looked at first, confirmed as one, taken back as one."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace

import pytest

from chb.domain.assets.register import AssetStatus
from chb.domain.refusal import Refusal
from chb.services.assets.batches import list_batches
from chb.services.assets.importing import confirm_assets, preview_assets
from chb.services.assets.merging import pairs_kept_apart
from chb.services.assets.previews import Decision, DecisionKind, RowState, same_for_all
from chb.services.assets.refused_rows import refused_csv
from chb.services.assets.register import list_assets, open_assets, save_asset
from chb.services.assets.undoing import undo_batch
from chb.services.loading.importing import import_postcodes
from chb.sources.files import InputFile
from tests.services.asset_makers import BY, as_co_ordinator, made_asset
from tests.sources.makers import unzipped, workbook_bytes

HEADER = "id,name,kind,longitude,latitude,postcode,opening,services\n"
HALL = "h1,St Anne's Hall,community_centre,-1.49501,53.36501,S7 1AA,Mon 6pm-8pm,Boxing\n"
OTHER = "h2,Darnall Library,library,-1.41,53.38,S9 5HL,Mon-Fri 9ish,\n"


def a_list(*rows: str, name: str = "halls.csv", header: str = HEADER) -> InputFile:
    return InputFile.of(name, (header + "".join(rows)).encode())


def states(preview):
    return [row.state for row in preview.rows]


def test_looking_stores_nothing_and_confirming_stores_all_as_one(ws):
    theirs = as_co_ordinator(ws)
    preview = preview_assets(theirs, a_list(HALL, OTHER))
    assert states(preview) == [RowState.NEW, RowState.NEW]
    assert list_assets(ws) == ()
    assert preview.sentence.startswith("2 new, 0 to be updated")
    assert preview.rows[1].flags == ("its opening hours are kept as text",)
    outcome = confirm_assets(theirs, preview, by=BY)
    assert outcome.batch.n_added == 2
    library, hall = list_assets(ws)
    assert (library.opening_text, library.sessions) == ("Mon-Fri 9ish", ())
    assert (hall.services, hall.sessions[0].start.hour) == (("Boxing",), 18)
    undo_batch(theirs, outcome.batch.id, by=BY)
    assert list_assets(ws) == ()


def test_the_same_list_changes_nothing_and_a_newer_one_what_it_says(ws):
    confirm_assets(ws, preview_assets(ws, a_list(HALL, OTHER)), by=BY)
    again = preview_assets(ws, a_list(HALL, OTHER))
    assert states(again) == [RowState.UNCHANGED] * 2
    assert confirm_assets(ws, again, by=BY).batch is None
    newer = preview_assets(ws, a_list(HALL, OTHER.replace("Darnall", "Darnall Road")))
    assert states(newer) == [RowState.UNCHANGED, RowState.UPDATED]
    assert confirm_assets(ws, newer, by=BY).batch.n_changed == 1
    assert [each.name for each in list_assets(ws)] == ["Darnall Road Library", "St Anne's Hall"]


def test_what_a_list_leaves_blank_stays_as_somebody_recorded_it(ws):
    confirm_assets(ws, preview_assets(ws, a_list(OTHER)), by=BY)
    (stored,) = list_assets(ws)
    kept = replace(stored, cost="free", status=AssetStatus.ENGAGED)
    save_asset(ws, kept, by=BY)
    newer = preview_assets(ws, a_list(OTHER.replace("Darnall", "Darnall Road")))
    confirm_assets(ws, newer, by=BY)
    (after,) = list_assets(ws)
    assert (after.name, after.cost) == ("Darnall Road Library", "free")
    assert after.status == AssetStatus.ENGAGED


def test_a_likely_duplicate_must_be_decided(ws):
    made_asset(ws)
    preview = preview_assets(ws, a_list(HALL))
    (row,) = preview.undecided
    assert row.likely[0].name == "St Anne's hall"
    assert "the same name, 1 m apart" in row.likely[0].reason
    with pytest.raises(Refusal, match="not decided on"):
        confirm_assets(ws, preview, by=BY)
    with pytest.raises(Refusal, match="not compared with"):
        confirm_assets(ws, preview, decisions={0: Decision(DecisionKind.MERGE, "x")}, by=BY)


def test_a_merge_takes_over_what_is_lacking_and_the_list_is_known_again(ws):
    kept = made_asset(ws)
    preview = preview_assets(ws, a_list(HALL))
    decisions = same_for_all(preview.undecided, DecisionKind.MERGE)
    outcome = confirm_assets(ws, preview, decisions=decisions, by=BY)
    assert (outcome.n_merged, outcome.batch.n_changed) == (1, 1)
    (there,) = open_assets(ws)
    assert (there.id, there.services, len(there.sessions)) == (kept.id, ("Boxing",), 1)
    again = preview_assets(ws, a_list(HALL, OTHER))
    assert states(again) == [RowState.UNCHANGED, RowState.NEW]
    undo_batch(ws, outcome.batch.id, by=BY)
    (back,) = list_assets(ws)
    assert (back.id, back.services, back.sessions) == (kept.id, (), ())


def test_what_is_kept_apart_is_not_offered_again_and_what_is_left_out_is_not_there(ws):
    kept = made_asset(ws)
    preview = preview_assets(ws, a_list(HALL))
    apart = same_for_all(preview.undecided, DecisionKind.KEEP_APART)
    confirm_assets(ws, preview, decisions=apart, by=BY)
    new = next(each for each in open_assets(ws) if each.id != kept.id)
    assert pairs_kept_apart(ws) == {frozenset({kept.id, new.id})}
    other = preview_assets(ws, a_list(HALL, name="other.csv"))
    out = same_for_all(other.undecided, DecisionKind.LEAVE_OUT)
    assert confirm_assets(ws, other, decisions=out, by=BY).n_left_out == 1
    assert len(open_assets(ws)) == 2


def test_an_asset_that_was_changed_meanwhile_is_not_merged_into(ws):
    kept = made_asset(ws)
    preview = preview_assets(ws, a_list(HALL))
    save_asset(ws, replace(kept, note="Keys at number 4"), by=BY)
    decisions = same_for_all(preview.undecided, DecisionKind.MERGE)
    with pytest.raises(Refusal, match="changed by somebody else"):
        confirm_assets(ws, preview, decisions=decisions, by=BY)
    assert len(list_assets(ws)) == 1


def test_a_preview_confirmed_twice_is_stored_once(ws):
    preview = preview_assets(ws, a_list(HALL))
    first = confirm_assets(ws, preview, by=BY, request_key="form")
    assert confirm_assets(ws, preview, by=BY, request_key="form").batch == first.batch
    with pytest.raises(Refusal, match="changed since the preview"):
        confirm_assets(ws, preview, by=BY)
    assert len(list_batches(ws)) == len(list_assets(ws)) == 1


def test_two_thousand_duplicates_are_one_asset_and_one_undo(ws):
    rows = [HALL.replace("h1", f"h{number}") for number in range(2_000)]
    preview = preview_assets(ws, a_list(*rows))
    assert preview.counts[RowState.LIKELY_DUPLICATE] == 1_999
    decisions = same_for_all(preview.undecided, DecisionKind.MERGE)
    outcome = confirm_assets(ws, preview, decisions=decisions, by=BY)
    (only,) = open_assets(ws)
    assert (only.services, outcome.n_merged) == (("Boxing",), 1_999)
    undo_batch(ws, outcome.batch.id, by=BY)
    assert list_assets(ws) == ()


def test_a_postcode_places_a_row_and_says_so(ws, shared_data):
    rows = ("a,Hall,village_hall,,,S10 1AE,,\n", "b,Barn,village_hall,,,LS1 1AA,,\n")
    rows += ("c,Shed,village_hall,,,,,\n",)
    before = preview_assets(ws, a_list(*rows))
    assert "no table of postcodes is loaded" in before.refused["reason"].iloc[0]
    import_postcodes(ws, shared_data / "sheffield/postcode_centroids.csv")
    preview = preview_assets(ws, a_list(*rows))
    (row,) = preview.rows
    assert (row.asset.longitude, row.asset.latitude) == (-1.4989, 53.3811)
    assert row.asset.note == "Located by its postcode"
    assert "located by its postcode" in row.flags[0]
    assert preview.refused["reason"].tolist() == [
        "It has no position, and its postcode is in no table that is loaded",
        "It has no position and no postcode",
    ]


def test_refused_rows_are_corrected_and_imported_again(ws):
    bad = "x1,=Cafe Noir,caff,-1.41,53.38,S9 5HL,,\n"
    preview = preview_assets(ws, a_list(HALL, bad))
    text = refused_csv(preview).decode("utf-8-sig")
    note, *lines = text.splitlines()
    assert note.startswith("#")
    (row,) = csv.DictReader(io.StringIO("\n".join(lines)))
    assert (row["name"], row["longitude"]) == ("'=Cafe Noir", "'-1.41")
    assert "no asset kind for 'caff'" in row["refused because"]
    assert (row["file"], row["row"]) == ("halls.csv", "3")
    corrected = InputFile.of("again.csv", text.replace("caff", "cafe").encode())
    (again,) = preview_assets(ws, corrected).rows
    assert (again.asset.name, again.asset.kind) == ("=Cafe Noir", "cafe")


def test_a_row_the_register_cannot_keep_is_refused_and_not_the_list(ws):
    wide = f"w,Wide,library,-1.41,53.38,{'S' * 40},,\n"
    preview = preview_assets(ws, a_list(HALL, wide))
    assert states(preview) == [RowState.NEW]
    assert "postcode" in preview.refused["reason"].iloc[0]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("cut.json", b'[{"name": "A", "status": "act', "not whole JSON"),
        ("grid.csv", b"name,kind,longitude,latitude\nA,park,434367,406524\n", "eastings"),
        ("page.csv", b"<html>sign in</html>", "web page"),
        ("no.csv", b"a,b\n1,2\n", "lacks columns"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_in_words(ws, name, content, says):
    with pytest.raises(Refusal, match=says):
        preview_assets(ws, InputFile.of(name, content))
    assert list_assets(ws) == ()


def test_a_hundred_megabytes_of_workbook_are_refused_before_they_are_unpacked(ws):
    sheets = {"Halls": [["name", "kind", "longitude", "latitude"], ["Moor", "park", -1.47, 53.38]]}
    padded = {**unzipped(workbook_bytes(sheets)), "media/plan.bin": bytes(100_000_000)}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in padded.items():
            archive.writestr(name, data)
    with pytest.raises(Refusal, match="too large for a workbook"):
        preview_assets(ws, InputFile.of("halls.xlsx", stream.getvalue()))


def test_every_real_list_has_a_preview_that_accounts_for_each_row(ws, shared_data):
    for name in ("common/assets_national", "sheffield/assets_osm_2016"):
        for path in sorted((shared_data / name).iterdir()):
            preview = preview_assets(ws, path, kind="transport_stop")
            assert len(preview.rows) + preview.n_refused == preview.report.rows_read, path.name
            assert preview.as_frame()["row"].tolist() == [row.number for row in preview.rows]
