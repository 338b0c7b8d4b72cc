"""What axe finds on a page or in a frame, by WCAG 2.2 A and AA."""

from __future__ import annotations

from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

_RULES: Final[dict[str, Any]] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "iframes": False,
    "preload": False,
}
_NOT_OURS: Final[dict[str, Any]] = {"exclude": [["[role=spinbutton]"]]}
"""The segments of Streamlit's own date and time fields are smaller than 24 pixels."""


def violations(screen: Page | Frame, *, within: str = "") -> list[str]:
    """Rule and first element of each violation, ``within`` the element of an id if one is named."""
    part = {"include": [[f"[id='{within}']"]]} if within else {}
    found = Axe().run(screen, context=_NOT_OURS | part, options=_RULES).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found]
