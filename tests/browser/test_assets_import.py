"""The import of assets at the screen: looked at, decided on, confirmed once, undone, corrected."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chb.domain.access.roles import Role
from chb.services.assets.register import open_assets
from chb.services.workspace import Workspace, open_workspace
from tests.browser.app_server import AppServer
from tests.browser.axe import violations
from tests.browser.filling import tab, wait_until_still
from tests.browser.lasting import lasting
from tests.browser.screen import choose_option, fill, open_page
from tests.browser.signing import TESTER, let_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("asset import")]

HEADER = "id,name,kind,longitude,latitude,postcode,opening\n"
HALL = "h1,Gull <b>Hall</b>,community_centre,-1.49501,53.36501,S7 1AA,Mon 6pm-8pm\n"
AGAIN = "h2,Gull <b>Hall</b>,community_centre,-1.49502,53.36502,S7 1AA,Tue 6pm-8pm\n"
CAFE = "h3,Tern Cafe,caff,-1.41,53.38,S9 5HL,Mon-Fri 9ish\n"


@pytest.fixture(scope="module")
def store(
    untouched_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[AppServer, Workspace]]:
    """A store for work: in a demonstration, an import would end it."""
    home = tmp_path_factory.mktemp("asset-import") / "home"
    shutil.copytree(untouched_home, home)
    with lasting(home, CHB_SIGN_IN="local") as running:
        ws = open_workspace(home)
        yield running, ws
        ws.store.close()


@pytest.fixture
def page(new_page: Callable[..., Page], store: tuple[AppServer, Workspace]) -> Page:
    """The page, opened by a co-ordinator; high enough for a whole preview."""
    shown = new_page(height=1700)
    let_in(shown.context, store[0], Role.CO_ORDINATOR)
    open_page(shown, store[0].url, "asset-import")
    wait_until_still(shown)
    return shown


def give(page: Page, name: str, content: str | bytes) -> None:
    """Upload a list, and wait until it was looked at."""
    data = content.encode() if isinstance(content, str) else content
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    expect(page.get_by_role("button", name="Read the list again")).to_be_visible()
    wait_until_still(page)


def names(ws: Workspace) -> list[str]:
    return [asset.name for asset in open_assets(ws)]


def test_a_list_is_looked_at_decided_on_imported_and_undone(
    page: Page, store: tuple[AppServer, Workspace]
) -> None:
    before = names(store[1])
    give(page, "halls.csv", HEADER + HALL + AGAIN)
    expect(page.get_by_text("2 rows read from halls.")).to_be_visible()
    expect(page.get_by_text("Decide on 1 likely duplicate first")).to_be_visible()
    compared = page.get_by_role("table", name="Row 3 and what it is like")
    expect(compared.get_by_text("Gull <b>Hall</b>")).to_have_count(2)
    assert violations(page) == []
    assert names(store[1]) == before
    choice = "Merge into Gull <b>Hall</b> (earlier in the list)"
    choose_option(page, "What to do with row 3", choice)
    page.get_by_role("button", name="Import 2 rows").click()
    expect(page.get_by_text("Imported halls: 1 added, 1 merged")).to_be_visible()
    assert sorted(names(store[1])) == sorted([*before, "Gull <b>Hall</b>"])
    imports = tab(page, "What was imported")
    listed = imports.get_by_role("row").filter(has_text="Imported halls")
    expect(listed).to_contain_text("2 added")
    imports.get_by_role("button", name="Undo it whole").click()
    expect(page.get_by_text("Undone: Imported halls")).to_be_visible()
    expect(listed.get_by_role("cell").last).to_contain_text(TESTER)
    assert names(store[1]) == before


def test_columns_are_chosen_and_refused_rows_corrected_and_imported_again(
    page: Page, store: tuple[AppServer, Workspace]
) -> None:
    give(page, "venues.csv", "Spot,Sort,East-West,North-South\nTern Cafe,caff,-1.41,53.38\n")
    expect(page.get_by_text("lacks columns")).to_be_visible()
    ours = {"Name": "Spot", "Kind": "Sort", "Longitude": "East-West", "Latitude": "North-South"}
    for label, heading in ours.items():
        choose_option(page, label, heading)
    assert violations(page) == []
    page.get_by_role("button", name="Use these columns").click()
    expect(page.get_by_text("The columns are remembered")).to_be_visible()
    page.get_by_text("1 row refused, and why").click()
    expect(page.get_by_test_id("refused")).to_contain_text("There is no asset kind for 'caff'")
    page.get_by_role("button", name="Refused rows (CSV)").click()
    fill(page, "Purpose", "To correct them")
    fill(page, "For whom", "Whoever keeps the list")
    page.get_by_role("button", name="Prepare the file").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Save the file").click()
    refused = Path(waiting.value.path()).read_bytes()
    page.keyboard.press("Escape")
    give(page, "corrected.csv", refused.replace(b"caff", b"cafe"))
    expect(page.get_by_text("1 row read from corrected.")).to_be_visible()
    page.get_by_role("button", name="Import 1 row").click()
    expect(page.get_by_text("Imported corrected: 1 added")).to_be_visible()
    assert "Tern Cafe" in names(store[1])


@pytest.fixture(scope="module")
def crossing() -> str:
    """A feature whose area crosses itself."""
    ring = [[-1.5, 53.3], [-1.4, 53.4], [-1.4, 53.3], [-1.5, 53.4], [-1.5, 53.3]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    about = {"name": "Bow", "amenity": "library"}
    feature = {"type": "Feature", "properties": about, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def test_what_cannot_be_read_is_a_sentence_and_nothing_is_stored(
    page: Page, store: tuple[AppServer, Workspace], crossing: str
) -> None:
    before = names(store[1])
    for name, content, *words in (
        ("cut.json", '[{"name": "A", "status": "act', "cut.json is not whole JSON"),
        ("grid.csv", "name,kind,longitude,latitude\nA,park,434367,406524\n", "eastings"),
        ("empty.csv", "", "empty.csv is empty"),
        ("ragged.csv", HEADER + HALL.replace("\n", ",x\n"), "from ragged.", "1 row refused"),
        ("cafe.csv", HEADER + CAFE, "from cafe.", "1 row refused"),
        ("bow.geojson", crossing, "from bow.", "Look at 1 row before you confirm"),
    ):
        give(page, name, content)
        for each in words:
            expect(page.get_by_text(each).first).to_be_visible()
    assert names(store[1]) == before
