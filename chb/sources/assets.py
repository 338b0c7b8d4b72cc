"""Community assets: our template, registers as CSV, OpenStreetMap, Open Referral UK."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

import pandas as pd

from chb.domain.assets.register import LONGEST_NAME
from chb.domain.refusal import Refusal
from chb.domain.wording import plural
from chb.sources.account import nothing_left
from chb.sources.asset_columns import Maps, RowAccount, fits, named_columns, with_cells
from chb.sources.asset_details import with_details
from chb.sources.asset_features import asset_features
from chb.sources.attributions import OPENSTREETMAP
from chb.sources.column_maps import fingerprint
from chb.sources.columns import normal
from chb.sources.coordinates import (
    BEYOND,
    UNPLACED,
    left_out_note,
    outside,
    place_rows,
    without_location,
)
from chb.sources.dates import date_rows
from chb.sources.files import InputFile, Sources, combined_sha256, open_inputs
from chb.sources.geojson import parsed_json, read_layer
from chb.sources.naming import together
from chb.sources.open_referral.documents import is_service_list, service_table
from chb.sources.open_referral.package import is_package, package_table
from chb.sources.reading import (
    ASSET_COLUMNS,
    ASSET_DETAIL_COLUMNS,
    ROW_COLUMNS,
    AssetReading,
)
from chb.sources.reference import kind_words
from chb.sources.sniff import FileKind, expect
from chb.sources.tables import Table, read_table
from chb.sources.text import clean_text, read_text
from chb.sources.timetables import parse_sessions, sessions_json

_IT_IS_BEYOND: Final = f"It lies {BEYOND}"
_KIND_REMEDY: Final = "Use a kind of the reference table of asset kinds"
_NO_MAPS: Final[Maps] = MappingProxyType({})
_COLUMNS: Final = (*ASSET_COLUMNS, *ASSET_DETAIL_COLUMNS, *ROW_COLUMNS)


def read_assets(
    sources: Sources, *, today: date, kind: str | None = None, maps: Maps = _NO_MAPS
) -> AssetReading:
    """Read lists of assets as one: each a CSV, a workbook, GeoJSON or Open Referral UK.

    ``kind`` is used where a list does not say what its assets are, ``maps`` where its
    headings do not say what its columns are. Rows without location or outside England
    and Wales are counted and left out of the frame. Raises Refusal when a list lacks a
    column, or nothing is left.
    """
    reading = survey_assets(sources, today=today, kind=kind, maps=maps)
    if reading.frame.empty:
        raise _nothing_to_place(reading)
    report = reading.report
    notes = (*report.notes, *filter(None, _left_out_notes(reading)))
    return replace(reading, report=replace(report, notes=notes))


def survey_assets(
    sources: Sources, *, today: date, kind: str | None = None, maps: Maps = _NO_MAPS
) -> AssetReading:
    """Read as ``read_assets`` does, for a person to look at: even where no row can be used."""
    inputs = open_inputs(sources)
    files = list(inputs)
    account = RowAccount("assets", together([file.name for file in files]))
    account.note(*inputs.notes)
    tables = [package_table(files, today)] if is_package(files) else _tables(files, kind, today)
    lists = [
        with_details(_dated(_list_rows(table, kind, account, maps), account, today), account)
        for table in tables
    ]
    frame = _identified(pd.concat(lists), account)
    unplaced = without_location(frame)
    beyond = outside(frame["longitude"].to_numpy(), frame["latitude"].to_numpy())
    account.keep(
        frame.loc[beyond],
        _IT_IS_BEYOND,
        "Correct its position, or leave it out",
    )
    kept = frame.loc[~unplaced & ~beyond, list(_COLUMNS)].reset_index(drop=True)
    report = account.tally(
        kept=len(kept), without_location=int(unplaced.sum()), outside_area=int(beyond.sum())
    )
    return AssetReading(
        kind="assets",
        name=account.source,
        frame=kept,
        report=report,
        sha256=combined_sha256(files),
        attribution=_attribution(files, frame),
        unplaced=frame.loc[unplaced, list(_COLUMNS)].reset_index(drop=True),
        details={name: "column map" for name in map(_headings, tables) if name in maps},
        refused_rows=account.refused_rows(),
    )


def _left_out_notes(reading: AssetReading) -> tuple[str, ...]:
    """Which rows are not in the frame: nobody looks at them one by one, as in a preview."""
    refused = reading.refused_rows
    beyond = refused.loc[refused["reason"] == _IT_IS_BEYOND]
    return _left_out_note(reading.unplaced, UNPLACED), _left_out_note(beyond, BEYOND)


def _left_out_note(rows: pd.DataFrame, why: str) -> str:
    if rows.empty:
        return ""
    first = rows.iloc[0]
    return left_out_note(len(rows), f"{first['file_name']}, row {int(first['line']):,}", why)


def _headings(table: Table) -> str:
    return fingerprint(table.headers)


def _nothing_to_place(reading: AssetReading) -> Refusal:
    report = reading.report
    if not report.without_location + report.outside_area:
        return nothing_left(report.source, report.refused)
    first = pd.concat([reading.unplaced, reading.refused_rows])["line"].min()
    return Refusal(
        f"No row of {report.source} is a place in England or Wales",
        found=f"{plural(report.without_location, 'row')} without a location,"
        f" {report.outside_area:,} outside; the first is row {int(first):,}",
        cause="The coordinates were left blank, or are another country's",
        remedy="Fill in longitude and latitude in decimal degrees",
    )


def _tables(files: list[InputFile], kind: str | None, today: date) -> list[Table]:
    return [_table(file, kind, today) for file in files]


def _table(file: InputFile, kind: str | None, today: date) -> Table:
    json_kinds = (FileKind.JSON_OBJECT, FileKind.JSON_ARRAY)
    found = expect(file, FileKind.TEXT, FileKind.XLSX, *json_kinds)
    if found not in json_kinds:
        return read_table(file, fits=fits)
    text, notes = read_text(file)
    parsed = parsed_json(text, file.name)
    if is_service_list(parsed):
        return service_table(parsed, file, notes=notes, today=today)
    expect(file, FileKind.TEXT, FileKind.XLSX, FileKind.JSON_OBJECT)
    return asset_features(read_layer(file), file, kind)


def _list_rows(table: Table, kind: str | None, account: RowAccount, maps: Maps) -> pd.DataFrame:
    """One list's rows with kind, name and position checked."""
    account.rows_read += table.rows_read
    account.refused += table.refused
    account.keep_ragged(table)
    account.note(*table.notes)
    frame = with_cells(table, named_columns(table, maps))
    frame = frame.assign(kind_in_list=frame["kind"] if "kind" in frame.columns else "")
    if "kind" not in frame.columns:
        frame = frame.assign(kind=_given_kind(kind, table))
    elif kind is not None:
        frame = frame.assign(kind=frame["kind"].where(frame["kind"].str.strip() != "", kind))
    frame = _open_and_named(_known_kinds(frame, account), account)
    return place_rows(frame, account, table.name)


def _given_kind(kind: str | None, table: Table) -> str:
    if kind is None:
        raise Refusal(
            f"{table.name} does not say what kind of assets these are",
            found=f"The columns are {', '.join(table.headers[:12])}",
            remedy="Add a column called kind, or say the kind when importing",
        )
    return kind


def _open_and_named(frame: pd.DataFrame, account: RowAccount) -> pd.DataFrame:
    frame = account.without(
        frame,
        (frame["closed"].str.strip() != "") | (frame["status"].str.casefold() == "closed"),
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


def _known_kinds(frame: pd.DataFrame, account: RowAccount) -> pd.DataFrame:
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


def _dated(frame: pd.DataFrame, account: RowAccount, today: date) -> pd.DataFrame:
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


def _identified(frame: pd.DataFrame, account: RowAccount) -> pd.DataFrame:
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
