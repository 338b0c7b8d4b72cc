"""Drawing people or groups with the ties between them: marks, lines, and names under the marks.

Every mark is known by its shape and every line by its dashes; the table that stands beside each
drawing says the same in words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

import altair as alt
import pandas as pd

from chb.ui import theme
from chb.ui.marks import Mark
from chb.ui.parts import charts
from chb.ui.parts.ocgs.layout import LONGEST_NAME, LONGEST_NOTE, WIDTH_PX, Point, height_of
from chb.ui.parts.ocgs.marks import LineLook
from chb.ui.parts.words import chart_key

_MARK_PX2: Final = 190
_WORDS: Final[dict[str, dict[str, Any]]] = {
    "short:N": {"dy": 19, "fontSize": 12, "fontWeight": 600},
    "note:N": {"dy": 33, "fontSize": 11},
}
"""The name under a mark, and the line under that."""
_CLEAR_PX: Final = 4
_KEY_PX: Final = 30
"""A row of the key: marks have one above the drawing, lines have theirs below it."""
_KEY_COLUMNS: Final = 3
_SAMPLE_PX2: Final = 700
"""Of a line in the key: long enough to show its dashes."""


@dataclass(frozen=True)
class Drawn:
    """One mark: what it is called, a line under that, and the kind of thing it is."""

    name: str
    what: str
    note: str = ""
    told: str = ""
    """Said beside it under the mouse."""


@dataclass(frozen=True)
class Line:
    """A tie between two marks, by their keys."""

    of: str
    to: str
    kind: str


def show_drawing(
    drawn: Mapping[str, Drawn],
    lines: Sequence[Line],
    places: Mapping[str, Point],
    *,
    marks: Mapping[str, Mark],
    looks: Mapping[str, LineLook],
) -> None:
    """The marks at their places, with the lines under them and a key of what there is."""
    height_px = height_of(places)
    nodes = _nodes(drawn, places)
    over = [_names(nodes, height_px), _marks(nodes, marks, height_px)]
    under = [_lines(lines, places, looks, height_px)] if lines else []
    kinds = {each.what for each in drawn.values()}, {each.kind for each in lines}
    n_rows = sum(math.ceil(len(each) / _KEY_COLUMNS) for each in kinds)
    charts.show_chart(alt.layer(*under, *over), height_px=height_px + _KEY_PX * n_rows)


def clipped(text: str, *, most: int = LONGEST_NAME) -> str:
    """The beginning of a long text, with a sign that there is more."""
    return text if len(text) <= most else f"{text[: most - 1]}\N{HORIZONTAL ELLIPSIS}"


def _nodes(drawn: Mapping[str, Drawn], places: Mapping[str, Point]) -> pd.DataFrame:
    """One row a mark; no id is in it, as all of it goes to the browser."""
    rows = [
        {
            **{name: chart_key(text) for name, text in asdict(each).items()},
            "short": chart_key(clipped(each.name)),
            "note": chart_key(clipped(each.note, most=LONGEST_NOTE)),
            "across": places[key][0],
            "down": places[key][1],
        }
        for key, each in drawn.items()
    ]
    return pd.DataFrame(rows)


def _lines(
    lines: Sequence[Line],
    places: Mapping[str, Point],
    looks: Mapping[str, LineLook],
    height_px: int,
) -> alt.Chart:
    table = pd.DataFrame(
        {
            "kind": [each.kind for each in lines],
            "across": [places[each.of][0] for each in lines],
            "down": [places[each.of][1] for each in lines],
            "across_to": [places[each.to][0] for each in lines],
            "down_to": [places[each.to][1] for each in lines],
        }
    )
    there = [kind for kind in looks if kind in set(table["kind"])]
    colours = alt.Scale(domain=there, range=[looks[kind].colour for kind in there])
    dashes = alt.Scale(domain=there, range=[list(looks[kind].dash) for kind in there])
    drawn: alt.Chart = (
        alt.Chart(table)
        .mark_rule(strokeWidth=2.2, opacity=0.9)
        .encode(
            **_at(height_px),
            x2="across_to:Q",
            y2="down_to:Q",
            stroke=alt.Stroke("kind:N", scale=colours, legend=_key_of_lines()),
            strokeDash=alt.StrokeDash("kind:N", scale=dashes, legend=_key_of_lines()),
        )
    )
    return drawn


def _marks(nodes: pd.DataFrame, marks: Mapping[str, Mark], height_px: int) -> alt.Chart:
    there = [what for what in marks if what in set(nodes["what"])]
    shapes = alt.Scale(domain=there, range=[marks[what].shape for what in there])
    colours = alt.Scale(domain=there, range=[marks[what].colour for what in there])
    drawn: alt.Chart = (
        alt.Chart(nodes)
        .mark_point(filled=True, size=_MARK_PX2, opacity=1)
        .encode(
            **_at(height_px),
            shape=alt.Shape("what:N", scale=shapes, legend=_key(orient="top")),
            fill=alt.Fill("what:N", scale=colours, legend=_key(orient="top")),
            tooltip=[
                alt.Tooltip("name:N", title="Name"),
                alt.Tooltip("what:N", title="Is"),
                alt.Tooltip("told:N", title="Known"),
            ],
        )
    )
    return drawn


def _names(nodes: pd.DataFrame, height_px: int) -> Any:
    """Names under the marks, and what is noted under the names, clear of the lines they lie on."""
    at = alt.Chart(nodes).encode(**_at(height_px))
    cleared = {"stroke": theme.plain(theme.SURFACE), "strokeWidth": _CLEAR_PX}
    return alt.layer(
        *(
            at.mark_text(**words, **look).encode(text=field)
            for field, words in _WORDS.items()
            for look in (cleared, {"color": charts.ink()})
        )
    )


def _at(height_px: int) -> dict[str, Any]:
    """Pixels of the drawing; the top is at nought."""
    return {
        "x": alt.X("across:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH_PX])),
        "y": alt.Y("down:Q", axis=None, scale=alt.Scale(domain=[height_px, 0])),
    }


def _key_of_lines() -> alt.Legend:
    return _key(orient="bottom", symbolType="stroke", symbolSize=_SAMPLE_PX2)


def _key(*, orient: Literal["top", "bottom"], **more: Any) -> alt.Legend:
    return alt.Legend(
        title=None,
        orient=orient,
        columns=_KEY_COLUMNS,
        labelColor=charts.ink(),
        labelFontSize=12,
        labelLimit=200,
        **more,
    )
