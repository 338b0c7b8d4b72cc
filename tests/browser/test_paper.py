"""What a page looks like on paper: the marking on every sheet, what is read, and no controls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Page

from chb.services.assets.register import asset_pins
from chb.services.places.register import list_places
from chb.services.workspace import Workspace
from tests.browser.app_server import AppServer
from tests.browser.screen import open_page

pytestmark = pytest.mark.browser

_MARGIN_PT = 17 / 25.4 * 72
"""Of a sheet, at top and bottom; the marking stands in it."""
_SENSITIVE = "OFFICIAL-SENSITIVE - POLICE INVESTIGATION"
_HANDLING = "Need to know only; do not copy, forward or print without the lead officer's agreement."
_PAPER = (595, 842)
"""A4 in points."""


@contextmanager
def printed(page: Page) -> Iterator[pdfium.PdfDocument]:
    """The page as Chromium prints it."""
    sheets = pdfium.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    yield sheets
    sheets.close()


def words_of(sheet: pdfium.PdfPage, *, bottom_pt: float = 0, top_pt: float = 842) -> str:
    """What can be read between two heights, counted from the foot of the sheet."""
    text: str = sheet.get_textpage().get_text_bounded(bottom=bottom_pt, top=top_pt)
    return " ".join(text.split())


@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_sheet_of_a_plan_is_marked_and_has_no_controls(
    page: Page, server: AppServer, look: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=look)
    open_page(page, server.url, "plan")
    page.get_by_test_id("matrix").wait_for()
    with printed(page) as sheets:
        assert len(sheets) > 1
        for number, sheet in enumerate(sheets, start=1):
            assert sheet.get_size() == pytest.approx(_PAPER, abs=1)
            assert words_of(sheet, bottom_pt=842 - _MARGIN_PT) == f"{_SENSITIVE} {_HANDLING}"
            foot = words_of(sheet, top_pt=_MARGIN_PT)
            assert foot == f"{_SENSITIVE} {number} / {len(sheets)}"
        read = " ".join(map(words_of, sheets))
    for words in ("Residents of the estate", "Clear", "Hold", "Build", "Objectives and exit"):
        assert words in read
    for control in ("Sign out", "Harm map", "Plan for", "Save"):
        assert control not in read


def test_the_register_prints_its_map_and_whole_rows(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    open_page(page, server.url, "assets").wait_until_drawn()
    shown = page.get_by_role("table").last.locator("tbody tr td:first-child").all_inner_texts()
    with printed(page) as sheets:
        by_sheet = [words_of(sheet) for sheet in sheets]
    assert "Ternmouth" in by_sheet[0], "the names of the map"
    names = {each.name for each in asset_pins(sample)}
    rows = [text.split("\n")[0] for text in shown]
    assert len(rows) == 40
    assert set(rows) <= names
    for text in shown:
        row = " ".join(text.split())
        assert any(row in words for words in by_sheet), f"{row} is cut between two sheets"


def test_home_prints_what_its_cards_and_its_tour_are_called(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    open_page(page, server.url, "home")
    page.get_by_text("open action").first.wait_for()
    page.get_by_role("link", name="Places and phases").wait_for()
    with printed(page) as sheets:
        read = " ".join(map(words_of, sheets))
    assert any(f"{place.name} {place.area_name}" in read for place in list_places(sample))
    for words in ("Find the worst hotspot", "Places and phases"):
        assert words in read
    for control in ("Put away", "All places", "radio_button_unchecked"):
        assert control not in read
