"""The harm map as a person sees it: a real browser on a real server, with real places.

Two partnerships together make an area of about 10,000 cells at the usual resolution, and two
others one of about 50,000 at the finest. Each layer is one that the browser has not had before,
so that its time holds the way from the server.

Moments are taken where they happen: when the map's script is told of a layer and when its
last tile is painted, both by the clock of the map's frame; a click and the dossier it
opens, both by the clock of the machine.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, Request

from chb.domain.access.roles import Role
from chb.services.loading.incident_import import import_incidents
from tests.bench.real_data import INCIDENTS, import_joined, place_without_incidents, real
from tests.bench.rows import Item, NotMeasuredError, Row, figure
from tests.browser.app_server import AppServer
from tests.browser.chromium import opened_chromium
from tests.browser.screen import MapOnScreen, choose_layer, choose_option, open_page, settle
from tests.browser.signing import let_in

TEN_THOUSAND: Final = ("Doncaster", "Rotherham")
FIFTY_THOUSAND: Final = ("Rotherham", "Sheffield")
AREAS: Final = ((TEN_THOUSAND, 9), (FIFTY_THOUSAND, 10))
LAYERS: Final = ("Incidents", "Significance", "Deprivation", "Deprivation and harm", "Trend")
"""None of them is on the map when it opens."""
MOST_APART: Final = 0.1
"""How far an area's cells may be from the number that its goals are for."""
N_CLICKS: Final = 7
PAINTED_S: Final = {10_000: 0.2, 50_000: 0.3}
"""At most, by cells."""
CLICK_S: Final = 0.3
PAN_S: Final = 0.05

_WATCH_MAP: Final = """() => {
    const moments = (window.__moments = { shown: 0, painted: 0, down: 0 });
    const show = holdfast.cells.show;
    let painted = window.__holdfast.painted;
    holdfast.cells.show = (map, options) => {
        const asked = options && `${options.cells}/${options.classes}`;
        if (asked && asked !== painted) moments.shown = performance.now();
        return show(map, options);
    };
    Object.defineProperty(window.__holdfast, "painted", {
        get: () => painted,
        set: (digest) => { painted = digest; moments.painted = performance.now(); },
    });
    window.addEventListener("mousedown", () => { moments.down = Date.now(); }, true);
}"""
_WATCH_DOSSIER: Final = """() => {
    const named = () => document.querySelector("[data-testid=chosen-cell]")?.dataset.cell;
    let before = named();
    new MutationObserver(() => {
        if (named() === before) return;
        before = named();
        window.__dossierAt = Date.now();
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
}"""
_PAN: Final = """async () => {
    const steps = [];
    for (let step = 0; step < 12; step += 1) {
        const begun = performance.now();
        map.panBy([step % 2 ? -90 : 90, 0], { animate: false });
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
        steps.push(performance.now() - begun);
    }
    return steps;
}"""


def _measure(pair: tuple[str, str], resolution: int) -> Iterable[Row]:
    with _page_on_south_yorkshire() as (page, server):
        shown = _open(page, server, " and ".join(pair), resolution)
        n_cells = int(shown.facts()["cells"])
        shown.frame.evaluate(_WATCH_MAP)
        words = f"{' and '.join(pair)} at resolution {resolution}, {n_cells:,} cells"
        yield figure(
            f"{words}: shown to painted",
            _painted_s(page, shown),
            "s",
            at_most=PAINTED_S[_size(n_cells)],
            rounds=len(LAYERS),
            checked="each layer fetched",
        )
        yield figure(f"{words}: a step of panning", _pan_s(shown), "s", at_most=PAN_S)
        yield figure(
            f"{words}: click to dossier",
            _click_s(page, shown),
            "s",
            at_most=CLICK_S,
            rounds=N_CLICKS,
            checked="no layer sent again",
        )


def _size(n_cells: int) -> int:
    """The number of cells that there is a goal for."""
    for size in PAINTED_S:
        if abs(n_cells - size) <= MOST_APART * size:
            return size
    raise NotMeasuredError(f"{n_cells:,} cells are a number without a goal")


@contextmanager
def _page_on_south_yorkshire() -> Iterator[tuple[Page, AppServer]]:
    with tempfile.TemporaryDirectory(prefix="holdfast-screen-") as folder:
        home = Path(folder) / "home"
        ws = place_without_incidents(home)
        import_joined(ws, Path(folder), pairs=tuple(pair for pair, _ in AREAS))
        import_incidents(ws, real(INCIDENTS))
        ws.store.close()
        server = AppServer(home)
        server.settings = {"CHB_SIGN_IN": "local"}
        server.start()
        try:
            with opened_chromium() as browser:
                context = browser.new_context(viewport={"width": 1440, "height": 900})
                let_in(context, server, Role.LRO)
                yield context.new_page(), server
        finally:
            server.stop()


def _open(page: Page, server: AppServer, area: str, resolution: int) -> MapOnScreen:
    shown = open_page(page, server.url)
    choose_option(page, "Area", f"{area} (district)")
    digest = shown.wait_until_painted()
    if resolution != 9:
        page.get_by_role("button", name="Settings").click()
        page.get_by_test_id("stButtonGroup").get_by_text(str(resolution), exact=True).click()
        shown.wait_until_painted(not_digest=digest)
        page.keyboard.press("Escape")
        settle(page)
    return shown


def _painted_s(page: Page, shown: MapOnScreen) -> float:
    """Median over layers that the browser has not had before."""
    taken = []
    with _sent(page) as sent:
        for number, layer in enumerate(LAYERS, start=1):
            before = shown.facts()["painted"]
            choose_layer(page, layer)
            shown.wait_until_painted(not_digest=before)
            moments = _moments(shown)
            taken.append((moments["painted"] - moments["shown"]) / 1000)
            if sum("/classes/" in url for url in sent) != number:
                raise NotMeasuredError(f"{layer} was not fetched once: {sent}")
    return statistics.median(taken)


def _pan_s(shown: MapOnScreen) -> float:
    steps: Sequence[float] = shown.frame.evaluate(_PAN)
    return statistics.median(steps) / 1000


def _click_s(page: Page, shown: MapOnScreen) -> float:
    """Median over cells in a row across the map, the first one left out."""
    page.evaluate(_WATCH_DOSSIER)
    box = shown.frame.evaluate("() => [map.getSize().x, map.getSize().y]")
    shown.frame.evaluate("() => map.setZoom(14, { animate: false })")
    with _sent(page) as sent:
        taken = [_click_once(page, shown, box, number) for number in range(N_CLICKS + 1)]
    if sent:
        raise NotMeasuredError(f"a click sent a layer again: {sent}")
    return statistics.median(taken[1:])


def _click_once(page: Page, shown: MapOnScreen, box: Sequence[float], number: int) -> float:
    frame = page.locator("iframe").first.bounding_box()
    assert frame is not None
    before = page.evaluate("window.__dossierAt || 0")
    # Further apart than a cell is wide, above the key and below the box that says where it is.
    x = frame["x"] + box[0] * (0.1 + 0.1 * number)
    page.mouse.click(x, frame["y"] + box[1] * 0.3)
    deadline = time.monotonic() + 20
    while page.evaluate("window.__dossierAt || 0") == before:
        assert time.monotonic() < deadline, "the click opened no dossier"
        page.wait_for_timeout(20)
    settle(page)
    return float(page.evaluate("window.__dossierAt") - _moments(shown)["down"]) / 1000


def _moments(shown: MapOnScreen) -> dict[str, Any]:
    moments: dict[str, Any] = shown.frame.evaluate("window.__moments")
    return moments


@contextmanager
def _sent(page: Page) -> Iterator[list[str]]:
    """Addresses of the layers that are fetched meanwhile."""
    sent: list[str] = []

    def note(request: Request) -> None:
        if any(f"/{kind}/" in request.url for kind in ("cells", "classes")):
            sent.append(request.url)

    page.on("request", note)
    yield sent
    page.remove_listener("request", note)


ITEMS: Final = tuple(
    Item(f"the map of {' and '.join(pair)}", "", partial(_measure, pair, resolution))
    for pair, resolution in AREAS
)
