"""Levels, impact, and moderation that only adds."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.planning.disruptions import (
    Disruption,
    DisruptionLevel,
    ImpactAnswer,
    Moderation,
    ModerationState,
)
from chb.domain.planning.plans import Pillar
from chb.domain.refusal import Refusal

DAY = date(2026, 3, 1)
EVENT = Disruption(
    happened_on=DAY,
    what="Two addresses closed",
    level=DisruptionLevel.MODERATE,
    pillar=Pillar.PURSUE,
    agency="Police",
    place_id="p",
)


def verdict(level, reason=""):
    return Moderation(level, DAY, "panel", reason)


def test_the_levels_are_five():
    assert list(DisruptionLevel) == ["major", "moderate", "minor", "none", "negative"]


def test_an_event_belongs_to_a_place_or_an_ocg():
    with pytest.raises(Refusal, match="belongs to a place or to an OCG"):
        replace(EVENT, place_id=None).checked()
    assert replace(EVENT, place_id=None, ocg_id="o").checked().ocg_id == "o"


def test_empty_answers_are_not_kept():
    answers = (ImpactAnswer("awareness", "  "), ImpactAnswer("demand", "Fewer calls"))
    assert replace(EVENT, impact=answers).checked().impact == (answers[1],)


def test_a_proposed_level_is_moderated_and_stands_or_is_changed_with_a_reason():
    assert EVENT.state is ModerationState.PROPOSED
    agreed = EVENT.moderated(verdict(DisruptionLevel.MODERATE))
    assert agreed.state is ModerationState.MODERATED
    with pytest.raises(Refusal, match="from moderate to minor needs a reason"):
        EVENT.moderated(verdict(DisruptionLevel.MINOR, "  "))
    changed = agreed.moderated(verdict(DisruptionLevel.MINOR, "They were back in a week"))
    assert changed.state is ModerationState.CHANGED
    assert changed.settled_level is DisruptionLevel.MINOR
    assert changed.level is DisruptionLevel.MODERATE


@given(st.lists(st.sampled_from(DisruptionLevel), max_size=8))
def test_every_verdict_stays_and_the_last_one_holds(levels):
    event = EVENT
    for level in levels:
        before = event.moderations
        event = event.moderated(verdict(level, "seen differently"))
        assert event.moderations[:-1] == before
    assert event.settled_level == (levels[-1] if levels else EVENT.level)
    assert len(event.moderations) == len(levels)
