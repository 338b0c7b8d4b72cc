"""Where a page sends what is typed in its forms, to be put back after a reload.

The gate has looked at the session, the site and the length (8 kilobytes a field)
before. The words go to the person of the session, whatever the page says.
"""

from __future__ import annotations

from json import JSONDecodeError

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from chb.domain.refusal import Refusal
from chb.services.access.scopes import scope_of
from chb.services.drafts import keep_field
from chb.ui.server.reception import Reception
from chb.ui.server.sessions import HEADER

_PARTS = ("field", "words", "key")


class DraftRoute:
    """The one route of drafts. It takes words and never gives any."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    async def keep(self, request: Request) -> Response:
        """Keep one field of a form: 204, also for what came after its form was sent."""
        try:
            body = await request.json()
        except (JSONDecodeError, UnicodeDecodeError):
            return PlainTextResponse("That is not JSON.", status_code=400)
        if not isinstance(body, dict) or not all(isinstance(body.get(p), str) for p in _PARTS):
            return PlainTextResponse("A field, its words and a key are missing.", status_code=400)
        session, form = request.headers.get(HEADER, ""), request.path_params["form"]
        try:
            is_known = await to_thread.run_sync(self._keep, session, form, body)
        except Refusal as refusal:
            return PlainTextResponse(str(refusal), status_code=400)
        return Response(status_code=204 if is_known else 401)

    def _keep(self, session: str, form: str, body: dict[str, str]) -> bool:
        who = self._reception.who(session)
        if who is None:
            return False
        ws = self._reception.ws
        keep_field(
            ws.seen_by(scope_of(ws, who)),
            form,
            field=body["field"],
            words=body["words"],
            request_key=body["key"],
        )
        return True
