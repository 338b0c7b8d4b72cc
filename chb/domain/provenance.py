"""What a result was made from and how: printed on every output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Provenance:
    """Travels inside every file and beside every map."""

    area: str
    period: str
    scheme: str
    edition: str
    harm_unit: str
    density_unit: str
    resolution: int
    bandwidth_m: float
    kernel: str
    sources: tuple[str, ...]
    choices: tuple[str, ...]
    """What was decided for the person: deprivation edition, edge handling, crs."""
    caveats: tuple[str, ...]
    made_at: str
    software: str

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "area": self.area,
            "period": self.period,
            "scheme": self.scheme,
            "edition": self.edition,
            "harm_unit": self.harm_unit,
            "density_unit": self.density_unit,
            "resolution": self.resolution,
            "bandwidth_m": self.bandwidth_m,
            "kernel": self.kernel,
            "sources": list(self.sources),
            "choices": list(self.choices),
            "caveats": list(self.caveats),
            "made_at": self.made_at,
            "software": self.software,
        }
