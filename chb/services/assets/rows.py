"""From a checked row of a list to an asset, and what a newer list does to a known one."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pandas as pd

from chb.domain.assets.register import Asset, AssetStatus
from chb.domain.assets.sessions import Session

_AS_READ: Final = (
    *("name", "kind", "longitude", "latitude", "address", "postcode", "contact_role"),
    *("note", "cost", "access_needs", "opening_text"),
)
"""What an asset's row says in columns of the same names."""
_TAKEN_OVER: Final = (
    *_AS_READ,
    *("services", "youngest", "oldest", "capacity", "sessions", "outline", "accepts_referrals"),
    "verified_on",
)
_ANSWERS: Final = {"yes": True, "no": False}


def asset_rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a frame as plain values by column."""
    return ({str(key): value for key, value in row.items()} for row in frame.to_dict("records"))


def asset_of(row: Mapping[str, Any], *, source: str, sha256: str) -> Asset:
    """The asset a row of ASSET_COLUMNS and ASSET_DETAIL_COLUMNS describes; it has no id yet.

    Raises what JSON and Refusal raise where the row was not made by a reader.
    """
    return Asset(
        source=source,
        source_id=row["source_id"],
        source_sha256=sha256,
        services=tuple(filter(None, row["services"].split("; "))),
        youngest=_whole(row["youngest"]),
        oldest=_whole(row["oldest"]),
        capacity=_whole(row["capacity"]),
        sessions=tuple(Session.from_dict(values) for values in json.loads(row["sessions"] or "[]")),
        outline=tuple((float(x), float(y)) for x, y in json.loads(row["outline"] or "[]")),
        accepts_referrals=_ANSWERS.get(row["accepts_referrals"]),
        status=AssetStatus(row["status"] or AssetStatus.FOUND),
        verified_on=date.fromisoformat(row["verified_on"]) if row["verified_on"] else None,
        **{name: row[name] for name in _AS_READ},
    )


def brought_up(stored: Asset, read: Asset) -> Asset:
    """The asset as its source has it now; ``stored`` itself where the source says nothing new.

    What the list leaves blank stays as somebody recorded it, and so does what the partnership
    has come to with it: a list says that an asset is there, not how far the talks have come.
    """
    said = {name: getattr(read, name) for name in _TAKEN_OVER}
    given = {name: value for name, value in said.items() if value not in ("", None, ())}
    if read.sessions and not read.opening_text:
        given["opening_text"] = ""
    newer = replace(stored, **given)
    return stored if newer == stored else replace(newer, source_sha256=read.source_sha256)


def _whole(number: float) -> int | None:
    return None if math.isnan(number) else int(number)
