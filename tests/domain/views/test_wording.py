"""What of secret work may be said."""

from datetime import date, timedelta

import pytest

from chb.domain.places.phases import Intensity, Phase
from chb.domain.planning.plans import Pillar
from chb.domain.views.wording import is_shared, phases_shown, shared_wording
from chb.domain.views.work import PhaseShown

TODAY = date(2026, 3, 4)
TOMORROW = TODAY + timedelta(days=1)


def test_without_wording_for_partners_only_the_kind_of_work_is_said():
    assert shared_wording(" ", pillar=Pillar.PROTECT, phase=Phase.HOLD) == "Protect work in Hold"
    assert shared_wording("Lights", pillar=Pillar.PROTECT, phase=Phase.HOLD) == "Lights"


@pytest.mark.parametrize(
    ("phase", "trigger_on", "shared"),
    [
        (Phase.CLEAR, None, False),
        (Phase.CLEAR, TOMORROW, False),
        (Phase.CLEAR, TODAY, True),
        (Phase.HOLD, None, True),
        (Phase.BUILD, TOMORROW, True),
    ],
)
def test_clear_is_a_secret_until_its_trigger_date(phase, trigger_on, shared):
    assert is_shared(phase, trigger_on, today=TODAY) is shared


@pytest.mark.parametrize(
    ("intensity", "triggers", "shown"),
    [
        (Intensity.PLANNED, (), False),
        (Intensity.ACTIVE, (), True),
        (Intensity.ACTIVE, (None, TODAY), True),
        (Intensity.ACTIVE, (TOMORROW,), False),
        (Intensity.CLOSED, (), True),
        (None, (), False),
    ],
)
def test_that_clear_is_planned_is_not_shown(intensity, triggers, shown):
    now = {Phase.CLEAR: intensity, Phase.HOLD: Intensity.PLANNED, Phase.BUILD: None}
    found = phases_shown(now, triggers, today=TODAY)
    assert PhaseShown("Hold", "planned") in found
    assert any(each.phase == "Clear" for each in found) is shown
    assert not any(each.phase == "Build" for each in found)
