"""What the form of an intervention asks for."""

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plans import Pillar

WORK = Intervention(
    plan_id="plan",
    title="Warrants",
    phase=Phase.CLEAR,
    pillar=Pillar.PURSUE,
    lead_agency="Police",
    is_police_led=True,
    trigger_on=date(2026, 4, 1),
)


def page(work):
    import streamlit as st  # noqa: PLC0415 - runs by itself

    from chb.ui.parts.plans.fields import ask_secrecy  # noqa: PLC0415 - runs by itself

    st.session_state["asked"] = ask_secrecy(work, key="form")


@pytest.mark.parametrize("phase", Phase)
def test_only_clear_is_asked_until_when_it_is_secret(phase):
    app = AppTest.from_function(page, args=(replace(WORK, phase=phase),)).run(timeout=30)
    assert not app.exception
    is_clear = phase is Phase.CLEAR
    assert [each.label for each in app.date_input] == ["Secret until"] * is_clear
    assert app.session_state["asked"].trigger_on == (WORK.trigger_on if is_clear else None)
