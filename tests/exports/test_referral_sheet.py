"""The sheet as a page to print, read by a parser that knows nothing of us."""

from datetime import date

from chb.domain.planning.referral_options import (
    HEADINGS,
    ReferralOption,
    ReferralSheet,
)
from chb.exports.manifest import ExportManifest
from chb.exports.referral_sheet import META_PREFIX, sheet_document
from tests.pages import read_page
from tests.services.place_makers import HOSTILE

MANIFEST = ExportManifest(
    export_id="e1",
    product="sheet of where to refer",
    marking="OFFICIAL-SENSITIVE - PARTNERSHIP",
    handling="Do not publish.",
    exported_by="lro@example.org",
    exported_at="2026-03-04T10:30:00+00:00",
    view="partner",
    purpose=f"Patrol {HOSTILE}",
    recipient="Patrol",
    content_sha256="0" * 64,
)


def option(**changes):
    values = {"name": "New Tide", "kind": "diversion programme", "needs": ("leaving a group",)}
    return ReferralOption(**(values | changes))


def sheet(*options, place_name="Moorfield"):
    return ReferralSheet(place_name, date(2026, 3, 4), ("need: debt",), options, ())


def test_every_option_is_a_row_under_the_headings():
    page = read_page(sheet_document(sheet(option(), option(name="Anchor"))))
    assert page.tags["tr"] == 3
    for words in (*HEADINGS, "New Tide", "Anchor", "Where to refer: Moorfield", "need: debt"):
        assert words in page.text
    assert "None was found." in page.text


def test_the_manifest_is_inside_and_the_marking_at_the_head_of_every_table():
    page = read_page(sheet_document(sheet(option()), manifest=MANIFEST))
    named = {name.removeprefix(META_PREFIX): text for name, text in page.meta.items()}
    assert named == MANIFEST.as_columns()
    assert page.text.count(MANIFEST.marking) == 3
    assert MANIFEST.recipient in page.text


def test_texts_are_shown_and_never_obeyed():
    hostile = option(name=HOSTILE, needs=(HOSTILE,), where=HOSTILE, how=HOSTILE, terms=HOSTILE)
    page = read_page(sheet_document(sheet(hostile, place_name=HOSTILE), manifest=MANIFEST))
    assert page.text.count(HOSTILE) >= 6
    assert page.tags["script"] == page.tags["img"] == page.tags["a"] == 0
    assert page.handlers == []


def test_the_page_asks_nobody_for_anything():
    document = sheet_document(sheet(option()), manifest=MANIFEST)
    assert "default-src 'none'" in document
    assert read_page(document).tags["link"] == 0
    assert "url(" not in document
