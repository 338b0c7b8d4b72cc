"""The harm profile as a file an analyst can open: GeoPackage, GeoJSON, Parquet or CSV."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
from pyogrio.errors import DataSourceError

from chb.domain.provenance import Provenance
from chb.domain.refusal import Refusal
from geo import frames
from geo.cells import centres, polygons, to_text

LAYER: Final = "harm_profile"
PROVENANCE_KEY: Final = "holdfast.provenance"

Writer = Callable[[pd.DataFrame, Provenance, Path], None]


def write_profile(frame: pd.DataFrame, provenance: Provenance, out: Path) -> Path:
    """Write one row a cell to ``out``; the format follows its ending.

    The provenance is inside: GeoPackage metadata, a GeoJSON member, Parquet schema
    metadata, or columns of the CSV. The file appears whole or not at all.
    """
    writer = writer_for(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".holdfast-", dir=out.parent) as folder:
            draft = Path(folder) / out.name
            writer(frame, provenance, draft)
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


def _with_shapes(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    cells = frame[frames.CELL].to_numpy()
    return gpd.GeoDataFrame(
        frame.assign(**{frames.CELL: to_text(cells)}), geometry=polygons(cells), crs=frames.WGS84
    )


def _write_geopackage(frame: pd.DataFrame, provenance: Provenance, out: Path) -> None:
    _with_shapes(frame).to_file(
        out,
        layer=LAYER,
        driver="GPKG",
        engine="pyogrio",
        layer_metadata={PROVENANCE_KEY: _as_json(provenance)},
    )


def _write_geojson(frame: pd.DataFrame, provenance: Provenance, out: Path) -> None:
    collection = json.loads(_with_shapes(frame).to_json(drop_id=True, na="null"))
    collection = {"type": "FeatureCollection", "provenance": provenance.as_dict()} | collection
    out.write_text(json.dumps(collection, allow_nan=False), encoding="utf-8")


def _write_parquet(frame: pd.DataFrame, provenance: Provenance, out: Path) -> None:
    _with_shapes(frame).to_parquet(out, index=False)
    table = pq.read_table(out)
    kept = table.schema.metadata | {PROVENANCE_KEY.encode(): _as_json(provenance).encode()}
    pq.write_table(table.replace_schema_metadata(kept), out, compression="zstd")


def _write_csv(frame: pd.DataFrame, provenance: Provenance, out: Path) -> None:
    """Every row says where it comes from, so rows of two profiles can stand in one sheet."""
    cells = frame[frames.CELL].to_numpy()
    longitude, latitude = centres(cells)
    table = frame.assign(**{frames.CELL: to_text(cells)})
    table["centre_longitude"] = longitude.round(6)
    table["centre_latitude"] = latitude.round(6)
    for name, value in provenance.as_dict().items():
        table[name] = _plain_text(value) if isinstance(value, (str, list)) else value
    table.to_csv(out, index=False, encoding="utf-8")


def _plain_text(value: str | list[str]) -> str:
    """Text a spreadsheet will not take for a formula."""
    text = value if isinstance(value, str) else "; ".join(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _as_json(provenance: Provenance) -> str:
    return json.dumps(provenance.as_dict(), ensure_ascii=False)


WRITERS: Final[Mapping[str, Writer]] = {
    ".gpkg": _write_geopackage,
    ".geojson": _write_geojson,
    ".parquet": _write_parquet,
    ".csv": _write_csv,
}
