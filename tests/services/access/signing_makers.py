"""Accounts for tests about signing in."""

from datetime import datetime, timedelta

from chb.domain.access.accounts import AccountKind
from chb.domain.access.roles import Role
from chb.services.access import accounts, invitations
from chb.services.workspace import Workspace
from tests.conftest import NOW

WHO = "amira@force.example"
PASSWORD = "tram kelp orbit nine"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def add_person(
    ws: Workspace, work_email: str = WHO, *roles: Role, kind: AccountKind = AccountKind.LOCAL
) -> None:
    """An account with roles; a local one can sign in with PASSWORD."""
    accounts.add_account(ws, work_email, kind=kind)
    for role in roles:
        accounts.grant_role(ws, work_email, role, agency="Bank Homes")
    if kind is AccountKind.LOCAL:
        token = invitations.make_link(ws, work_email)
        invitations.choose_password(ws, token, work_email="", password=PASSWORD)
