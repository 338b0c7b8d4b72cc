"""Locations of organised crime groups, from our own template. A group is a code, never a name."""

from __future__ import annotations

from typing import Final

import pandas as pd

from chb.domain.ocgs.locations import LARGEST_RADIUS_M, Confidence, LocationKind
from chb.sources.account import Account
from chb.sources.attributions import OWN
from chb.sources.columns import Columns
from chb.sources.coordinates import place_rows, placed_inside
from chb.sources.dates import date_rows
from chb.sources.files import Sources, only_file
from chb.sources.naming import stem
from chb.sources.numbers import number_rows
from chb.sources.reading import OCG_LOCATION_COLUMNS, Reading
from chb.sources.tables import account_of, read_columns
from chb.sources.vocabulary import text_rows, word_rows

LONGEST_CODE: Final = 40
LONGEST_TEXT: Final = 200

OCG_LOCATIONS: Final = Columns(
    what="a list of OCG locations",
    required={
        "code": ("ocg", "ocg code"),
        "kind": ("location kind",),
        "longitude": ("lon", "long", "lng"),
        "latitude": ("lat",),
        "radius_m": ("radius", "radius in metres"),
        "confidence": (),
        "source": (),
        "handling": ("handling level",),
    },
    optional={"valid_from": ("from",), "valid_to": ("to",)},
    remedy="python -m chb template ocg-locations writes an empty list with the right columns",
)


def read_ocg_locations(sources: Sources) -> Reading[pd.DataFrame]:
    """Read one list. The frame has OCG_LOCATION_COLUMNS, dates as ISO text or empty.

    Rows without location or outside England and Wales are counted and left out.
    Raises Refusal when a column is missing or nothing is left.
    """
    file = only_file(sources)
    table = read_columns(file, OCG_LOCATIONS)
    account = account_of("ocg-locations", table)
    blank = [name for name in OCG_LOCATION_COLUMNS if name not in table.frame.columns]
    frame = _checked(table.frame.assign(**dict.fromkeys(blank, "")), account)
    kept, report = placed_inside(frame, OCG_LOCATION_COLUMNS, account)
    return Reading(
        kind="ocg-locations",
        name=stem(file.name),
        frame=kept,
        report=report,
        sha256=file.sha256,
        attribution=OWN,
    )


def _checked(frame: pd.DataFrame, account: Account) -> pd.DataFrame:
    frame = text_rows(frame, "code", account, longest=LONGEST_CODE)
    frame = word_rows(frame, "kind", account, LocationKind)
    frame = word_rows(frame, "confidence", account, Confidence)
    frame = text_rows(frame, "source", account, longest=LONGEST_TEXT)
    frame = text_rows(frame, "handling", account, longest=LONGEST_TEXT)
    frame = number_rows(frame, "radius_m", account, highest=LARGEST_RADIUS_M, key="code")
    frame = account.without(
        frame,
        frame["radius_m"] <= 0,
        "The radius is not above zero",
        show="radius_m",
        remedy="A location is an uncertain area: give its radius in metres",
    )
    frame = _dated(frame, account)
    return place_rows(frame, account, account.source)


def _dated(frame: pd.DataFrame, account: Account) -> pd.DataFrame:
    for column in ("valid_from", "valid_to"):
        frame = date_rows(frame, column, account)
    both = (frame["valid_from"] != "") & (frame["valid_to"] != "")
    return account.without(
        frame,
        both & (frame["valid_from"] > frame["valid_to"]),
        "It ends before it begins",
        show="code",
        remedy="Swap the two dates",
    )
