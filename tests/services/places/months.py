"""Months of incidents put straight into a store, for tests of harm at places."""

import pandas as pd

from chb.domain.harm import CrimeCategory


def put_month(ws, month, positions, *, force="A"):
    """Burglaries of a month at positions, longitude and latitude in degrees."""
    longitude, latitude = zip(*positions, strict=True)
    frame = pd.DataFrame(
        {
            "longitude": longitude,
            "latitude": latitude,
            "category": [CrimeCategory.BURGLARY.value] * len(positions),
        }
    )
    year, number = month.split("-")
    with ws.writing() as tx:
        tx.frames.put(
            frame,
            kind="incidents",
            name=f"{force} {month}",
            source_name="x.csv",
            source_sha256="0" * 64,
            is_sample=False,
            attribution="",
            details={"force": force, "month_ordinal": int(year) * 12 + int(number) - 1},
            imported_at=ws.now(),
        )
