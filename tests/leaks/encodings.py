"""Ways to write bytes as text, undone: base64 and its kin, escapes of JSON, HTML and addresses.

Runs that could be an encoding are joined before they are searched: one long text is
looked through in the time of a few short ones.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import quopri
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final
from urllib.parse import unquote_to_bytes

Named = Iterator[tuple[str, bytes]]

_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{20,}={0,2}")
_BASE64_LINES: Final = re.compile(rb"(?:[A-Za-z0-9+/]{4,76}(?:\r?\n|\\n)){1,}[A-Za-z0-9+/]+={0,2}")
_BASE32: Final = re.compile(rb"\b[A-Z2-7]{24,}={0,6}|\b[a-z2-7]{24,}={0,6}")
_HEX: Final = re.compile(rb"(?:[0-9a-fA-F]{2}[ :]?){16,}")
# Only from where a run begins: from each of its letters, a long one would take for ever.
_ASCII85: Final = re.compile(rb"(?<![!-uz\s])[!-uz\s]{16,}+~>")
_CODES: Final = re.compile(rb"\d{2,3}(?:\s*,\s*\d{2,3}){9,}")
_QUOTED: Final = re.compile(rb"(?:=[0-9A-F]{2}|=\r?\n)")
_UTF7: Final = re.compile(rb"\+[A-Za-z0-9+/]{2,}-")
_JSON: Final = re.compile(rb"\\+u([0-9a-fA-F]{4})")
_CURLY: Final = re.compile(rb"\\+u\{0*([0-9a-fA-F]{1,6})\}")
_JAVASCRIPT: Final = re.compile(rb"\\+x([0-9a-fA-F]{2})")
_OCTAL: Final = re.compile(rb"\\+([0-3][0-7]{2})")
_CSS: Final = re.compile(rb"\\0{0,4}([2-7][0-9a-fA-F])[ ]?")
_HARDEST: Final = 3


def decoded(data: bytes) -> Named:
    """The data read as each encoding that occurs in them."""
    yield from _base64s(data)
    yield "base64 in lines", _each(_BASE64_LINES, data, _in_lines)
    yield "base32", _each(_BASE32, data, _base32)
    yield "hex", _each(_HEX, data, _hex)
    yield "ascii85", _each(_ASCII85, data, _ascii85)
    yield "character codes", _each(_CODES, data, _codes)
    for name, undo in _ESCAPES.items():
        undone = undo(data)
        if undone != data:
            yield name, undone


def base85_shapes(words: Iterable[bytes]) -> dict[bytes, bytes]:
    """How each word looks inside base85, wherever it begins; to the word itself."""
    shapes: dict[bytes, bytes] = {}
    for word in words:
        for written in (word, word.upper(), word.capitalize()):
            for offset in range(4):
                inner = written[(4 - offset) % 4 :]
                whole = inner[: len(inner) // 4 * 4]
                if whole:
                    shapes[base64.b85encode(whole)] = word
                    shapes[base64.a85encode(whole)] = word
    return shapes


def _base64s(data: bytes) -> Named:
    runs = _BASE64.findall(data)
    if not runs:
        return
    standard = [run.translate(_TO_STANDARD).rstrip(b"=") for run in runs]
    for offset in range(4):
        yield "base64", b"\n".join(_plain64(run[offset:]) for run in standard)


_TO_STANDARD: Final = bytes.maketrans(b"-_", b"+/")


def _plain64(run: bytes) -> bytes:
    return binascii.a2b_base64(run[: len(run) // 4 * 4] + _tail(run))


def _tail(run: bytes) -> bytes:
    left = run[len(run) // 4 * 4 :]
    return left + b"=" * (4 - len(left)) if len(left) > 1 else b""


def _each(pattern: re.Pattern[bytes], data: bytes, undo: Callable[[bytes], bytes]) -> bytes:
    found = []
    for match in pattern.finditer(data):
        try:
            found.append(undo(match[0]))
        except ValueError:
            continue
    return b"\n".join(found)


def _in_lines(run: bytes) -> bytes:
    joined = re.sub(rb"\s|\\n", b"", run).rstrip(b"=")
    return _plain64(joined)


def _base32(run: bytes) -> bytes:
    bare = run.rstrip(b"=").upper()
    return base64.b32decode(bare + b"=" * (-len(bare) % 8))


def _hex(run: bytes) -> bytes:
    digits = re.sub(rb"[ :]", b"", run)
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode())


def _ascii85(run: bytes) -> bytes:
    """What stands between its marks; in a document it begins after the word ``stream``."""
    body = re.sub(rb"\s", b"", run.rpartition(b"stream")[2])
    body = body.removesuffix(b"~>")
    return base64.a85decode(body)


def _codes(run: bytes) -> bytes:
    return "".join(chr(int(each)) for each in run.split(b",")).encode("latin-1", "ignore")


def _unicode(match: re.Match[bytes]) -> bytes:
    return chr(min(int(match[1], 16), 0x10FFFF)).encode("utf-8", "ignore")


def _from_hex(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])


def _escapes(data: bytes) -> bytes:
    """Backslash escapes of JSON, JavaScript, C and style sheets."""
    if b"\\" not in data:
        return data
    data = _CURLY.sub(_unicode, _JSON.sub(_unicode, data))
    data = _JAVASCRIPT.sub(_from_hex, data)
    return _OCTAL.sub(lambda match: bytes([int(match[1], 8)]), data)


def _style_sheet(data: bytes) -> bytes:
    return _CSS.sub(_from_hex, data) if b"\\" in data else data


def _percent(data: bytes) -> bytes:
    """Percent signs of an address, however often they were escaped again."""
    for _ in range(_HARDEST):
        undone = unquote_to_bytes(data) if b"%" in data else data
        if undone == data:
            break
        data = undone
    return data


def _entities(data: bytes) -> bytes:
    if b"&" not in data:
        return data
    return html.unescape(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _quoted_printable(data: bytes) -> bytes:
    return quopri.decodestring(data) if len(_QUOTED.findall(data)) > 1 else data


def _utf7(data: bytes) -> bytes:
    return _UTF7.sub(_one_utf7, data)


def _one_utf7(match: re.Match[bytes]) -> bytes:
    try:
        return codecs.decode(match[0], "utf-7").encode()
    except ValueError:
        return match[0]


_ESCAPES: Final[dict[str, Callable[[bytes], bytes]]] = {
    "escapes": _escapes,
    "style sheet": _style_sheet,
    "percent": _percent,
    "entities": _entities,
    "quoted-printable": _quoted_printable,
    "UTF-7": _utf7,
}
