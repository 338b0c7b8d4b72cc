"""``make audit-dependencies``: known vulnerabilities of what is pinned, and no silent gap.

pip-audit ends well when it could not look a package up, and with ``--strict`` at the first
such package. Here it looks at all of them, and its report is judged: whatever was not looked
up, in the pinned version, is a failure like a vulnerability is.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from tests.supply.pins import REQUIREMENTS, Pin, normalised, read_pins

Report = dict[str, Any]

_COMMAND: Final = (
    *(sys.executable, "-m", "pip_audit", "--requirement", str(REQUIREMENTS)),
    # Every package is pinned, so there is nothing to resolve.
    *("--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"),
)
_LONGEST_S: Final = 600
_NAMED: Final = 8


def faults(report: Report, pins: Sequence[Pin]) -> list[str]:
    """Why the audit fails, a sentence each; none when every pin was looked up and is clean.

    Args:
        report: what pip-audit prints as JSON.
        pins: what had to be looked up.
    """
    found = {normalised(entry["name"]): entry for entry in report.get("dependencies", [])}
    skipped = [pin for pin in pins if "skip_reason" in found.get(normalised(pin.name), {})]
    missing = [pin for pin in pins if not _was_looked_up(found.get(normalised(pin.name)), pin)]
    return [
        *_vulnerable(found.values()),
        *_not_looked_up(skipped, "The advisory service knows nothing of them"),
        *_not_looked_up([pin for pin in missing if pin not in skipped], "The report lacks them"),
    ]


def read_report(path: Path, said: str) -> Report:
    """pip-audit's report; SystemExit with a sentence when it made none."""
    try:
        report: Report = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        last = said.strip().splitlines()[-1:] or ["pip-audit said nothing"]
        sys.exit(f"The dependencies were not audited: no report was made. {last[0]}")
    return report


def main() -> None:
    """Ask, judge, and end with 1 unless every pin was looked up and none is vulnerable."""
    pins = read_pins(REQUIREMENTS.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        asked = subprocess.run(
            (*_COMMAND, "--output", str(path)),
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST_S,
        )
        found = faults(read_report(path, asked.stderr), pins)
    if found:
        sys.exit("\n".join(("The dependencies do not pass their audit.", *found)))
    print(f"{len(pins)} pinned packages were looked up: no known vulnerability.")


def _was_looked_up(entry: Report | None, pin: Pin) -> bool:
    return entry is not None and "vulns" in entry and entry.get("version") == pin.version


def _vulnerable(entries: Iterable[Report]) -> Iterator[str]:
    for entry in entries:
        for vulnerability in entry.get("vulns", ()):
            known_as = ", ".join((vulnerability["id"], *vulnerability.get("aliases", ())))
            fixed = ", ".join(vulnerability["fix_versions"]) or "no version yet"
            yield f"{entry['name']} {entry['version']} is vulnerable: {known_as}; mended in {fixed}"


def _not_looked_up(pins: Sequence[Pin], why: str) -> Iterator[str]:
    if not pins:
        return
    named = ", ".join(f"{pin.name} {pin.version}" for pin in pins[:_NAMED])
    more = f" and {len(pins) - _NAMED} more" if len(pins) > _NAMED else ""
    yield (
        f"{len(pins)} of the packages were not looked up: {named}{more}. {why}: "
        "ask again where the service can be reached; until then nothing is known of them."
    )


if __name__ == "__main__":
    main()
