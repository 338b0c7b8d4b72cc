"""Where postcodes are: a table of centroids, such as an extract of the ONS Postcode Directory."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from chb.sources.attributions import OPEN_GOVERNMENT
from chb.sources.columns import Columns
from chb.sources.coordinates import place_rows, placed_inside
from chb.sources.files import Sources, only_file
from chb.sources.naming import stem
from chb.sources.reading import POSTCODE_COLUMNS, Reading
from chb.sources.tables import account_of, read_columns

POSTCODES: Final = Columns(
    what="a list of postcodes",
    required={
        "postcode": ("pcds", "pcd", "pcd2", "post code", "postal code"),
        "longitude": ("long", "lon", "lng"),
        "latitude": ("lat",),
    },
    remedy="Give a list with a postcode, its longitude and its latitude on each row",
)
_POSTCODE: Final = r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}"
"""A whole postcode without its space: outward code, then a digit and two letters."""


def read_postcodes(sources: Sources) -> Reading[pd.DataFrame]:
    """Read one table of postcode centroids; the frame has POSTCODE_COLUMNS.

    Malformed postcodes, repeated ones, and positions that are none are refused.
    Raises Refusal when a column is missing or nothing is left.
    """
    file = only_file(sources)
    table = read_columns(file, POSTCODES)
    account = account_of("postcodes", table)
    frame = table.frame.assign(postcode=table.frame["postcode"].map(postcode_key).astype("str"))
    frame = account.without(
        frame,
        ~frame["postcode"].str.fullmatch(_POSTCODE).astype(bool),
        "The postcode is missing or malformed",
        show="postcode",
        remedy="Write it whole, for example S1 2HE",
    )
    frame = account.without_repeats(frame, "postcode", "postcode")
    kept, report = placed_inside(place_rows(frame, account, table.name), POSTCODE_COLUMNS, account)
    return Reading(
        kind="postcodes",
        name=stem(file.name),
        frame=kept,
        report=report,
        sha256=file.sha256,
        attribution=OPEN_GOVERNMENT,
    )


def postcode_key(text: str) -> str:
    """A postcode in capitals without spaces and punctuation, to compare it by."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())
