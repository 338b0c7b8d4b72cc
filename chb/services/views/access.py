"""Who may ask for which view.

A role says what somebody may do, and a view which types they may be given: a partner
agency whose sharing agreement has lapsed keeps its role and loses the partner view.
"""

from __future__ import annotations

from chb.domain.access.roles import View
from chb.domain.access.scope import NotForYou
from chb.services.access.rules import open_to_all
from chb.services.workspace import Workspace


@open_to_all
def require_view(ws: Workspace, view: View) -> None:
    """Refuse a scope that is given less; one that is given more may see what others see."""
    if ws.scope.view < view:
        raise NotForYou(
            "This is not part of what you are shown",
            found=f"Your roles give you {_words(ws.scope.view)}",
            remedy="Ask an administrator which roles your work needs",
        )


def _words(view: View) -> str:
    return "no operational content" if view == View.NONE else f"the {view.name.lower()} view"
