"""Which place a tab has open, also when another tab took it away."""

from streamlit.testing.v1 import AppTest

from chb.ui import session
from tests.services.place_makers import MORE_CELLS, started


def page(listed):
    from chb.ui.parts.places.choose import choose_place  # noqa: PLC0415 - runs by itself

    choose_place(listed)


def opened(listed, place_id=None):
    app = AppTest.from_function(page, args=(listed,))
    if place_id:
        app.session_state[session.PLACE] = place_id
    return app.run()


def test_the_place_opened_elsewhere_is_open_here(ws):
    listed = (started(ws), started(ws, name="Quay", cells=MORE_CELLS))
    app = opened(listed, listed[1].id)
    assert app.selectbox[0].value == listed[1].id
    assert not app.warning and not app.exception


def test_a_place_removed_in_another_tab_is_told_once_and_another_is_open(ws):
    listed = (started(ws), started(ws, name="Quay", cells=MORE_CELLS))
    app = opened(listed, "removed")
    assert "is not there any more" in app.warning[0].value
    assert app.selectbox[0].value == listed[0].id
    assert app.session_state[session.PLACE] == listed[0].id
    assert not app.run().warning


def test_a_choice_is_what_other_pages_open(ws):
    listed = (started(ws), started(ws, name="Quay", cells=MORE_CELLS))
    app = opened(listed)
    app.selectbox[0].select(listed[1].id).run()
    assert app.session_state[session.PLACE] == listed[1].id
