"""A person's own account: another password, and the screens they are signed in with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeVar

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from chb.domain.access.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD
from chb.domain.access.sessions import SignInMode
from chb.domain.refusal import Refusal
from chb.services.access import own_account
from chb.services.access.own_account import OwnSession
from chb.ui.server.forms import OUT_OF_DATE, Forms, field
from chb.ui.server.reception import Reception
from chb.ui.server.request import ACCOUNT

_DIFFER: Final = "The two passwords differ. Type the same one twice."
_CHANGED: Final = "Your new password is kept, and your other screens are signed out."

T = TypeVar("T")


class AccountPages:
    """The page behind "Your account"."""

    def __init__(self, reception: Reception, forms: Forms) -> None:
        self._reception = reception
        self._forms = forms

    async def show(self, request: Request) -> Response:
        """Where the person is signed in, and the forms."""
        return await self._page(request, done=_CHANGED if "changed" in request.query_params else "")

    async def change_password(self, request: Request) -> Response:
        """Keep a new password; this screen goes on with a session of its own."""
        form = await request.form()
        if not self._forms.are_ours(request, form):
            return await self._page(request, refusal=OUT_OF_DATE)
        current, new = field(form, "current"), field(form, "new")
        if new != field(form, "again"):
            return await self._page(request, refusal=_DIFFER)
        ws, name = self._reception.ws, self._forms.session_name(request)
        try:
            opened = await self._forms.slowly(
                lambda: own_account.change_password(ws, name, current=current, new=new)
            )
        except Refusal as refused:
            return await self._page(request, refusal=str(refused))
        return self._forms.entered(opened, f"{ACCOUNT}?changed")

    async def end_others(self, request: Request) -> Response:
        """Sign out everywhere but here."""
        form = await request.form()
        if not self._forms.are_ours(request, form):
            return await self._page(request, refusal=OUT_OF_DATE)
        ws, name = self._reception.ws, self._forms.session_name(request)
        password = field(form, "password")
        try:
            ended = await self._forms.slowly(
                lambda: own_account.end_other_sessions(ws, name, password=password)
            )
        except Refusal as refused:
            return await self._page(request, refusal=str(refused))
        return await self._page(request, done=f"Screens signed out: {ended}")

    async def _page(self, request: Request, *, refusal: str = "", done: str = "") -> Response:
        ws, name = self._reception.ws, self._forms.session_name(request)
        who = await to_thread.run_sync(self._reception.who, name)
        if who is None:
            return Response(status_code=401)
        held = await _in_thread(lambda: own_account.own_sessions(ws, name))
        return self._forms.form_page(
            request,
            "account",
            403 if refusal else 200,
            refusal=refusal,
            done=done,
            who=who.person,
            sessions=[_told(each) for each in held],
            has_password=who.mode is SignInMode.LOCAL,
            shortest=SHORTEST_PASSWORD,
            longest=LONGEST_PASSWORD,
        )


def _told(session: OwnSession) -> dict[str, str | bool]:
    return {
        "since": _when(session.made_at),
        "used": _when(session.seen_at),
        "is_this": session.is_this,
    }


def _when(moment: datetime) -> str:
    return f"{moment.astimezone():%d %B %Y, %H:%M}"


async def _in_thread(work: Callable[[], T]) -> T:
    return await to_thread.run_sync(work)
