"""The disruption log: one short form, moderation, CSV in and out."""

import csv
import io
from datetime import date

import pytest

from chb.domain.edits import StaleEdit
from chb.domain.planning.disruptions import DisruptionLevel, ImpactAnswer, ModerationState
from chb.domain.planning.plans import Pillar
from chb.domain.refusal import Refusal
from chb.services.planning.disruptions import (
    export_disruptions,
    get_disruption,
    impact_prompts,
    import_disruptions,
    level_meanings,
    list_disruptions,
    moderate,
    preview_disruptions,
    uploaded,
)
from tests.services.planner_makers import BY, LITERAL, made_disruption, made_ocg, made_place

HEADER = "reference,date,description,level,P,agency,OCG,place\n"


def written(tmp_path, *rows, header=HEADER):
    path = tmp_path / "log.csv"
    path.write_text(header + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_the_log_is_listed_the_latest_first_and_by_subject(ws):
    place, ocg = made_place(ws), made_ocg(ws)
    early = made_disruption(ws, place_id=place.id, happened_on=date(2026, 1, 1))
    late = made_disruption(ws, ocg_id=ocg.id, what=LITERAL)
    assert list_disruptions(ws) == (late, early)
    assert list_disruptions(ws, place_id=place.id) == (early,)
    assert list_disruptions(ws, ocg_id=ocg.id)[0].what == LITERAL


def test_a_form_sent_twice_records_one_event(ws):
    place = made_place(ws)
    made_disruption(ws, place_id=place.id, request_key="form")
    made_disruption(ws, place_id=place.id, request_key="form")
    assert len(list_disruptions(ws)) == 1


def test_every_level_has_a_meaning_and_prompts_are_of_both_kinds():
    assert set(level_meanings()) == set(DisruptionLevel)
    assert {prompt.kind for prompt in impact_prompts()} == {"quantitative", "qualitative"}


def test_moderation_is_added_and_a_second_panel_at_once_is_told(ws):
    seen = made_disruption(ws, place_id=made_place(ws).id)
    agreed = moderate(ws, seen, level=DisruptionLevel.MODERATE, by="panel")
    assert agreed.state is ModerationState.MODERATED
    with pytest.raises(StaleEdit):
        moderate(ws, seen, level=DisruptionLevel.MAJOR, by="panel 2", reason="larger")
    changed = moderate(ws, agreed, level=DisruptionLevel.MAJOR, by="panel 2", reason="larger")
    assert [verdict.by for verdict in changed.moderations] == ["panel", "panel 2"]
    assert get_disruption(ws, seen.id).settled_level is DisruptionLevel.MAJOR


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "belongs to a place or to an OCG"),
        ({"place_id": "gone"}, "place that it belongs to is not there"),
        ({"what": "x" * 10_000, "ocg_id": "any"}, "at most 5,000 characters"),
        ({"happened_on": date(2026, 3, 5)}, "cannot have happened yet"),
    ],
)
def test_what_cannot_be_recorded_leaves_the_log_as_it_was(ws, changes, says):
    with pytest.raises(Refusal, match=says):
        made_disruption(ws, **changes)
    assert list_disruptions(ws) == ()


def test_the_log_goes_out_and_comes_in_again_without_doubling(ws, tmp_path):
    place, ocg = made_place(ws, LITERAL[:40]), made_ocg(ws)
    answers = (ImpactAnswer("awareness", "Eleven pupils, =1+1"),)
    made_disruption(
        ws,
        place_id=place.id,
        ocg_id=ocg.id,
        what=LITERAL,
        credited=(Pillar.PREPARE, Pillar.PROTECT),
        impact=answers,
    )
    made_disruption(ws, ocg_id=ocg.id, what="=1+1", reference="-7")
    path = tmp_path / "out.csv"
    path.write_text(export_disruptions(ws), encoding="utf-8")
    before = list_disruptions(ws)
    for _ in range(2):
        import_disruptions(ws, path, by=BY)
        assert list_disruptions(ws) == before


def test_a_log_read_into_an_empty_store_says_the_same(ws, tmp_path):
    made_place(ws)
    made_ocg(ws)
    header = HEADER.replace("\n", ",credited,impact_awareness\n")
    path = written(
        tmp_path,
        'R1,2026-02-01,"A ""raid"", then tea",Minor,pursue,Council,kittiwake,MOORFIELD,'
        "Prepare; Protect,'=better",
        header=header,
    )
    outcome = import_disruptions(ws, path, by=BY)
    assert outcome.changed and "Added 1" in outcome.message
    (event,) = list_disruptions(ws)
    assert event.what == 'A "raid", then tea'
    assert (event.level, event.pillar) == (DisruptionLevel.MINOR, Pillar.PURSUE)
    assert event.credited == (Pillar.PROTECT, Pillar.PREPARE)
    assert event.impact == (ImpactAnswer("awareness", "=better"),)
    assert event.place_id and event.ocg_id


def test_the_same_csv_twice_doubles_nothing_and_says_so(ws, tmp_path):
    made_ocg(ws)
    row = "01/02/2026,Closed,major,Pursue,Police,KITTIWAKE,"
    path = written(tmp_path, f"R1,{row}", f",{row}")
    assert import_disruptions(ws, path, by=BY).changed
    again = import_disruptions(ws, path, by=BY)
    assert not again.changed and "this very content was imported" in again.message
    assert len(list_disruptions(ws)) == 2


def test_a_longer_list_adds_what_is_new_by_reference(ws, tmp_path):
    made_ocg(ws)
    row = "2026-02-01,Closed,major,Pursue,Police,KITTIWAKE,"
    import_disruptions(ws, written(tmp_path, f"R1,{row}"), by=BY)
    outcome = import_disruptions(ws, written(tmp_path, f"R1,{row}", f"R2,{row}"), by=BY)
    assert "Added 1 disruption; 1 were in the log" in outcome.message
    assert {event.reference for event in list_disruptions(ws)} == {"R1", "R2"}


def test_rows_that_cannot_be_used_are_accounted_for(ws, tmp_path):
    made_ocg(ws)
    good = "R1,2026-02-01,Closed,major,Pursue,Police,KITTIWAKE,"
    path = written(
        tmp_path,
        good,
        good.replace("R1", "R2").replace("major", "huge"),
        good.replace("R1", "R3").replace("KITTIWAKE", "GANNET"),
        good.replace("R1", "R4").replace("KITTIWAKE", ""),
        good.replace("R1", "R5").replace("2026-02-01", "2027-02-01"),
        good.replace("R1", "R6").replace("2026-02-01", ""),
        good,
    )
    report = import_disruptions(ws, path, by=BY).report
    assert (report.rows_read, report.kept) == (7, 1)
    reasons = " ".join(refused.reason for refused in report.refused)
    for words in ("level is not one of", "OCG is not known", "no OCG and no place", "future"):
        assert words in reasons
    assert "date is missing" in reasons and "reference was given before" in reasons


def test_a_preview_says_what_an_import_would_do_and_saves_nothing(ws, tmp_path):
    made_ocg(ws)
    good = "R1,2026-02-01,Closed,major,Pursue,Police,KITTIWAKE,"
    huge, unknown = good.replace("major", "huge"), good.replace("KITTIWAKE", "GANNET")
    import_disruptions(ws, written(tmp_path, good), by=BY)
    before = list_disruptions(ws)
    path = written(
        tmp_path,
        *(good, huge.replace("R1", "R2"), unknown.replace("R1", "R3")),
        *(huge.replace("R1", "R4"), good.replace("R1", "R5"), good.replace("R1", "")),
    )
    found = preview_disruptions(ws, uploaded("log.csv", path.read_bytes()))
    assert [event.reference for event in found.new] == ["R5", ""]
    assert (found.n_known, found.n_without_reference, found.as_before) == (1, 1, "")
    assert [(row.first_row, row.rows) for row in found.refused] == [(3, 1), (4, 1), (5, 1)]
    assert "row 5: level 'huge'" in found.refused[2].example
    assert list_disruptions(ws) == before
    import_disruptions(ws, path, by=BY)
    assert "this very content was imported" in preview_disruptions(ws, path).as_before


def test_an_empty_upload_is_refused(ws):
    with pytest.raises(Refusal, match=r"log.csv is empty"):
        preview_disruptions(ws, uploaded("log.csv", b""))


def test_an_unusable_list_changes_nothing(ws, tmp_path):
    path = written(tmp_path, "R1,2026-02-01,Closed,major,Pursue,Police,GANNET,")
    with pytest.raises(Refusal, match="OCG is not known here"):
        import_disruptions(ws, path, by=BY)
    with pytest.raises(Refusal, match="lacks columns"):
        import_disruptions(ws, written(tmp_path, "1,2", header="a,b\n"), by=BY)


def test_the_export_is_an_apmis_ready_log_that_claims_no_format(ws):
    made_disruption(ws, place_id=made_place(ws).id)
    caveat, table = export_disruptions(ws).split("\n", 1)
    assert "APMIS-ready log" in caveat and "no official format is claimed" in caveat
    (row,) = csv.DictReader(io.StringIO(table))
    assert (row["place"], row["level"], row["moderation"]) == ("Moorfield", "moderate", "proposed")
