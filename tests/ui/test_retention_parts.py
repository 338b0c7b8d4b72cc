"""What may go, as the page tells it."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from chb.domain.access.roles import Role
from chb.domain.retention import KeptKind
from chb.services.retention import due_for_review
from tests.services.access.scopes import as_person
from tests.services.planner_makers import made_intervention, made_ocg, made_plan

LRO = "lro@example.org"


def page(record):
    from chb.ui.parts.retention.forms import show_dispose  # noqa: PLC0415 - runs by itself

    show_dispose(record)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_that_it_is_for_somebody_else_is_told_and_is_no_error(ws, monkeypatch):
    mine, other = made_ocg(ws), made_ocg(ws, code="PUFFIN", lro="other@example.org")
    officer = as_person(ws, LRO, Role.LRO)
    monkeypatch.setattr("chb.ui.cache.workspace", lambda: officer)
    (record,) = due_for_review(officer, [KeptKind.OCG], on=date.max)
    assert [button.label for button in opened(record).button] == ["Dispose of it"]
    made_intervention(ws, made_plan(ws, ocg_id=mine.id), ocg_id=other.id)
    told = opened(record)
    assert "Ask the senior responsible officer" in told.info[0].value
    assert not told.error and not told.button


def opened(record):
    app = AppTest.from_function(page, args=(record,), default_timeout=30).run()
    assert not app.exception
    return app
