"""One-time links: choosing a password, and becoming the first administrator."""

from __future__ import annotations

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from chb.domain.access.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD
from chb.domain.refusal import Refusal
from chb.services.access import invitations
from chb.ui.server.forms import OUT_OF_DATE, Forms, field
from chb.ui.server.reception import Reception


class LinkPages:
    """The page behind a one-time link."""

    def __init__(self, reception: Reception, forms: Forms) -> None:
        self._reception = reception
        self._forms = forms

    async def show(self, request: Request) -> Response:
        """Ask for the password that a one-time link is for."""
        return await self._link_page(request)

    async def use(self, request: Request) -> Response:
        """Keep the password, and use the link up."""
        form = await request.form()
        if not self._forms.are_ours(request, form):
            return await self._link_page(request, refusal=OUT_OF_DATE)
        address, password = field(form, "work_email"), field(form, "password")
        if password != field(form, "again"):
            refusal = "The two passwords differ. Type the same one twice."
            return await self._link_page(request, refusal=refusal, work_email=address)
        token = request.path_params["token"]
        try:
            await self._forms.slowly(
                lambda: invitations.choose_password(
                    self._reception.ws, token, work_email=address, password=password
                )
            )
        except Refusal as refused:
            return await self._link_page(request, refusal=str(refused), work_email=address)
        return self._forms.message(
            "Your password is kept", "Sign in with it now.", link="/sign-in", words="Sign in"
        )

    async def _link_page(
        self, request: Request, *, refusal: str = "", work_email: str = ""
    ) -> Response:
        token = request.path_params["token"]
        try:
            link = await to_thread.run_sync(invitations.link_of, self._reception.ws, token)
        except Refusal as refused:
            return self._forms.message("This link does not work", str(refused), status=403)
        return self._forms.form_page(
            request,
            "link",
            403 if refusal else 200,
            refusal=refusal,
            token=token,
            known_email=link.work_email,
            work_email=work_email,
            shortest=SHORTEST_PASSWORD,
            longest=LONGEST_PASSWORD,
        )
