"""The one table of counts that is shared: kinds of crime in a partnership's area and year.

Bands tell nobody how many; a board asks. A table with the total is released for areas of
one kind, partnerships, which do not overlap, and for calendar years, which do not either:
two tables share no incident, so nothing comes of subtracting them. Within a table small
counts are withheld with as many others as it takes (``geo.suppression``). It is made of
released granules (``release``), so it adds nothing to what the map says of single cells,
and it is released once (``ledger``).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import View
from chb.domain.harm import CrimeCategory
from chb.domain.periods import Month, Period
from chb.domain.refusal import Refusal
from chb.domain.views.harm import SharedCategories, SharedCount
from chb.services.access.rules import needs
from chb.services.harm.areas import find_area
from chb.services.harm.study import ProfileRequest
from chb.services.views.access import require_view
from chb.services.views.ledger import Disclosure, DisclosureLedger, released_cells
from chb.services.views.release import GRANULE_RESOLUTION, Release, refuse_file, release
from chb.services.workspace import Workspace
from geo.cells import centres
from geo.suppression import LEAST_COUNT, suppress_small_counts

AREA_KIND: Final = "csp"
QUARTERS_OF_YEAR: Final = 4

GROUPS: Final[dict[str, tuple[CrimeCategory, ...]]] = {
    "Violence, robbery and weapons": (
        CrimeCategory.VIOLENCE,
        CrimeCategory.ROBBERY,
        CrimeCategory.WEAPONS,
    ),
    "Burglary, vehicle crime and theft": (
        CrimeCategory.BURGLARY,
        CrimeCategory.VEHICLE_CRIME,
        CrimeCategory.BICYCLE_THEFT,
        CrimeCategory.OTHER_THEFT,
        CrimeCategory.SHOPLIFTING,
        CrimeCategory.THEFT_FROM_PERSON,
    ),
    "Damage and disorder": (
        CrimeCategory.CRIMINAL_DAMAGE,
        CrimeCategory.PUBLIC_ORDER,
        CrimeCategory.ANTI_SOCIAL_BEHAVIOUR,
    ),
    "Drugs": (CrimeCategory.DRUGS,),
    "Other crime": (CrimeCategory.OTHER_CRIME,),
}
"""Fixed, so that nobody can move one category in and out of a group."""


@needs(Permission.SEE_COMMUNITY)
def shared_categories(ws: Workspace, area: str, year: int) -> SharedCategories:
    """Incidents by group of categories in an area and year, as they were released first.

    Refusal for areas that are no partnership's and for years that are not loaded whole.
    """
    require_view(ws, View.COMMUNITY)
    refuse_file(area)
    found, shape = find_area(ws, area)
    if found.kind != AREA_KIND:
        raise Refusal(
            "Counts by category are shared for partnership areas",
            found=f"{found.name} is a {found.kind}",
            cause="Tables of areas within one another give small counts away",
            remedy="Choose the partnership, or look at the map of bands",
        )
    ledger = DisclosureLedger(ws)
    table = ledger.find(found.key, year)
    if table is None:
        made = release(ws, _whole_year(found.key, year), finest=GRANULE_RESOLUTION)
        inside = shapely.contains_xy(shape, *centres(made.fine))
        table = ledger.keep(_disclosure(ws, made, inside, year))
    return SharedCategories(
        area=found.name,
        year=year,
        rows=tuple(SharedCount(category, number) for category, number in table.figures),
        total=table.total,
        released_on=table.released_on,
        suppression=f"Figures of 1 to {LEAST_COUNT - 1} are withheld, and those from which they"
        " could be worked out; incidents in cells that are not shown are not counted",
    )


def _whole_year(area_key: str, year: int) -> ProfileRequest:
    period = Period(Month(year, 1), Month(year, 12))
    return ProfileRequest(area_key, period, scheme="count", resolution=GRANULE_RESOLUTION)


def _disclosure(ws: Workspace, made: Release, inside: NDArray[np.bool_], year: int) -> Disclosure:
    if len(made.quarters) < QUARTERS_OF_YEAR:
        raise Refusal(
            f"The year {year} is not loaded whole",
            found=f"{len(made.quarters)} of {QUARTERS_OF_YEAR} quarters are",
            cause="A table is released once, so it waits for the last month",
            remedy="Choose an earlier year, or have the missing months imported",
        )
    rows = made.granules.loc[inside[made.granules["granule"].to_numpy()]]
    counts = group_counts(rows)
    found = suppress_small_counts(counts)
    return Disclosure(
        area_key=made.area.key,
        year=year,
        released_on=ws.today().isoformat(),
        figures=tuple(
            (name, None if hidden else int(count))
            for name, count, hidden in zip(GROUPS, counts, found.cells, strict=True)
        ),
        total=None if found.total else int(counts.sum()),
        cells=released_cells(made.fine[rows["granule"].unique()]),
    )


def group_counts(rows: pd.DataFrame) -> NDArray[np.int64]:
    """Incidents of each group, in the order of GROUPS."""
    by_category = rows.groupby(rows["category"].astype(str))["count"].sum()
    return np.array(
        [int(by_category.reindex(list(group), fill_value=0).sum()) for group in GROUPS.values()],
        dtype=np.int64,
    )
