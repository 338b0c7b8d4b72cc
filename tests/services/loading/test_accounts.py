"""Accounts of imports: kept whole, and known only to those who may load the kind."""

import pytest

from chb.domain.access.roles import Role
from chb.services.loading.accounts import import_accounts
from chb.services.loading.importing import import_ocg_locations, import_people
from chb.services.loading.incident_import import import_incidents
from tests.services.access.scopes import as_person
from tests.services.loading.importers import IMPORTERS
from tests.sources.makers import csv_text, street_file, street_row, text_file

ALL = {"incidents", "ocg-locations", "people"}


@pytest.fixture
def loaded(ws):
    import_incidents(ws, street_file(street_row(), street_row(Month="never")))
    import_ocg_locations(ws, _list("ocg-locations"))
    import_people(ws, _list("people"))
    return ws


def _list(name):
    """The good rows of a kind, and one that is refused with its own words in the example."""
    importer = IMPORTERS[name]
    rows = [*importer.rows, dict(importer.third) | dict(importer.bad)]
    return text_file(csv_text(rows, importer.header), f"{name}.csv")


def kinds(ws, *roles):
    return {each.kind for each in import_accounts(as_person(ws, "x@force.example", *roles))}


def test_an_account_is_what_the_import_said(loaded):
    newest, *_, incidents = import_accounts(loaded)
    assert newest.kind == "people"
    assert (incidents.report.rows_read, incidents.report.kept) == (2, 1)
    assert incidents.report.refused[0].first_row == 3
    assert incidents.imported_at == loaded.now()


@pytest.mark.parametrize(
    ("role", "known"),
    [
        (Role.SRO, {"incidents", "ocg-locations"}),
        (Role.LRO, {"incidents"}),
        (Role.ANALYST, {"incidents"}),
        (Role.P_LEAD, set()),
        (Role.CSP_MANAGER, set()),
        (Role.CO_ORDINATOR, set()),
        (Role.PARTNER, set()),
        (Role.ADMINISTRATOR, {"people"}),
    ],
)
def test_who_may_not_load_a_kind_does_not_learn_that_it_was(loaded, role, known):
    assert kinds(loaded, role) == known


def test_an_account_of_locations_holds_no_row(loaded):
    account = next(each for each in import_accounts(loaded) if each.kind == "ocg-locations")
    assert account.report.refused_rows == 1
    assert {each.example for each in account.report.refused} == {""}
    assert {each.kind for each in import_accounts(loaded)} == ALL
