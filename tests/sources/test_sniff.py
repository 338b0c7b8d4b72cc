"""A file is what its first bytes are, whatever its name."""

from __future__ import annotations

import gzip

import pytest

from chb.domain.refusal import Refusal
from chb.sources.files import InputFile
from chb.sources.sniff import FileKind, expect, sniff

from .makers import workbook_bytes, zip_bytes

VRT = b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource>'
SAMPLES = {
    FileKind.TEXT: [b"a,b\n1,2\n", "\ufeffa,b\n".encode(), "a\tb\n".encode("utf-16")],
    FileKind.XLSX: [workbook_bytes({"Sheet": [["a"]]})],
    FileKind.JSON_OBJECT: [b' {"type": "FeatureCollection"}', b'\xef\xbb\xbf{"a":1}'],
    FileKind.JSON_ARRAY: [b'[{"a": 1}]'],
    FileKind.ZIP: [zip_bytes({"a.csv": b"x"}), b"PK\x03\x04 cut short"],
    FileKind.HTML: [b"<!DOCTYPE html><html>", b"\n<html><body>Sign in", b"<script>x</script>"],
    FileKind.VRT: [VRT, b'<?xml version="1.0"?>\n' + VRT],
    FileKind.XML: [b'<?xml version="1.0"?><kml>', b"<svg>"],
    FileKind.SQLITE: [b"SQLite format 3\x00"],
    FileKind.PARQUET: [b"PAR1abc"],
    FileKind.OLD_OFFICE: [b"\xd0\xcf\x11\xe0\xa1\xb1"],
    FileKind.PDF: [b"%PDF-1.7"],
    FileKind.IMAGE: [b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"GIF89a"],
    FileKind.GZIP: [gzip.compress(b"a,b", mtime=0)],
    FileKind.EMPTY: [b""],
    FileKind.BINARY: [bytes(range(32)) * 4],
}


def test_every_kind_has_a_sample() -> None:
    assert set(SAMPLES) == set(FileKind)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        pytest.param(kind, data, id=f"{kind} {number}")  # a ZIP holds the moment it was made
        for kind, samples in SAMPLES.items()
        for number, data in enumerate(samples)
    ],
)
def test_a_kind_is_recognised(kind: FileKind, data: bytes) -> None:
    assert sniff(data) == kind


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("areas.geojson", VRT, "is a GDAL descriptor that points at other files, not a JSON"),
        ("areas.geojson", b"<html>", "is a web page, not a JSON or GeoJSON file"),
        ("areas.geojson", b"<kml>", "is an XML or KML file"),
        ("areas.geojson", b"/vsicurl/http://10.0.0.1/x", "is a text table"),
    ],
)
def test_what_is_not_geojson_is_named_for_what_it_is(name: str, data: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        expect(InputFile.of(name, data), FileKind.JSON_OBJECT)


def test_a_workbook_named_csv_says_so_and_what_to_do() -> None:
    file = InputFile.of("list.csv", workbook_bytes({"Sheet": [["a"]]}))
    with pytest.raises(Refusal) as refused:
        expect(file, FileKind.TEXT)
    assert "list.csv is an Excel workbook" in refused.value.wrong
    assert "ends in .csv" in refused.value.cause
    assert "save the sheet as CSV" in refused.value.remedy
