"""What every source in the registry must do, whatever it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chb.domain.refusal import Refusal
from chb.sources.files import InputFile
from chb.sources.registry import READERS

from .makers import (
    STREET_HEADER,
    TODAY,
    csv_text,
    feature,
    geojson,
    geojson_file,
    lsoa,
    square,
    street_row,
    text_file,
)

LINE = {"type": "LineString", "coordinates": [[-1.5, 53.4], [-1.4, 53.4]]}


@dataclass(frozen=True)
class Example:
    """A good row or feature of a source, and one that must be refused."""

    good: Mapping[str, Any]
    bad: Mapping[str, Any]
    header: tuple[str, ...] = ()
    """Of a table; a layer has none."""

    def file(self, *rows: Mapping[str, Any]) -> InputFile:
        if self.header:
            return text_file(csv_text(rows, self.header))
        return geojson_file(geojson(*rows))


def table(good: dict[str, str], **bad: str) -> Example:
    return Example(good, good | bad, tuple(good))


def area(**codes: str) -> Example:
    return Example(feature(square(-1.5, 53.4), **codes), feature(None, **codes))


EXAMPLES = {
    "incidents": Example(street_row(), street_row(Month="never"), STREET_HEADER),
    "boundaries-lsoa": Example(lsoa(1), lsoa(2, square(2.3, 48.8))),
    "boundaries-district": area(LAD24CD="E08000019", LAD24NM="Sheffield"),
    "boundaries-csp": area(csp24_code="E22000259", csp24_name="Barnsley"),
    "boundaries-ward": area(WD22CD="E05000976", WD22NM="Central"),
    "deprivation": table(
        {"LSOA code (2021)": "E01000001", "IMD Score": "9.5", "IMD Rank": "7", "IMD Decile": "1"},
        **{"IMD Rank": "0"},
    ),
    "population": table({"lsoa21_code": "E01000001", "population": "1474"}, population="-1"),
    "lookup": table({"LSOA11CD": "E01000001", "LSOA21CD": "E01000001"}, LSOA21CD="none"),
    "assets": table(
        {"name": "Library", "kind": "library", "longitude": "-1.47", "latitude": "53.38"}, kind="x"
    ),
    "ocg-locations": table(
        {
            **{"code": "OCG-07", "kind": "business", "longitude": "-1.47", "latitude": "53.38"},
            **{"radius_m": "250", "confidence": "low", "source": "log", "handling": "police"},
        },
        radius_m="0",
    ),
    "postcodes": table(
        {"postcode": "S1 2HE", "longitude": "-1.47", "latitude": "53.38"}, postcode="S1"
    ),
    "people": table(
        {"name": "Sam", "agency": "Council", "role": "lead", "work_email": "s@example.gov.uk"},
        work_email="none",
    ),
    "context-roads": Example(feature(LINE, rank=1), feature(None)),
    "context-water": Example(feature(LINE, rank=1), feature(None)),
    "context-green": Example(feature(square(-1.5, 53.4)), feature(None)),
    "context-place-names": Example(feature(square(-1.5, 53.4), name="Moor"), feature(None)),
}
SOURCES = pytest.mark.parametrize("kind", READERS)


def test_every_source_has_an_example() -> None:
    assert set(EXAMPLES) == set(READERS)


@SOURCES
def test_a_good_row_is_kept(kind: str) -> None:
    result = READERS[kind](EXAMPLES[kind].file(EXAMPLES[kind].good), TODAY)
    assert (result.report.rows_read, result.report.kept, len(result.frame)) == (1, 1, 1)
    assert result.report.refused == ()


@SOURCES
def test_a_bad_row_is_refused_with_its_reason_and_the_good_one_kept(kind: str) -> None:
    example = EXAMPLES[kind]
    report = READERS[kind](example.file(example.good, example.bad), TODAY).report
    (refused,) = report.refused
    assert (report.kept, refused.rows) == (1, 1)
    assert refused.first_row == (3 if example.header else 2)
    assert all((refused.reason, refused.example, refused.remedy))


@SOURCES
def test_a_file_of_bad_rows_only_is_refused_whole(kind: str) -> None:
    with pytest.raises(Refusal, match=r"No row of .* can be used"):
        READERS[kind](EXAMPLES[kind].file(EXAMPLES[kind].bad), TODAY)


@SOURCES
@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>Sign in</body></html>",
        b"<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>",
        b"\x89PNG\r\n\x1a\n",
        b"%PDF-1.7",
        b"SQLite format 3\x00",
        bytes(range(256)),
        b"colour,size\nred,4\n",
        b"\n",
        b'{"type": "FeatureCollection", "features": [{}]}',
        b'{"colour": "red"}',
        b"PK\x03\x04 cut short",
    ],
)
def test_another_file_is_refused_in_words(kind: str, data: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        READERS[kind](InputFile.of("upload.csv", data), TODAY)
    assert str(refused.value)


@SOURCES
def test_an_empty_and_a_header_only_file_are_refused(kind: str) -> None:
    with pytest.raises(Refusal, match="is empty"):
        READERS[kind](InputFile.of("upload.csv", b""), TODAY)
    with pytest.raises(Refusal, match=r"no rows|no features|has nothing in it"):
        READERS[kind](EXAMPLES[kind].file(), TODAY)


@SOURCES
@settings(max_examples=15, deadline=None)
@given(picks=st.lists(st.sampled_from(["good", "bad"]), min_size=1, max_size=8))
def test_counts_add_up_under_any_damage(kind: str, picks: list[str]) -> None:
    example = EXAMPLES[kind]
    rows = [example.good, *(getattr(example, pick) for pick in picks)]
    report = READERS[kind](example.file(*rows), TODAY).report
    assert report.rows_read == len(rows)
    assert report.kept >= 1
    assert report.refused_rows >= picks.count("bad")


@SOURCES
@settings(max_examples=40, deadline=None)
@given(
    places=st.lists(st.floats(0, 0.999), min_size=1, max_size=6),
    pieces=st.lists(
        st.sampled_from(
            [
                *(
                    b"",
                    b'"',
                    b"\n",
                    b"\r",
                    b",",
                    b";",
                    b"\0",
                    b"\xff",
                    b"\xe2\x80\x8b",
                    b"{",
                    b"[",
                    b"]",
                ),
                *(
                    b"1e999",
                    b"NaN",
                    b"null",
                    b"9" * 400,
                    b'"\\ud800"',
                    b"<",
                    b"#",
                    b"-",
                    b"x" * 20_000,
                ),
            ]
        ),
        min_size=6,
        max_size=6,
    ),
)
def test_a_damaged_file_is_read_or_refused_and_never_breaks_the_reader(
    kind: str, places: list[float], pieces: list[bytes]
) -> None:
    example = EXAMPLES[kind]
    data = example.file(example.good, example.bad, example.good).data
    for place, piece in zip(places, pieces, strict=False):
        at = int(place * len(data))
        data = data[:at] + piece + data[at + 1 :]
    try:
        report = READERS[kind](InputFile.of("upload", data), TODAY).report
    except Refusal as refusal:
        assert refusal.wrong
    else:
        assert report.kept + report.without_location + report.outside_area > 0
