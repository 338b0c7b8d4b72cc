"""Where each phase of a place stands on a day, and the gate that comes next."""

from datetime import UTC, date, datetime

import pytest

from chb.domain.places.gates import Gate
from chb.domain.places.phases import Intensity, IntensityChange, Phase
from chb.domain.places.places import Boundary, Place
from chb.domain.places.records import Opening
from chb.domain.places.standing import next_gate, standings

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = date(2026, 3, 4)


def place(*changes, openings=()):
    return Place(
        id="1",
        name="Moorfield",
        area_name="Marram",
        boundaries=(Boundary(1, 9, frozenset({1}), date(2025, 1, 1), "start", NOW),),
        history=tuple(IntensityChange(*change, "because", "LRO", NOW) for change in changes),
        created_at=NOW,
        version=1,
        openings=tuple(openings),
    )


def test_each_phase_has_its_own_entry_in_force_and_the_one_to_come():
    clear, hold, build = standings(
        place(
            (Phase.CLEAR, Intensity.ACTIVE, date(2026, 1, 5)),
            (Phase.HOLD, Intensity.ACTIVE, date(2026, 4, 1)),
            (Phase.CLEAR, Intensity.SUSTAINING, date(2026, 2, 1)),
            (Phase.HOLD, Intensity.PLANNED, date(2026, 1, 5)),
        ),
        TODAY,
    )
    assert (clear.intensity, clear.now.effective_on) == (Intensity.SUSTAINING, date(2026, 2, 1))
    assert clear.ahead is None and clear.is_at_work
    assert (hold.intensity, hold.ahead.effective_on) == (Intensity.PLANNED, date(2026, 4, 1))
    assert (build.intensity, build.now, build.is_at_work) == (None, None, False)


@pytest.mark.parametrize(
    ("at_work", "gate"),
    [
        ((), None),
        ((Phase.CLEAR,), Gate.CLEAR_TO_HOLD),
        ((Phase.BUILD,), Gate.CLEAR_TO_HOLD),
        ((Phase.CLEAR, Phase.HOLD), Gate.HOLD_TO_BUILD),
        ((Phase.HOLD, Phase.BUILD), Gate.BUILD_TO_EXIT),
    ],
)
def test_the_gate_ahead_is_that_of_the_first_phase_not_at_work(at_work, gate):
    changes = [(phase, Intensity.ACTIVE, date(2026, 1, 5)) for phase in at_work]
    assert next_gate(place(*changes), TODAY) == gate


def test_a_closed_place_has_no_gate_ahead():
    closed = Opening(
        is_open=False, effective_on=TODAY, reason="Done", recorded_by="LRO", recorded_at=NOW
    )
    at_work = (Phase.CLEAR, Intensity.ACTIVE, date(2026, 1, 5))
    assert next_gate(place(at_work, openings=[closed]), TODAY) is None
