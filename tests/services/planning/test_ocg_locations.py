"""Locations recorded by hand: every version stays, and what an import said stays too."""

import math
from dataclasses import replace
from datetime import date

import pytest

from chb.domain.edits import StaleEdit
from chb.domain.ocgs.locations import Confidence, LocationKind, OcgLocation
from chb.domain.refusal import Refusal
from chb.services.loading.catalogue import data_version
from chb.services.planning.keeping import keep, signed
from chb.services.planning.ocg_locations import handling_levels, save_location
from chb.services.planning.ocg_register import ocg_file
from chb.services.planning.record_versions import RecordKind, versions_of
from tests.services.planner_makers import BY, LITERAL, made_ocg

LOCK_UP = OcgLocation(
    code="KITTIWAKE",
    kind=LocationKind.STORAGE,
    longitude=-1.49,
    latitude=53.36,
    radius_m=250.0,
    confidence=Confidence.LOW,
    valid_from=date(2026, 1, 5),
    valid_to=None,
    source=LITERAL,
    handling="police only",
)


def locations(ws, ocg):
    return ocg_file(ws, ocg.id).locations


def saved_versions(ws, location):
    return versions_of(ws, RecordKind.LOCATION, location.id)


def test_a_location_is_recorded_once_as_it_was_typed(ws):
    ocg = made_ocg(ws)
    before = data_version(ws)
    kept = save_location(ws, LOCK_UP, by=BY, request_key="form-1")
    assert save_location(ws, LOCK_UP, by=BY, request_key="form-1").id == kept.id
    (found,) = locations(ws, ocg)
    assert found == LOCK_UP and (found.id, found.version) == (kept.id, 1)
    assert handling_levels(ws)[0] == "police only"
    assert data_version(ws) != before  # the layer of influence is computed anew


def test_an_edit_keeps_what_stood_before_and_why_it_changed(ws):
    ocg = made_ocg(ws)
    kept = save_location(ws, LOCK_UP, by=BY)
    save_location(ws, replace(kept, radius_m=80.0), by="Analyst", reason="Key found")
    (found,) = locations(ws, ocg)
    assert (found.radius_m, found.version) == (80.0, 2)
    latest, first = saved_versions(ws, kept)
    assert latest.changes == {"radius_m": (250.0, 80.0)}
    assert (latest.signature.by, latest.signature.reason) == ("Analyst", "Key found")
    assert first.changes == {} and first.signature.by == BY


def test_what_an_import_said_is_kept_when_it_is_first_edited(ws):
    ocg = made_ocg(ws)
    with ws.writing() as tx:
        tx.ocg_locations.add([LOCK_UP], source_sha256="file")
    (imported,) = locations(ws, ocg)
    assert imported.version == 1 and saved_versions(ws, imported) == ()
    ended = replace(imported, valid_to=date(2026, 2, 1))
    save_location(ws, ended, by=BY, reason="Handed back to the council")
    latest, first = saved_versions(ws, imported)
    assert latest.changes == {"valid_to": (None, "2026-02-01")}
    assert first.signature.by == "import"


def test_two_people_at_once_the_second_is_told_and_nothing_is_lost(ws):
    ocg = made_ocg(ws)
    seen = save_location(ws, LOCK_UP, by=BY)
    save_location(ws, replace(seen, radius_m=80.0), by="Analyst", reason="Key found")
    with pytest.raises(StaleEdit) as refused:
        save_location(ws, replace(seen, source="log 42"), by=BY, reason="Another source")
    assert refused.value.theirs == "Analyst changed radius m to '80.0'"
    assert refused.value.yours == "source to 'log 42'"
    assert locations(ws, ocg)[0].source == LITERAL


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"latitude": math.nan}, "a latitude and a longitude in degrees"),
        ({"latitude": 435_000.0}, "a latitude and a longitude in degrees"),
        ({"radius_m": 0.0}, "above zero and at most 20,000 m"),
        ({"radius_m": math.inf}, "above zero and at most 20,000 m"),
        ({"valid_to": date(2025, 1, 1)}, "ends before it starts"),
        ({"source": " "}, "source of the location is missing"),
        ({"handling": ""}, "handling level is missing"),
        ({"code": "NOBODY"}, "No group called NOBODY"),
    ],
)
def test_what_cannot_be_kept_leaves_nothing(ws, changes, says):
    ocg = made_ocg(ws)
    with pytest.raises(Refusal, match=says):
        save_location(ws, replace(LOCK_UP, **changes), by=BY)
    assert locations(ws, ocg) == ()


def test_an_edit_says_why(ws):
    made_ocg(ws)
    kept = save_location(ws, LOCK_UP, by=BY)
    with pytest.raises(Refusal, match="A change of a location needs a reason"):
        save_location(ws, replace(kept, radius_m=80.0), by=BY)


def test_a_location_of_the_samples_group_leaves_with_the_sample(ws):
    own = made_ocg(ws, "OWN")
    practice = replace(own, id="", code="KITTIWAKE")
    with ws.writing() as tx:
        keep(tx.planner.ocgs, practice, signature=signed(ws, BY), is_sample=True)
    practised = save_location(ws, LOCK_UP, by=BY)
    save_location(ws, replace(practised, radius_m=80.0), by=BY, reason="Practice")
    kept = save_location(ws, replace(LOCK_UP, code="own"), by=BY)
    with ws.writing() as tx:
        tx.remove_samples()
        assert tx.ocg_locations.all() == (kept,)
    assert saved_versions(ws, practised) == ()
    assert len(saved_versions(ws, kept)) == 1
