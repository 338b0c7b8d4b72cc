"""Signing in: with a password kept here, or at the organisation's OpenID provider."""

from __future__ import annotations

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from chb.domain.access.sessions import SignInMode
from chb.domain.refusal import Refusal
from chb.services.access import signing
from chb.services.access.openid import ATTEMPT_LIFETIME
from chb.services.access.sessions import OpenedSession
from chb.ui.server.forms import OUT_OF_DATE, SEE_OTHER, Forms, field
from chb.ui.server.pages import arrival_page, safe_next
from chb.ui.server.reception import Reception
from chb.ui.server.sessions import ATTEMPT_COOKIE, COOKIE


class SignInPages:
    """The ways in."""

    def __init__(self, reception: Reception, forms: Forms) -> None:
        self._reception = reception
        self._forms = forms

    async def show(self, request: Request) -> Response:
        """The page that asks who somebody is, in the way of this server."""
        closed = await to_thread.run_sync(self._reception.closed)
        return self._forms.sign_in_page(request, refusal=str(closed or ""))

    async def sign_in(self, request: Request) -> Response:
        """Take an address and a password."""
        form = await request.form()
        if self._reception.mode is not SignInMode.LOCAL or not self._forms.are_ours(request, form):
            return self._forms.sign_in_page(request, refusal=OUT_OF_DATE, status=403)
        address, password = field(form, "work_email"), field(form, "password")
        try:
            opened = await self._forms.slowly(
                lambda: signing.sign_in_with_password(self._reception.ws, address, password)
            )
        except signing.NoRoleYet as refusal:
            return self._forms.message("No role yet", str(refusal), status=403)
        except Refusal as refusal:
            return self._forms.sign_in_page(
                request, refusal=str(refusal), status=403, work_email=address[:200]
            )
        return self._forms.entered(opened, safe_next(field(form, "next")))

    async def begin(self, request: Request) -> Response:
        """Send the browser to the organisation's provider."""
        del request
        provider = self._reception.provider
        if provider is None:
            return self._forms.message("Not found", "There is no such page here.", status=404)
        try:
            departure = await to_thread.run_sync(provider.begin, self._reception.ws)
        except Refusal as refusal:
            return self._forms.message("Sign in", str(refusal), status=503, link="/sign-in")
        answer = RedirectResponse(departure.url, SEE_OTHER)
        # Lax: the answer comes by a link from the provider's site.
        lives_s = int(ATTEMPT_LIFETIME.total_seconds())
        self._forms.give(
            answer, ATTEMPT_COOKIE, departure.binding, same_site="Lax", lives_s=lives_s
        )
        return answer

    async def callback(self, request: Request) -> Response:
        """Take the provider's answer, and let the person in if it is to be believed."""
        provider, asked = self._reception.provider, request.query_params
        if provider is None:
            return self._forms.message("Not found", "There is no such page here.", status=404)
        binding = self._forms.secret(request, ATTEMPT_COOKIE)

        def finish() -> OpenedSession:
            identity = provider.finish(
                self._reception.ws,
                state=asked.get("state", ""),
                code=asked.get("code", ""),
                binding=binding,
            )
            return signing.sign_in_with_identity(self._reception.ws, identity)

        try:
            opened = await to_thread.run_sync(finish)
        except signing.NoRoleYet as refusal:
            return self._forms.message("No role yet", str(refusal), status=403)
        except Refusal as refusal:
            return self._forms.message("Sign in", str(refusal), status=403, link="/sign-in")
        answer = HTMLResponse(arrival_page(f"{self._reception.base_path}/"))
        self._forms.give(answer, COOKIE, opened.secret)
        self._forms.give(answer, ATTEMPT_COOKIE, "", same_site="Lax")
        return answer
