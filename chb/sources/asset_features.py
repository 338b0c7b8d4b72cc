"""Assets out of OpenStreetMap's GeoJSON: the kind from the tags, the position from the shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from chb.domain.refusal import Refusal
from chb.sources.files import InputFile
from chb.sources.geojson import Feature, read_layer
from chb.sources.reference import asset_kinds, osm_tags
from chb.sources.tables import Table
from chb.sources.text import clean_text

_TAG_KEYS: Final = (
    *("amenity", "leisure", "shop", "healthcare", "office", "tourism", "club", "building"),
    *("sport", "landuse", "railway", "public_transport", "emergency", "social_facility"),
)


def read_asset_features(file: InputFile, kind: str | None = None) -> Table:
    """The features as a table of text with the columns an asset list has.

    ``kind`` is what a feature is whose tags mean no kind of asset.
    """
    layer = read_layer(file)
    if not layer.features:
        raise Refusal(
            f"{file.name} has no features",
            cause="The layer was probably filtered to nothing",
            remedy="Export it again; nothing was imported",
        )
    rows = [_row(feature, kind or "") for feature in layer.features]
    frame = pd.DataFrame(rows, index=[feature.number for feature in layer.features], dtype="str")
    return Table(file.name, file.sha256, frame.fillna(""), len(rows), notes=layer.notes)


def _row(feature: Feature, otherwise: str) -> dict[str, str]:
    tags = {
        key: clean_text(str(value))
        for key, value in feature.properties.items()
        if value is not None
    }
    kind = tags.get("kind") or kind_of_tags(tags, otherwise)
    longitude, latitude = _position(feature)
    return {
        "source_id": tags.get("@id", ""),
        "name": tags.get("name", "") or _unnamed(kind),
        "kind": kind,
        "longitude": longitude,
        "latitude": latitude,
        "address": " ".join(
            tags[key] for key in ("addr:housenumber", "addr:street", "addr:city") if key in tags
        ),
        "postcode": tags.get("addr:postcode", ""),
        "note": tags.get("opening_hours", ""),
    }


def kind_of_tags(tags: Mapping[str, Any], otherwise: str = "") -> str:
    """Key of the asset kind; without one ``otherwise``, or the tag itself, as ``railway=tram``."""
    known = osm_tags()
    present = [f"{key}={tags[key]}" for key in _TAG_KEYS if key in tags]
    unknown = otherwise or (present[0] if present else "")
    return next((known[tag] for tag in present if tag in known), unknown)


def _unnamed(kind: str) -> str:
    """A name for a feature that has none; empty when its kind is unknown too."""
    return next((f"{each.label} (unnamed)" for each in asset_kinds() if each.key == kind), "")


def _position(feature: Feature) -> tuple[str, str]:
    if feature.shape is None:
        return "", ""
    point = feature.shape.representative_point()
    return f"{point.x:.7f}", f"{point.y:.7f}"
