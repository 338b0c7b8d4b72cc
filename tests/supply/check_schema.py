"""Hold a CycloneDX list against the schema of its version; run where cyclonedx-bom is."""

from __future__ import annotations

import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(Path(sys.argv[1]).read_text("utf-8"))
if fault is not None:
    sys.exit(f"{sys.argv[1]} is not CycloneDX 1.6: {fault.data.message}")
