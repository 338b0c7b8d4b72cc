"""The audit of dependencies fails where pip-audit itself would pass over a package."""

import json
from pathlib import Path

import pytest

from tests.supply.audit import faults, read_report
from tests.supply.pins import REQUIREMENTS, normalised, read_pins

PINS = read_pins(REQUIREMENTS.read_text(encoding="utf-8"))
RECORDED = Path(__file__).parent / "recorded" / "all_skipped.json"
"""What pip-audit 2.10.1 wrote, and ended with 0, where its service knew no package at all."""


def good():
    """A report in pip-audit's words in which every pin was looked up and none is vulnerable."""
    return {
        "dependencies": [
            {"name": normalised(pin.name), "version": pin.version, "vulns": []} for pin in PINS
        ],
        "fixes": [],
    }


def test_a_report_that_looked_everything_up_and_found_nothing_passes():
    assert faults(good(), PINS) == []


def test_a_recorded_report_that_skipped_every_package_fails():
    report = json.loads(RECORDED.read_text(encoding="utf-8"))
    skipped = [entry for entry in report["dependencies"] if "skip_reason" in entry]
    named = {normalised(entry["name"]) for entry in report["dependencies"]}
    pinned_then = [pin for pin in PINS if normalised(pin.name) in named]
    (sentence,) = faults(report, pinned_then)
    assert len(skipped) > 50
    assert sentence.startswith(f"{len(pinned_then)} of the packages were not looked up: streamlit")


@pytest.mark.parametrize("position", [0, len(PINS) // 2, len(PINS) - 1])
def test_one_skipped_package_fails_it(position):
    report, name = good(), normalised(PINS[position].name)
    report["dependencies"][position] = {"name": name, "skip_reason": "Dependency not found"}
    (sentence,) = faults(report, PINS)
    assert sentence.startswith("1 of the packages") and PINS[position].name in sentence


def test_a_package_that_the_report_lacks_fails_it():
    report = good()
    gone = report["dependencies"].pop()
    (sentence,) = faults(report, PINS)
    assert normalised(gone["name"]) in normalised(sentence) and "report lacks" in sentence


def test_another_version_than_the_pinned_one_was_not_looked_up():
    report = good()
    report["dependencies"][3]["version"] = "0.0.1"
    (sentence,) = faults(report, PINS)
    assert PINS[3].name in sentence


def test_a_vulnerability_fails_it_and_says_where_it_is_mended():
    report = good()
    report["dependencies"][0]["vulns"] = [
        {
            "id": "PYSEC-2026-1",
            "fix_versions": ["9.9"],
            "aliases": ["CVE-2026-1"],
            "description": "",
        }
    ]
    (sentence,) = faults(report, PINS)
    assert "PYSEC-2026-1, CVE-2026-1; mended in 9.9" in sentence


def test_an_empty_report_fails():
    assert faults({}, PINS)


def test_a_service_that_cannot_be_reached_is_said_in_a_sentence(tmp_path):
    said = "Traceback (most recent call last):\nConnectionError: Failed to resolve the host\n"
    with pytest.raises(SystemExit, match=r"were not audited.*Failed to resolve"):
        read_report(tmp_path / "never-made.json", said)
