"""Rows with shapes as a file an analyst can open: GeoPackage, GeoJSON, Parquet, CSV or Excel.

The provenance is inside, and the manifest of an export beside it: GeoPackage metadata,
GeoJSON members, Parquet schema metadata, columns of the CSV, or sheets of the workbook.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataSourceError

from chb.domain.provenance import Provenance
from chb.domain.refusal import Refusal
from chb.domain.spreadsheet_text import marked
from chb.exports.manifest import MANIFEST_KEY, ExportManifest
from chb.exports.workbook import write_workbook
from geo import frames
from geo.cells import polygons, to_text

PROVENANCE_KEY: Final = "holdfast.provenance"


@dataclass(frozen=True)
class Rows:
    """What goes out: a frame, a shape for each row or none at all, and where they come from."""

    layer: str
    frame: pd.DataFrame
    shapes: NDArray[np.object_] | None
    provenance: Provenance
    manifest: ExportManifest | None = None
    """None for a file that stays with whoever runs the machine."""

    @property
    def sha256(self) -> str:
        """Of the rows, their shapes and where they come from; the manifest is not in it."""
        digest = hashlib.sha256(_as_json(self.provenance.as_dict()).encode())
        digest.update(self.frame.to_csv(index=False).encode())
        if self.shapes is not None:
            digest.update(b"".join(shapely.to_wkb(self.shapes)))
        return digest.hexdigest()

    @property
    def about(self) -> dict[str, dict[str, Any]]:
        """What travels in the file beside the rows, by the key it is found under."""
        manifest = {} if self.manifest is None else {MANIFEST_KEY: self.manifest.as_dict()}
        return {PROVENANCE_KEY: self.provenance.as_dict(), **manifest}


Writer = Callable[[Rows, Path], None]


def cell_rows(layer: str, frame: pd.DataFrame, provenance: Provenance) -> Rows:
    """Rows of H3 cells, drawn as the cells themselves and named by their text."""
    cells = frame[frames.CELL].to_numpy()
    named = frame.assign(**{frames.CELL: to_text(cells)})
    return Rows(layer, named, polygons(cells), provenance)


def write_rows(rows: Rows, out: Path) -> Path:
    """Write the rows to ``out``; the format follows its ending.

    The file appears whole or not at all. Raises Refusal when it cannot be written.
    """
    writer = writer_for(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".holdfast-", dir=out.parent) as folder:
            draft = Path(folder) / out.name
            writer(rows, draft)
            draft.replace(out)
    except (OSError, DataSourceError) as fault:
        raise Refusal(
            f"{out} could not be written",
            found=getattr(fault, "strerror", None) or str(fault),
            remedy="Free some space or choose another folder",
        ) from fault
    return out


def writer_for(out: Path) -> Writer:
    """What writes a file of that ending; Refusal when nothing does."""
    writer = WRITERS.get(out.suffix.lower())
    if writer is None:
        raise Refusal(
            "The ending of the file names its format",
            found=f"Found {out.suffix or 'no ending'} in {out.name}",
            remedy=f"Use one of {', '.join(WRITERS)}",
        )
    return writer


def _with_shapes(rows: Rows) -> gpd.GeoDataFrame:
    shapes = np.full(len(rows.frame), None) if rows.shapes is None else rows.shapes
    return gpd.GeoDataFrame(rows.frame, geometry=shapes, crs=frames.WGS84)


def _write_geopackage(rows: Rows, out: Path) -> None:
    pyogrio.write_dataframe(
        rows.frame if rows.shapes is None else _with_shapes(rows),
        out,
        layer=rows.layer,
        driver="GPKG",
        layer_metadata={key: _as_json(values) for key, values in rows.about.items()},
    )


def _write_geojson(rows: Rows, out: Path) -> None:
    collection = json.loads(_with_shapes(rows).to_json(drop_id=True, na="null"))
    members = {key.rpartition(".")[2]: values for key, values in rows.about.items()}
    collection = {"type": "FeatureCollection"} | members | collection
    out.write_text(json.dumps(collection, allow_nan=False), encoding="utf-8")


def _write_parquet(rows: Rows, out: Path) -> None:
    frame = rows.frame if rows.shapes is None else _with_shapes(rows)
    frame.to_parquet(out, index=False)
    table = pq.read_table(out)
    kept = table.schema.metadata | {
        key.encode(): _as_json(values).encode() for key, values in rows.about.items()
    }
    pq.write_table(table.replace_schema_metadata(kept), out, compression="zstd")


def _write_csv(rows: Rows, out: Path) -> None:
    """Every row says where it comes from, so rows of two files can stand in one sheet."""
    table = _with_centres(rows)
    for name, value in rows.provenance.as_dict().items():
        table[_free(name, table)] = "; ".join(value) if isinstance(value, list) else value
    if rows.manifest is not None:
        marking, *others = rows.manifest.as_columns().items()
        table.insert(0, _free(marking[0], table), marking[1])
        for name, text in others:
            table[_free(name, table)] = text
    for name in table.columns:
        if pd.api.types.is_string_dtype(table[name]) or table[name].dtype == object:
            table[name] = table[name].map(_plain)
    table.to_csv(out, index=False, encoding="utf-8")


def _write_excel(rows: Rows, out: Path) -> None:
    about = {"Provenance": rows.provenance.as_dict()}
    if rows.manifest is not None:
        about["Manifest"] = rows.manifest.as_columns()
    marking = "" if rows.manifest is None else rows.manifest.marking
    write_workbook(_with_centres(rows), about, out, title=rows.layer, marking=marking)


def _with_centres(rows: Rows) -> pd.DataFrame:
    table = rows.frame.copy()
    if rows.shapes is not None:
        middle = shapely.centroid(rows.shapes)
        table["centre_longitude"] = shapely.get_x(middle).round(6)
        table["centre_latitude"] = shapely.get_y(middle).round(6)
    return table


def _free(name: str, table: pd.DataFrame) -> str:
    """The name, or one beside it where the rows have a column of that name already."""
    return f"made_with_{name}" if name in table.columns else name


def _plain(value: Any) -> Any:
    return marked(value) if isinstance(value, str) else value


def _as_json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)


WRITERS: Final[Mapping[str, Writer]] = {
    ".gpkg": _write_geopackage,
    ".geojson": _write_geojson,
    ".parquet": _write_parquet,
    ".csv": _write_csv,
    ".xlsx": _write_excel,
}
