"""axe on all that a role finds: every page of its navigation, every tab of each, every map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from playwright.sync_api import Error, Frame, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.filling import wait_until_still
from tests.browser.screen import MAP, eventually, open_page


def violations_by_address(page: Page, url: str, *, tabs: bool) -> Mapping[str, list[str]]:
    """What is wrong on each page of whoever is signed in; an empty list where nothing is."""
    open_page(page, url, "")
    links = page.get_by_test_id("stSidebarNav").get_by_role("link")
    expect(links.first).to_be_visible()
    found = {page.url: list(_wrong_here(page, tabs=tabs))}
    for link in links.all()[1:]:
        _follow(page, link)
        found[page.url] = list(_wrong_here(page, tabs=tabs))
    assert len(found) == links.count()
    return found


def open_every_tab(page: Page, within: Locator | None = None) -> Iterator[tuple[str, ...]]:
    """Open each tab, and each tab within it, by name; the names that lead there, once it is open.

    A tab that is listed and cannot be opened is a failure of the page.
    """
    for group in _groups(within or page.locator("body")):
        own = group.get_by_role("tablist").first
        for name in own.get_by_role("tab").all_inner_texts():
            own.get_by_role("tab", name=name, exact=True).click()
            wait_until_still(page)
            yield (name,)
            panel = group.get_by_role("tabpanel", name=name, exact=True).first
            yield from ((name, *inner) for inner in open_every_tab(page, panel))


def _groups(within: Locator) -> list[Locator]:
    """Groups of tabs in view that are in no other group but those around ``within``."""
    around = "ancestor::*[@data-testid='stTabs']"
    n_around = within.locator("xpath=ancestor-or-self::*[@data-testid='stTabs']").count()
    groups = within.locator(f"xpath=.//*[@data-testid='stTabs'][count({around}) = {n_around}]")
    return groups.locator("visible=true").all()


def _follow(page: Page, link: Locator) -> None:
    heading = page.get_by_role("heading", level=1)
    before = heading.inner_text()
    link.click()
    expect(heading).not_to_have_text(before)


def _wrong_here(page: Page, *, tabs: bool) -> Iterator[str]:
    wait_until_still(page)
    yield from _wrong_in_sight(page.locator("body"))
    for names in open_every_tab(page) if tabs else ():
        panel = page.get_by_role("tabpanel", name=names[-1], exact=True).locator("visible=true")
        yield from (f"{' > '.join(names)}: {each}" for each in _wrong_in_sight(panel.last))


def _wrong_in_sight(part: Locator) -> Iterator[str]:
    """In a part of the page, and in every map that is in view there."""
    yield from violations(part.page, within=part.get_attribute("id") or "")
    for shown in part.locator(MAP).locator("visible=true").all():
        shown.scroll_into_view_if_needed()
        eventually(partial(_is_drawn, shown), "a drawn map")
        yield from violations(_frame(shown))


def _frame(shown: Locator) -> Frame:
    frame = shown.element_handle().content_frame()
    assert frame is not None
    return frame


def _is_drawn(shown: Locator) -> bool:
    try:
        return bool(
            _frame(shown).evaluate("Boolean(window.__holdfast && window.__holdfast.context)")
        )
    except Error:  # it is being made anew
        return False
