"""Filling in the planner's forms: a tab, its fields, its button, and then patience."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Locator, Page, expect

from tests.browser.screen import eventually, settle

_STYLED: Final = (
    "[...document.querySelectorAll('style')].some((s) => s.textContent.includes('.hf-cards'))"
)


def wait_until_still(page: Page) -> None:
    """Nothing runs, nothing is about to be drawn anew, and our rules are back after a new page."""
    settle(page)
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    eventually(lambda: page.evaluate(_STYLED), "the rules of our style")


def tab(page: Page, name: str) -> Locator:
    """Open a tab, as one does when the page stands still; what it holds.

    A run that is still drawing the tabs opens the first of them.
    """
    wait_until_still(page)
    opener = page.get_by_role("tab", name=name, exact=True)
    opener.click()
    wait_until_still(page)
    expect(opener).to_have_attribute("aria-selected", "true")
    return page.get_by_role("tabpanel", name=name, exact=True)


def fill_in(form: Locator, values: dict[str, str]) -> None:
    """Text by the label of its field."""
    for label, text in values.items():
        form.get_by_label(label, exact=True).locator("visible=true").fill(text)


def choose_starting_with(page: Page, label: str, start: str) -> None:
    """Choose in a list whose options go on after their first word."""
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=f"{start}:").click()
    settle(page)


def send(form: Locator, label: str) -> None:
    """Press the form's button, and wait for what it does."""
    form.get_by_role("button", name=label).click()
    wait_until_still(form.page)
