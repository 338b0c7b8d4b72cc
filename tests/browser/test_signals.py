"""Partner signals: an area clicked on the map, a name asked about, the layer of counts."""

from __future__ import annotations

from collections.abc import Callable

import h3.api.numpy_int as h3
import pytest
from playwright.sync_api import Page, expect

from chb.domain.planning.signals import Signal
from chb.services.planning.signals import linked_signals
from chb.services.workspace import Workspace
from tests.browser.app_server import AppServer
from tests.browser.axe import violations
from tests.browser.filling import send, tab, wait_until_still
from tests.browser.screen import choose_option, open_page, settle
from tests.browser.test_planner import AGENCY

pytestmark = pytest.mark.browser


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A screen that holds map and form: a map that is out of sight is not painted."""
    return new_page(height=1800)


def sent(ws: Workspace) -> tuple[Signal, ...]:
    """Every signal that is kept."""
    return tuple(each.signal for each in linked_signals(ws))


def test_two_clicked_cells_are_sent_and_seen_on_the_layer(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    before = sent(sample)
    cells = cells_without_a_signal(before)
    shown = open_page(page, server.url, "signals")
    painted = shown.wait_until_painted()
    wait_until_still(page)
    for cell, words in zip(cells, ("1 cell chosen", "2 cells chosen"), strict=True):
        shown.centre_on_cell(cells[0])
        shown.click_cell(cell)
        expect(page.get_by_text(words)).to_be_visible()
    form = tab(page, "Send one")
    choose_option(page, "Agency", AGENCY)
    choose_option(page, "Kind of work", "housing")
    form.get_by_label("What is new").fill("Jo Bloggs Bakery keeps its shutters down")
    send(form, "Send the signal")
    expect(form.get_by_text("A person seems to be named")).to_be_visible()
    expect(form.get_by_text("Jo Bloggs Bakery: capitalised words")).to_be_visible()
    assert sent(sample) == before
    form.get_by_text("None of these words is a person").click()
    send(form, "Send the signal")
    expect(page.get_by_text("The signal is sent")).to_be_visible()
    kept = next(each for each in sent(sample) if each not in before)
    assert kept.cells == frozenset(cells)
    shown.wait_until_painted(not_digest=painted)
    touched = len({cell for each in before for cell in each.cells}) + 2
    expect(page.get_by_test_id("sentence")).to_contain_text(f"{touched} cells have a signal")
    expect(page.get_by_text("Click the cells on the map")).to_be_visible()


def test_what_the_lead_officer_makes_of_a_signal_is_not_on_the_senders_page(
    page: Page, server: AppServer
) -> None:
    open_page(page, server.url, "signals").wait_until_painted()
    wait_until_still(page)
    assert "KITTIWAKE" not in page.content()
    page.get_by_text("Lead officer's links").click()
    settle(page)
    expect(page.get_by_text("Cuckooing in three blocks")).to_be_visible()
    wait_until_still(page)
    assert violations(page) == []


def cells_without_a_signal(signals: tuple[Signal, ...]) -> tuple[int, int]:
    """Two neighbours near the cells of the signals."""
    taken = {cell for each in signals for cell in each.cells}
    for cell in sorted(taken):
        free = [int(near) for near in sorted(h3.grid_ring(cell, 2)) if int(near) not in taken]
        for first in free:
            second = next((each for each in free if h3.are_neighbor_cells(first, each)), None)
            if second is not None:
                return first, second
    raise AssertionError("every cell near a signal has one")
