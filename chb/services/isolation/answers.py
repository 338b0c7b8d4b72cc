"""What a child hands back: plain values as JSON and frames as Arrow, never a pickle.

The child has read a file from outside and is not believed: the parent takes plain types
only, and looks at every column before it makes a frame of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

ANSWER: Final = "answer.json"
GEOMETRY: Final = "geometry"
LARGEST_PLAIN_BYTES: Final = 64 * 1024 * 1024
LONGEST_TEXT: Final = 100_000
MOST_COLUMNS: Final = 400
_KINDS: Final[dict[pa.DataType, str]] = {
    pa.large_string(): "str",
    pa.int64(): "int64",
    pa.int32(): "int32",
    pa.float64(): "float64",
    pa.bool_(): "bool",
}
_DEGREES: Final = {"longitude": 180.0, "latitude": 90.0}


class GarbledError(Exception):
    """A child handed back something that no reader makes."""


@dataclass(frozen=True)
class Answer:
    """What a task found: plain values, and frames by name."""

    plain: Mapping[str, Any]
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def write_answer(room: Path, plain: Mapping[str, Any], frames: Mapping[str, pd.DataFrame]) -> None:
    """In the child: the frames first, and the plain values last, whole."""
    for name, frame in frames.items():
        table = _as_table(frame)
        path = str(room / f"{name}.arrow")
        with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    said = dict(plain) | {"frames": sorted(frames)}
    (room / ANSWER).write_text(json.dumps(said), encoding="utf-8")


def read_plain(room: Path) -> dict[str, Any]:
    """In the parent: the plain values; GarbledError when they are none."""
    path = room / ANSWER
    if path.is_symlink() or path.stat().st_size > LARGEST_PLAIN_BYTES:
        raise GarbledError("The answer is not a file of a sensible size")
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise GarbledError("The answer is not JSON") from error
    if not isinstance(plain, dict) or not isinstance(plain.get("frames"), list):
        raise GarbledError("The answer has no list of frames")
    return plain


def read_frame(room: Path, name: str) -> pd.DataFrame:
    """In the parent: a frame of columns that were each looked at; GarbledError otherwise."""
    path = room / f"{name}.arrow"
    if path.is_symlink():
        raise GarbledError("A frame is a link")
    try:
        with pa.ipc.open_file(pa.py_buffer(path.read_bytes())) as reader:
            table = reader.read_all()
        table.validate(full=True)
    except (OSError, pa.ArrowException) as error:
        raise GarbledError("A frame is not Arrow") from error
    return _as_frame(table)


def _as_table(frame: pd.DataFrame) -> pa.Table:
    columns = [_as_array(name, frame[name]) for name in frame.columns]
    return pa.table(columns, names=[str(name) for name in frame.columns])


def _as_array(name: str, column: pd.Series) -> pa.Array:
    if name == GEOMETRY:
        return pa.array(shapely.to_wkb(np.asarray(column, dtype=object)), pa.large_binary())
    if pd.api.types.is_numeric_dtype(column):
        return pa.array(column.to_numpy())
    return pa.array(column.to_numpy(dtype=object), pa.large_string())


def _as_frame(table: pa.Table) -> pd.DataFrame:
    names = table.column_names
    if len(names) > MOST_COLUMNS or len(set(names)) < len(names):
        raise GarbledError("A frame has too many columns, or two of one name")
    frame = pd.DataFrame({name: _as_series(name, table[name]) for name in names})
    if GEOMETRY in names:
        frame = gpd.GeoDataFrame(frame, geometry=GEOMETRY, crs="EPSG:4326")
    return frame


def _as_series(name: str, column: pa.ChunkedArray) -> Any:
    if name == GEOMETRY:
        return _shapes(column)
    kind = _KINDS.get(column.type)
    if kind is None or column.null_count:
        raise GarbledError(f"A column is {column.type}, or has blanks")
    if kind == "str" and (pc.max(pc.binary_length(column)).as_py() or 0) > LONGEST_TEXT:
        raise GarbledError("A text is too long")
    values = column.to_pandas().astype(kind)
    limit = _DEGREES.get(name)
    if limit is not None and (kind != "float64" or (values.abs() > limit).any()):
        raise GarbledError("A position is not in degrees")
    return values


def _shapes(column: pa.ChunkedArray) -> Any:
    if column.type != pa.large_binary():
        raise GarbledError("Shapes are not binary")
    try:
        return shapely.from_wkb(np.array(column.to_pylist(), dtype=object))
    except (shapely.errors.ShapelyError, TypeError) as error:
        raise GarbledError("A shape cannot be read") from error
