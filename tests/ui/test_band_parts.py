"""The parts of the map in bands that need no screen."""

from chb.domain.periods import Month, Period
from chb.services.harm.profiling import ProfileRequest
from chb.services.views.harm import partner_harm
from chb.ui.maps.band_layer import paint_bands
from chb.ui.parts.bands.categories import whole_years


def months(first, last):
    return [Month.from_ordinal(n) for n in range(first.ordinal, last.ordinal + 1)]


def test_only_years_with_every_month_have_a_table_the_latest_first():
    assert whole_years(months(Month(2023, 2), Month(2025, 12))) == [2025, 2024]
    assert whole_years(months(Month(2024, 1), Month(2024, 11))) == []
    assert whole_years([]) == []


def test_the_key_to_the_bands_says_what_to_beware_of(sample_ws):
    asked = ProfileRequest("csp:E22990001", Period.parse("2025-01", "2025-12"))
    shared = partner_harm(sample_ws, asked)
    assert shared.caveats
    assert paint_bands(shared, shared.cells).legend.caveats == shared.caveats
