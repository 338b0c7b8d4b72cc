"""``/healthz``: for whoever watches over the server. It names no data."""

from __future__ import annotations

import time
from typing import Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from chb.services.health import Health, health
from chb.ui.server.reception import Reception

_KEPT_S: Final = 5.0
"""Anybody may ask, and each look writes to the disk."""


class HealthPage:
    """The route, with the last answer."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._last: Health | None = None
        self._looked_at_s = 0.0

    async def show(self, request: Request) -> Response:
        """200 when all is well, else 503; either way what was looked at."""
        del request
        if self._last is None or time.monotonic() - self._looked_at_s > _KEPT_S:
            self._last = await to_thread.run_sync(health, self._reception.ws)
            self._looked_at_s = time.monotonic()
        return JSONResponse(self._last.as_dict(), 200 if self._last.is_well else 503)
