"""Forms and cookies of the sign-in pages.

A form is taken only with the token that its browser was given beside the cookie;
the gate has checked before that it comes from a page of ours.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, Final, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from chb.domain.access.roles import Role
from chb.services.access import sessions
from chb.services.access.sessions import OpenedSession
from chb.services.access.signing import DEFAULT_DEMO_ROLE
from chb.ui.server.pages import page, safe_next
from chb.ui.server.reception import Reception
from chb.ui.server.sessions import (
    COOKIE,
    FORM_COOKIE,
    form_token,
    secret_of,
    session_of,
    set_cookie,
)

OUT_OF_DATE: Final = "This form is out of date, or was not meant for this browser. Try again."
SEE_OTHER: Final = 303

_HASHES_AT_ONCE: Final = 2
"""A password hash takes 64 MB: more at once would let anybody take the machine's memory."""

T = TypeVar("T")


class Forms:
    """What the pages of one reception are made with."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._hashing: CapacityLimiter | None = None

    def sign_in_page(
        self, request: Request, *, refusal: str = "", status: int = 200, work_email: str = ""
    ) -> Response:
        return self.form_page(
            request,
            self._reception.mode.value,
            status,
            refusal=refusal,
            work_email=work_email,
            next=safe_next(request.query_params.get("next", "/")),
            roles=[role.value for role in Role],
            default_role=DEFAULT_DEMO_ROLE.value,
        )

    def form_page(self, request: Request, template: str, status: int, **values: Any) -> Response:
        """A page with a form, bound to its browser by a cookie it has or is given."""
        known = self.secret(request, COOKIE) or self.secret(request, FORM_COOKIE)
        secret = known or secrets.token_urlsafe(sessions.SECRET_BYTES)
        text = page(
            template, base_path=self._reception.base_path, form_token=form_token(secret), **values
        )
        answer = HTMLResponse(text, status)
        if not known:
            self.give(answer, FORM_COOKIE, secret)
        return answer

    def message(
        self, heading: str, text: str, *, status: int = 200, link: str = "", words: str = "Go on"
    ) -> Response:
        return HTMLResponse(
            page(
                "message",
                base_path=self._reception.base_path,
                heading=heading,
                text=text,
                is_refusal=status >= 400,
                link=link,
                link_words=words,
            ),
            status,
        )

    def entered(self, opened: OpenedSession, path: str = "/") -> Response:
        answer = RedirectResponse(f"{self._reception.base_path}{path}", SEE_OTHER)
        self.give(answer, COOKIE, opened.secret)
        self.give(answer, FORM_COOKIE, "")
        return answer

    def are_ours(self, request: Request, form: FormData) -> bool:
        """Whether the form was given to this browser."""
        sent = field(form, "form_token")
        known = (self.secret(request, cookie) for cookie in (COOKIE, FORM_COOKIE))
        return bool(sent) and sent in {form_token(secret) for secret in known if secret}

    def give(
        self,
        answer: Response,
        cookie: str,
        secret: str,
        *,
        same_site: str = "Strict",
        lives_s: int | None = None,
    ) -> None:
        value = set_cookie(
            cookie,
            secret,
            base_path=self._reception.base_path,
            secure=self._reception.secure,
            same_site=same_site,
            lives_s=lives_s,
        )
        answer.headers.append("set-cookie", value)

    def session_name(self, request: Request) -> str:
        return session_of(request.headers.get("cookie", ""), secure=self._reception.secure)

    def secret(self, request: Request, cookie: str) -> str:
        sent = request.headers.get("cookie", "")
        return secret_of(sent, secure=self._reception.secure, cookie=cookie)

    async def slowly(self, work: Callable[[], T]) -> T:
        """Run work that hashes passwords, in few threads."""
        if self._hashing is None:
            self._hashing = CapacityLimiter(_HASHES_AT_ONCE)
        return await to_thread.run_sync(work, limiter=self._hashing)


def field(form: FormData, name: str) -> str:
    """A field of a form as text, empty when it is not there."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
