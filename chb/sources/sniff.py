"""What a file really is, by its first bytes; a name proves nothing.

A GDAL descriptor named ``.geojson`` would make GDAL read any local file, so no
upload reaches a parser before it has been recognised here.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from enum import Enum
from typing import IO, TYPE_CHECKING, Final

from chb.domain.refusal import Refusal

if TYPE_CHECKING:
    from chb.sources.files import InputFile

START_BYTES: Final = 4096
ARCHIVE_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")


class FileKind(Enum):
    """A kind of file, in the words of a sentence: what it is, and what to do with it."""

    TEXT = ("a text table (CSV)", "Give it where a CSV is asked for")
    XLSX = ("an Excel workbook", "Open it and save the sheet as CSV, or name it .xlsx")
    JSON_OBJECT = ("a JSON or GeoJSON file", "Give it where boundaries or GeoJSON are asked for")
    JSON_ARRAY = ("a JSON list", "Export it as CSV or GeoJSON")
    ZIP = ("a ZIP archive", "Unpack it and give the file inside")
    HTML = ("a web page", "Sign in where it comes from and download the data again")
    VRT = ("a GDAL descriptor that points at other files", "Export the data itself as GeoJSON")
    XML = ("an XML or KML file", "Export it as GeoJSON or CSV")
    SQLITE = ("a GeoPackage or SQLite database", "Export the layer as GeoJSON")
    PARQUET = ("a Parquet file", "Export it as CSV")
    OLD_OFFICE = ("an old Office file (.xls or .doc)", "Open it and save it as CSV or .xlsx")
    PDF = ("a PDF document", "Ask the publisher for the table behind it")
    IMAGE = ("a picture", "Ask for the data, not for its picture")
    GZIP = ("a compressed file (gzip)", "Unpack it first")
    EMPTY = ("an empty file", "Fetch the file again")
    BINARY = ("a binary file", "Export the data as CSV in UTF-8, or as GeoJSON")

    @property
    def phrase(self) -> str:
        return self.value[0]

    @property
    def remedy(self) -> str:
        return self.value[1]


_MAGIC: Final = (
    (b"%PDF", FileKind.PDF),
    (b"\x89PNG", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
    (b"SQLite format 3\x00", FileKind.SQLITE),
    (b"PAR1", FileKind.PARQUET),
    (b"\x1f\x8b", FileKind.GZIP),
    (b"\xd0\xcf\x11\xe0", FileKind.OLD_OFFICE),
)
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SVG: Final = re.compile(r"(?:<\?xml[^>]*>|<!--.*?-->|<!doctype svg[^>]*>|\s)*<svg\b", re.DOTALL)
"""A drawing; it may have scripts and headings in it, as a web page has."""
_HTML_MARKS: Final = ("<!doctype html", "<html", "<head", "<body", "<script", "<title")


def sniff(data: bytes) -> FileKind:
    """The kind of file these bytes begin."""
    if not data:
        return FileKind.EMPTY
    if data.startswith(ARCHIVE_MAGIC):
        return kind_of_archive(io.BytesIO(data))
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    return _kind_of_text(data[:START_BYTES])


def kind_of_archive(stream: IO[bytes]) -> FileKind:
    """Whether an archive is a workbook; a damaged one is a plain archive."""
    try:
        with zipfile.ZipFile(stream) as archive:
            is_workbook = "[Content_Types].xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return FileKind.ZIP
    return FileKind.XLSX if is_workbook else FileKind.ZIP


def expect(file: InputFile, *wanted: FileKind) -> FileKind:
    """The file's kind, if it is one of those wanted; Refusal saying what it is otherwise."""
    kind = sniff(file.data)
    if kind in wanted:
        return kind
    raise Refusal(
        f"{file.name} is {kind.phrase}, not {' or '.join(each.phrase for each in wanted)}",
        found=f"It begins with {_first_words(file.data)}",
        cause=_likely_cause(kind, file.name),
        remedy=kind.remedy,
    )


def _kind_of_text(start: bytes) -> FileKind:
    if start.startswith(_UTF_16):
        text = start[: len(start) // 2 * 2].decode("utf-16", errors="replace")
    elif _looks_binary(start):
        return FileKind.BINARY
    else:
        text = start.decode("utf-8-sig", errors="replace")
    text = text.lstrip("\ufeff \t\r\n").lower()
    if text.startswith("<"):
        return _kind_of_markup(text)
    if text.startswith("{"):
        return FileKind.JSON_OBJECT
    return FileKind.JSON_ARRAY if text.startswith("[") else FileKind.TEXT


def _kind_of_markup(text: str) -> FileKind:
    if "<ogrvrt" in text or "<vrtdataset" in text or "<ogrwfsdatasource" in text:
        return FileKind.VRT
    is_page = not _SVG.match(text) and any(mark in text for mark in _HTML_MARKS)
    return FileKind.HTML if is_page else FileKind.XML


def _looks_binary(start: bytes) -> bool:
    """A few stray control bytes are a damaged table; a tenth of them is no text at all."""
    controls = sum(byte < 32 and byte not in b"\t\n\r" for byte in start)
    return controls > 3 and controls * 10 > len(start)


def _first_words(data: bytes) -> str:
    text = data[:40].decode("utf-8", errors="replace")
    return repr("".join(letter if letter.isprintable() else " " for letter in text).strip())


def _likely_cause(kind: FileKind, name: str) -> str:
    if kind == FileKind.HTML:
        return "The site probably answered with a page to sign in, or with an error"
    _, dot, suffix = name.rpartition(".")
    return f"The name ends in .{suffix}, but a name does not change what is inside" if dot else ""
