"""The people of the canary test: every role, and the states that change what a role sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from chb.domain.access.grants import Basis, NeedToKnow
from chb.domain.access.roles import Role
from chb.domain.access.sessions import SignInMode
from chb.domain.people import Person
from chb.services.access import accounts
from chb.services.access.need_to_know import let_in
from chb.services.access.sessions import open_session
from chb.services.workspace import Workspace

POLICE: Final = "Marram Constabulary"
COUNCIL: Final = "Marram Council"
AGREED: Final = "Agreed Housing"
LAPSED: Final = "Lapsed Health"


@dataclass(frozen=True)
class Somebody:
    """One person: the key they have in the tables of the tests, their role and agency."""

    key: str
    role: Role
    agency: str = POLICE

    @property
    def work_email(self) -> str:
        return f"{self.key.replace(' ', '-')}@canary.example"


LEAD: Final = Somebody("lead officer", Role.LRO)
SRO: Final = Somebody("senior officer", Role.SRO)
SHARED: Final = Somebody("p lead let in", Role.P_LEAD)
INDOCTRINATED: Final = Somebody("p lead indoctrinated", Role.P_LEAD)
LAPSED_LEAD: Final = Somebody("p lead let in until yesterday", Role.P_LEAD)
PARTNER: Final = Somebody("partner with agreement", Role.PARTNER, AGREED)

EVERYBODY: Final = (
    LEAD,
    SRO,
    INDOCTRINATED,
    SHARED,
    LAPSED_LEAD,
    Somebody("other lead officer", Role.LRO),
    Somebody("p lead not let in", Role.P_LEAD),
    Somebody("analyst", Role.ANALYST),
    Somebody("csp manager", Role.CSP_MANAGER, COUNCIL),
    Somebody("co-ordinator", Role.CO_ORDINATOR, COUNCIL),
    PARTNER,
    Somebody("partner whose agreement lapsed", Role.PARTNER, LAPSED),
    Somebody("administrator", Role.ADMINISTRATOR, COUNCIL),
)


def add_everybody(ws: Workspace) -> None:
    """Accounts and roles, and everybody on the list of people."""
    for each in EVERYBODY:
        accounts.add_account(ws, each.work_email, name=each.key)
        accounts.grant_role(ws, each.work_email, each.role, agency=each.agency)
    listed = [Person(each.key, each.agency, each.role.value, each.work_email) for each in EVERYBODY]
    with ws.writing() as tx:
        known = {person.work_email for person in tx.people.all()}
        tx.people.put(
            [*tx.people.all(), *(each for each in listed if each.work_email not in known)],
            source_sha256="",
        )


def share_with_leads(ws: Workspace, *, ocg_id: str, note: str) -> None:
    """Let three P leads in on a group: shared, indoctrinated, and no longer."""
    today = ws.today()
    for who, basis, until in (
        (SHARED, Basis.SHARED, None),
        (INDOCTRINATED, Basis.SHARED, None),
        (INDOCTRINATED, Basis.INDOCTRINATED, None),
        (LAPSED_LEAD, Basis.INDOCTRINATED, today - timedelta(days=1)),
    ):
        grant = NeedToKnow(
            work_email=who.work_email,
            basis=basis,
            ocg_id=ocg_id,
            starts_on=date(2026, 1, 1),
            ends_on=until,
            note=note,
        )
        let_in(ws, grant, by=LEAD.work_email)


def sign_in(ws: Workspace, who: Somebody) -> str:
    """The secret of a new session, as the browser's cookie holds it."""
    with ws.writing() as tx:
        return open_session(tx, ws, work_email=who.work_email, mode=SignInMode.LOCAL).secret
