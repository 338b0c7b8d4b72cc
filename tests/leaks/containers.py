"""What files hold inside: archives, tables, databases, documents, and Streamlit's own messages."""

from __future__ import annotations

import bz2
import contextlib
import io
import lzma
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import DecodeError, Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

Named = Iterator[tuple[str, bytes]]

MOST_UNPACKED: Final = 64_000_000
LONGEST_GUESSED: Final = 2_000_000
_ZLIB: Final = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_GZIP: Final = re.compile(rb"\x1f\x8b\x08")
_ARROW: Final = re.compile(rb"\xff\xff\xff\xff[\x10-\xff][\x00-\xff]\x00\x00|ARROW1\x00\x00")
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_SQLITE: Final = b"SQLite format 3\x00"
_ZIP: Final = b"PK\x03\x04"
_TRIES: Final = 200
"""Of one kind in one layer: two random bytes look like the start of a stream often enough."""


def unwrapped(data: bytes) -> Named:
    """What the data hold, each part by the kind of wrapping."""
    yield from _compressed(data)
    yield from _archived(data)
    yield from _tables(data)
    if data.startswith(_SQLITE):
        yield "SQLite", _rows_of_database(data)
    yield from _message(data)


def _compressed(data: bytes) -> Named:
    for at in _places(_GZIP, data):
        yield "gzip", _inflated(data[at:], 31)
    for at in _places(_ZLIB, data):
        yield "zlib", _inflated(data[at:], 15)
    if data.startswith(b"BZh"):
        yield "bzip2", _tried(bz2.decompress, data)
    if data.startswith(b"\xfd7zXZ\x00"):
        yield "xz", _tried(lzma.decompress, data)
    if data.startswith(_ZSTD):
        yield "zstd", _tried(_unzstd, data)
    if 8 < len(data) < LONGEST_GUESSED:
        yield "deflate", _inflated(data, -15)


def _archived(data: bytes) -> Named:
    if _ZIP not in data:
        return
    with contextlib.suppress(Exception):
        archive = zipfile.ZipFile(io.BytesIO(data[data.index(_ZIP) :]))
        yield "names in an archive", "\n".join(archive.namelist()).encode()
        for member in archive.infolist():
            if member.file_size < MOST_UNPACKED:
                yield "member of an archive", archive.read(member)


def _tables(data: bytes) -> Named:
    if data.startswith(b"PAR1"):
        yield "Parquet", _tried(lambda raw: _text(pyarrow.parquet.read_table(_opened(raw))), data)
    for at in _places(_ARROW, data):
        yield "Arrow", _tried(_arrow_text, data[at:])


def _arrow_text(data: bytes) -> bytes:
    opener = pa.ipc.open_file if data.startswith(b"ARROW1") else pa.ipc.open_stream
    return _text(opener(_opened(data)).read_all())


def _text(table: pa.Table) -> bytes:
    described = f"{table.schema.metadata}\n{table.column_names}\n"
    return (described + "\n".join(map(str, table.to_pylist()))).encode()


def _rows_of_database(data: bytes) -> bytes:
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(data)
        return "\n".join(db.iterdump()).encode()
    return b""


def _message(data: bytes) -> Named:
    """Strings and bytes of a message of Streamlit's; plain bytes do not read as one."""
    message = ForwardMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return
    if message.WhichOneof("type") is None:
        return
    found = list(_leaves(message))
    yield "message", b"\n".join(each for each in found if each != data)
    for each in found:
        if 16 < len(each) < len(data):
            yield "part of a message", each


def _leaves(message: Message) -> Iterator[bytes]:
    for field, value in message.ListFields():
        repeated = not isinstance(value, str | bytes | int | float | Message)
        for each in value if repeated else (value,):
            yield from _leaf(field, value[each] if _is_map(field) else each)


def _leaf(field: FieldDescriptor, value: Any) -> Iterator[bytes]:
    del field
    if isinstance(value, Message):
        yield from _leaves(value)
    elif isinstance(value, str):
        yield value.encode()
    elif isinstance(value, bytes):
        yield value


def _is_map(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def _places(pattern: re.Pattern[bytes], data: bytes) -> list[int]:
    found = []
    for match in pattern.finditer(data):
        found.append(match.start())
        if len(found) == _TRIES:
            break
    return found


def _inflated(data: bytes, bits: int) -> bytes:
    try:
        return zlib.decompressobj(bits).decompress(data, MOST_UNPACKED)
    except zlib.error:
        return b""


def _tried(unpack: Any, data: bytes) -> bytes:
    try:
        return bytes(unpack(data))
    except Exception:  # not what it looked like: there is nothing in it to read
        return b""


def _unzstd(data: bytes) -> bytes:
    with pa.input_stream(pa.py_buffer(data), compression="zstd") as stream:
        return bytes(stream.read(MOST_UNPACKED))


def _opened(data: bytes) -> pa.BufferReader:
    return pa.BufferReader(data)
