"""The store in a few figures for administrators: no content, and nobody else may ask."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chb.domain.access.roles import Role, View
from chb.domain.access.scope import NotForYou
from chb.services.access.accounts import add_account, end_account, grant_role
from chb.services.backups import back_up_store, backup_folder
from chb.services.home.administration import administration_state
from tests.conftest import NOW
from tests.services.views.shared_places import as_view


@pytest.fixture
def people(ws):
    for name in ("admin", "lro", "left", "new"):
        add_account(ws, f"{name}@force.example", name=name)
    grant_role(ws, "admin@force.example", Role.ADMINISTRATOR)
    grant_role(ws, "lro@force.example", Role.LRO)
    end_account(ws, "left@force.example")
    return ws


def test_accounts_are_counted_by_what_keeps_somebody_out(people):
    with people.writing() as tx:
        tx.identity.accounts.change("lro@force.example", locked_until=NOW + timedelta(minutes=1))
    state = administration_state(people)
    assert (state.n_accounts, state.n_locked, state.n_without_role) == (3, 1, 1)
    later = replace(people, clock=lambda: NOW + timedelta(hours=1))
    assert administration_state(later).n_locked == 0


def test_the_end_of_the_log_and_the_newest_backup_are_told(people):
    with people.reading() as tx:
        n_rows = tx.audit.last_seq()
    state = administration_state(people)
    assert (state.n_audit_rows, state.audited_at, state.backup) == (n_rows, NOW, None)
    folder = backup_folder(people.home)
    folder.mkdir(exist_ok=True)
    back_up_store(people, folder / "first.zip")
    kept = administration_state(people).backup
    assert kept is not None and (kept.name, kept.n_bytes > 0) == ("first.zip", True)


def test_an_empty_log_has_no_last_row(ws):
    state = administration_state(ws)
    assert (state.n_audit_rows, state.audited_at, state.anchored_at) == (0, None, None)


def test_nobody_else_may_ask(ws):
    with pytest.raises(NotForYou):
        administration_state(as_view(ws, View.RESTRICTED, Role.LRO))
