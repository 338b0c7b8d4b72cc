"""What the screens keep of the harm at places; the rule of keys is that of `chb.ui.cache`.

The version of the data does not tell of a place that was redrawn, so that of the place is in
the key as well.
"""

from __future__ import annotations

from chb.services.places.harm_series import HarmSeries, SeriesRequest
from chb.services.places.harm_series import harm_series as series_of
from chb.ui import cache
from chb.ui.kept import keep


@keep(show_spinner="Counting the months", max_entries=40)
def harm_series(version: str, request: SeriesRequest, place_version: int) -> HarmSeries:
    """Harm of a place month by month; raises Refusal, which is not kept."""
    del version, place_version
    return series_of(cache.workspace(), request)
