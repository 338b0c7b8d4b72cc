"""Going through everything that a page can show, and reading all that stands there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Error, Locator, Page, expect

from tests.browser.hostile import as_seen
from tests.browser.screen import MAP, PATIENCE_S, MapOnScreen, eventually, settle

_EVERYTHING: Final = """() => {
  const written = [...document.querySelectorAll("input, textarea")].map((each) => each.value);
  return [document.body.textContent, ...written].join("\\n");
}"""
_UNFOLD: Final = """() => {
  const folded = "[data-testid=stExpander] details:not([open]) > summary";
  const closed = [...document.querySelectorAll(folded)];
  closed.forEach((each) => each.click());
  return closed.length;
}"""
_EXACT: Final = """(texts) => {
  const clean = (text) => text.replace(/[\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u009f]/g, "")
    .split(/\\s+/u).filter(Boolean).join(" ");
  const elements = [...document.querySelectorAll("body *")];
  const whole = new Set(elements.map((each) => clean(each.textContent)));
  return texts.filter((text) => whole.has(text));
}"""
_RAN: Final = """() => window.__pwn || Object.prototype.__pwn
  || document.querySelector("[onerror], [onload], [onfocus], [ontoggle]")?.outerHTML
  || [...document.querySelectorAll("a, img, iframe, link, form, base")]
    .map((each) => each.href || each.src || each.action || "")
    .find((address) => String(address).includes("evil.example"))"""
"""What ran, or is there to run or to lead outside."""
_TOOLTIPS: Final = """() => {
  const said = [];
  window.map.eachLayer((layer) => {
    if (!layer.getTooltip?.()) return;
    layer.openTooltip();
    said.push(layer.getTooltip().getElement()?.textContent);
    layer.closeTooltip();
  });
  return said.join("\\n");
}"""
_ENOUGH: Final = 28
"""Letters by which a text is known: a code name may have cut it short."""
_BEGINS_MS: Final = 150
"""Within which a page begins to answer what was pressed."""
HEADED: Final = ("Places", "OCGs")
"""Pages with what is chosen in a heading."""
N_OF_SAMPLE: Final = 3
"""Places, and groups, of the sample place: first in every list."""
_POPPED: Final = "[data-testid=stPopover] button"
_CHOSEN: Final = "[data-testid=stButtonGroup] button"


@dataclass
class Walk:
    """One browser's way through the pages.

    Args:
        page: signed in.
        texts: what is looked for.
        most: options that are chosen in each list, and parts pressed of each kind.
    """

    page: Page
    texts: tuple[str, ...]
    most: int = 2
    seen: dict[str, set[str]] = field(default_factory=dict)
    """By page: the texts that stood there as they were written."""
    exact: dict[str, set[str]] = field(default_factory=dict)
    """By page: those that were all that an element held."""
    headed: dict[str, set[str]] = field(default_factory=dict)
    """By page: names chosen in a list that stood in a heading as they stood in the list."""
    drawn: dict[str, int] = field(default_factory=dict)
    """By page: how often its map was looked at, and was drawn."""
    ran: list[str] = field(default_factory=list)
    """What ran."""
    blank: list[str] = field(default_factory=list)
    """Where there was nothing, or a fault, in place of a page."""

    def __post_init__(self) -> None:
        self.page.on("dialog", self._refuse)

    def _refuse(self, dialog: object) -> None:
        self.ran.append(f"a dialogue: {dialog}")
        dialog.dismiss()  # type: ignore[attr-defined] # a Dialog

    def titles(self) -> tuple[str, ...]:
        """The pages of the navigation."""
        links = self.page.get_by_test_id("stSidebarNav").get_by_role("link")
        return tuple(text.split("\n")[-1].strip() for text in links.all_inner_texts())

    def unseen(self, titles: Iterable[str], texts: Iterable[str]) -> dict[str, set[str]]:
        """By page: the texts that did not stand there; pages with all of them are left out."""
        missing = {title: set(texts) - self.seen.get(title, set()) for title in titles}
        return {title: left for title, left in missing.items() if left}

    def visit(self, title: str, *, subjects: str = "") -> None:
        """A page with its tabs, lists, parts that fold, and map.

        ``subjects`` names a list every option of which is chosen.
        """
        self._open(title)
        self._read(title)
        self._choose_each(title, subjects)
        self._press_each(title, self._page.get_by_role("tab"))
        self._press_each(title, self._page.locator(_CHOSEN))
        self._open_each(title)
        self._look_at_lists(title)

    def _open(self, title: str) -> None:
        """By the link, waiting until the page that was open has gone."""
        heading = self._page.get_by_role("heading", level=1)
        before = heading.inner_text() if heading.count() else ""
        link = self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True)
        if link.get_attribute("aria-current") != "page":
            link.click()
            expect(heading).not_to_have_text(before or "Nothing yet")
        settle(self.page)
        if self.page.locator(MAP).count():  # its frame has no height for a moment
            expect(self.page.locator(MAP).first).to_be_visible()

    @property
    def _page(self) -> Locator:
        return self.page.get_by_test_id("stMain")

    def _choose_each(self, title: str, label: str) -> None:
        """The next option, and the next, until there is none or it is enough."""
        for number in range(self.most if label else 0):
            box = self._page.get_by_role("combobox", name=label, exact=True).first
            before = box.input_value()
            box.click()
            self.page.get_by_role("option").first.wait_for()
            for _ in range(1 if number else 1 + N_OF_SAMPLE):
                box.press("ArrowDown")
            box.press("Enter")
            settle(self.page)
            self._read(title)
            chosen = as_seen(box.input_value())
            if self._is_headed(chosen, wait=title in HEADED):
                self.headed.setdefault(title, set()).add(chosen)
            if chosen == as_seen(before):
                return

    def _is_headed(self, chosen: str, *, wait: bool) -> bool:
        """Whether a heading says just that; a page that has one is given time to say it."""
        headings = self._page.get_by_role("heading", level=3)
        deadline = time.monotonic() + (PATIENCE_S if wait else 0.0)
        while chosen not in map(as_seen, headings.all_text_contents()):
            if time.monotonic() >= deadline:
                return False
            self.page.wait_for_timeout(50)
        return True

    def _press_each(self, title: str, parts: Locator) -> None:
        for at in range(parts.count()):
            part = parts.nth(at)
            if part.is_visible() and part.is_enabled():
                part.click()
                self.page.wait_for_timeout(_BEGINS_MS)
                settle(self.page)
                self._read(title)

    def _open_each(self, title: str) -> None:
        buttons = self._page.locator(_POPPED)
        for at in range(buttons.count()):
            if buttons.nth(at).is_visible():
                buttons.nth(at).click()
                self._read(title)
                self.page.keyboard.press("Escape")

    def _look_at_lists(self, title: str) -> None:
        """What each list offers, and what the page makes of its last options."""
        boxes = self._page.get_by_role("combobox")
        for at in range(min(boxes.count(), 4 * self.most)):
            box = boxes.nth(at)
            if box.is_visible() and box.is_enabled():
                box.click()
                self._read(title)
                self.page.keyboard.press("Escape")

    def _map(self, title: str) -> None:
        """The map, where one is in sight, with every tooltip open for a moment."""
        frame, drawn = self.page.locator(MAP).first, MapOnScreen(self.page)
        eventually(
            lambda: not frame.is_visible() or drawn.facts().get("context"),
            f"a drawn map on {title}",
        )
        if frame.is_visible():
            self.drawn[title] = self.drawn.get(title, 0) + 1
            self._note(title, as_seen(str(drawn.frame.evaluate(_TOOLTIPS))))

    def _read(self, title: str) -> None:
        if self.page.evaluate(_UNFOLD):
            settle(self.page)
        self._map(title)
        here = as_seen("\n".join(self._of_frames(lambda frame: frame.evaluate(_EVERYTHING))))
        self._note(title, here)
        wanted = {text: as_seen(text) for text in self.texts}
        whole = set(self.page.evaluate(_EXACT, list(wanted.values())))
        self.exact.setdefault(title, set()).update(
            text for text, shown in wanted.items() if shown in whole
        )
        self.ran += [f"{ran[:200]} on {title}" for ran in self._of_frames(_has_run) if ran]
        if len(here) < 200 or self.page.get_by_test_id("stException").count():
            self.blank.append(f"{title}: {here[-400:]}")

    def _note(self, title: str, here: str) -> None:
        found = {text for text in self.texts if as_seen(text)[:_ENOUGH] in here}
        self.seen.setdefault(title, set()).update(found)

    def _of_frames(self, ask: Callable[..., object]) -> Iterable[str]:
        for frame in self.page.frames:
            try:
                answer = ask(frame)
            except Error:  # a frame that has just gone
                continue
            yield str(answer or "")


def _has_run(frame: object) -> object:
    return frame.evaluate(_RAN)  # type: ignore[attr-defined] # a Frame
