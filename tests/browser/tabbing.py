"""Walking a page by its Tab key: where it stops, whether the eye finds it, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from playwright.sync_api import Frame, Page

MOST_STOPS: Final = 200
"""More than a page has: who is not through by then walks in a circle."""
_DRAWN_INSIDE: Final = "CANVAS"
"""A grid: it draws its own focus, and Tab goes through the cells of a row before it leaves."""
_SCRIPT: Final = """
() => {
  if (window.__walk) return;
  const marks = ["outline", "boxShadow", "borderColor", "backgroundColor", "opacity"];
  const look = (element) => [null, "::before", "::after"].map((part) => {
    const style = getComputedStyle(element, part);
    const shown = style.outlineStyle === "none" ? marks.slice(1) : marks;
    return shown.map((mark) => style[mark]).join();
  }).join();
  const still = () => document.getAnimations().forEach((each) => {
    if (Number.isFinite(each.effect?.getComputedTiming().endTime)) each.finish();
  });
  const around = (element) => {
    const found = [element, ...(element.parentElement?.children ?? [])];
    for (let up = element.parentElement; up && found.length < 40; up = up.parentElement) {
      found.push(up);
    }
    return found.slice(0, 40);
  };
  const stops = [];
  const stop = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return false;
    still();
    const near = around(element);
    stops.push({ element, near, looks: near.map(look) });
    return true;
  };
  const told = ({ element, near, looks }, at) => {
    const box = element.getBoundingClientRect();
    return {
      tag: element.tagName,
      name: element.getAttribute("aria-label") || element.innerText || "",
      left: box.left, top: box.top, bottom: box.bottom,
      order: element.tabIndex,
      seen: near.some((each, n) => look(each) !== looks[n]),
      again: stops.findIndex((each) => each.element === element) < at,
    };
  };
  const end = () => {
    document.activeElement?.blur();
    still();
    return stops.map(told);
  };
  window.__walk = { stop, end };
}
"""
_TO_THE_TOP: Final = """
() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}
"""
"""To blur would not do: Tab goes on from where the focus was."""


@dataclass(frozen=True)
class Stop:
    """A control that Tab came to; ``seen`` is whether it looks otherwise with the focus."""

    tag: str
    name: str
    left: float
    top: float
    bottom: float
    order: int
    seen: bool
    again: bool

    @property
    def draws_its_focus(self) -> bool:
        return self.tag == _DRAWN_INSIDE


@dataclass(frozen=True)
class Walk:
    """The stops of a page, and of the frame of its map, each in the order of Tab."""

    page: tuple[Stop, ...]
    frame: tuple[Stop, ...]
    is_through: bool

    @property
    def stops(self) -> tuple[Stop, ...]:
        return (*self.page, *self.frame)

    def names(self) -> str:
        return "\n".join(each.name for each in self.stops)

    def unseen(self) -> list[str]:
        """Controls that look alike with the focus and without."""
        return [each.name for each in self.stops if not each.seen and not each.draws_its_focus]

    def met_again(self) -> list[str]:
        return [each.name for each in self.stops if each.again and not each.draws_its_focus]

    def out_of_order(self) -> list[tuple[str, str]]:
        """Pairs of stops of which the later one lies above and no further right."""
        return [
            (one.name, other.name)
            for part in (self.page, self.frame)
            for one, other in pairwise(part)
            if other.order > 0 or (other.bottom <= one.top and other.left <= one.left)
        ]


def walk(page: Page) -> Walk:
    """Press Tab from the top of the page until the focus leaves it again."""
    frames = [page.main_frame, *(each for each in page.frames if "streamlit_folium" in each.url)]
    for frame in frames:
        frame.evaluate(_SCRIPT)
    page.evaluate(_TO_THE_TOP)
    is_through = False
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if not page.evaluate("() => __walk.stop()"):
            is_through = True
            break
        for frame in frames[1:]:
            frame.evaluate("() => __walk.stop()")
    mine = tuple(each for each in _ended(frames[0]) if each.tag != "IFRAME")
    return Walk(mine, tuple(each for frame in frames[1:] for each in _ended(frame)), is_through)


def _ended(frame: Frame) -> tuple[Stop, ...]:
    told: list[dict[str, Any]] = frame.evaluate("() => __walk.end()")
    return tuple(Stop(**each) for each in told)
