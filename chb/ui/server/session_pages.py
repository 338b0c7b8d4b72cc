"""What a browser with a session may ask and do: whether it holds, other roles, the way out."""

from __future__ import annotations

from typing import Any, Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from chb.domain.access.accounts import role_named
from chb.domain.access.roles import Role
from chb.domain.access.sessions import SignedIn
from chb.domain.refusal import Refusal
from chb.services.access import sessions, signing
from chb.ui.server.forms import OUT_OF_DATE, SEE_OTHER, Forms, field
from chb.ui.server.reception import Reception
from chb.ui.server.sessions import COOKIE, form_token

DEMO_BANNER: Final = "Demonstration: every person, place and incident is invented"


class SessionPages:
    """The routes of a browser's own session."""

    def __init__(self, reception: Reception, forms: Forms) -> None:
        self._reception = reception
        self._forms = forms

    async def switch_role(self, request: Request) -> Response:
        """Go on in another role, in a demonstration."""
        form = await request.form()
        ws = self._reception.ws
        if not self._reception.is_demo or not self._forms.are_ours(request, form):
            return self._forms.sign_in_page(request, refusal=OUT_OF_DATE, status=403)
        try:
            role = role_named(field(form, "role"))
            who = await to_thread.run_sync(self._reception.who, self._forms.session_name(request))
            if who is None:
                return self._forms.entered(
                    await to_thread.run_sync(signing.sign_in_to_demo, ws, role)
                )
            await to_thread.run_sync(signing.change_demo_role, ws, who.session, role)
        except Refusal as refusal:
            return self._forms.sign_in_page(request, refusal=str(refusal), status=403)
        return RedirectResponse(f"{self._reception.base_path}/", SEE_OTHER)

    async def sign_out(self, request: Request) -> Response:
        """End the session of this browser, for good."""
        form = await request.form()
        if not self._forms.are_ours(request, form):
            return self._forms.message("Sign out", OUT_OF_DATE, status=403, link="/")
        await to_thread.run_sync(
            signing.sign_out, self._reception.ws, self._forms.session_name(request)
        )
        answer = RedirectResponse(f"{self._reception.base_path}/sign-in", SEE_OTHER)
        # In a demonstration the dead cookie stays, or it would open a new session at once.
        if not self._reception.is_demo:
            self._forms.give(answer, COOKIE, "")
        answer.headers["clear-site-data"] = '"cache", "storage"'
        return answer

    async def session(self, request: Request) -> Response:
        """Tell the screen whether the session holds, whose it is, and for how long.

        The gate answers before this when it does not. POST says that a person did something.
        """
        ws, name = self._reception.ws, self._forms.session_name(request)
        if request.method == "POST" and sessions.needs_touch(ws, name):
            await to_thread.run_sync(sessions.touch, ws, name)
        who = await to_thread.run_sync(self._reception.who, name)
        if who is None:
            return Response(status_code=401)
        left_s = await to_thread.run_sync(sessions.seconds_left, ws, name)
        return JSONResponse(self._told(who, left_s, self._forms.secret(request, COOKIE)))

    def _told(self, who: SignedIn, left_s: float, secret: str) -> dict[str, Any]:
        demo = self._reception.is_demo
        return {
            "name": who.name,
            "roles": sorted(role.value for role in who.roles),
            "rights": who.rights,
            "knows": sorted(who.knows_by_digest),
            "seconds_left": int(left_s),
            "banner": DEMO_BANNER if demo else "",
            "choices": [role.value for role in Role] if demo else [],
            "form_token": form_token(secret),
        }
