"""What was taken out, opened again by readers that know nothing of us."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Final

import openpyxl
from icalendar import Calendar

from chb.domain.periods import Period
from chb.services.assets.referrals import SheetQuestion
from chb.services.exports.preparing import ExportRequest, prepare_export
from chb.services.exports.products import PRODUCTS, ExportKind, Question
from chb.services.exports.shelf import Export
from chb.services.harm.hotspots import HotspotRequest
from chb.services.harm.study import ProfileRequest
from chb.services.workspace import Workspace
from tests.browser.hostile_store import PERSON
from tests.pages import read_page
from tests.services.asset_makers import refusing_preview

_YEAR: Final = ProfileRequest("Marram", Period.parse("2025-01", "2025-12"))
_QUESTIONS: Final[dict[ExportKind, Question]] = {
    ExportKind.HARM_PROFILE: _YEAR,
    ExportKind.HOTSPOTS: HotspotRequest(_YEAR),
    ExportKind.MY_WORK: (PERSON,),
    ExportKind.PARTNER_HARM: _YEAR,
    ExportKind.COMMUNITY_HARM: _YEAR,
    ExportKind.REFERRAL_SHEET: SheetQuestion(),
    ExportKind.REFUSED_ASSETS: refusing_preview("=1+1"),
}
_NEUTRAL: Final = re.compile(r"holdfast-[0-9a-z-]+\.(csv|geojson|gpkg|html|ics|parquet|xlsx)")
_FORMULA: Final = re.compile("\\s*[=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20\u2212]")
_ACTIVE: Final = {"script", "a", "img", "iframe", "object", "form", "input", "link", "base", "svg"}
_NUMBER: Final = re.compile(r"-?[0-9.]+(e-?[0-9]+)?")
ENDINGS: Final = (".csv", ".xlsx", ".geojson", ".html", ".ics")
ALL_EXPORTS: Final = tuple(
    (kind, ending)
    for kind, product in PRODUCTS.items()
    for ending in product.endings
    if ending in ENDINGS
)


def taken_out(ws: Workspace, kind: ExportKind, ending: str, words: str) -> Export:
    """The product, for the purpose and the recipient that the words name."""
    asked = ExportRequest(kind, ending, _QUESTIONS.get(kind))
    return prepare_export(ws, asked, purpose=words, recipient=words)


def faults_in(export: Export, ending: str) -> list[str]:
    """What is wrong with a file: formulas, forged entries, a name that says something."""
    readers = {
        ".csv": _in_rows,
        ".xlsx": _in_workbook,
        ".geojson": _in_shapes,
        ".html": _in_page,
        ".ics": _in_calendar,
    }
    found = list(readers[ending](export.content))
    if not _NEUTRAL.fullmatch(export.file_name):
        found.append(f"the file is called {export.file_name!r}")
    return found


def _in_rows(content: bytes) -> Iterator[str]:
    for row in csv.reader(io.StringIO(content.decode(), newline="")):
        if row and row[0].startswith("# "):
            continue
        for cell in row:
            if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
                yield f"a spreadsheet computes {cell[:60]!r}"


def _in_workbook(content: bytes) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet:
            for cell in row:
                text = cell.value if isinstance(cell.value, str) else ""
                if cell.data_type == "f" or cell.hyperlink or _FORMULA.match(text):
                    yield f"{sheet.title} {cell.coordinate} computes {text[:60]!r}"


def _in_shapes(content: bytes) -> Iterator[str]:
    read = json.loads(content)
    if read["type"] != "FeatureCollection" or not read["features"]:
        yield "it is not a collection of features"
    if any(each["type"] != "Feature" or not each["geometry"] for each in read["features"]):
        yield "a feature has no shape"


def _in_page(content: bytes) -> Iterator[str]:
    page = read_page(content.decode())
    if page.tags["tr"] < 3:
        yield "nobody to refer to"
    active = [*(_ACTIVE & set(page.tags)), *page.handlers]
    if active:
        yield f"the page has {active}"


def _in_calendar(content: bytes) -> Iterator[str]:
    events = Calendar.from_ical(content).walk("VEVENT")
    if not events or len(events) != content.count(b"\r\nBEGIN:VEVENT\r\n"):
        yield "an entry was forged"
    if len({str(each["UID"]) for each in events}) != len(events):
        yield "two entries are one"
    expected = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CATEGORIES", "CLASS", "TRANSP"}
    for each in events:
        odd = set(each) - expected - {"DESCRIPTION"}
        if odd or not set(each) >= expected:
            yield f"an entry has {odd or 'less than it should'}"
