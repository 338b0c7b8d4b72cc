"""The list of what the product is made of names scripts and libraries inside packages too."""

import hashlib
import json
from datetime import UTC, datetime
from importlib.metadata import files

import pytest

from chb.ui.maps.offline import vendor_files
from tests.supply.bundled import bundled_in, own_scripts
from tests.supply.pins import PROJECT, REQUIREMENTS, normalised, read_pins
from tests.supply.sbom import extended

PINS = read_pins(REQUIREMENTS.read_text(encoding="utf-8"))
MADE_AT = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
LATER = datetime(2026, 3, 5, tzinfo=UTC)


def base():
    """In the shape of cyclonedx-py's list, with a package that only tests need."""
    named = [(pin.name, pin.version) for pin in PINS] + [("pytest", "9.2.0")]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"tools": {"components": []}},
        "components": [
            {"type": "library", "name": name, "version": version, "bom-ref": f"{name}=={version}"}
            for name, version in named
        ],
        "dependencies": [
            {"ref": "folium==0.20.0", "dependsOn": ["numpy==2.4.6", "pytest==9.2.0"]},
            {"ref": "pytest==9.2.0"},
        ],
    }


@pytest.fixture(scope="module")
def bom():
    return extended(base(), PINS, made_at=MADE_AT)


def inside(bom, package):
    (found,) = (each for each in bom["components"] if normalised(each["name"]) == package)
    return found["components"]


def refs(components):
    for each in components:
        yield each["bom-ref"]
        yield from refs(each.get("components", ()))


def test_it_lists_what_runs_and_not_what_tests(bom):
    listed = {normalised(each["name"]) for each in bom["components"]}
    assert listed == {normalised(pin.name) for pin in PINS}
    assert {"ref": "folium==0.20.0", "dependsOn": ["numpy==2.4.6"]} in bom["dependencies"]
    assert "pytest" not in json.dumps(bom["dependencies"])


def test_every_script_we_serve_for_folium_is_listed_with_its_digest(bom):
    listed = {each["hashes"][0]["content"] for each in inside(bom, "folium-offline")}
    served = {hashlib.sha384(file.text.encode()).hexdigest() for file in vendor_files().values()}
    assert served <= listed and len(served) > 60


@pytest.mark.parametrize(
    ("name", "version"),
    [("leaflet", "1.9.3"), ("bootstrap", "5.2.2"), ("jquery", "3.7.1"), ("jqueryui", "1.10.2")],
)
def test_versions_are_told_where_the_link_tells_them(bom, name, version):
    assert (name, version) in {
        (each["name"], each.get("version")) for each in inside(bom, "folium-offline")
    }


def test_a_link_to_whatever_is_newest_tells_no_version(bom):
    (found,) = (
        each
        for each in inside(bom, "folium-offline")
        if each["name"] == "@geoman-io/leaflet-geoman-free"
        and each["externalReferences"][0]["url"].endswith(".js")
    )
    assert "version" not in found and found["purl"] == "pkg:npm/%40geoman-io/leaflet-geoman-free"


def test_every_script_of_streamlit_is_listed(bom):
    scripts = {str(path) for path in files("streamlit") if path.suffix == ".js"}
    assert scripts == {each["name"] for each in inside(bom, "streamlit")} and len(scripts) > 100


def test_libraries_inside_a_bundle_that_name_themselves_are_listed(bom):
    told = {(each["name"], each.get("version")) for each in inside(bom, "streamlit-folium")}
    assert ("React", "16.14.0") in told


def test_native_libraries_are_listed_with_their_versions(bom):
    told = {
        package: {each["name"]: each.get("version") for each in inside(bom, package)}
        for package in ("pyogrio", "shapely", "pyproj")
    }
    assert told["pyogrio"]["GDAL"] and told["shapely"]["GEOS"] and told["pyproj"]["PROJ"]
    assert any("libgdal" in name for name in told["pyogrio"])


def test_our_own_scripts_are_listed_as_they_are(bom):
    listed = {
        each["name"]: each["hashes"][0]["content"]
        for each in bom["metadata"]["component"]["components"]
    }
    lock = "chb/ui/server/static/lock.js"
    assert listed[lock] == hashlib.sha384((PROJECT / lock).read_bytes()).hexdigest()
    assert len(listed) == len(own_scripts()) > 5


def test_no_reference_is_given_twice(bom):
    given = [*refs(bom["components"]), *refs([bom["metadata"]["component"]])]
    assert len(given) == len(set(given))


def test_two_lists_differ_in_their_moment_only(bom):
    again = extended(base(), PINS, made_at=LATER)
    assert again != bom
    again["metadata"]["timestamp"] = bom["metadata"]["timestamp"]
    assert again == bom


def test_a_package_that_is_not_installed_as_pinned_is_refused():
    other = base()
    other["components"][0]["version"] = "0.1"
    with pytest.raises(SystemExit, match=f"Not installed as pinned: {PINS[0].name}"):
        extended(other, PINS, made_at=MADE_AT)


def test_a_package_without_contents_has_none():
    assert bundled_in("typer") == []
