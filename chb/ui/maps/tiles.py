"""The tile service of this process, if its environment names one."""

from __future__ import annotations

import functools
import os

from chb.services.access.tiles import TileService, read_tiles


@functools.cache
def tile_service() -> TileService | None:
    """The service under the maps; None, the usual case, when none is named. Raises Refusal."""
    return read_tiles(os.environ)
