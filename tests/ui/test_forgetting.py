"""What a session no longer shows takes no memory."""

import pytest
from streamlit.testing.v1 import AppTest


def page(forgets):
    import streamlit as st  # noqa: PLC0415 - runs by itself

    from chb.ui.shell.forgetting import forget_widgets_gone  # noqa: PLC0415

    opened = st.selectbox("Plan", ["first", "second", "third"], key="plan")

    @st.fragment
    def part():
        st.button("Again", key="again")

    part()
    st.text_input("Aim", key=f"aim of {opened}")
    if forgets:
        forget_widgets_gone()


@pytest.mark.parametrize(("forgets", "n_known"), [(True, 3), (False, 5)])
def test_a_widget_that_is_gone_is_forgotten(forgets, n_known):
    app = AppTest.from_function(page, args=(forgets,)).run()
    for plan in ("second", "third"):
        app.selectbox[0].select(plan).run()
    app.text_input[0].input("quiet streets").run()
    assert app.text_input[0].value == "quiet streets"
    assert app.selectbox[0].value == "third"
    known = app.session_state._state._state._new_widget_state.widget_metadata
    assert len(known) == n_known
    assert not app.exception


def test_a_widget_that_comes_back_works():
    app = AppTest.from_function(page, args=(True,)).run()
    app.text_input[0].input("lights").run()
    app.selectbox[0].select("second").run()
    app.selectbox[0].select("first").run()
    app.text_input[0].input("doors").run()
    assert app.text_input[0].value == "doors"
    app.button[0].click().run()
    assert app.button[0].value and app.text_input[0].value == "doors"
