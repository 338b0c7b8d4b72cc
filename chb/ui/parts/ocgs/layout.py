"""Where the people and groups of a drawing stand, so that no two names cover each other.

Positions are in pixels of a drawing of the width given, the top left at nought. They come of the
names and ties alone: what is drawn twice stands at the same place twice, and what a person may
not see moves nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import networkx as nx

Point = tuple[float, float]
Pair = tuple[str, str]

WIDTH_PX: Final = 520
"""The narrowest a drawing is shown at: wider ones have more room between names."""
COLUMNS: Final = (1.25, 1.0)
"""Of the page, for a drawing and its table, that leave the drawing as much."""
LETTER_PX: Final = 7.4
"""Of the words under a mark, at twelve pixels."""
LONGEST_NAME: Final = 16
"""Letters of a name that are drawn; the table beside the drawing has all of them."""
LONGEST_NOTE: Final = 22
_NOTE_LETTER_PX: Final = 6.3
"""Of the line under a name."""
_GAP_PX: Final = 14
_MOST_IN_ROW: Final = 6
_ROW_PX: Final = 62
_EDGE_PX: Final = 34
_SIDE_PX: Final = 66
_ASIDE_PX: Final = 60
_AREA_OF_ONE_PX: Final = 15_000
"""Room that one mark with its name takes in a drawing that is easy to read."""


def spread(names: Iterable[str], pairs: Iterable[Pair]) -> dict[str, Point]:
    """Those who are tied near each other: forces of springs, each family of ties beside the next.

    Kamada and Kawai 1989, doi:10.1016/0020-0190(89)90102-6, from a circle in the order of names;
    nothing in it is random. Names that would cover each other are then moved down.
    """
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(sorted(names))
    graph.add_edges_from(sorted(pairs))
    if not graph:
        return {}
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    height_px = max(150.0, _AREA_OF_ONE_PX * len(graph) / WIDTH_PX)
    drawn: dict[str, Point] = {}
    left = 0.0
    for part in parts:
        width = WIDTH_PX * len(part) / len(graph)
        drawn |= _in_box(_springs(graph, part), left, width, height_px)
        left += width
    return _from_the_top(apart(_inside(drawn)))


def in_rows(
    rows: Sequence[Sequence[str]],
    pairs: Iterable[Pair] = (),
    *,
    most_in_row: int = _MOST_IN_ROW,
    width_px: float = WIDTH_PX,
) -> dict[str, Point]:
    """Names row under row, each near those above it that it is tied to; long rows are broken.

    Every other line stands a little aside, so that a tie from one to the next does not run
    through a name. A row may be empty: it takes no room.
    """
    tied: nx.Graph = nx.Graph(list(pairs))
    drawn: dict[str, Point] = {}
    lines = 0
    for row in rows:
        ordered = sorted(row, key=lambda name: _middle_of_tied(name, tied, drawn, width_px))
        for start in range(0, len(ordered), most_in_row):
            line = ordered[start : start + most_in_row]
            room = width_px / len(line)
            aside = min(_ASIDE_PX, room / (5 if len(line) < most_in_row else 12)) * (-1) ** lines
            for at, name in enumerate(line):
                drawn[name] = (room * (at + 0.5) + aside, _EDGE_PX + lines * _ROW_PX)
            lines += 1
    return drawn


def in_families(
    levels: Mapping[str, int], pairs: Sequence[Pair], *, most_in_row: int
) -> dict[str, Point]:
    """Each family in rows by generation, one family beside or below another, the largest first.

    ``levels`` are the generations of all names, the eldest at nought.
    """
    graph: nx.Graph = nx.Graph(list(pairs))
    graph.add_nodes_from(levels)
    families = sorted(nx.connected_components(graph), key=lambda each: (-len(each), min(each)))
    drawn: dict[str, Point] = {}
    left, top, lowest = 0.0, 0.0, 0.0
    for family in families:
        rows = _generations(family, levels)
        width_px = WIDTH_PX / most_in_row * min(most_in_row, max(map(len, rows)))
        if left + width_px > WIDTH_PX + 1:
            left, top = 0.0, lowest
        block = in_rows(rows, pairs, most_in_row=most_in_row, width_px=width_px)
        drawn |= {name: (left + across, top + down) for name, (across, down) in block.items()}
        left += width_px
        lowest = max(lowest, top + len({down for _, down in block.values()}) * _ROW_PX)
    return drawn


def most_beside(names: Iterable[str], notes: Iterable[str]) -> int:
    """How many marks a row has room for, with these names and the lines under them."""
    widths = (
        *(min(len(name), LONGEST_NAME) * LETTER_PX for name in names),
        *(min(len(note), LONGEST_NOTE) * _NOTE_LETTER_PX for note in notes),
    )
    room = max(widths, default=0) + _GAP_PX
    return max(2, min(_MOST_IN_ROW, int(WIDTH_PX // room)))


def height_of(drawn: Mapping[str, Point]) -> int:
    """The height of a drawing with room for the last row of names."""
    return math.ceil(max((down for _, down in drawn.values()), default=0) + _EDGE_PX + 10)


def apart(drawn: Mapping[str, Point]) -> dict[str, Point]:
    """The same with no mark or name on another: from the top, each as far down as it must be."""
    placed: dict[str, Point] = {}
    for name, (across, down) in sorted(drawn.items(), key=lambda item: (item[1][1], item[0])):
        taken = [
            there
            for other, (along, there) in placed.items()
            if abs(along - across) < room_px(name, other)
        ]
        placed[name] = (across, _free_from(down, taken))
    return placed


def room_px(one: str, other: str) -> float:
    """How far apart two names must stand in one row."""
    letters = sum(min(len(name), LONGEST_NAME) for name in (one, other))
    return letters * LETTER_PX / 2 + _GAP_PX


def _inside(drawn: Mapping[str, Point]) -> dict[str, Point]:
    """The same with every name whole: none runs over the sides."""
    half = {name: room_px(name, name) / 2 for name in drawn}
    return {
        name: (min(max(across, half[name]), WIDTH_PX - half[name]), down)
        for name, (across, down) in drawn.items()
    }


def _from_the_top(drawn: Mapping[str, Point]) -> dict[str, Point]:
    """The same with no empty ground above the highest mark."""
    above = min(down for _, down in drawn.values()) - _EDGE_PX
    return {name: (across, down - above) for name, (across, down) in drawn.items()}


def _free_from(down: float, taken: Iterable[float]) -> float:
    """The first height at or below ``down`` that is a row away from those taken."""
    free = down
    for there in sorted(taken):
        if abs(there - free) < _ROW_PX:
            free = there + _ROW_PX
    return free


def _springs(graph: nx.Graph, part: Iterable[str]) -> dict[str, Point]:
    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(part))
    ordered.add_edges_from(edge for edge in graph.edges if edge[0] in ordered)
    found = nx.kamada_kawai_layout(ordered) if len(ordered) > 1 else dict.fromkeys(ordered, (0, 0))
    return {name: (float(across), float(down)) for name, (across, down) in found.items()}


def _in_box(
    found: Mapping[str, Point], left: float, width: float, height: float
) -> dict[str, Point]:
    """Positions stretched to a box, with an edge for marks at its sides."""
    across = _stretched([along for along, _ in found.values()], width)
    downward = _stretched([down for _, down in found.values()], height)
    return {
        name: (left + along, down)
        for name, along, down in zip(found, across, downward, strict=True)
    }


def _stretched(numbers: Sequence[float], length: float) -> list[float]:
    lowest, highest = min(numbers), max(numbers)
    if highest - lowest < 1e-6:
        return [length / 2] * len(numbers)
    edge = min(_SIDE_PX, length / 4)
    scale = (length - 2 * edge) / (highest - lowest)
    return [edge + (number - lowest) * scale for number in numbers]


def _generations(family: Iterable[str], levels: Mapping[str, int]) -> list[list[str]]:
    """Members of a family by generation, in the order in which they are listed."""
    listed = [name for name in levels if name in set(family)]
    return [
        [name for name in listed if levels[name] == level]
        for level in sorted({levels[name] for name in listed})
    ]


def _middle_of_tied(
    name: str, tied: nx.Graph, drawn: Mapping[str, Point], width_px: float
) -> float:
    others = tied.neighbors(name) if name in tied else ()
    above = [drawn[other][0] for other in others if other in drawn]
    return sum(above) / len(above) if above else width_px / 2
