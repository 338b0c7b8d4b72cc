"""Every product carries its marking and manifest inside, and is in the audit log."""

import csv
import hashlib
import json

import openpyxl
import pyarrow.parquet as pq
import pyogrio
import pytest
from icalendar import Calendar

from chb.domain.access.roles import Role, View
from chb.domain.access.scope import NotForYou
from chb.domain.audit import AuditAction, AuditQuery
from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.exports.manifest import MANIFEST_KEY
from chb.exports.referral_sheet import META_PREFIX
from chb.services.assets.referrals import SheetQuestion
from chb.services.audit import search
from chb.services.exports.manifests import EXPORT_KIND
from chb.services.exports.preparing import (
    ExportRequest,
    marking_for,
    may_take,
    prepare_export,
)
from chb.services.exports.products import MEDIA_TYPES, PRODUCTS, ExportKind
from chb.services.harm.hotspots import HotspotRequest
from chb.services.harm.study import ProfileRequest
from tests.pages import read_page
from tests.services.asset_makers import refusing_preview
from tests.services.views.shared_places import as_view

YEAR = ProfileRequest("Marram", Period.parse("2025-01", "2025-12"))
QUESTIONS = {
    ExportKind.HARM_PROFILE: YEAR,
    ExportKind.HOTSPOTS: HotspotRequest(YEAR),
    ExportKind.MY_WORK: ("LRO", "lro@marram.example"),
    ExportKind.PARTNER_HARM: YEAR,
    ExportKind.COMMUNITY_HARM: YEAR,
    ExportKind.REFERRAL_SHEET: SheetQuestion(words="debt"),
    ExportKind.REFUSED_ASSETS: refusing_preview("=1+1"),
}
ALL = [(kind, ending) for kind, product in PRODUCTS.items() for ending in product.endings]
WHY, WHO = "Tasking meeting", "Council, community safety"


def prepared(ws, kind, ending, purpose=WHY, recipient=WHO):
    request = ExportRequest(kind, ending, QUESTIONS.get(kind))
    return prepare_export(ws, request, purpose=purpose, recipient=recipient)


def manifest_in(ending, path):
    """The manifest, read by tools that know nothing of us."""
    readers = {
        ".gpkg": lambda: json.loads(pyogrio.read_info(path)["layer_metadata"][MANIFEST_KEY]),
        ".geojson": lambda: json.loads(path.read_text())["manifest"],
        ".html": lambda: in_page(path.read_text()),
        ".json": lambda: json.loads(path.read_text())["manifest"],
        ".parquet": lambda: json.loads(pq.read_schema(path).metadata[MANIFEST_KEY.encode()]),
        ".xlsx": lambda: {
            name.value: cell.value for name, cell in openpyxl.load_workbook(path)["Manifest"]
        },
        ".ics": lambda: in_calendar(path.read_bytes()),
        ".csv": lambda: in_rows(path.read_text().splitlines(keepends=True)),
    }
    return readers[ending]()


def in_calendar(content):
    named = Calendar.from_ical(content).property_items(recursive=False)
    return {
        name.removeprefix("X-HOLDFAST-").replace("-", "_").lower(): str(value)
        for name, value in named
    }


def in_page(document):
    named = read_page(document).meta.items()
    return {name.removeprefix(META_PREFIX): text for name, text in named}


def in_rows(lines):
    """The note above the rows, or the columns of the first row where there is no note."""
    noted = [line for line in csv.reader(lines) if line[0].startswith("# Manifest: ")]
    if noted:
        return json.loads(noted[0][0].removeprefix("# Manifest: "))
    return next(csv.DictReader(lines))


@pytest.mark.parametrize(("kind", "ending"), ALL)
def test_the_manifest_is_inside_and_the_log_has_it(sample_ws, tmp_path, kind, ending):
    export = prepared(sample_ws, kind, ending)
    path = tmp_path / f"taken{ending}"
    path.write_bytes(export.content)
    manifest = manifest_in(ending, path)
    assert manifest["marking"] == export.marking == marking_for(kind).line
    assert (manifest["handling"] or "") == marking_for(kind).handling  # an empty cell is none
    assert (manifest["purpose"], manifest["recipient"]) == (WHY, WHO)
    assert manifest["exported_by"] == sample_ws.scope.person
    assert manifest["view"] == PRODUCTS[kind].view.name.lower()
    assert len(manifest["content_sha256"]) == 64
    query = AuditQuery(object_kind=EXPORT_KIND, object_id=manifest["export_id"])
    (row,) = search(sample_ws, query)
    assert row.action == AuditAction.DISCLOSE
    assert (row.purpose, row.recipient) == (WHY, WHO)
    assert row.body["file_sha256"] == hashlib.sha256(export.content).hexdigest()
    assert row.body["manifest"]["content_sha256"] == manifest["content_sha256"]


@pytest.mark.parametrize("kind", ExportKind)
def test_every_product_is_offered_and_its_formats_are_known(kind):
    assert set(PRODUCTS[kind].endings) <= set(MEDIA_TYPES)


def test_a_file_name_says_nothing_of_what_is_inside(sample_ws):
    export = prepared(sample_ws, ExportKind.HARM_PROFILE, ".csv")
    assert export.file_name.startswith("holdfast-20260304-103000-")
    assert "marram" not in export.file_name.casefold()


def test_the_filters_are_in_the_manifest(sample_ws, tmp_path):
    path = tmp_path / "a.geojson"
    path.write_bytes(prepared(sample_ws, ExportKind.HOTSPOTS, ".geojson").content)
    filters = json.loads(path.read_text())["manifest"]["filters"]
    assert filters["area"] == "Marram" and filters["period"] == "2025-01 to 2025-12"
    assert filters["rule"] == "gi-star"


def test_the_digest_is_of_the_content_and_not_of_who_took_it(sample_ws, tmp_path):
    digests = []
    for number, purpose in enumerate(("One", "Another")):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(prepared(sample_ws, ExportKind.DISRUPTION_LOG, ".csv", purpose).content)
        digests.append(manifest_in(".csv", path)["content_sha256"])
    assert digests[0] == digests[1]


def test_numbers_stay_numbers_and_text_is_no_formula(sample_ws, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        prepared(sample_ws, ExportKind.HARM_PROFILE, ".xlsx", purpose='=HYPERLINK("x")').content
    )
    book = openpyxl.load_workbook(path)
    header, first, *_ = book.worksheets[0].iter_rows(values_only=True)
    assert isinstance(dict(zip(header, first, strict=True))["area_km2"], float)
    assert manifest_in(".xlsx", path)["purpose"] == '\'=HYPERLINK("x")'
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)
    assert "OFFICIAL-SENSITIVE" in book.worksheets[0].oddHeader.center.text


def test_nothing_leaves_without_a_purpose_and_a_recipient(sample_ws):
    for changes in ({"purpose": " "}, {"recipient": ""}):
        with pytest.raises(Refusal, match="is missing"):
            prepared(sample_ws, ExportKind.DISRUPTION_LOG, ".csv", **changes)


def test_material_above_official_is_refused(sample_ws):
    with pytest.raises(Refusal, match="above OFFICIAL"):
        prepared(sample_ws, ExportKind.DISRUPTION_LOG, ".csv", purpose="SECRET//UK EYES ONLY")


def test_a_format_the_product_does_not_have_is_refused(sample_ws):
    with pytest.raises(Refusal, match="no such format"):
        prepared(sample_ws, ExportKind.DISRUPTION_LOG, ".gpkg")


def test_a_question_of_another_product_is_refused(sample_ws):
    request = ExportRequest(ExportKind.HARM_PROFILE, ".csv", ("LRO",))
    with pytest.raises(Refusal, match="asked for in another way"):
        prepare_export(sample_ws, request, purpose=WHY, recipient=WHO)


@pytest.mark.parametrize("kind", [kind for kind in PRODUCTS if PRODUCTS[kind].view > View.PARTNER])
def test_who_convenes_the_partnership_takes_out_nothing_restricted(sample_ws, kind):
    csp_manager = as_view(sample_ws, View.PARTNER, Role.CSP_MANAGER)
    assert may_take(sample_ws, kind) and not may_take(csp_manager, kind)
    with pytest.raises(NotForYou):
        prepared(csp_manager, kind, PRODUCTS[kind].endings[0])


def test_a_partner_agency_takes_out_nothing(sample_ws):
    with pytest.raises(NotForYou, match="take data out"):
        prepared(as_view(sample_ws, View.PARTNER, Role.PARTNER), ExportKind.PARTNER_HARM, ".csv")


def test_what_convenes_takes_out_holds_bands_and_no_count(sample_ws, tmp_path):
    csp_manager = as_view(sample_ws, View.PARTNER, Role.CSP_MANAGER)
    path = tmp_path / "a.csv"
    path.write_bytes(prepared(csp_manager, ExportKind.PARTNER_HARM, ".csv").content)
    columns = set(manifest_in(".csv", path))
    assert {"band", "cell", "label"} <= columns
    assert not columns & {"count", "harm_days", "density", "n_ocgs", "ocg_influence"}
