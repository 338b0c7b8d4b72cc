"""What every source gives back: a checked frame and the account of how it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

import pandas as pd

from chb.domain.quality import QualityReport

FrameT_co = TypeVar("FrameT_co", bound=pd.DataFrame, covariant=True)

INCIDENT_COLUMNS: Final = (
    "crime_id",  # text, empty where the publisher gives none
    "month_ordinal",  # int32, Month.ordinal
    "force",  # text, "Falls within"
    "category",  # text, a CrimeCategory value
    "longitude",  # float64 degrees WGS84, NaN without location
    "latitude",
    "street",  # text, the publisher's location words
    "lsoa_code",  # text, empty without location
    "outcome",  # text
)
BOUNDARY_COLUMNS: Final = ("code", "name", "geometry")  # EPSG:4326, valid (multi)polygons
POPULATION_COLUMNS: Final = ("lsoa_code", "population")  # plus any of households, aged_*
DEPRIVATION_COLUMNS: Final = ("lsoa_code", "imd_score", "imd_rank", "imd_decile")
"""Plus ``<domain>_score``, ``_rank`` and ``_decile`` where given; NaN where a column is not."""
ASSET_COLUMNS: Final = (
    "source_id",
    "name",
    "kind",  # key of data/reference/asset_kinds.csv
    "longitude",
    "latitude",
    "address",
    "postcode",
    "contact_role",
    "note",
    "sessions",  # JSON text: list of {weekday,start,end,activity,youngest,oldest,term_time_only}
    "verified_on",  # ISO date text or empty
)
ASSET_DETAIL_COLUMNS: Final = (
    "services",  # what it offers, "; " between them
    "youngest",  # float64 whole years, NaN where not given
    "oldest",
    "cost",
    "access_needs",
    "capacity",  # float64 people at once, NaN where not given
    "opening_text",  # hours as they stood, where they could not be read in whole
    "status",  # an AssetStatus value, empty where the list does not say
    "accepts_referrals",  # "yes", "no" or empty
    "outline",  # JSON text: ring of [longitude, latitude], empty for a point
    "flags",  # what a person should look at before the row is kept, "; " between them
)
ROW_COLUMNS: Final = ("file_name", "line", "cells")
"""Where a row stood, and its cells as they were: JSON text, heading to text."""
REFUSED_ROW_COLUMNS: Final = (*ROW_COLUMNS, "reason", "remedy")
POSTCODE_COLUMNS: Final = ("postcode", "longitude", "latitude")
"""The postcode in capitals without its space, as ``postcode_key`` writes it."""
OCG_LOCATION_COLUMNS: Final = (
    "code",
    "kind",
    "longitude",
    "latitude",
    "radius_m",
    "confidence",
    "valid_from",  # ISO date text or empty
    "valid_to",
    "source",
    "handling",
)
PEOPLE_COLUMNS: Final = ("name", "agency", "role", "work_email")
CONTEXT_COLUMNS: Final = ("name", "rank", "geometry")
"""Rank orders importance: 1 is drawn first and from furthest away."""


@dataclass(frozen=True)
class Reading(Generic[FrameT_co]):
    """One thing read: its frame, its account and what names it in the catalogue."""

    kind: str
    """The registry's word, without the layer: boundaries, deprivation, population, assets."""
    name: str
    """Name in the catalogue, unique within a kind: 'South Yorkshire Police 2025-01', 'IoD 2025'."""
    frame: FrameT_co
    report: QualityReport
    sha256: str
    """Of the bytes the frame was read from."""
    attribution: str
    details: dict[str, str] = field(default_factory=dict)
    """Facts a reader found: vintage, edition, country, layer kind, without_location count."""


@dataclass(frozen=True, kw_only=True)
class AssetReading(Reading[pd.DataFrame]):
    """Assets that were read, with every row that was not: none is lost between the two.

    ``frame`` has ASSET_COLUMNS, ASSET_DETAIL_COLUMNS and ROW_COLUMNS, and so has
    ``unplaced``: rows that are whole but for a position. ``refused_rows`` has
    REFUSED_ROW_COLUMNS; rows outside England and Wales are among them.
    """

    unplaced: pd.DataFrame
    refused_rows: pd.DataFrame
