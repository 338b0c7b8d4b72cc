"""A report that does not add up cannot be made."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.periods import Month
from chb.domain.quality import QualityReport, RefusedRows

counts = st.integers(0, 10_000)


@given(counts, counts, counts, counts)
def test_counts_add_up_to_the_rows_read(kept, without, outside, refused):
    report = QualityReport(
        kind="incidents",
        source="x.csv",
        rows_read=kept + without + outside + refused,
        kept=kept,
        without_location=without,
        outside_area=outside,
        refused=(RefusedRows("bad month", refused, 2, "row 2: month '13'"),),
    )
    assert report.refused_rows == refused


@given(counts, st.integers(1, 100))
def test_a_lost_row_is_an_error(kept, lost):
    with pytest.raises(ValueError, match="accounted for"):
        QualityReport(kind="incidents", source="x.csv", rows_read=kept + lost, kept=kept)


def test_it_is_plain_values_for_json():
    report = QualityReport(
        kind="incidents", source="x", rows_read=1, kept=1, months_present=(Month(2025, 1),)
    )
    assert json.loads(json.dumps(report.as_dict()))["months_present"] == ["2025-01"]
