"""What can be taken out: one line a product, with the view and the formats it has."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from chb import __version__
from chb.domain.access.roles import View
from chb.domain.markings import Contents
from chb.domain.periods import Period
from chb.domain.provenance import Provenance
from chb.domain.refusal import Refusal
from chb.domain.views.harm import SharedCell, SharedHarm
from chb.exports.manifest import ExportManifest
from chb.exports.open_referral import service_page
from chb.exports.profile import LAYER
from chb.exports.referral_sheet import sheet_document
from chb.exports.rows import WRITERS, Rows, cell_rows, write_rows
from chb.exports.tasks import task_list
from chb.services.assets.previews import AssetPreview
from chb.services.assets.referrals import SheetQuestion, referral_sheet
from chb.services.assets.refused_rows import refused_csv
from chb.services.assets.register import asset_kinds, open_assets
from chb.services.harm.combining import look_at_profile
from chb.services.harm.exporting import RowKind, analysis_rows
from chb.services.harm.hotspots import HotspotRequest, find_hotspots
from chb.services.harm.profiling import build_profile
from chb.services.harm.study import ProfileRequest
from chb.services.planning.disruptions import export_disruptions
from chb.services.planning.my_work import work_as_calendar
from chb.services.views.harm import community_harm, partner_harm
from chb.services.views.partner_work import partner_tasks
from chb.services.workspace import Workspace
from geo import frames

Question = ProfileRequest | HotspotRequest | SheetQuestion | AssetPreview | tuple[str, ...] | None


class ExportKind(StrEnum):
    """The products, by the words a person knows them under."""

    HARM_PROFILE = "harm profile"
    HOTSPOTS = "hotspots"
    DISRUPTION_LOG = "APMIS-ready log of disruptions"
    MY_WORK = "calendar of a person's work"
    PARTNER_HARM = "harm in bands"
    COMMUNITY_HARM = "harm in bands for the community"
    PARTNER_TASKS = "tasks of partner agencies"
    ASSETS = "community assets as Open Referral UK"
    REFUSED_ASSETS = "rows of a list of assets that were refused"
    REFERRAL_SHEET = "sheet of where to refer"


@dataclass(frozen=True)
class Content:
    """What goes out, before it has its manifest. ``write`` puts the manifest inside."""

    sha256: str
    write: Callable[[ExportManifest], bytes]


@dataclass(frozen=True)
class Product:
    """A product: who may take it, what it holds, and how it is made.

    ``make`` is given the question and the ending of the file.
    """

    view: View
    """The view it is of, which who takes it must have."""
    contents: tuple[Contents, ...]
    endings: tuple[str, ...]
    make: Callable[[Workspace, Question, str], Content]


MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".gpkg": "application/geopackage+sqlite3",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def filters_of(question: Question) -> dict[str, str]:
    """What was asked, for the manifest: names and values as text, what was left empty left out.

    Whose calendar it is stays out of the file's manifest: it says so itself. Of a list that
    was looked at, its name and what it held are enough.
    """
    if isinstance(question, AssetPreview):
        return {"list": question.title, "content": question.token}
    if not is_dataclass(question):
        return {}
    named: dict[str, str] = {}
    for field in fields(question):
        value = getattr(question, field.name)
        if isinstance(value, ProfileRequest):
            named |= filters_of(value)
        elif value not in (None, "", ()):
            named[field.name] = _words(value)
    return named


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return (
        str(value) if isinstance(value, str | int | float | bool | Period | date) else repr(value)
    )


def _harm_profile(ws: Workspace, question: Question, ending: str) -> Content:
    profile = look_at_profile(ws, build_profile(ws, _profile_of(question)))
    return _of_rows(cell_rows(LAYER, profile.frame, profile.provenance), ending)


def _hotspots(ws: Workspace, question: Question, ending: str) -> Content:
    if not isinstance(question, HotspotRequest):
        raise _wrong_question()
    found = find_hotspots(ws, question)
    look_at_profile(ws, found.profile)
    return _of_rows(analysis_rows(found, rows=RowKind.TABLE, layer="hotspots"), ending)


def _disruption_log(ws: Workspace, question: Question, ending: str) -> Content:
    del question, ending
    return Content(
        _digest(export_disruptions(ws).encode()),
        lambda manifest: export_disruptions(ws, manifest=manifest).encode(),
    )


def _my_work(ws: Workspace, question: Question, ending: str) -> Content:
    del ending
    if not isinstance(question, tuple):
        raise _wrong_question()
    return Content(
        _digest(work_as_calendar(ws, *question)),
        lambda manifest: work_as_calendar(ws, *question, manifest=manifest),
    )


def _partner_harm(ws: Workspace, question: Question, ending: str) -> Content:
    found = partner_harm(ws, _profile_of(question))
    return _of_rows(_band_rows(ws, found, found.cells), ending)


def _community_harm(ws: Workspace, question: Question, ending: str) -> Content:
    found = community_harm(ws, _profile_of(question))
    return _of_rows(_band_rows(ws, found, found.cells), ending)


def _partner_tasks(ws: Workspace, question: Question, ending: str) -> Content:
    del question, ending
    tasks = partner_tasks(ws)
    return Content(
        _digest(task_list(tasks).encode()),
        lambda manifest: task_list(tasks, manifest=manifest).encode(),
    )


def _assets(ws: Workspace, question: Question, ending: str) -> Content:
    del question, ending
    assets = open_assets(ws)
    kinds = {kind.key: kind for kind in asset_kinds()}
    return Content(
        _digest(service_page(assets, kinds).encode()),
        lambda manifest: service_page(assets, kinds, manifest=manifest).encode(),
    )


def _referral_sheet(ws: Workspace, question: Question, ending: str) -> Content:
    del ending
    if not isinstance(question, SheetQuestion):
        raise _wrong_question()
    sheet = referral_sheet(ws, question)
    return Content(
        _digest(sheet_document(sheet).encode()),
        lambda manifest: sheet_document(sheet, manifest=manifest).encode(),
    )


def _refused_assets(ws: Workspace, question: Question, ending: str) -> Content:
    del ws, ending
    if not isinstance(question, AssetPreview):
        raise _wrong_question()
    return Content(
        _digest(refused_csv(question)), lambda manifest: refused_csv(question, manifest=manifest)
    )


def _of_rows(rows: Rows, ending: str) -> Content:
    if rows.frame.empty:
        raise Refusal("There is nothing to take out", remedy="Ask for a longer period or more area")
    return Content(rows.sha256, lambda manifest: _written(replace(rows, manifest=manifest), ending))


def _written(rows: Rows, ending: str) -> bytes:
    """The file's bytes; the folder it is written in is nobody else's and goes at once."""
    with tempfile.TemporaryDirectory(prefix="holdfast-export-") as folder:
        return write_rows(rows, Path(folder) / f"export{ending}").read_bytes()


def _band_rows(ws: Workspace, found: SharedHarm, cells: Iterable[SharedCell]) -> Rows:
    shown = list(cells)
    frame = pd.DataFrame(
        {
            frames.CELL: np.array([each.cell for each in shown], dtype=np.uint64),
            "band": np.array([each.band for each in shown], dtype=np.int64),
            "label": pd.Series([each.label for each in shown], dtype="str"),
        }
    )
    return cell_rows("harm_bands", frame, _provenance(ws, found))


def _provenance(ws: Workspace, found: SharedHarm) -> Provenance:
    return Provenance(
        area=found.area,
        period=found.period,
        scheme=found.scheme,
        edition="",
        harm_unit="band, 1 lowest to 5 highest",
        density_unit="none: bands have an order and no unit",
        resolution=found.resolution,
        bandwidth_m=0.0,
        kernel="none",
        sources=found.sources,
        choices=(found.total,),
        caveats=(found.suppression, *found.caveats),
        made_at=ws.now().isoformat(timespec="seconds"),
        software=f"Holdfast {__version__}",
    )


def _profile_of(question: Question) -> ProfileRequest:
    if not isinstance(question, ProfileRequest):
        raise _wrong_question()
    return question


def _wrong_question() -> Refusal:
    return Refusal(
        "This product is asked for in another way",
        cause="The page is probably of another version than the product",
        remedy="Reload the page and ask again",
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


_OF_ROWS: Final = tuple(WRITERS)

PRODUCTS: Final[Mapping[ExportKind, Product]] = {
    ExportKind.HARM_PROFILE: Product(
        View.RESTRICTED, (Contents.HARM, Contents.GROUPS), _OF_ROWS, _harm_profile
    ),
    ExportKind.HOTSPOTS: Product(
        View.RESTRICTED, (Contents.HARM, Contents.GROUPS), _OF_ROWS, _hotspots
    ),
    ExportKind.DISRUPTION_LOG: Product(
        View.RESTRICTED, (Contents.WORK, Contents.GROUPS), (".csv",), _disruption_log
    ),
    ExportKind.MY_WORK: Product(
        View.RESTRICTED, (Contents.WORK, Contents.PEOPLE), (".ics",), _my_work
    ),
    ExportKind.PARTNER_HARM: Product(
        View.PARTNER, (Contents.HARM, Contents.WORK), _OF_ROWS, _partner_harm
    ),
    ExportKind.COMMUNITY_HARM: Product(View.COMMUNITY, (Contents.HARM,), _OF_ROWS, _community_harm),
    ExportKind.PARTNER_TASKS: Product(View.PARTNER, (Contents.WORK,), (".csv",), _partner_tasks),
    ExportKind.ASSETS: Product(View.COMMUNITY, (Contents.ASSETS,), (".json",), _assets),
    ExportKind.REFUSED_ASSETS: Product(
        View.PARTNER, (Contents.ASSETS,), (".csv",), _refused_assets
    ),
    ExportKind.REFERRAL_SHEET: Product(View.PARTNER, (Contents.WORK,), (".html",), _referral_sheet),
}
