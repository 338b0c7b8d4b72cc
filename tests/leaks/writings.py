"""A word written in every way that the scanner must see through."""

from __future__ import annotations

import base64
import bz2
import codecs
import gzip
import io
import json
import lzma
import quopri
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

Writer = Callable[[str], bytes]


def _each(text: str, pattern: str) -> bytes:
    return "".join(pattern.format(ord(letter)) for letter in text).encode()


def _frame(text: str) -> pd.DataFrame:
    return pd.DataFrame({"name": [text, "other"], "n": [1, 2]})


def _zip(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner/list.csv", f"a,b\n{text},1\n" * 3)
    return out.getvalue()


def _member_name(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{text}.csv", "a,b")
    return b"\x00\x01prefix" + out.getvalue()


def _workbook(text: str) -> bytes:
    out = io.BytesIO()
    _frame(text).to_excel(out, index=False)
    return out.getvalue()


def _parquet(text: str) -> bytes:
    out = io.BytesIO()
    pyarrow.parquet.write_table(pa.Table.from_pandas(_frame(text)), out, compression="zstd")
    return out.getvalue()


def _arrow(text: str, compression: str | None) -> bytes:
    table = pa.Table.from_pandas(_frame(f"{text} " * 40))
    out = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression=compression)
    with pa.ipc.new_stream(out, table.schema, options=options) as writer:
        writer.write_table(table)
    return out.getvalue()


def _sqlite(text: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE kept (word BLOB)")
        db.execute("INSERT INTO kept VALUES (?)", (text,))
        db.commit()
        return db.serialize()


def _pdf(text: str) -> bytes:
    body = zlib.compress(f"BT /F1 12 Tf ({text}) Tj ET".encode())
    return b"%PDF-1.4\n4 0 obj<</Filter/FlateDecode>>stream\n" + body + b"\nendstream endobj\n%%EOF"


def _pdf_85(text: str) -> bytes:
    body = base64.a85encode(zlib.compress(f"({text}) Tj".encode()))
    return b"<</Filter[/ASCII85Decode/FlateDecode]>>stream\n" + body + b"~>\nendstream"


def _message(text: str) -> bytes:
    message = ForwardMsg(hash="a")
    message.delta.new_element.dataframe.arrow_data.data = _arrow(text, "zstd")
    return message.SerializeToString()


def _deflate(text: str) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(f"{text} and more".encode()) + packer.flush()


def _nested(text: str) -> bytes:
    return json.dumps({"data": base64.b64encode(gzip.compress(_zip(text))).decode()}).encode()


def _accented(text: str) -> bytes:
    return "".join(f"{letter}\u0301" for letter in text).encode()


def _full_width(text: str) -> bytes:
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text).encode()


def _at(shift: int) -> Writer:
    return lambda text: b"data:" + base64.b64encode(b"x" * shift + text.encode() + b"tail")


WRITERS: Final[dict[str, Writer]] = {
    "plain": lambda text: f"before {text} after".encode(),
    "upper case": lambda text: text.upper().encode(),
    "lower case": lambda text: text.lower().encode(),
    "split by tags": lambda text: f"{text[:5]}<b class='x'>{text[5:9]}</b>{text[9:]}".encode(),
    "split by spaces": lambda text: " ".join(text).encode(),
    "split by soft hyphens": lambda text: "\u00ad".join(text).encode(),
    "split by zero-width spaces": lambda text: "\u200b".join(text).encode(),
    "accented": _accented,
    "full width": _full_width,
    "base64": _at(0),
    "base64, one byte later": _at(1),
    "base64, two bytes later": _at(2),
    "base64 of an address": lambda text: b"?d=" + base64.urlsafe_b64encode(f"{text}>>??~".encode()),
    "base64 in lines": lambda text: base64.encodebytes(f"{'padding ' * 9}{text}".encode()),
    "base64 twice": lambda text: base64.b64encode(base64.b64encode(text.encode())),
    "base32": lambda text: base64.b32encode(f"id:{text}".encode()),
    "base85": lambda text: b"'" + base64.b85encode(f"abc{text}xyz".encode()),
    "ascii85": lambda text: base64.a85encode(f"ab{text}".encode(), adobe=True),
    "hex": lambda text: text.encode().hex().encode(),
    "hex with colons": lambda text: text.encode().hex(":").upper().encode(),
    "percent": lambda text: _each(text, "%{:02X}"),
    "double percent": lambda text: _each(text, "%25{:02x}"),
    "decimal entities": lambda text: _each(text, "&#{};"),
    "hex entities": lambda text: _each(text, "&#x{:x};"),
    "named entities": lambda text: "&shy;".join(text).encode(),
    "JSON escapes": lambda text: _each(text, "\\u{:04x}"),
    "JSON in JSON": lambda text: json.dumps(_each(text, "\\u{:04x}").decode()).encode(),
    "JavaScript escapes": lambda text: _each(text, "\\x{:02x}"),
    "curly escapes": lambda text: _each(text, "\\u{{{:x}}}"),
    "octal escapes": lambda text: _each(text, "\\{:03o}"),
    "style sheet escapes": lambda text: _each(text, "\\{:x} "),
    "character codes": lambda text: ",".join(str(ord(each)) for each in text).encode(),
    "UTF-16 LE": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: text.encode("utf-16-be"),
    "UTF-32": lambda text: text.encode("utf-32"),
    "UTF-7": lambda text: "\u00e9".join(text).encode("utf-7"),
    "quoted-printable": lambda text: quopri.encodestring(("=" + "é".join(text)).encode()),
    "quoted-printable letters": lambda text: _each(text, "={:02X}"),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zlib": lambda text: b"head" + zlib.compress(text.encode()),
    "raw deflate": _deflate,
    "bzip2": lambda text: bz2.compress(text.encode()),
    "xz": lambda text: lzma.compress(text.encode()),
    "zstd": lambda text: pa.compress(text.encode(), codec="zstd", asbytes=True),
    "zip": _zip,
    "name in a zip": _member_name,
    "workbook": _workbook,
    "Parquet": _parquet,
    "Arrow": lambda text: _arrow(text, None),
    "Arrow lz4": lambda text: _arrow(text, "lz4"),
    "Arrow zstd": lambda text: _arrow(text, "zstd"),
    "SQLite": _sqlite,
    "PDF": _pdf,
    "PDF with ASCII85": _pdf_85,
    "message of Streamlit": _message,
    "reversed": lambda text: text[::-1].encode(),
    "rot13": lambda text: codecs.encode(text, "rot13").encode(),
    "zip in gzip in base64 in JSON": _nested,
}
