"""The ways a file leaves: one that was prepared, once, to its session; an empty form, to any."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from chb.services.exports.shelf import SHELF
from chb.services.loading.templates import TEMPLATE_KINDS, template
from chb.ui.server.sessions import HEADER


async def exports(request: Request) -> Response:
    """A file by its token. Whatever is wrong with the request, the answer is the same."""
    session = request.headers.get(HEADER, "")
    if request.method != "GET":
        return _not_found()
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return _not_found()
    export = SHELF.take(session, request.path_params["token"])
    if export is None:
        return _not_found()
    return _file(export.content, export.media_type, export.file_name)


async def templates(request: Request) -> Response:
    """An empty form to fill in, by its kind. It holds no data of anybody."""
    kind = request.path_params["kind"]
    if kind not in TEMPLATE_KINDS:
        return _not_found()
    return _file(template(kind).encode(), "text/csv", f"{kind}-to-fill-in.csv")


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(
        content,
        media_type=media_type,
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": f'attachment; filename="{name}"',
            "Vary": "Cookie",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _not_found() -> Response:
    headers = {"Cache-Control": "private, no-store"}
    return PlainTextResponse(
        "Not found. A file waits five minutes and can be fetched once: prepare it again.",
        status_code=404,
        headers=headers,
    )
