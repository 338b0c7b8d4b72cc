"""Secrets among the settings: named by a variable, or kept in a file that another names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chb.domain.refusal import Refusal


def secret_of(values: Mapping[str, str], variable: str) -> str:
    """The secret of a variable; the file named by ``<variable>_FILE`` goes before it.

    Empty when there is neither; Refusal for a file that cannot be read.
    """
    path = values.get(f"{variable}_FILE", "")
    if not path:
        return values.get(variable, "")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as fault:
        raise Refusal(
            f"The file that {variable}_FILE names cannot be read",
            found=fault.strerror or str(fault),
        ) from fault
