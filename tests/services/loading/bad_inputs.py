"""Bad inputs, made: what each importer is given, and what has to come of it.

The numbers are those of the list of sixty that the design keeps of what people upload.
A case is refused whole, accepted with a row refused, or accepted as it was meant.
"""

from __future__ import annotations

import codecs
import gzip
import io
import json
import random
import re
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.services.loading.importers import IMPORTERS, Importer
from tests.sources.makers import csv_text, feature, geojson, square, workbook_bytes, zip_bytes


@dataclass(frozen=True)
class Refused:
    """The whole file: the sentence has these words, in any order."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class RowRefused:
    """One row: its line, and words of the reason or the example; the good rows are kept."""

    row: int
    words: tuple[str, ...]
    kept: int = 2


@dataclass(frozen=True)
class Accepted:
    """Read as it was meant, with the account saying so."""

    kept: int = 2
    without_location: int = 0
    outside: int = 0
    notes: str = ""


@dataclass(frozen=True)
class Case:
    """One bad file for one importer."""

    importer: str
    title: str
    data: bytes
    expected: Refused | RowRefused | Accepted
    name: str = ""

    @property
    def id(self) -> str:
        return f"{self.importer}-{self.title.replace(' ', '-')}"


@dataclass(frozen=True)
class Maker:
    """The cases of one importer, from the rows that it takes."""

    importer: Importer
    cases: list[Case] = field(default_factory=list)

    def add(self, title: str, data: bytes, expected: Any, *, name: str = "") -> None:
        known = name or self.importer.file_name
        self.cases.append(Case(self.importer.name, title, data, expected, known))

    def text(self, *rows: Mapping[str, str], header: tuple[str, ...] = ()) -> str:
        return csv_text(rows, header or self.importer.header)

    def rows(self, **changes: str) -> bytes:
        """Two good rows, and a third with something changed in it."""
        return self.text(*self.importer.rows, self.third(**changes)).encode()

    def third(self, **changes: str) -> dict[str, str]:
        named = {column.replace("_", " "): value for column, value in changes.items()}
        exact = {column: named.get(column.replace("_", " "), "") for column in self.importer.header}
        given = {c: v for c, v in exact.items() if c.replace("_", " ") in named}
        return {**self.importer.third, **given}


def all_cases() -> list[Case]:
    """Every case of every importer; no two are alike."""
    cases: list[Case] = []
    for importer in IMPORTERS.values():
        maker = Maker(importer)
        parts = (files_of_another_kind, archives, *(TABLE if importer.header else SHAPES))
        for part in parts:
            part(maker)
        for part in OF_ONE.get(importer.name, ()):
            part(maker)
        cases += maker.cases
    return cases


VRT = (
    "<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>{target}</SrcDataSource>"
    "</OGRVRTLayer></OGRVRTDataSource>"
)
DOCUMENTS: dict[str, tuple[str, bytes, str]] = {
    "web page": ("46", b"<!DOCTYPE html><html><body>Please sign in</body></html>", "a web page"),
    "web page in capitals": ("46", b"\n\n  <HTML><HEAD><TITLE>403</TITLE></HEAD>", "a web page"),
    "svg": ("55", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", ""),
    "wfs descriptor": (
        "55",
        b"<OGRWFSDataSource><URL>http://10.0.0.1</URL></OGRWFSDataSource>",
        "GDAL",
    ),
    "raster vrt": ("55", b"<VRTDataset rasterXSize='1'><SourceFilename>/etc/passwd", "GDAL"),
    "billion laughs kml": (
        "57",
        b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        b"<kml>&b;</kml>",
        "XML",
    ),
    "xxe kml": (
        "57",
        b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml>&x;',
        "XML",
    ),
    "plain kml": ("57", b"<?xml version='1.0'?><kml><Placemark/></kml>", "XML"),
    "gpkg": ("55", b"SQLite format 3\x00" + bytes(200), "SQLite"),
    "parquet": ("46", b"PAR1" + bytes(60) + b"PAR1", "Parquet"),
    "pdf": ("46", b"%PDF-1.7\n1 0 obj", "PDF"),
    "picture": ("46", b"\x89PNG\r\n\x1a\n" + bytes(40), "picture"),
    "old excel": ("47", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Office"),
    "gzip": ("56", gzip.compress(b"a,b\n1,2\n" * 100), "gzip"),
    "noise": ("46", bytes(range(256)) * 8, "binary"),
    "json list": ("46", b'[{"a": 1}]', "JSON"),
    "truncated archive": ("56", b"PK\x03\x04" + bytes(30), "damaged"),
}
NAMES = ("upload.geojson", "upload.gpkg", "upload.csv", "upload.kml")


def files_of_another_kind(maker: Maker) -> None:
    """Whatever the name says, the bytes are looked at."""
    maker.add("1 empty", b"", Refused(("is empty", "again")))
    maker.add("1 line ends only", b"\n\r\n\n", Refused(()))
    for title, (number, data, word) in DOCUMENTS.items():
        words = (word,) if word else ()
        maker.add(f"{number} {title}", data, Refused(words))
    for name in NAMES:
        data = VRT.format(target="/etc/passwd").encode()
        maker.add(f"55 vrt as {name}", data, Refused(("GDAL descriptor",)), name=name)


def archives(maker: Maker) -> None:
    """Archives that are wrong before anything in them is read."""
    inside = {maker.importer.file_name: maker.importer.good_file()}
    maker.add(
        "56 nested archive", zip_bytes({"in.zip": zip_bytes(inside)}), Refused(("another archive",))
    )
    disguised = zip_bytes({"in.csv": zip_bytes(inside), "b.csv": b"a,b\n1,2\n"})
    maker.add("56 nested archive in disguise", disguised, Refused(()))
    maker.add(
        "56 zip slip", zip_bytes({"../../evil.csv": b"a,b\n"}), Refused(("outside its own folder",))
    )
    maker.add("56 absolute path", zip_bytes({"/etc/evil.csv": b"a,b\n"}), Refused(("outside",)))
    maker.add("56 drive path", zip_bytes({"C:\\evil.csv": b"a,b\n"}), Refused(("outside",)))
    maker.add("56 symlink", symlink(), Refused(("symbolic link",)))
    maker.add("56 nothing in it", zip_bytes({}), Refused(("nothing in it",)))
    maker.add("56 hidden files only", zip_bytes({"__MACOSX/a.csv": b"a"}), Refused(("hidden",)))
    maker.add("56 flipped bytes", _flipped(inside), Refused(("damaged",)))
    many = zip_bytes({f"{n}.csv": b"a,b\n" for n in range(2_001)})
    maker.add("56 too many members", many, Refused(("2,001", "limit")))
    bomb = zip_bytes({"bomb.csv": bytes(8_000_000)})
    maker.add("56 packed too tightly", bomb, Refused(("packed more tightly",)))


def symlink() -> bytes:
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def _flipped(members: Mapping[str, bytes]) -> bytes:
    data = bytearray(zip_bytes(members))
    start = 30 + len(next(iter(members))) + 5
    data[start : start + 8] = bytes(byte ^ 0xFF for byte in data[start : start + 8])
    return bytes(data)


def shape_of_the_table(maker: Maker) -> None:
    """Headers, rows, separators."""
    importer = maker.importer
    lines = importer.good_file().decode().splitlines(keepends=True)
    maker.add("2 header only", lines[0].encode(), Refused(("no rows",)))
    maker.add("3 no header", "".join(lines[1:]).encode(), Refused(()))
    without = tuple(name for name in importer.header if name != importer.needed)
    missing = maker.text(*importer.rows, header=without)
    maker.add("4 column missing", missing.encode(), Refused(importer.says_missing))
    other = importer.good_file().replace(lines[0].encode(), lines[0].upper().encode())
    maker.add("5 headers in capitals", other, Accepted())
    spaced = lines[0].replace(",", " , ") + "".join(lines[1:])
    maker.add("5 headers with spaces", spaced.encode(), Accepted())
    for mark, title in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        turned = importer.good_file().decode().replace(",", mark)
        maker.add(f"16 {title}", turned.encode(), Accepted())
    cells = {name: f"  {value} " for name, value in importer.third.items()}
    maker.add(
        "18 spaces round values", maker.text(*importer.rows, cells).encode(), Accepted(kept=3)
    )
    maker.add("31 unclosed quote", _unclosed(lines), Refused(("quotation mark", "row 2")))
    maker.add("32 short row", "".join([*lines, "x,y\n"]).encode(), RowRefused(4, ("2 fields",)))
    longer = lines[1].rstrip("\n") + ",too,many\n"
    fields = f"{len(importer.header) + 2} fields"
    maker.add("32 long row", "".join([*lines, longer]).encode(), RowRefused(4, (fields,)))
    wide = ",".join(f"c{n}" for n in range(10_000)) + "\n"
    maker.add("34 ten thousand columns", wide.encode(), Refused(("column",)))
    wide_too = lines[0].rstrip("\n") + "".join(f",c{n}" for n in range(300)) + "\n"
    maker.add("34 three hundred columns", wide_too.encode(), Refused(("columns", "limit is 200")))
    maker.add(
        "35 megabyte cell",
        maker.rows(**{importer.words: "x" * 1_000_000}),
        Refused(("row 4", "10,000")),
    )
    doubled = lines[0].rstrip("\n") + f",{importer.needed}\n"
    maker.add(
        "36 column twice",
        (doubled + lines[1].rstrip("\n") + ",1\n").encode(),
        Refused(("same name",)),
    )
    maker.add("33 blank lines", "\n".join(lines).encode(), Accepted())
    maker.add("16 carriage returns", importer.good_file().replace(b"\n", b"\r\n"), Accepted())
    maker.add("2 comments first", b"# filled in by hand\n" + importer.good_file(), Accepted())
    only_bad = maker.text(*[maker.third(**importer.bad)] * 3).encode()
    maker.add("20 no row of use", only_bad, Refused(("No row of", "3 rows refused")))
    maker.add("44 one bad row", maker.rows(**importer.bad), RowRefused(4, importer.says_bad))


def _unclosed(lines: list[str]) -> bytes:
    first = lines[1].split(",")
    return (lines[0] + ",".join([f'"{first[0]}', *first[1:]]) + "".join(lines[2:])).encode()


def letters(maker: Maker) -> None:
    """Encodings, and characters nobody sees."""
    importer = maker.importer
    good = importer.good_file().decode()
    maker.add("25 utf-16 with mark", good.encode("utf-16"), Accepted(notes="UTF-16"))
    big = codecs.BOM_UTF16_BE + good.encode("utf-16-be")
    maker.add("25 utf-16 big endian", big, Accepted(notes="UTF-16"))
    maker.add("25 utf-16 without mark", good.encode("utf-16-le"), Refused(()))
    marked = codecs.BOM_UTF8 + importer.good_file()
    maker.add("27 utf-8 with mark", marked, Accepted())
    worded = {importer.words: "O\u2019Neil caf\u00e9"}
    western = maker.text(*importer.rows, maker.third(**worded)).encode("cp1252")
    expected = Accepted(kept=3, notes="Windows-1252") if importer.free_words else None
    if expected:
        maker.add("26 windows letters", western, expected)
    maker.add("28 nul", importer.good_file().replace(b"\n", b"\n\0", 1), Refused(("NUL", "line 2")))
    maker.add(
        "28 undecodable",
        importer.good_file() + b"\x81\x8d\x8f\n",
        Refused(("not readable as text",)),
    )
    hidden = good.replace("\n", "\n\u200b", 1)
    maker.add("30 zero-width", hidden.encode(), Accepted(notes="invisible"))
    turned = good.replace("\n", "\n\u202e", 1)
    maker.add("29 right-to-left", turned.encode(), Accepted(notes="invisible"))
    if importer.free_words:
        for number, title, value in (
            ("42", "formula", '=HYPERLINK("http://x";"y")'),
            ("44", "word NA", "NA"),
            ("45", "word None", "None"),
            ("45", "word null", "null"),
            ("33", "line end in a cell", "one\ntwo"),
            ("24", "number in words", "1E5"),
            ("42", "markup", "<script>alert(1)</script>"),
            ("42", "template literal", "${fetch(`//x`)}"),
        ):
            maker.add(f"{number} {title}", maker.rows(**{importer.words: value}), Accepted(kept=3))


def workbooks(maker: Maker) -> None:
    """A workbook under a CSV's name, good and bad."""
    importer = maker.importer
    table = [list(importer.header), *([row[c] for c in importer.header] for row in importer.rows)]
    if not importer.takes_workbooks:
        maker.add(
            "47 workbook as csv", workbook_bytes({"Sheet": table}), Refused(("Excel workbook",))
        )
        return
    maker.add("47 workbook as csv", workbook_bytes({"Sheet": table}), Accepted())
    noted = workbook_bytes({"Notes": [["Read me"]], "Data": table})
    maker.add("47 sheet of notes first", noted, Accepted(notes="Data"))
    maker.add("47 sheet without rows", workbook_bytes({"Sheet": []}), Refused(()))
    cut = workbook_bytes({"Sheet": table})
    maker.add("47 workbook cut short", cut[: len(cut) // 2], Refused(("damaged",)))
    wrong = zip_bytes({"[Content_Types].xml": b"<Types/>", "a.xml": b"<a/>"})
    maker.add("47 archive posing as workbook", wrong, Refused(("damaged workbook",)))
    bomb = zip_bytes({"[Content_Types].xml": b"<Types/>", "xl/b.xml": bytes(9_000_000)})
    maker.add("56 workbook packed too tightly", bomb, Refused(("packed more tightly",)))


PLACES: tuple[tuple[str, str, str, Any], ...] = (
    ("6 swapped", "53.3811", "-1.4701", RowRefused(4, ("swapped", "53.3811"))),
    ("7 latitude 91", "-1.47", "91", RowRefused(4, ("out of range", "91"))),
    ("8 longitude 181", "181", "53.38", RowRefused(4, ("out of range", "181"))),
    ("9 latitude 3000", "-1.47", "3000", RowRefused(4, ("out of range", "3000"))),
    ("10 blank", "", "", Accepted(without_location=1)),
    ("10 nan", "nan", "nan", Accepted(without_location=1)),
    ("11 infinite", "inf", "53.38", RowRefused(4, ("infinite",))),
    ("11 minus infinite", "-1.47", "-Infinity", RowRefused(4, ("infinite",))),
    ("12 unknown", "unknown", "unknown", Accepted(without_location=1)),
    ("13 null island", "0", "0", Accepted(without_location=1)),
    ("14 grid", "435324", "387293", RowRefused(4, ("eastings and northings",))),
    ("15 grid swapped", "387293", "435324", RowRefused(4, ("eastings and northings",))),
    ("16 decimal comma", "-1,4701", "53,3811", RowRefused(4, ("decimal comma",))),
    ("17 degrees and minutes", "1\u00b028'W", "53\u00b023'N", RowRefused(4, ("not a number",))),
    ("18 spaces", "  -1.47 ", " 53.38  ", Accepted(kept=3)),
    ("19 paris", "2.3522", "48.8566", Accepted(outside=1)),
    ("9 huge", "1e308", "53.38", RowRefused(4, ("out of range",))),
    ("9 two numbers", "-1.47 53.38", "53.38", RowRefused(4, ("not a number",))),
    ("10 one half", "", "53.38", Accepted(without_location=1)),
    ("12 hexadecimal", "0x1F", "53.38", RowRefused(4, ("",))),
)
WHOLE_FILES = (
    "6 swapped",
    "14 grid",
    "15 grid swapped",
    "16 decimal comma",
    "17 degrees and minutes",
)


def positions(maker: Maker) -> None:
    """Coordinates that are wrong, in one row and in all of them."""
    importer = maker.importer
    x, y = importer.position
    for title, longitude, latitude, expected in PLACES:
        maker.add(title, maker.rows(**{x: longitude, y: latitude}), expected)
        if title in WHOLE_FILES:
            row = maker.third(**{x: longitude, y: latitude})
            words = (*expected.words[:1], "longitude and latitude", "row 2")
            maker.add(f"{title} throughout", maker.text(row, row, row).encode(), Refused(words))
    abroad = maker.third(**{x: "2.3522", y: "48.8566"})
    expected = (
        Accepted(kept=0, outside=1)
        if importer.name == "incidents"
        else Refused(("England or Wales",))
    )
    maker.add("19 all in paris", maker.text(abroad).encode(), expected)


DAYS: tuple[tuple[str, str, Any], ...] = (
    ("37 day first", "03/02/2026", Accepted(kept=3)),
    ("37 dots", "3.2.2026", Accepted(kept=3)),
    ("37 month first", "02/28/2026", RowRefused(4, ("02/28/2026",))),
    ("38 excel day number", "46023", RowRefused(4, ("Excel's day number", "46023"))),
    ("40 no such day", "31/02/2026", RowRefused(4, ("31/02/2026",))),
    ("40 no such month", "2026-13-01", RowRefused(4, ("2026-13-01",))),
    ("40 words", "next Tuesday", RowRefused(4, ("next Tuesday",))),
    ("40 year of two figures", "01/02/26", RowRefused(4, ("01/02/26",))),
    ("40 year 1026", "1026-01-01", RowRefused(4, ("1026-01-01",))),
    ("41 hour that never was", "2025-03-30 01:30", Accepted(kept=3, notes="never was")),
    ("41 no time of day", "2025-03-29 25:30", RowRefused(4, ("2025-03-29 25:30",))),
    ("40 two days", "2026-02-01 or 2026-02-03", RowRefused(4, ("2026-02-01 or",))),
)


def days(maker: Maker) -> None:
    """Dates as people write them."""
    for title, value, expected in DAYS:
        maker.add(title, maker.rows(**{maker.importer.day: value}), expected)
    if maker.importer.in_the_past:
        future = maker.rows(**{maker.importer.day: "2099-01-01"})
        maker.add("39 in the future", future, RowRefused(4, ("in the future", "2099")))


NUMBERS: tuple[tuple[str, str, Any], ...] = (
    ("43 below zero", "-3", RowRefused(4, ("",))),
    ("43 words", "many", RowRefused(4, ("not a number", "many"))),
    ("43 infinite", "inf", RowRefused(4, ("not a number",))),
    ("43 nan", "nan", RowRefused(4, ("not a number",))),
    ("43 blank", "", RowRefused(4, ("missing",))),
    ("43 beyond all reason", "99999999999", RowRefused(4, ("out of range",))),
    ("43 decimal comma", "1,5", RowRefused(4, ("not a number",))),
)


def numbers(maker: Maker) -> None:
    """Counts, ranks and radii."""
    for title, value, expected in NUMBERS:
        maker.add(title, maker.rows(**{maker.importer.number: value}), expected)


def keys(maker: Maker) -> None:
    """Codes and ids that repeat, or are no codes."""
    importer = maker.importer
    again = maker.third(**{importer.key: importer.rows[0][importer.key]})
    maker.add(
        "20 given twice", maker.text(*importer.rows, again).encode(), RowRefused(4, ("before",))
    )
    hidden = maker.third(**{importer.key: f"\u200b{importer.rows[0][importer.key]}"})
    maker.add(
        "30 given twice unseen",
        maker.text(*importer.rows, hidden).encode(),
        RowRefused(4, ("before",)),
    )


def codes(maker: Maker) -> None:
    """Codes of areas that are none."""
    for title, value in (
        ("21 short code", "E0100001"),
        ("21 code as number", "1000001"),
        ("21 lower case", "e01000003"),
        ("21 name for code", "Sheffield 001A"),
        ("21 blank code", ""),
        ("24 code as power", "1E9"),
    ):
        changed = maker.rows(**{maker.importer.key: value})
        maker.add(title, changed, RowRefused(4, ("missing or malformed",)))


def months(maker: Maker) -> None:
    """The month of an incident, and its type."""
    for title, value, words in (
        ("39 month in the future", "2099-01", ("future", "2099-01")),
        ("40 month thirteen", "2025-13", ("2025-13",)),
        ("40 month of the year one", "0001-01", ("0001-01",)),
        ("40 month of the year 9999", "9999-12", ("9999-12",)),
        ("37 month in words", "January 2025", ("January 2025",)),
        ("37 day for month", "2025-01-15", ("2025-01-15",)),
        ("38 month as number", "45658", ("45658",)),
        ("40 no month", "", ("month",)),
    ):
        maker.add(title, maker.rows(Month=value), RowRefused(4, words))
    for title, value in (
        ("44 no type", ""),
        ("44 type NA", "NA"),
        ("44 type misspelt", "Burglery"),
    ):
        maker.add(title, maker.rows(**{"Crime type": value}), RowRefused(4, ("crime type",)))
    for title, value in (("22 long id", "9" * 17), ("23 zeros first", "007"), ("24 power", "1E5")):
        maker.add(f"{title} as reference", maker.rows(**{"Crime ID": value}), Accepted(kept=3))
    outcomes = b"Crime ID,Month,Outcome type\nabc,2025-01,Charged\n"
    maker.add("46 outcomes file", outcomes, Refused(("street-level", "outcomes")))
    searches = b"Type,Date,Legislation,Object of search\nPerson,2025-01-01,x,y\n"
    maker.add("46 stop and search", searches, Refused(("street-level", "stop and search")))


def documents_as_json(maker: Maker) -> None:
    """JSON that is no layer, or no JSON."""
    good = maker.importer.good_file()
    maker.add("58 nested deeply", b'{"type":' * 100_000, Refused(("",)))
    deep = b'{"type":"FeatureCollection","features":[' + b"[" * 100_000 + b"]" * 100_000 + b"]}"
    maker.add("58 lists nested deeply", deep, Refused(("nested too deeply",)))
    maker.add("55 cut short", good[: len(good) // 2], Refused(("not whole JSON", "line 1")))
    maker.add("55 rubbish after it", good + b"}", Refused(("not whole JSON",)))
    maker.add("55 no features", b'{"type":"FeatureCollection","features":[]}', Refused(()))
    maker.add(
        "55 features no list",
        b'{"type":"FeatureCollection","features":{}}',
        Refused(("not GeoJSON",)),
    )
    maker.add("55 topojson", b'{"type":"Topology","objects":{},"arcs":[]}', Refused(("TopoJSON",)))
    esri = b'{"spatialReference":{"wkid":4326},"features":[]}'
    maker.add("55 esri json", esri, Refused(("Esri",)))
    maker.add("55 other json", b'{"colour":"red"}', Refused(("not GeoJSON",)))
    maker.add("55 feature of nulls", _layer(None, None), Refused(("",)))
    maker.add(
        "55 features are words", b'{"type":"FeatureCollection","features":["x",1]}', Refused(("",))
    )
    maker.add("25 utf-16", good.decode().encode("utf-16"), Accepted(notes="UTF-16"))
    maker.add("27 utf-8 with mark", codecs.BOM_UTF8 + good, Accepted())
    maker.add("28 nul", good.replace(b"[", b"[\0", 1), Refused(("NUL",)))
    maker.add("10 nan", _first_number(good, b"NaN"), Refused(("NaN",)))
    expected = (
        Accepted(kept=1, without_location=1)
        if maker.importer.name == "assets-geojson"
        else RowRefused(1, ("finite",), kept=1)
    )
    maker.add("11 infinite", _first_number(good, b"1e999"), expected)
    maker.add("55 csv for a layer", b"code,name\nE01000001,A\n", Refused(()))


def _infinite(importer: Importer) -> Any:
    if importer.name == "assets-geojson":
        return Accepted(kept=1, without_location=1)
    return RowRefused(1, ("finite",), kept=1)


def _first_number(layer: bytes, written: bytes) -> bytes:
    return re.sub(rb"-1\.\d+", written, layer, count=1)


def shapes(maker: Maker) -> None:
    """Features whose geometry is wrong, beside two good ones."""
    for title, geometry, words in (
        ("50 no geometry", None, ("no geometry",)),
        ("50 empty polygon", {"type": "Polygon", "coordinates": []}, ("empty",)),
        ("50 empty collection", {"type": "GeometryCollection", "geometries": []}, ("empty",)),
        ("50 unknown type", {"type": "Circle", "coordinates": [0, 0]}, ("cannot be read",)),
        ("50 no coordinates", {"type": "Polygon"}, ("cannot be read",)),
        ("50 words", {"type": "Polygon", "coordinates": "here"}, ("cannot be read",)),
        ("50 words in pairs", {"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}, ("",)),
        (
            "50 two corners",
            {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
            ("cannot be read",),
        ),
        ("50 ragged corners", {"type": "Polygon", "coordinates": [[[0], [1, 1], [2], [0]]]}, ("",)),
        ("19 paris", square(2.35, 48.85), maker.importer.says_abroad),
    ):
        data = _layer(*maker.importer.features, maker.importer.other(geometry))
        expected = RowRefused(3, words)
        if maker.importer.name == "assets-geojson" and geometry in (None, PARIS):
            expected = Accepted(outside=1) if geometry else Accepted(without_location=1)
        elif maker.importer.name == "assets-geojson":
            expected = Accepted(without_location=1)
        maker.add(title, data, expected)
    for title, crs, words in (
        ("52 unknown system", "EPSG:999999", ("not known",)),
        ("52 system in words", "the usual one", ("not known",)),
        ("53 declared a grid", "urn:ogc:def:crs:EPSG::27700", ("",)),
    ):
        data = json.dumps(geojson(*maker.importer.features, crs=crs)).encode()
        maker.add(title, data, Refused(words))
    grid = [maker.importer.other(square(435_000.0, 387_000.0, 100.0))]
    maker.add("52 grid undeclared", _layer(*grid), Refused(("eastings and northings",)))
    degrees = json.dumps(geojson(*grid, crs="EPSG:4326")).encode()
    maker.add("53 grid declared degrees", degrees, Refused(("declares WGS84",)))
    mercator = [maker.importer.other(square(-163_000.0, 7_000_000.0, 100.0))]
    maker.add("52 web mercator undeclared", _layer(*mercator), Refused(("out of range",)))
    swapped = [maker.importer.other(square(53.38, -1.47)) for _ in range(2)]
    maker.add("6 swapped", _layer(*swapped), Refused(("swapped",)))
    solid = maker.importer.other({"type": "Polygon", "coordinates": [_raised(-1.3, 53.3)]})
    maker.add("50 three dimensions", _layer(*maker.importer.features, solid), Accepted(kept=3))


PARIS = square(2.35, 48.85)


def areas(maker: Maker) -> None:
    """Polygons that are odd, and codes that are none."""
    bow_tie = [[-1.3, 53.3], [-1.2, 53.4], [-1.2, 53.3], [-1.3, 53.4], [-1.3, 53.3]]
    world = [[-179, -89], [179, -89], [179, 89], [-179, 89], [-179, -89]]
    opened = [[-1.3, 53.3], [-1.2, 53.3], [-1.2, 53.4]]
    other, known = maker.importer.other, maker.importer.features
    for title, ring, expected in (
        ("48 bow tie", bow_tie, Accepted(kept=3, notes="repaired")),
        ("49 open ring", [*opened, [-1.25, 53.35]], Accepted(kept=3, notes="open ring")),
        ("51 whole world", world, RowRefused(3, ("larger than Great Britain",))),
    ):
        shape = {"type": "Polygon", "coordinates": [ring]}
        maker.add(title, _layer(*known, other(shape)), expected)
    line = {"type": "LineString", "coordinates": opened}
    maker.add("50 line", _layer(*known, other(line)), RowRefused(3, ("not a polygon",)))
    point = {"type": "Point", "coordinates": [-1.3, 53.3]}
    maker.add("50 point", _layer(*known, other(point)), RowRefused(3, ("not a polygon",)))
    twice = other(square(-1.3, 53.3)) | {"properties": known[0]["properties"]}
    maker.add("20 code twice", _layer(*known, twice), RowRefused(3, ("before",)))
    for value in ("", "E0", "sheffield", 1, None, ["E01000001"]):
        broken = other(square(-1.3, 53.3))
        broken["properties"] = {**broken["properties"], "LSOA21CD": value}
        title = f"21 code {value!r}"
        maker.add(title, _layer(*known, broken), RowRefused(3, ("code",)))
    bare = [feature(square(-1.5, 53.4), colour="red")]
    maker.add("4 column missing", _layer(*bare), Refused(("area codes",)))


def _layer(*features: Any) -> bytes:
    return json.dumps(geojson(*features)).encode()


def _raised(west: float, south: float) -> list[list[float]]:
    ring = square(west, south)["coordinates"][0]
    return [[*corner, 12.5] for corner in ring]


Part = Callable[[Maker], None]
TABLE: tuple[Part, ...] = (shape_of_the_table, letters, workbooks)
SHAPES: tuple[Part, ...] = (documents_as_json, shapes)
OF_ONE: dict[str, tuple[Part, ...]] = {
    "incidents": (positions, months),
    "boundaries": (areas,),
    "deprivation": (numbers, keys, codes),
    "population": (numbers, keys, codes),
    "lookup": (codes,),
    "assets": (positions, days, keys),
    "ocg-locations": (positions, days, numbers),
    "people": (keys,),
    "disruptions": (days, keys),
}


def bombs() -> Iterator[Case]:
    """What costs far more to read than to send: for a limited child only."""
    row = b",".join(b"%d" % n for n in range(40)) + b"\n"
    for size, count in (("small", 2_500_000), ("large", 9_000_000)):
        unpacked = row + b"\n".join([b",".join([b"1"] * 40)] * 1_000) * (count // 1_000)
        noise = random.Random(1).randbytes(len(unpacked) // 190)  # real data are not all alike
        packed = zip_bytes({"big.csv": unpacked + b"\n" + noise.hex().encode()})
        yield Case("population", f"56 {size} bomb", packed, Refused(()), "bomb.zip")
