"""Positions as people write them, judged row by row."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from chb.domain.refusal import Refusal
from chb.sources.account import Account
from chb.sources.coordinates import (
    ENGLAND_AND_WALES,
    GREAT_BRITAIN,
    Location,
    judge,
    outside,
    place_rows,
    without_location,
)

CASES = [
    ("-1.47", "53.38", Location.LOCATED),
    (" -1.47 ", "53.38", Location.LOCATED),
    ("2.35", "48.86", Location.LOCATED),  # Paris: located, and outside the area
    ("", "", Location.NONE),
    ("-1.47", "", Location.NONE),
    ("NaN", "nan", Location.NONE),
    ("unknown", "unknown", Location.NONE),
    ("0", "0.000000", Location.NONE),
    ("inf", "53.38", Location.INFINITE),
    ("-1.47", "-inf", Location.INFINITE),
    ("-1.47", "91", Location.OUT_OF_RANGE),
    ("181", "53.38", Location.OUT_OF_RANGE),
    ("-1.47", "3000", Location.OUT_OF_RANGE),
    ("53.38", "-1.47", Location.SWAPPED),
    ("435200", "387500", Location.NATIONAL_GRID),
    ("387500", "435200", Location.NATIONAL_GRID),
    ("90000", "8000", Location.NATIONAL_GRID),
    ("-1,47", "53,38", Location.DECIMAL_COMMA),
    ("1°28'W", "53°45'N", Location.NOT_A_NUMBER),
]


def frame_of(*pairs: tuple[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(pairs, columns=["longitude", "latitude"], dtype="str")
    return frame.set_axis(range(2, len(frame) + 2))


@pytest.mark.parametrize(("longitude", "latitude", "expected"), CASES)
def test_a_pair_is_judged(longitude: str, latitude: str, expected: Location) -> None:
    frame = frame_of((longitude, latitude))
    positions = judge(frame["longitude"], frame["latitude"])
    assert Location(positions.status[0]) == expected
    assert np.isnan(positions.longitude[0]) == (expected != Location.LOCATED)


def test_every_outcome_has_a_case() -> None:
    assert {case[2] for case in CASES} == set(Location)


def test_a_few_wrong_rows_are_refused_and_the_others_stay() -> None:
    good = [("-1.47", "53.38")] * 5
    account = Account("incidents", "list.csv")
    frame = place_rows(frame_of(*good, ("53.38", "-1.47"), ("", ""), ("9e9", "1")), account, "x")
    assert len(frame) == 6
    assert without_location(frame).sum() == 1
    swapped = next(entry for entry in account.refused if "swapped" in entry.reason)
    assert (swapped.rows, swapped.first_row) == (1, 7)
    assert "53.38, -1.47" in swapped.example


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (("53.38", "-1.47"), "swapped.*Swap the two columns"),
        (("435200", "387500"), "eastings and northings.*Convert them from EPSG:27700"),
        (("-1,47", "53,38"), "decimal comma.*decimal point"),
    ],
)
def test_a_file_with_one_mistake_throughout_is_refused_with_the_remedy(
    pair: tuple[str, str], words: str
) -> None:
    frame = frame_of(("-1.47", "53.38"), pair, pair, ("", ""))
    with pytest.raises(Refusal, match=words) as refused:
        place_rows(frame, Account("incidents", "x"), "list.csv")
    assert "row 3" in refused.value.found


def test_the_envelopes_hold_the_land_and_the_synthetic_borough() -> None:
    places = {
        "Land's End": (-5.716, 50.066),
        "Lowestoft": (1.763, 52.481),
        "Berwick-upon-Tweed": (-2.005, 55.811),
        "synthetic borough": (-3.7, 53.75),
    }
    longitude, latitude = (np.array(values) for values in zip(*places.values(), strict=True))
    assert not outside(longitude, latitude, ENGLAND_AND_WALES).any()
    shetland = np.array([-0.85]), np.array([60.85])
    assert outside(*shetland, ENGLAND_AND_WALES).all()
    assert not outside(*shetland, GREAT_BRITAIN).any()


@given(
    st.lists(
        st.tuples(
            st.sampled_from([-1.5, -1.4, -1.0, float("nan"), -3.25]),
            st.sampled_from([53.0, 53.3, 53.5, 54.5]),
        ),
        max_size=60,
    )
)
def test_testing_distinct_points_agrees_with_testing_each_row(
    points: list[tuple[float, float]],
) -> None:
    area = box(-1.5, 53.0, -1.2, 53.4)
    longitude = np.array([point[0] for point in points])
    latitude = np.array([point[1] for point in points])
    slow = [not (np.isnan(x) or (-1.5 <= x <= -1.2 and 53.0 <= y <= 53.4)) for x, y in points]
    assert outside(longitude, latitude, area).tolist() == slow
