"""The layer of signals: fixed classes, an honest sentence, no cell for nothing."""

from __future__ import annotations

import json

import h3.api.numpy_int as h3

from chb.ui.maps.signal_layer import paint_signals

DAYS = "1 Jan 2026 to 31 Dec 2026"
CELLS = sorted(int(cell) for cell in h3.grid_disk(h3.latlng_to_cell(53.4, -1.5, 9), 1))


def test_no_signal_means_no_layer() -> None:
    assert paint_signals({}, days=DAYS) is None


def test_a_class_holds_the_same_numbers_whatever_the_others_are() -> None:
    painted = paint_signals(dict(zip(CELLS, (1, 1, 2, 4, 5, 6, 40), strict=True)), days=DAYS)
    assert painted is not None
    assert [(row.text, row.figure) for row in painted.legend.rows] == [
        ("6 signals or more", "2 cells"),
        ("4 or 5 signals", "2 cells"),
        ("2 signals", "1 cell"),
        ("1 signal", "2 cells"),
    ]
    alone = paint_signals({CELLS[0]: 4}, days=DAYS)
    assert alone is not None
    assert alone.legend.rows[0].colour == painted.legend.rows[1].colour


def test_every_cell_is_packed_and_the_key_says_the_days() -> None:
    painted = paint_signals(dict.fromkeys(CELLS, 1), days=DAYS)
    assert painted is not None
    assert json.loads(painted.packed.cells)["count"] == len(CELLS)
    assert (painted.legend.note, painted.style.names[1]) == (DAYS, DAYS)
    assert "not one where nothing happens" in painted.legend.caveats[0]


def test_the_sentence_counts_and_does_not_claim_silence_is_safety() -> None:
    painted = paint_signals({CELLS[0]: 3, CELLS[1]: 1}, days=DAYS)
    assert painted is not None
    assert painted.sentence.startswith("2 cells have a signal, 1 more than one; the most")
    assert "not one where nothing happens" in painted.sentence
