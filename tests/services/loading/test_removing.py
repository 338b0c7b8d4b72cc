"""Taking out what was loaded: whole, with a reason, and able to come back."""

import pytest

from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.audit import AuditAction, AuditQuery
from chb.domain.refusal import Refusal
from chb.services.audit import search
from chb.services.loading.catalogue import loaded_months
from chb.services.loading.importing import import_postcodes
from chb.services.loading.incident_import import import_incidents
from chb.services.loading.removing import REMOVED_KIND, removable, remove_loaded
from tests.services.access.scopes import as_person
from tests.services.loading.importers import IMPORTERS
from tests.sources.makers import street_file, street_row, text_file

JANUARY = "South Yorkshire Police 2025-01"
FILE = street_file(street_row(), street_row(Month="2025-02"))


def test_a_month_goes_with_its_reason_on_record_and_comes_back(ws):
    import_incidents(ws, FILE)
    said = remove_loaded(ws, "incidents", [JANUARY], reason="Half a month")
    assert said == "Taken out: 1 part of Recorded crime, 1 row"
    assert [str(month) for month in loaded_months(ws)] == ["2025-02"]
    (row,) = search(ws, AuditQuery(object_kind=REMOVED_KIND))
    assert (row.action, row.object_id, row.purpose) == (
        AuditAction.ERASE,
        "incidents",
        "Half a month",
    )
    assert import_incidents(ws, FILE).changed
    assert len(loaded_months(ws)) == 2


def test_what_is_gone_is_refused_and_nothing_else_goes_with_it(ws):
    import_incidents(ws, FILE)
    remove_loaded(ws, "incidents", [JANUARY], reason="Wrong")
    both = [JANUARY, "South Yorkshire Police 2025-02"]
    with pytest.raises(Refusal, match="not there") as refused:
        remove_loaded(ws, "incidents", both, reason="Wrong")
    assert JANUARY in refused.value.found
    assert len(loaded_months(ws)) == 1
    with pytest.raises(Refusal, match="Nothing was chosen"):
        remove_loaded(ws, "incidents", [], reason="Wrong")
    with pytest.raises(Refusal, match="reason"):
        remove_loaded(ws, "incidents", both[1:], reason=" ")


def test_the_sample_place_is_not_taken_apart(sample_ws):
    assert removable(sample_ws) == ()
    with pytest.raises(Refusal, match="not there"):
        remove_loaded(
            sample_ws, "incidents", ["Marram Constabulary (synthetic) 2024-01"], reason="x"
        )


def test_only_who_may_load_a_kind_takes_it_out(ws):
    import_incidents(ws, FILE)
    postcodes = IMPORTERS["postcodes"].good_file().decode()
    import_postcodes(ws, text_file(postcodes, "codes.csv"))
    (name,) = [each.name for each in removable(ws) if each.kind == "postcodes"]
    analyst = as_person(ws, "a@force.example", Role.ANALYST)
    assert {each.kind for each in removable(analyst)} == {"incidents"}
    with pytest.raises(Refusal, match="not there"):
        remove_loaded(analyst, "postcodes", [name], reason="x")
    with pytest.raises(NotForYou):
        remove_loaded(
            as_person(ws, "h@council.example", Role.CSP_MANAGER), "incidents", [JANUARY], reason="x"
        )
