"""The list's numbers 48 to 58: shapes, archives, and files that are none of what they say.

Where the answer is another than the list proposes, a comment says why it is sound.
"""

from __future__ import annotations

import json
from typing import Any

from tests.services.loading.bad_inputs import VRT, symlink
from tests.services.loading.importers import IMPORTERS
from tests.services.loading.listed_answers import (
    Kept,
    Listed,
    Row,
    Whole,
    good_rows,
    one_refused,
    third_kept,
)
from tests.sources.makers import geojson, square, zip_bytes

AREAS, PLACES, CRIMES = "boundaries", "assets-geojson", "incidents"
THIRD = "E01000003"

REMEDY = "Export the layer again as polygons of Great Britain"
UNPACK = "Unpack the archive yourself, look at what is in it, and give the files."
OTHER_INSIDE = "The name ends in .geojson, but a name does not change what is inside."


def layer(importer: str, geometry: Any, *, crs: str | None = None, alone: bool = False) -> bytes:
    """Two good features, or none, and a third of that geometry."""
    known = () if alone else IMPORTERS[importer].features
    return json.dumps(geojson(*known, IMPORTERS[importer].other(geometry), crs=crs)).encode()


def polygon(*corners: tuple[float, ...]) -> dict[str, Any]:
    """A polygon of one ring, closed or not as the corners are."""
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in corners]]}


def refused_feature(reason: str) -> Kept:
    """The third area is refused, and the two good ones are kept."""
    example = f"upload.geojson, row 3: code '{THIRD}'"
    return one_refused(AREAS, Row(3, reason, example, REMEDY))


BOW_TIE = polygon((-1.3, 53.3), (-1.2, 53.4), (-1.2, 53.3), (-1.3, 53.4), (-1.3, 53.3))
LOPSIDED = polygon((-1.3, 53.3), (-1.2, 53.4), (-1.2, 53.3), (-1.3, 53.35), (-1.3, 53.3))
OPEN = polygon((-1.3, 53.3), (-1.2, 53.3), (-1.2, 53.4))
CLOSED = [(-1.3, 53.3), (-1.2, 53.3), (-1.2, 53.4), (-1.3, 53.3)]
RAISED = polygon(*((*corner, 12.5) for corner in CLOSED))
WORLD = polygon((-179, -89), (179, -89), (179, 89), (-179, 89), (-179, -89))
COLLECTION = {
    "type": "GeometryCollection",
    "geometries": [polygon(*CLOSED), {"type": "Point", "coordinates": [-1.3, 53.3]}],
}
CROSSED = f"{THIRD} was invalid (self-intersection) and was repaired: its area changed by "
SHAPES = (
    Listed(
        "48a",
        AREAS,
        layer(AREAS, BOW_TIE),
        third_kept(
            AREAS,
            THIRD,
            shape="MultiPolygon",
            notes=(f"{CROSSED}37.1 km\u00b2, from next to none",),
        ),
    ),
    Listed(
        "48b",
        AREAS,
        layer(AREAS, LOPSIDED),
        third_kept(AREAS, THIRD, shape="MultiPolygon", notes=(f"{CROSSED}66.5 %",)),
    ),
    Listed(
        "49a",
        AREAS,
        layer(AREAS, OPEN),
        third_kept(
            AREAS,
            THIRD,
            corners=CLOSED,
            notes=(f"1 polygon had an open ring, closed here: first {THIRD}",),
        ),
    ),
    Listed("50a", AREAS, layer(AREAS, None), refused_feature("The feature has no geometry")),
    Listed(
        "50b",
        AREAS,
        layer(AREAS, {"type": "Polygon", "coordinates": []}),
        refused_feature("The geometry is empty"),
    ),
    Listed(
        "50c",
        AREAS,
        layer(AREAS, {"type": "GeometryCollection", "geometries": []}),
        refused_feature("The geometry is empty"),
    ),
    Listed(
        "50d",
        AREAS,
        layer(AREAS, COLLECTION),
        third_kept(AREAS, THIRD, shape="MultiPolygon", corners=CLOSED),
    ),
    Listed(
        "50e",
        AREAS,
        layer(AREAS, RAISED),
        third_kept(AREAS, THIRD, shape="Polygon", has_z=False, corners=CLOSED),
    ),
    Listed(
        "50f",
        PLACES,
        layer(PLACES, {"type": "Point", "coordinates": [-1.3, 53.3, 80.0]}),
        third_kept(PLACES, "node/3", longitude=-1.3, latitude=53.3),
    ),
    Listed(
        "50g",
        PLACES,
        layer(PLACES, {"type": "Point", "coordinates": []}),
        Kept(
            good_rows(PLACES),
            without_location=1,
            notes=("1 row without a location was left out: the first is upload.geojson, row 3",),
        ),
    ),
    Listed(
        "51",
        AREAS,
        layer(AREAS, WORLD),
        refused_feature("The area is larger than Great Britain"),
    ),
)

METRES = square(435_000.0, 387_000.0, 100.0)
LOST = (
    "but its coordinates look like eastings and northings. The first point is 435000, 387000."
    " The wrong or missing CRS was probably lost on export from EPSG:27700."
    " Export it in EPSG:4326, or declare EPSG:27700 in the file."
)
SYSTEMS = (
    # Who made the file knows its system, and can say it in the file; a guess by whoever
    # happens to import it would move every area of it.
    Listed(
        "52",
        AREAS,
        layer(AREAS, METRES, alone=True),
        Whole(f"upload.geojson declares no coordinate system, which means WGS84, {LOST}"),
    ),
    Listed(
        "53a",
        AREAS,
        layer(AREAS, METRES, alone=True, crs="urn:ogc:def:crs:EPSG::4326"),
        Whole(f"upload.geojson declares WGS84, {LOST}"),
    ),
    Listed(
        "53b",
        AREAS,
        layer(AREAS, polygon(*CLOSED), alone=True, crs="EPSG:27700"),
        Whole(
            "No row of upload can be used. 1 row refused, all of them for this: The area reaches"
            f" outside Great Britain (upload.geojson, row 1: code '{THIRD}'). {REMEDY}."
        ),
    ),
)


def not_geojson(what: str, begins: str, remedy: str) -> Whole:
    """What is said of other text under a name of GeoJSON."""
    return Whole(
        f"upload.geojson is {what}, not a JSON or GeoJSON file. It begins with {begins}."
        f" {OTHER_INSIDE} {remedy}."
    )


DESCRIPTOR = "a GDAL descriptor that points at other files"
MARKUP = "an XML or KML file"
AS_JSON = "Export the data itself as GeoJSON"
AS_TABLE = "Export it as GeoJSON or CSV"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><kml>&b;</kml>'
REACHES = b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml>&x;'
DISGUISED = (
    Listed(
        "55a",
        AREAS,
        VRT.format(target="/etc/passwd").encode(),
        not_geojson(DESCRIPTOR, "\"<OGRVRTDataSource><OGRVRTLayer name='x'>\"", AS_JSON),
    ),
    Listed(
        "55b",
        AREAS,
        b"<OGRWFSDataSource><URL>http://10.0.0.1</URL></OGRWFSDataSource>",
        not_geojson(DESCRIPTOR, "'<OGRWFSDataSource><URL>http://10.0.0.1</'", AS_JSON),
    ),
    Listed(
        "55c",
        AREAS,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        not_geojson(MARKUP, "\"<svg xmlns='http://www.w3.org/2000/svg'>\"", AS_TABLE),
    ),
    Listed(
        "55d",
        AREAS,
        b"<html><body>Not found</body></html>",
        Whole(
            "upload.geojson is a web page, not a JSON or GeoJSON file. It begins with"
            " '<html><body>Not found</body></html>'. The site probably answered with a page to"
            " sign in, or with an error. Sign in where it comes from and download the data again."
        ),
    ),
    # KML is not read at all, so its entities are never looked at.
    Listed(
        "57a",
        AREAS,
        LAUGHS,
        not_geojson(MARKUP, "'<?xml version=\"1.0\"?><!DOCTYPE k [<!ENTI'", AS_TABLE),
    ),
    Listed(
        "57b",
        PLACES,
        REACHES,
        Whole(
            "upload.geojson is an XML or KML file, not a text table (CSV) or an Excel workbook or"
            " a JSON or GeoJSON file or a JSON list. It begins with"
            f" '<?xml version=\"1.0\"?><!DOCTYPE k [<!ENTI'. {OTHER_INSIDE} {AS_TABLE}."
        ),
    ),
    Listed(
        "58a",
        AREAS,
        b'{"type":"FeatureCollection","features":[' + b"[" * 100_000 + b"]" * 100_000 + b"]}",
        Whole(
            "upload.geojson is nested too deeply. The file is damaged or was made to mislead."
            " Export it again."
        ),
    ),
    Listed(
        "58b",
        PLACES,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        Whole(
            "upload.geojson is nested too deeply. The file is damaged or was made to mislead."
            " Export it again."
        ),
    ),
)

# The limits are wider than the list's: a year of every force has 1,500 members and unpacks
# to gigabytes. It is the child's own limits that hold what an archive lies about.
ARCHIVES = (
    Listed(
        "56a",
        CRIMES,
        zip_bytes({"2025-01-street.csv": bytes(8_000_000)}),
        Whole(
            "upload.zip is packed more tightly than real data can be. 7.6 kB would unpack to 7.6"
            f" MB. This is the mark of an archive made to fill a disk. {UNPACK}"
        ),
        "upload.zip",
    ),
    Listed(
        "56b",
        CRIMES,
        zip_bytes({"in.zip": zip_bytes({"2025-01-street.csv": b"a,b\n"})}),
        Whole(f"upload.zip has another archive inside it. The member 'in.zip'. {UNPACK}"),
        "upload.zip",
    ),
    Listed(
        "56c",
        CRIMES,
        zip_bytes({"../../evil.csv": b"a,b\n"}),
        Whole(
            "upload.zip has a file that would be written outside its own folder. The member"
            f" '../../evil.csv'. {UNPACK}"
        ),
        "upload.zip",
    ),
    Listed(
        "56d",
        CRIMES,
        symlink(),
        Whole(f"upload.zip has a symbolic link in it. The member 'link.csv'. {UNPACK}"),
        "upload.zip",
    ),
)

FILES: tuple[Listed, ...] = (*SHAPES, *SYSTEMS, *DISGUISED, *ARCHIVES)
