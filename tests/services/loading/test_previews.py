"""A file is looked at, nothing is stored, and confirming does what was said."""

import pytest

from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.refusal import Refusal
from chb.services.loading.catalogue import status
from chb.services.loading.importing import import_deprivation
from chb.services.loading.uploads import UPLOAD_KINDS, Upload, kinds_for
from chb.services.workspace import Workspace
from chb.store.journal import ImportRecord
from tests.services.access.scopes import as_person
from tests.services.loading.importers import IMPORTERS
from tests.sources.makers import street_csv, street_row

IMPORTER_OF = {"basemap": "context"}
LAYERS = {"boundaries": "lsoa", "basemap": "green"}


def an_upload(key, data=None, *, name=""):
    importer = IMPORTERS[IMPORTER_OF.get(key, key)]
    content = importer.good_file() if data is None else data
    return Upload(UPLOAD_KINDS[key], name or importer.file_name, content, LAYERS.get(key, ""))


def months(*names):
    return an_upload("incidents", street_csv(*(street_row(Month=name) for name in names)))


def imports(ws: Workspace) -> tuple[ImportRecord, ...]:
    with ws.reading() as tx:
        return tx.journal.imports()


@pytest.mark.parametrize("key", UPLOAD_KINDS)
def test_every_kind_is_looked_at_stored_and_then_known(ws, key):
    upload = an_upload(key)
    preview = upload.look(ws)
    assert preview.report.kept == preview.report.rows_read == 2
    assert preview.expected.changes and not preview.expected.needs_replace
    assert status(ws).is_empty and imports(ws) == ()
    outcome = upload.store(ws)
    assert outcome.changed and outcome.report == preview.report
    again = upload.look(ws)
    assert not again.expected.changes and "imported" in again.expected.sentence
    assert not upload.store(ws).changed


def test_the_first_rows_are_shown_but_those_of_groups(ws):
    assert list(an_upload("population").look(ws).first_rows["population"]) == [1474, 1475]
    assert list(months("2025-01").look(ws).first_rows["month"]) == ["2025-01"]
    assert "geometry" not in an_upload("boundaries").look(ws).first_rows.columns
    assert len(an_upload("ocg-locations").look(ws).first_rows) == 0


def test_months_that_are_loaded_are_named_before_they_are_replaced(ws):
    months("2025-01").store(ws)
    newer = months("2025-01", "2025-01", "2025-02")
    expected = newer.look(ws).expected
    assert expected.needs_replace
    assert "2 months of South Yorkshire Police would be loaded" in expected.sentence
    assert "South Yorkshire Police 2025-01, with 1 row loaded" in expected.sentence
    assert "2 found now" in expected.sentence
    with pytest.raises(Refusal, match="already loaded from other content"):
        newer.store(ws)
    newer.store(ws, replaces=True)
    assert status(ws).incidents[0].rows == 3


def test_a_layer_of_the_same_name_says_what_it_takes_the_place_of(ws):
    an_upload("population").store(ws)
    other = an_upload("population", b"lsoa21_code,lsoa21_name,population\nE01000009,A,7\n")
    expected = other.look(ws).expected
    assert expected.needs_replace and "2 rows, imported on 04 March 2026" in expected.sentence
    assert other.store(ws).changed
    assert status(ws).frames[0].rows == 1


def test_an_edition_of_other_areas_is_refused_before_it_is_stored(ws):
    an_upload("boundaries").store(ws)
    header = "LSOA code (2021),LSOA name (2021),IMD Score,IMD Rank,IMD Decile\n"
    elsewhere = an_upload("deprivation", f"{header}W01000001,A,9.5,7,1\n".encode())
    with pytest.raises(Refusal, match="does not belong to these areas"):
        elsewhere.look(ws)
    with pytest.raises(Refusal, match="does not belong to these areas"):
        import_deprivation(ws, elsewhere._source)


def test_a_file_that_cannot_be_read_says_why_and_an_empty_one_too(ws):
    with pytest.raises(Refusal, match="LSOA codes"):
        an_upload("deprivation", b"a,b\n1,2\n").look(ws)
    with pytest.raises(Refusal, match="is empty"):
        an_upload("people", b"").look(ws)
    assert status(ws).is_empty


def test_kinds_are_offered_to_those_who_may_load_them_and_refused_to_others(ws):
    analyst = as_person(ws, "a@force.example", Role.ANALYST)
    host = as_person(ws, "h@council.example", Role.CSP_MANAGER)
    office = as_person(ws, "o@force.example", Role.ADMINISTRATOR)
    assert [each.key for each in kinds_for(host.scope)] == ["postcodes"]
    assert [each.key for each in kinds_for(office.scope)] == ["people"]
    assert {each.key for each in kinds_for(analyst.scope)} == {
        *UPLOAD_KINDS.keys() - {"people", "postcodes"}
    }
    for asking in (analyst, host, office):
        for key in UPLOAD_KINDS.keys() - {each.key for each in kinds_for(asking.scope)}:
            with pytest.raises(NotForYou):
                an_upload(key).look(asking)


def test_who_sees_not_every_group_is_not_told_when_a_file_of_theirs_came(ws):
    asked = an_upload("ocg-locations")
    asked.store(ws)
    told = asked.look(ws).expected.sentence
    assert told.startswith("This very content was imported on")
    analyst = as_person(ws, "analyst@force.example", Role.ANALYST)
    assert asked.look(analyst).expected.sentence == "This very content is loaded already."
    assert "is loaded already" in asked.store(analyst).message
