"""axe on all that a role finds: every page of its navigation, and every tab of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from playwright.sync_api import Error, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.filling import wait_until_still
from tests.browser.screen import MAP, MapOnScreen, open_page


def violations_by_address(page: Page, url: str, *, tabs: bool) -> Mapping[str, list[str]]:
    """What is wrong on each page of whoever is signed in; an empty list where nothing is."""
    shown = open_page(page, url, "")
    links = page.get_by_test_id("stSidebarNav").get_by_role("link")
    expect(links.first).to_be_visible()
    found = {page.url: list(_wrong_here(page, shown, tabs=tabs))}
    for link in links.all()[1:]:
        _follow(page, link)
        found[page.url] = list(_wrong_here(page, shown, tabs=tabs))
    assert len(found) == links.count()
    return found


def _follow(page: Page, link: Locator) -> None:
    heading = page.get_by_role("heading", level=1)
    before = heading.inner_text()
    link.click()
    expect(heading).not_to_have_text(before)


def _wrong_here(page: Page, shown: MapOnScreen, *, tabs: bool) -> Iterator[str]:
    wait_until_still(page)
    yield from violations(page)
    yield from _wrong_in_maps(page, shown)
    for tab in page.get_by_role("tab").all()[1:] if tabs else ():
        with suppress(Error):  # a tab that went when another was opened
            tab.click(timeout=2_000)
        wait_until_still(page)
        yield from violations(page)


def _wrong_in_maps(page: Page, shown: MapOnScreen) -> list[str]:
    """The map's own, on pages that have one."""
    if not page.locator(MAP).count():
        return []
    shown.wait_until_drawn()
    return violations(shown.frame)
