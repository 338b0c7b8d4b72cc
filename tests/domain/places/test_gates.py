"""Which change goes through which gate, and what is open there."""

from datetime import UTC, datetime

import pytest

from chb.domain.places.gates import (
    Checklist,
    Evidence,
    Gate,
    GateItem,
    GateState,
    gate_of,
    latest_evidence,
)
from chb.domain.places.phases import Intensity, Phase

NOW = datetime(2026, 3, 4, tzinfo=UTC)
CHECKLIST = Checklist(Gate.CLEAR_TO_HOLD, 2, (GateItem("a", "Patrols"), GateItem("b", "Housing")))


def evidence(key: str, *, is_met: bool = True) -> Evidence:
    return Evidence(CHECKLIST.gate, key, 2, is_met, "seen", "", None, "LRO", NOW)


@pytest.mark.parametrize("before", [None, *Intensity])
@pytest.mark.parametrize("after", list(Intensity))
def test_clear_has_no_gate(before, after):
    assert gate_of(Phase.CLEAR, before, after) is None


@pytest.mark.parametrize(
    ("phase", "before", "after", "gate"),
    [
        (Phase.HOLD, Intensity.PLANNED, Intensity.ACTIVE, Gate.CLEAR_TO_HOLD),
        (Phase.HOLD, Intensity.CLOSED, Intensity.SUSTAINING, Gate.CLEAR_TO_HOLD),
        (Phase.HOLD, Intensity.ACTIVE, Intensity.SUSTAINING, None),
        (Phase.HOLD, Intensity.ACTIVE, Intensity.CLOSED, None),
        (Phase.BUILD, None, Intensity.ACTIVE, Gate.HOLD_TO_BUILD),
        (Phase.BUILD, Intensity.ACTIVE, Intensity.PAUSED, None),
        (Phase.BUILD, Intensity.PAUSED, Intensity.CLOSED, Gate.BUILD_TO_EXIT),
    ],
)
def test_hold_and_build_are_entered_and_build_left_through_a_gate(phase, before, after, gate):
    assert gate_of(phase, before, after) == gate


def test_an_item_is_open_without_evidence_and_when_the_last_says_it_is_not_met():
    entries = (evidence("a"), evidence("b"), evidence("b", is_met=False))
    state = GateState(CHECKLIST, latest_evidence(entries))
    assert [item.key for item in state.open_items] == ["b"]
    assert state.passage().open_items == ("Housing",)
    assert not state.is_complete
    assert GateState(CHECKLIST, latest_evidence(entries[:2])).is_complete
