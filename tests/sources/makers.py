"""Makers of input for the tests of the sources: real bytes, as they are published."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl

from chb.sources.files import InputFile

TODAY = date(2026, 11, 20)
STREET_HEADER = (
    *("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location"),
    *("LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context"),
)


def street_row(**changes: str) -> dict[str, str]:
    """A good row of a street-level file, with some of its cells changed."""
    row = {
        "Crime ID": "",
        "Month": "2025-01",
        "Reported by": "South Yorkshire Police",
        "Falls within": "South Yorkshire Police",
        "Longitude": "-1.470100",
        "Latitude": "53.381100",
        "Location": "On or near Park Square",
        "LSOA code": "E01033265",
        "LSOA name": "Sheffield 073D",
        "Crime type": "Burglary",
        "Last outcome category": "",
        "Context": "",
    }
    return row | {name.replace("_", " "): value for name, value in changes.items()}


def csv_text(rows: Iterable[Mapping[str, str]], header: Sequence[str], *, end: str = "\n") -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator=end)
    writer.writerow(header)
    writer.writerows([[row.get(name, "") for name in header] for row in rows])
    return stream.getvalue()


def street_csv(*rows: Mapping[str, str], header: Sequence[str] = STREET_HEADER) -> bytes:
    return csv_text(rows, header).encode()


def street_file(*rows: Mapping[str, str], name: str = "2025-01-street.csv") -> InputFile:
    return InputFile.of(name, street_csv(*rows))


def text_file(text: str, name: str = "list.csv") -> InputFile:
    return InputFile.of(name, text.encode())


def zip_bytes(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def workbook_bytes(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def square(longitude: float, latitude: float, size: float = 0.01) -> dict[str, Any]:
    """A GeoJSON square with its south-west corner there."""
    east, north = longitude + size, latitude + size
    ring = [
        [longitude, latitude],
        [east, latitude],
        [east, north],
        [longitude, north],
        [longitude, latitude],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry: dict[str, Any] | None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(*features: Any, crs: str | None = None) -> dict[str, Any]:
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": list(features)}
    if crs:
        collection["crs"] = {"type": "name", "properties": {"name": crs}}
    return collection


def geojson_file(content: Any, name: str = "areas.geojson") -> InputFile:
    return InputFile.of(name, json.dumps(content).encode())


def lsoa(number: int, geometry: dict[str, Any] | None = None) -> dict[str, Any]:
    """A good LSOA feature; each number is another square."""
    shape = geometry if geometry is not None else square(-1.5 + number / 50, 53.4)
    return feature(shape, LSOA21CD=f"E0100{number:04d}", LSOA21NM=f"Sheffield {number:03d}A")
