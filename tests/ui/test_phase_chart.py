"""The stretches that the chart of a place is made of."""

from __future__ import annotations

from datetime import UTC, date, datetime

from chb.domain.places.phases import Intensity, IntensityChange, Phase
from chb.domain.places.places import Boundary, Place
from chb.ui.parts.places.phase_chart import intensity_spans

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def place(*changes: tuple[Phase, Intensity, date]) -> Place:
    return Place(
        id="1",
        name="Pierhead",
        area_name="Marram",
        boundaries=(Boundary(1, 9, frozenset({1}), date(2025, 1, 1), "start", NOW),),
        history=tuple(IntensityChange(*change, "because", "LRO", NOW) for change in changes),
        created_at=NOW,
        version=1,
    )


def test_phases_overlap_and_a_closed_stretch_is_not_drawn() -> None:
    table = intensity_spans(
        place(
            (Phase.CLEAR, Intensity.ACTIVE, date(2025, 1, 1)),
            (Phase.BUILD, Intensity.PLANNED, date(2025, 2, 1)),
            (Phase.CLEAR, Intensity.CLOSED, date(2025, 6, 1)),
            (Phase.CLEAR, Intensity.ACTIVE, date(2025, 9, 1)),
        ),
        today=date(2026, 1, 1),
        until=date(2026, 1, 1),
    )
    spans = [
        (row.phase, row.intensity, row.since.date(), row.until.date()) for row in table.itertuples()
    ]
    assert spans == [
        ("Clear", "active", date(2025, 1, 1), date(2025, 6, 1)),
        ("Clear", "active", date(2025, 9, 1), date(2026, 1, 1)),
        ("Build", "planned", date(2025, 2, 1), date(2026, 1, 1)),
    ]


def test_a_narrow_stretch_carries_no_word() -> None:
    table = intensity_spans(
        place(
            (Phase.HOLD, Intensity.PLANNED, date(2025, 1, 1)),
            (Phase.HOLD, Intensity.ACTIVE, date(2025, 1, 10)),
        ),
        today=date(2026, 1, 1),
        until=date(2026, 1, 1),
    )
    assert table["words"].tolist() == ["", "active"]


def test_a_place_without_history_has_an_empty_chart() -> None:
    assert intensity_spans(place(), today=date(2026, 1, 1), until=date(2026, 1, 1)).empty
