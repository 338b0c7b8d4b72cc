"""What could be sent for each widget of a screen: buttons pressed, fields filled in."""

from __future__ import annotations

from typing import Any, Final

from tests.leaks.ws_client import TRIGGER, Line, Screen

WRITTEN: Final = "Written by somebody else"


def everything_pressed(screen: Screen) -> dict[str, Any]:
    """A state for each widget: lists at their last option, words in fields, buttons pressed."""
    states: dict[str, Any] = {row.id: row.labels[-1] for row in screen.tabs}
    for box in screen.kind("selectbox"):
        if box.options:
            states[box.id] = box.options[-1]
    for group in screen.kind("button_group"):
        states[group.id] = [group.options[-1].content]
    for kind in ("text_input", "text_area"):
        states |= {each.id: WRITTEN for each in screen.kind(kind)}
    states |= {each.id: TRIGGER for each in screen.kind("button")}
    return states


def labels_of_buttons(screen: Screen) -> dict[str, str]:
    """What is written on each button, by its id."""
    return {each.id: each.label for each in screen.kind("button")}


def screens_of(opened: Line, path: str) -> list[tuple[dict[str, Any], Screen]]:
    """A page as it opens, and with each of its other tabs: the state of the tab, and the screen."""
    first = opened.run(path)
    tabs = [{row.id: label} for row in first.tabs for label in row.labels[1:]]
    return [({}, first), *((states, opened.run(path, states)) for states in tabs)]
