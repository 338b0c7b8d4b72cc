"""Impatient people at a form that saves, and the account of what the store holds after them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from chb.domain.access.scope import OPERATOR
from chb.services.workspace import Workspace
from chb.store.tables import metadata
from tests.browser.app_server import AppServer
from tests.browser.filling import wait_until_still
from tests.browser.screen import choose_option, eventually, open_page, settle

KIND: Final = "referral_pathway"
SAVE: Final = "Save the pathway"
STALE: Final = "was changed while you were looking at it"


def pathway_form(page: Page, server: AppServer) -> Locator:
    """The form as a visitor comes to it."""
    open_page(page, server.url, "partnership")
    page.get_by_role("tab", name="Referral pathways", exact=True).click()
    form = page.get_by_role("tabpanel", name="Referral pathways", exact=True)
    expect(form.get_by_role("button", name=SAVE)).to_be_visible()
    wait_until_still(page)
    return form


def filled_form(page: Page, server: AppServer, organisation: str) -> Locator:
    """The form of a new pathway, all but sent."""
    form = pathway_form(page, server)
    form.get_by_label("Organisation", exact=True).fill(organisation)
    form.get_by_label("Area it serves").fill("Marram")
    form.get_by_label("How to refer").fill("By telephone")
    return form


def versions_of(ws: Workspace, organisation: str) -> list[int]:
    """Of each pathway of that name, how often it was saved."""
    with ws.reading() as tx:
        return [each.version for each in tx.planner.pathways.where(organisation=organisation)]


def half_written(ws: Workspace) -> list[str]:
    """Pathways that are not saved as often as their versions and the audit log say."""
    tables = metadata.tables
    records, saved, log = tables[KIND], tables["revision"], tables["audit"]
    counts = (
        select(records.c.id, records.c.version),
        select(saved.c.record_id, func.count())
        .where(saved.c.kind == KIND)
        .group_by(saved.c.record_id),
        select(log.c.object_id, func.count())
        .where(log.c.object_kind == KIND, log.c.action == "alter")
        .group_by(log.c.object_id),
    )
    with ws.store.connection(OPERATOR, writes=False) as connection:
        kept, revisions, rows = (dict(map(tuple, connection.execute(each))) for each in counts)
    everything = kept.keys() | revisions.keys() | rows.keys()
    return [
        f"{each}: version {kept.get(each)}, {revisions.get(each)} revisions, {rows.get(each)} rows"
        for each in sorted(everything)
        if not kept.get(each) == revisions.get(each) == rows.get(each)
    ]


def double_click(page: Page, server: AppServer, ws: Workspace, name: str) -> None:
    """The button is pressed twice: it is saved, once."""
    filled_form(page, server, name).get_by_role("button", name=SAVE).dblclick()
    eventually(lambda: versions_of(ws, name), "the pathway")
    settle(page)
    assert versions_of(ws, name) == [1]


def click_then_leave(page: Page, server: AppServer, ws: Workspace, name: str) -> None:
    """The button, and at once another page: it is saved wholly or not at all."""
    form = filled_form(page, server, name)
    form.get_by_role("button", name=SAVE).click()
    away = page.get_by_test_id("stSidebarNav").get_by_role("link", name="Learning")
    there = page.get_by_role("heading", name="Learning", exact=True)
    away.click()
    settle(page)
    if not there.is_visible():  # the run after the save may win, and shows its own page
        away.click()
    expect(there).to_be_visible()
    settle(page)
    assert versions_of(ws, name) in ([], [1])


def click_then_reload(page: Page, server: AppServer, ws: Workspace, name: str) -> None:
    """The button, and at once the whole page anew; whoever sees it missing sends it again."""
    filled_form(page, server, name).get_by_role("button", name=SAVE).click()
    page.reload()
    settle(page)
    assert versions_of(ws, name) in ([], [1])


def two_tabs(page: Page, server: AppServer, ws: Workspace, name: str) -> None:
    """Two tabs edit one pathway and send at once: one is saved, the other is told."""
    filled_form(page, server, name).get_by_role("button", name=SAVE).click()
    eventually(lambda: versions_of(ws, name) == [1], "the pathway")
    tabs = (page, page.context.new_page())
    forms = [pathway_form(each, server) for each in tabs]
    for number, (tab, form) in enumerate(zip(tabs, forms, strict=True)):
        tab.get_by_role("combobox", name="Add or edit", exact=True).fill(name)
        choose_option(tab, "Add or edit", name)
        organisation = form.get_by_label("Organisation", exact=True)
        # The form of a new pathway goes first; for a moment both are there.
        eventually(lambda one=organisation: says(one, name), "the form of the pathway")
        form.get_by_label("How to refer").fill(f"Ask at desk {number}")
    for form in forms:
        form.get_by_role("button", name=SAVE).click()
    eventually(lambda: n_told(tabs) == 1, "one of them to be told")
    for tab in tabs:
        settle(tab)
    assert versions_of(ws, name) == [2]
    assert n_told(tabs) == 1
    tabs[1].close()


def says(field: Locator, text: str) -> bool:
    """Whether the one field of its name holds the text."""
    return bool(field.evaluate_all("fields => fields.map((each) => each.value)") == [text])


def n_told(tabs: tuple[Page, ...]) -> int:
    """How many of the tabs say that somebody else was faster."""
    return sum(tab.get_by_text(STALE).count() > 0 for tab in tabs)


PATTERNS: Final[Mapping[str, Callable[[Page, AppServer, Workspace, str], None]]] = {
    "a double click": double_click,
    "save, then another page": click_then_leave,
    "save, then reload": click_then_reload,
    "two tabs at once": two_tabs,
}
