"""A tile service is none unless named, and one that cannot be meant is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from chb.domain.refusal import Refusal
from chb.services.access.tiles import read_tiles, tiles_told

XYZ = "https://tiles.force.example/{z}/{x}/{y}.png"


def test_without_a_setting_there_is_none() -> None:
    assert read_tiles({"CHB_TILES_KEY": "abc", "CHB_TILES_URL": "  "}) is None
    assert "no request leaves" in tiles_told(None)


def test_a_service_is_named_by_its_host_and_its_key_is_not_told() -> None:
    service = read_tiles({"CHB_TILES_URL": XYZ + "?key={key}", "CHB_TILES_KEY": "se cret&"})
    assert service is not None
    assert service.url == "https://tiles.force.example/{z}/{x}/{y}.png?key=se%20cret%26"
    assert (service.origin, service.kind) == ("https://tiles.force.example", "XYZ")
    told = tiles_told(service)
    assert told.startswith("tiles.force.example (XYZ)")
    assert "secret" not in f"{told}{service!r}".replace("%20", "").replace(" ", "")


def test_a_map_service_has_layers_and_the_key_may_be_in_a_file(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("k1\n", encoding="utf-8")
    service = read_tiles(
        {
            "CHB_TILES_URL": "http://Maps.Example:8080/wms?key={key}",
            "CHB_TILES_WMS_LAYERS": "roads",
            "CHB_TILES_KEY_FILE": str(key),
            "CHB_TILES_OWNER": "Ordnance",
        }
    )
    assert service is not None
    assert service.url.endswith("?key=k1")
    assert (service.origin, service.kind, service.owner) == (
        "http://maps.example:8080",
        "WMS",
        "Ordnance",
    )


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("tiles.example/{z}/{x}/{y}", "is not the address"),
        ("ftp://tiles.example/{z}/{x}/{y}", "is not the address"),
        ("https://tiles.example/{z}/{x}.png", "where the numbers of a tile go"),
        ("https://*.example/{z}/{x}/{y}", "does not name one host"),
        ("https://{s}.example/{z}/{x}/{y}", "does not name one host"),
        ("https://me:pw@tiles.example/{z}/{x}/{y}", "does not name one host"),
        ("https://tiles.example:port/{z}/{x}/{y}", "does not name one host"),
        ("https://tiles.example; script-src */{z}/{x}/{y}", "is not the address"),
        ("https://tiles.example/{z}/{x}/{y}?key={key}", "asks for a key"),
    ],
)
def test_what_cannot_be_meant_is_refused_without_repeating_it(url: str, said: str) -> None:
    with pytest.raises(Refusal, match=said) as caught:
        read_tiles({"CHB_TILES_URL": url})
    assert url not in str(caught.value)


def test_a_key_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="CHB_TILES_KEY_FILE"):
        read_tiles(
            {"CHB_TILES_URL": XYZ + "?k={key}", "CHB_TILES_KEY_FILE": str(tmp_path / "none")}
        )
