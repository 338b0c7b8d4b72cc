"""Every requirement is pinned, has its reason, and a licence that may be shipped with ours."""

import re
from importlib.metadata import metadata, version

import pytest

from tests.supply.pins import PROJECT, REQUIREMENTS, normalised, read_pins

FILES = sorted(PROJECT.glob("requirements*.txt"))
PINS = read_pins(REQUIREMENTS.read_text(encoding="utf-8"))

PERMISSIVE = {
    *("0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT"),
    *("MIT-0", "MIT-CMU", "PSF-2.0", "Zlib", "Apache-2.0 WITH LLVM-exception"),
}
WEAK_COPYLEFT = {
    "certifi": "MPL-2.0",  # a list of certificates, unchanged
    "psycopg": "LGPL-3.0-only",  # used as it is, as a library of its own
    "psycopg-binary": "LGPL-3.0-only",
}
UNDECLARED = {"streamlit-folium": "MIT"}
"""Its wheel declares none: the LICENSE of its repository says so."""

SAME = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


def licences(name):
    """What a package declares: its expression, else its classifiers, else its short words."""
    said = metadata(name)
    if said["License-Expression"]:
        return set(re.split(r" AND | OR ", said["License-Expression"]))
    found = [
        each.split(" :: ")[-1]
        for each in said.get_all("Classifier") or []
        if each.startswith("License :: OSI")
    ]
    found = found or [said["License"] or ""]
    return {SAME.get(each, each) for each in found if each}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_line_is_pinned_to_one_version(path):
    assert read_pins(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("line", ["requests", "requests>=2", "requests==2.*", "requests ~= 2.1"])
def test_a_line_that_is_not_pinned_is_found(line):
    with pytest.raises(ValueError, match=re.escape(line)):
        read_pins(f"numpy==2.4.6\n{line}\n")


def test_no_package_is_pinned_twice():
    names = [normalised(pin.name) for pin in PINS]
    assert len(names) == len(set(names))


def test_what_the_code_imports_comes_first_each_with_its_reason():
    reasons = [bool(pin.why) for pin in PINS]
    assert reasons == sorted(reasons, reverse=True) and 20 < sum(reasons) < len(PINS)


@pytest.mark.parametrize("pin", PINS, ids=lambda pin: pin.name)
def test_what_runs_is_what_is_pinned(pin):
    assert version(pin.name) == pin.version


@pytest.mark.parametrize("pin", PINS, ids=lambda pin: pin.name)
def test_the_licence_may_be_shipped_with_ours(pin):
    excepted = WEAK_COPYLEFT.get(normalised(pin.name))
    allowed = {excepted} if excepted else PERMISSIVE
    found = licences(pin.name) or {UNDECLARED.get(normalised(pin.name), "none declared")}
    assert found <= allowed


def test_an_exception_is_for_a_package_that_is_pinned():
    pinned = {normalised(pin.name) for pin in PINS}
    assert (WEAK_COPYLEFT.keys() | UNDECLARED.keys()) <= pinned
    assert not any(licences(name) for name in UNDECLARED)
