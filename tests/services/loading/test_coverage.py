"""Which months are there, which are missing between others, and how much is on a map."""

from chb.domain.periods import Month
from chb.services.loading.coverage import force_coverage
from chb.services.loading.incident_import import import_incidents
from tests.sources.makers import street_file, street_row

SY = "South Yorkshire Police"


def test_gaps_lie_between_months_and_a_row_without_a_position_is_counted(ws):
    rows = [
        street_row(Month="2025-01"),
        street_row(Month="2025-01", Longitude="", Latitude="", Location="No Location"),
        street_row(Month="2025-04", Falls_within=SY),
        street_row(Month="2025-02", Falls_within="Avon and Somerset Constabulary"),
    ]
    import_incidents(ws, street_file(*rows))
    avon, found = force_coverage(ws)
    assert avon.gaps == ()
    assert found.force == SY
    assert found.gaps == (Month(2025, 2), Month(2025, 3))
    january = found.months[Month(2025, 1)]
    assert (january.rows, january.located) == (2, 1)
    assert (found.rows, found.located_share) == (3, 2 / 3)


def test_the_sums_are_those_of_the_account(sheffield_ws):
    (found,) = force_coverage(sheffield_ws)
    assert found.rows == 172_209
    assert found.rows - sum(month.located for month in found.months.values()) == 8_069
    assert len(found.months) == 12 and not found.is_sample
