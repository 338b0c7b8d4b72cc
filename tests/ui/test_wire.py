"""Packed cells, read back by an independent decoder."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

import h3.api.numpy_int as h3
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chb.ui.maps.classes import MISSING_CLASS
from chb.ui.maps.stash import gzipped
from chb.ui.maps.wire import PackedCells, pack_cells
from geo.lattice import distance_m

SHEFFIELD = (53.38, -1.47)
LARGEST = 2_047


def disk(rings: int, resolution: int = 9) -> np.ndarray:
    return np.array(h3.grid_disk(h3.latlng_to_cell(*SHEFFIELD, resolution), rings), dtype=np.uint64)


def unpack(sent: PackedCells) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Longitudes and latitudes of centres, classes and values, as a reader would find them."""
    packed = json.loads(sent.cells) | json.loads(sent.classes)
    steps = np.array(list(steps_of(base64.b64decode(packed["runs"]))), dtype=float)
    directions = np.c_[steps, np.ones(len(steps))] @ np.reshape(packed["matrix"], (3, 3)).T
    x, y, z = directions.T
    positions = np.degrees(np.c_[np.arctan2(y, x), np.arctan2(z, np.hypot(x, y))])
    classes, low, high = (digits_of(packed[name]) for name in ("classes", "low", "high"))
    folded = low + 64 * high
    steps_on = np.where(folded % 2 == 0, folded // 2, -(folded + 1) // 2)
    roots = np.cumsum(steps_on) / LARGEST
    return positions, classes, roots**2 * packed["largest"]


def digits_of(text: str) -> np.ndarray:
    return np.array([ord(mark) - ord("0") for mark in text])


def steps_of(coded: bytes) -> Iterator[tuple[int, int]]:
    numbers, shift, number = [], 0, 0
    for byte in coded:
        number |= (byte & 127) << shift
        shift += 7
        if not byte & 128:
            numbers.append(number)
            shift = number = 0
    row = end = 0
    for rows_on, folded, length in zip(*[iter(numbers)] * 3, strict=True):
        row += rows_on
        start = end + (folded // 2 if folded % 2 == 0 else -(folded + 1) // 2)
        end = start + length + 1
        yield from ((step, row) for step in range(start, end))


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_any_scatter_of_cells_comes_back_with_its_class_and_value(data: st.DataObject) -> None:
    cells = disk(12)
    kept = data.draw(st.sets(st.integers(0, len(cells) - 1), min_size=1, max_size=80))
    chosen = cells[sorted(kept)]
    seed = np.random.default_rng(data.draw(st.integers(0, 2**16)))
    values, classes = seed.gamma(0.3, 500, len(chosen)), seed.integers(0, 6, len(chosen))
    positions, found_classes, found_values = unpack(
        pack_cells(chosen, values, classes.astype(np.uint8))
    )
    expected = np.array([h3.cell_to_latlng(cell) for cell in chosen])[:, ::-1]
    for position, found_class, found_value in zip(
        positions, found_classes, found_values, strict=True
    ):
        distances = distance_m(np.tile(position, (len(chosen), 1)), expected)
        nearest = int(distances.argmin())
        assert distances[nearest] < 0.01
        assert found_class == classes[nearest]
        half_a_number = np.sqrt(values.max() * values[nearest]) / LARGEST
        smallest = values.max() / LARGEST**2
        assert found_value == pytest.approx(values[nearest], abs=half_a_number + smallest)


@pytest.mark.parametrize(
    ("rings", "resolution", "n_cells", "most_bytes"),
    [(57, 9, 9_900, 15_000), (129, 10, 50_000, 60_000)],
)
def test_a_layer_takes_a_byte_and_a_half_a_cell(
    rings: int, resolution: int, n_cells: int, most_bytes: int
) -> None:
    cells = disk(rings, resolution)
    centres = np.array([h3.cell_to_latlng(cell) for cell in cells])
    away = np.hypot(*(centres - np.array(SHEFFIELD)).T)
    values = 9_000 * np.exp(-((away / 0.03) ** 2)) + 400 * np.exp(-(((away - 0.1) / 0.02) ** 2))
    classes = np.digitize(values, np.quantile(values, (0.5, 0.75, 0.9, 0.97))).astype(np.uint8)
    assert len(cells) > n_cells
    for shown in (values, values * np.random.default_rng(7).uniform(0.9, 1.1, len(values))):
        packed = pack_cells(cells, shown, classes)
        sent = [gzipped(text) for text in (packed.cells, packed.classes)]
        assert sum(map(len, sent)) < most_bytes


def test_where_cells_lie_is_one_text_whatever_is_shown_of_them_and_in_whatever_order() -> None:
    cells, seed = disk(12), np.random.default_rng(4)
    values, classes = seed.gamma(0.3, 500, len(cells)), np.ones(len(cells), dtype=np.uint8)
    first = pack_cells(cells, values, classes)
    other = pack_cells(cells, values[::-1], classes + 1)
    mixed = seed.permutation(len(cells))
    assert first.cells == other.cells
    assert first.classes != other.classes
    assert pack_cells(cells[mixed], values[mixed], classes[mixed]) == first
    assert pack_cells(cells[1:], values[1:], classes[1:]).cells != first.cells


def test_a_missing_value_keeps_its_class_and_reads_as_nought() -> None:
    cells = disk(1)
    values = np.array([np.nan, *range(1, len(cells))])
    classes = np.array([MISSING_CLASS, *[3] * (len(cells) - 1)], dtype=np.uint8)
    _, found_classes, found_values = unpack(pack_cells(cells, values, classes))
    assert found_values[found_classes == MISSING_CLASS].tolist() == [0.0]
