"""Text on its way into a folium element.

folium writes tooltips and popups into a template literal of JavaScript, so
``html.escape`` alone still lets ``${...}`` run and a stray backtick blank the
map. Our own elements pass data and use ``textContent``; this is for the rest.
"""

from __future__ import annotations

import html
from typing import Final

_LITERAL_SYNTAX: Final = str.maketrans(
    {
        "`": "&#96;",
        "$": "&#36;",
        "{": "&#123;",
        "}": "&#125;",
        "\\": "&#92;",
        "\u2028": " ",
        "\u2029": " ",
    }
)


def escaped(text: str) -> str:
    """The text as entities that show it literally, in HTML and in a template literal."""
    visible = "".join(mark for mark in text if mark >= " " or mark in "\n\t")
    return html.escape(visible, quote=True).translate(_LITERAL_SYNTAX)
