"""People with roles, for tests of who sees what."""

from datetime import date

from chb.domain.access.grants import Basis, NeedToKnow
from chb.domain.access.roles import Role
from chb.domain.access.sessions import SignedIn, SignInMode
from chb.domain.people import Person
from chb.services.access.need_to_know import let_in
from chb.services.access.scopes import scope_of

POLICE = "Marram Constabulary"
SINCE = date(2026, 1, 1)


def made_person(ws, email, role, agency=POLICE):
    """Somebody on the list of people."""
    with ws.writing() as tx:
        tx.people.put([Person(email, agency, role.value, email)], source_sha256="")
    return email


def as_person(ws, email, *roles, agency=POLICE):
    """The workspace as somebody with these roles sees it today."""
    who = SignedIn(
        session="",
        person=email,
        name=email,
        agency=agency,
        roles=frozenset(roles),
        mode=SignInMode.LOCAL,
    )
    return ws.seen_by(scope_of(ws, who))


def granted(ws, email, basis=Basis.SHARED, until=None, **subject):
    """Somebody let in on a place or a group."""
    made_person(ws, email, Role.P_LEAD)
    grant = NeedToKnow(work_email=email, basis=basis, starts_on=SINCE, ends_on=until, **subject)
    return let_in(ws, grant, by="LRO")
