"""A person is offered no choice that would be refused."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from chb.services.harm.study import check_bandwidth
from geo.cells import cell_of

FAR_APART = {
    "Land's End": (-5.7, 50.1),
    "Berwick": (-2.0, 55.8),
    "Lowestoft": (1.7, 52.5),
    "Holyhead": (-4.6, 53.3),
}


def page():
    import streamlit as st  # noqa: PLC0415 - runs by itself

    from chb.ui.parts.filters import _choose_surface  # noqa: PLC0415 - the same

    resolution, bandwidth_m = _choose_surface()
    st.text(f"{resolution} {bandwidth_m}")


@pytest.mark.parametrize("resolution", [8, 9, 10])
def test_every_bandwidth_that_is_offered_works_everywhere(resolution):
    app = AppTest.from_function(page, default_timeout=30).run()
    app.segmented_control(key="resolution").set_value(resolution).run()
    (slider,) = app.select_slider
    assert app.text[-1].value == f"{resolution} {slider.value}"
    longitude, latitude = np.array(list(FAR_APART.values())).T
    for place in cell_of(longitude, latitude, resolution):
        for offered in slider.options:
            check_bandwidth(float(offered.replace(",", "")), np.array([place]))


def test_each_resolution_remembers_its_own_bandwidth():
    app = AppTest.from_function(page, default_timeout=30).run()
    assert app.text[-1].value == "9 400"
    app.select_slider[0].set_value(600).run()
    app.segmented_control(key="resolution").set_value(8).run()
    assert app.text[-1].value == "8 1000"
    app.segmented_control(key="resolution").set_value(9).run()
    assert app.text[-1].value == "9 600"
