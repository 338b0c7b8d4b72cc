"""Half a form survives a reload: its own person finds the words again, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from chb.domain.access.grants import Basis, NeedToKnow
from chb.domain.access.roles import Role
from chb.domain.access.scope import Scope
from chb.domain.people import Person
from chb.services.access import need_to_know
from chb.services.planning.ocg_register import list_ocgs
from chb.services.workspace import Workspace, open_workspace
from tests.browser.app_server import AppServer
from tests.browser.filling import tab
from tests.browser.houses import house_with, with_account
from tests.browser.screen import eventually, open_page, settle
from tests.browser.signing import let_in

pytestmark = pytest.mark.browser

AMIRA, BEN = "amira@force.example", "ben@force.example"
WORDS = "Task the group before the trial, because the <b>${market}</b> will move"
AT_MOST_S = 30.0


@pytest.fixture(scope="module")
def house(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """A server of named people, with the sample place."""
    folder = tmp_path_factory.mktemp("drafts")
    with house_with(untouched_home, folder, with_account(AMIRA)) as server:
        yield server


@pytest.fixture
def kept(house: AppServer) -> Iterator[Workspace]:
    """The same store, to know what is kept."""
    ws = open_workspace(house.home)
    yield ws
    ws.store.close()


def draft_of(ws: Workspace, person: str, form: str = "record_decision") -> dict[str, str]:
    with ws.seen_by(Scope(person=person)).reading() as tx:
        found = tx.drafts.find(form)
    return found.words if found else {}


def wait_for_draft(page: Page, ws: Workspace, form: str = "record_decision", **words: str) -> None:
    """Until these are Amira's words on the server. (Requests pass while Playwright waits.)"""

    def is_kept() -> bool:
        page.wait_for_timeout(100)
        return draft_of(ws, AMIRA, form) == words

    eventually(is_kept, "the words on the server", seconds=AT_MOST_S)


def field(page: Page, label: str) -> Locator:
    """In the form for a new entry: the one that corrects has the same labels."""
    return page.get_by_role("tabpanel", name="Record one").get_by_label(label, exact=True)


def decisions_page(new_page: Callable[..., Page], house: AppServer, person: str) -> Page:
    page = new_page(height=1600)
    let_in(page.context, house, Role.LRO, work_email=person)
    open_page(page, house.url, "decisions")
    return page


def test_words_are_there_after_a_reload_and_gone_after_the_save(
    new_page: Callable[..., Page], house: AppServer, kept: Workspace
) -> None:
    page = decisions_page(new_page, house, AMIRA)
    field(page, "What was decided").fill(WORDS)
    field(page, "Why not").fill("No warrant yet")
    wait_for_draft(page, kept, **{"What was decided": WORDS, "Why not": "No warrant yet"})

    page.reload()
    settle(page)
    expect(field(page, "What was decided")).to_have_value(WORDS)
    expect(field(page, "Why not")).to_have_value("No warrant yet")
    expect(page.get_by_text("not sent yet, are put back")).to_be_visible()

    other = decisions_page(new_page, house, BEN)
    expect(field(other, "What was decided")).to_have_value("")
    assert WORDS not in other.content()

    field(page, "Rationale").fill("The harm")
    field(page, "What we are not doing").fill("A raid")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("is in the log.")).to_be_visible()
    settle(page)
    assert draft_of(kept, AMIRA) == {}
    page.reload()
    settle(page)
    expect(field(page, "What was decided")).to_have_value("")
    page.wait_for_timeout(6_000)  # longer than the script waits: nothing comes after the save
    assert draft_of(kept, AMIRA) == {}


def test_what_was_typed_a_moment_before_leaving_is_kept(
    new_page: Callable[..., Page], house: AppServer, kept: Workspace
) -> None:
    page = decisions_page(new_page, house, AMIRA)
    field(page, "Rationale").fill("Typed and gone")
    page.reload()
    wait_for_draft(page, kept, Rationale="Typed and gone")
    page.reload()
    settle(page)
    page.get_by_role("button", name="Start afresh").click()
    expect(page.get_by_text("not sent yet, are put back")).to_have_count(0)
    settle(page)
    expect(field(page, "Rationale")).to_have_value("")
    wait_for_draft(page, kept)


@dataclass(frozen=True)
class Form:
    """A form of many words: where it is, and one of its fields."""

    address: str
    tab: str
    label: str
    name: str

    def field(self, page: Page, house: AppServer) -> Locator:
        """The field on the page, opened anew."""
        open_page(page, house.url, self.address)
        return tab(page, self.tab).get_by_label(self.label, exact=True)


OTHERS = (
    Form("intelligence", "What we need to know", "What do we need to know", "requirement-new"),
    Form("partnership", "Referral pathways", "How to refer", "pathway-"),
    Form("learning", "Record one", "What worked", "record_debrief"),
)


@pytest.mark.parametrize("form", OTHERS, ids=lambda form: form.address)
def test_words_of_other_forms_are_there_after_a_reload_too(
    new_page: Callable[..., Page], house: AppServer, kept: Workspace, form: Form
) -> None:
    page = new_page(height=1900)
    let_in(page.context, house, Role.LRO, work_email=AMIRA)
    form.field(page, house).fill(WORDS)
    wait_for_draft(page, kept, form.name, **{form.label: WORDS})
    expect(form.field(page, house)).to_have_value(WORDS)
    expect(page.get_by_text("not sent yet, are put back")).to_be_visible()


def test_words_about_a_group_go_with_the_right_to_see_it(
    new_page: Callable[..., Page], house: AppServer, kept: Workspace
) -> None:
    """They are the writer's own, under an id; the page that would put them back is closed."""
    (group,) = [each.ocg for each in list_ocgs(kept) if each.ocg.code == "WHIMBREL"]
    with kept.writing() as tx:
        tx.people.put([Person("Amira", "Police", "Officer", AMIRA)], source_sha256="")
    yesterday = kept.today() - timedelta(days=1)
    known = NeedToKnow(work_email=AMIRA, basis=Basis.SHARED, ocg_id=group.id, starts_on=yesterday)
    grant = need_to_know.let_in(kept, known, by="Senior officer")
    page = new_page(height=1900)
    let_in(page.context, house, Role.LRO, work_email=AMIRA)
    open_page(page, house.url, "ocgs")
    business = tab(page, "Business")
    business.get_by_text("Edit the group", exact=True).click()
    business.get_by_label("Summary", exact=True).fill(WORDS)
    wait_for_draft(page, kept, f"edit_ocg-{group.id}", Summary=WORDS)
    need_to_know.end_need(kept, grant.id, on=yesterday, by="Senior officer", reason="Moved on")
    open_page(page, house.url, "ocgs")
    expect(page.get_by_text("You lead no group and were let in on none")).to_be_visible()
    assert WORDS not in page.content()
