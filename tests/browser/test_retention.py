"""Retention: a record is held, let go and disposed of, by somebody who says that they know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from chb.domain.planning.debriefs import Debrief
from chb.services.places.register import list_places
from chb.services.planning.partnership import save_debrief
from chb.services.workspace import Workspace
from tests.browser.app_server import AppServer
from tests.browser.axe import violations
from tests.browser.filling import fill_in, send, tab, wait_until_still
from tests.browser.screen import choose_option, open_page

pytestmark = pytest.mark.browser

TITLE = "Walk along <b>the quay</b>"


@pytest.fixture
def page(new_page: Callable[..., Page], server: AppServer, sample: Workspace) -> Page:
    """The page, with one debrief more in the store."""
    place = list_places(sample)[0]
    debrief = Debrief(title=TITLE, held_on=date(2026, 3, 2), worked="Talking", place_id=place.id)
    if TITLE not in {each.title for each in debriefs(sample)}:
        save_debrief(sample, debrief, by="LRO")
    page = new_page(height=1600)
    open_page(page, server.url, "retention")
    return page


def debriefs(ws: Workspace) -> tuple[Debrief, ...]:
    with ws.reading() as tx:
        return tx.planner.debriefs.all()


def test_what_is_held_stays_and_what_is_let_go_can_be_disposed_of(
    page: Page, sample: Workspace
) -> None:
    choose_option(page, "Kind", "Debrief")
    page.get_by_role("combobox", name="Which", exact=True).click()
    page.get_by_role("option", name=TITLE).click()
    wait_until_still(page)
    form = tab(page, "Hold")
    fill_in(form, {"Why it must stay": "An inquiry"})
    send(form, "Hold it")
    expect(page.get_by_text("It is held: nobody can dispose of it")).to_be_visible()

    expect(tab(page, "Dispose").get_by_text("It cannot go now")).to_be_visible()
    assert violations(page) == []
    form = tab(page, "Hold")
    fill_in(form, {"Why it is lifted": "It is over"})
    send(form, "Lift the hold")
    expect(page.get_by_text("The hold is lifted.")).to_be_visible()

    form = tab(page, "Dispose")
    fill_in(form, {"Reason": "Recorded twice"})
    send(form, "Dispose of it")
    expect(page.get_by_text("Say first that you know.")).to_be_visible()
    assert TITLE in {each.title for each in debriefs(sample)}
    form.get_by_text("I know that this cannot be taken back").click()
    send(form, "Dispose of it")
    expect(page.get_by_text("It is gone, with all that went with it.")).to_be_visible()
    assert TITLE not in {each.title for each in debriefs(sample)}
