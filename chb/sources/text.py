"""Bytes to text a person can trust: decoded, normalised, nothing invisible in it."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from chb.domain.refusal import Refusal
from chb.domain.wording import plural
from chb.sources.files import InputFile

INVISIBLE: Final = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]"
)
"""Zero-width, bidirectional and control characters, which make two names look like one, and
halves of characters, which no file can hold."""


def read_text(file: InputFile) -> tuple[str, tuple[str, ...]]:
    """The file's text in NFC and notes on what was chosen; Refusal when it is not text."""
    text, notes = _decoded(file)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Refusal(
            f"{file.name} has NUL characters in it",
            found=f"The first is on line {line:,}",
            cause="The file was damaged on its way, or is not a text file",
            remedy="Export it again as CSV in UTF-8",
        )
    cleaned, removed = INVISIBLE.subn("", text)
    if removed:
        notes += (_removed_note(file.name, text, removed),)
    return unicodedata.normalize("NFC", cleaned), notes


def clean_text(text: str) -> str:
    """One value in NFC, without invisible characters, spaces run together."""
    return " ".join(unicodedata.normalize("NFC", INVISIBLE.sub("", text)).split())


def first_line(text: str) -> str:
    """The text up to its first line end of any kind."""
    return re.split(r"[\r\n]", text, maxsplit=1)[0]


def _removed_note(name: str, text: str, removed: int) -> str:
    """What was taken out of the text; where it began, as the words there may have been meant
    to be taken for others.
    """
    match = INVISIBLE.search(text)
    line = text.count("\n", 0, match.start() if match else 0) + 1
    were = "was" if removed == 1 else "were"
    return (
        f"{name}: {plural(removed, 'invisible character')} {were} removed,"
        f" the first on line {line:,}"
    )


def _decoded(file: InputFile) -> tuple[str, tuple[str, ...]]:
    data = file.data
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode(file, "utf-16"), (f"{file.name} was read as UTF-16",)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        note = f"{file.name} is not UTF-8 (line {line:,}) and was read as Windows-1252"
    return _decode(file, "cp1252"), (note,)


def _decode(file: InputFile, encoding: str) -> str:
    try:
        return file.data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refusal(
            f"{file.name} is not readable as text",
            found=f"Byte {error.start:,} belongs to no known character",
            cause="The file is damaged, or in an encoding that is rare in Britain",
            remedy="Export it again as CSV in UTF-8",
        ) from error
