"""Community assets: our template, registers as CSV, OpenStreetMap as GeoJSON."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import Final

import pandas as pd

from chb.domain.assets import LONGEST_NAME
from chb.domain.refusal import Refusal
from chb.sources.account import Account
from chb.sources.asset_features import read_asset_features
from chb.sources.attributions import OPENSTREETMAP
from chb.sources.columns import Columns, normal
from chb.sources.coordinates import place_rows, placed_inside
from chb.sources.dates import date_rows
from chb.sources.files import InputFile, Sources, combined_sha256, open_inputs
from chb.sources.naming import together
from chb.sources.reading import ASSET_COLUMNS, Reading
from chb.sources.reference import kind_words
from chb.sources.sniff import FileKind, expect
from chb.sources.tables import Table, read_table
from chb.sources.text import clean_text
from chb.sources.timetables import parse_sessions, sessions_json

ASSETS: Final = Columns(
    what="a list of assets",
    required={
        "name": ("organisation name", "asset", "title", "site name"),
        "longitude": ("lon", "long", "lng", "x"),
        "latitude": ("lat", "y"),
    },
    optional={
        "source_id": ("id", "organisation code", "identifier", "@id"),
        "kind": ("asset kind", "organisation type", "category", "type"),
        "postcode": ("post code", "postal code"),
        "contact_role": ("contact",),
        "note": ("notes", "opening", "opening hours", "description"),
        "sessions": ("timetable",),
        "verified_on": ("verified", "last verified", "last verified on"),
        "closed": ("year closed", "date closed", "close date"),
    },
    remedy="python -m chb template assets writes an empty list with the right columns",
)
_ADDRESS_PARTS: Final = (
    *("address", "address1", "address2", "address3", "city", "town", "county"),
)
_KIND_REMEDY: Final = "Use a kind of the reference table of asset kinds"
_TEXT_COLUMNS: Final = ("address", "postcode", "contact_role", "note", "sessions", "verified_on")


def read_assets(sources: Sources, *, today: date, kind: str | None = None) -> Reading[pd.DataFrame]:
    """Read lists of assets as one, each a CSV, a workbook or GeoJSON.

    ``kind`` is used where a list does not say what its assets are. The frame has
    ASSET_COLUMNS; rows without location or outside England and Wales are counted
    and left out. Raises Refusal when a list lacks a column, or nothing is left.
    """
    inputs = open_inputs(sources)
    files = list(inputs)
    account = Account("assets", together([file.name for file in files]))
    account.note(*inputs.notes)
    frame = pd.concat([_list_rows(_table(file, kind), kind, account) for file in files])
    frame = _identified(_dated(frame, account, today), account)
    kept, report = placed_inside(frame, ASSET_COLUMNS, account)
    return Reading(
        kind="assets",
        name=account.source,
        frame=kept,
        report=report,
        sha256=combined_sha256(files),
        attribution=_attribution(files, frame),
    )


def _table(file: InputFile, kind: str | None) -> Table:
    found = expect(file, FileKind.TEXT, FileKind.XLSX, FileKind.JSON_OBJECT)
    if found == FileKind.JSON_OBJECT:
        return read_asset_features(file, kind)
    return read_table(file, fits=ASSETS.fits)


def _list_rows(table: Table, kind: str | None, account: Account) -> pd.DataFrame:
    """One list's rows with kind, name and position checked."""
    names = ASSETS.require(table.headers, table.name)
    account.rows_read += table.rows_read
    account.refused += table.refused
    account.note(*table.notes)
    frame = table.frame[list(names)].rename(columns=names)
    frame = frame.assign(address=_address(table), file_name=table.name)
    frame = frame.assign(kind_in_list=frame["kind"] if "kind" in frame.columns else "")
    if "kind" not in frame.columns:
        frame = frame.assign(kind=_given_kind(kind, table))
    blank = [name for name in (*_TEXT_COLUMNS, "source_id", "closed") if name not in frame.columns]
    frame = frame.assign(**dict.fromkeys(blank, ""))
    frame = _open_and_named(_known_kinds(frame, account), account)
    return place_rows(frame, account, table.name)


def _address(table: Table) -> pd.Series:
    """The address in one line, from whatever parts of it the list has."""
    parts = [header for header in table.headers if normal(header) in _ADDRESS_PARTS]
    lines = [
        ", ".join(dict.fromkeys(clean_text(part) for part in row if part.strip()))
        for row in table.frame[parts].itertuples(index=False)
    ]
    return pd.Series(lines, index=table.frame.index, dtype="str")


def _given_kind(kind: str | None, table: Table) -> str:
    if kind is None:
        raise Refusal(
            f"{table.name} does not say what kind of assets these are",
            found=f"The columns are {', '.join(table.headers[:12])}",
            remedy="Add a column called kind, or say the kind when importing",
        )
    return kind


def _open_and_named(frame: pd.DataFrame, account: Account) -> pd.DataFrame:
    frame = account.without(
        frame,
        frame["closed"].str.strip() != "",
        "The register says it has closed",
        show="name",
        remedy="Nothing to do, unless it has opened again",
    )
    frame = frame.assign(name=frame["name"].map(clean_text).astype("str"))
    frame = account.without(
        frame, frame["name"] == "", "It has no name", show=None, remedy="Give it a name"
    )
    return account.without(
        frame,
        frame["name"].str.len() > LONGEST_NAME,
        f"Its name is longer than {LONGEST_NAME} characters",
        show="name",
        remedy="Shorten the name",
    )


def _known_kinds(frame: pd.DataFrame, account: Account) -> pd.DataFrame:
    keys = {word: kind_key(word) for word in frame["kind"].unique()}
    unknown = frame["kind"].map(keys).astype("str") == ""
    for word in frame.loc[unknown, "kind"].unique()[:20]:
        near = get_close_matches(normal(word), kind_words(), n=1)
        frame = account.without(
            frame,
            frame["kind"] == word,
            f"There is no asset kind for {word[:40]!r}" if word else "It has no kind",
            show="name",
            remedy=f"The nearest is {kind_words()[near[0]]!r}" if near else _KIND_REMEDY,
        )
    frame = frame.assign(kind=frame["kind"].map(keys).astype("str"))
    return account.without(
        frame,
        frame["kind"] == "",
        "There is no asset kind for many other words",
        show="name",
        remedy=_KIND_REMEDY,
    )


def kind_key(word: str) -> str:
    """Key of the kind a register's word means, empty when it means none.

    Of several words with a slash between them the first known one counts.
    """
    words = kind_words()
    parts = [normal(part) for part in (word, *word.split("/"))]
    return next((words[part] for part in parts if part in words), "")


def _dated(frame: pd.DataFrame, account: Account, today: date) -> pd.DataFrame:
    frame = date_rows(frame, "verified_on", account)
    frame = account.without(
        frame,
        frame["verified_on"] > today.isoformat(),
        "It was verified in the future",
        show="verified_on",
        remedy="Correct the date",
    )
    timetables = {text: _timetable(text) for text in frame["sessions"].unique()}
    frame = account.without(
        frame,
        frame["sessions"].map(timetables).astype("str") == "",
        "Its sessions cannot be read",
        show="sessions",
        remedy="Write, for example: Monday 18:00-20:00 Boxing (10-17)",
    )
    return frame.assign(sessions=frame["sessions"].map(timetables).astype("str"))


def _timetable(text: str) -> str:
    """Sessions as JSON, empty when they cannot be read."""
    try:
        return sessions_json(parse_sessions(text))
    except Refusal:
        return ""


def _identified(frame: pd.DataFrame, account: Account) -> pd.DataFrame:
    """The frame with an id on every row; a second row of the same id is refused."""
    position = _degrees(frame["longitude"]) + "," + _degrees(frame["latitude"])
    where = position.where(frame["longitude"].notna(), frame["postcode"] + " " + frame["address"])
    kind = frame["kind"].where(frame["kind_in_list"] != "", "")  # one that was said may be wrong
    made = kind + ":" + frame["name"].map(normal) + ":" + where
    given = frame["source_id"].str.strip()
    ids = given.where(given != "", made)
    return account.without_repeats(frame.assign(source_id=ids), "source_id", "asset")


def _degrees(numbers: pd.Series) -> pd.Series:
    return numbers.map("{:.5f}".format).astype("str")


def _attribution(files: list[InputFile], frame: pd.DataFrame) -> str:
    if frame["source_id"].str.match(r"(node|way|relation)/\d+").any():
        return OPENSTREETMAP
    return f"{together([file.name for file in files])}; licence as its publisher states"
