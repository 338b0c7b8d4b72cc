"""Accounts, sessions and sign-ins under way, in the database."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import RowMapping, Select, delete, func, insert, select, update

from chb.domain.access.accounts import Account, AccountKind, RoleGrant
from chb.domain.access.roles import Role
from chb.domain.access.sessions import ABSOLUTE, IDLE, Ending, SignInMode, UserSession
from chb.domain.people import Person
from chb.store.people import person_of
from chb.store.tables.identity import (
    account,
    account_role,
    oidc_attempt,
    one_time_link,
    user_session,
)
from chb.store.tables.people import person
from chb.store.unit import Unit

MOST_ATTEMPTS: Final = 1_000
"""Sign-ins under way at a provider; anybody may begin one, so the oldest make room."""


@dataclass(frozen=True, kw_only=True)
class OneTimeLink:
    """A link that lets somebody choose a password, once."""

    digest: str
    work_email: str
    """Empty for the first administrator, who says who they are."""
    made_by: str
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class OidcAttempt:
    """A sign-in that was sent to the provider and has not come back."""

    state: str
    """Digest of what the provider must bring back."""
    browser: str
    """Digest of the cookie of the browser that must bring it."""
    nonce: str
    verifier: str
    made_at: datetime


class Identity:
    """Everything about signing in, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self.accounts = AccountRepository(unit)
        self.sessions = SessionRepository(unit)
        self.links = LinkRepository(unit)
        self.attempts = AttemptRepository(unit)

    def remove_samples(self) -> None:
        """The sample place has people, but nobody of it has an account."""


class AccountRepository:
    """Accounts and their roles."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def count(self) -> int:
        """How many there are, ended ones among them."""
        return int(self._connection.execute(select(func.count()).select_from(account)).scalar_one())

    def all(self) -> tuple[Account, ...]:
        """Every account, by address."""
        query = select(account).order_by(account.c.work_email)
        return tuple(_account(row) for row in self._connection.execute(query).mappings())

    def find(self, work_email: str) -> Account | None:
        """The account of that address, in small letters."""
        row = _first(self, select(account).where(account.c.work_email == work_email))
        return None if row is None else _account(row)

    def add(self, new: Account) -> None:
        """Keep a new account."""
        self._connection.execute(insert(account).values(asdict(new)))

    def change(self, work_email: str, **values: Any) -> None:
        """Set columns of one account."""
        self._connection.execute(
            update(account).where(account.c.work_email == work_email).values(values)
        )

    def grants(self, work_email: str = "") -> tuple[RoleGrant, ...]:
        """The roles somebody holds and held, or everybody's, in the order they were given."""
        query = select(account_role).order_by(account_role.c.id)
        if work_email:
            query = query.where(account_role.c.work_email == work_email)
        return tuple(_grant(row) for row in self._connection.execute(query).mappings())

    def grant(self, new: RoleGrant) -> None:
        """Give a role."""
        self._connection.execute(insert(account_role).values(asdict(new)))

    def end_grants(self, work_email: str, role: Role, *, now: datetime) -> int:
        """Take a role away; how many grants of it there were."""
        return self._connection.execute(
            update(account_role)
            .where(
                account_role.c.work_email == work_email,
                account_role.c.role == role.value,
                account_role.c.ended_at.is_(None),
            )
            .values(ended_at=now)
        ).rowcount

    def person(self, work_email: str) -> Person | None:
        """Whoever has that address in the list of people."""
        query = select(person).where(func.lower(person.c.work_email) == work_email)
        row = _first(self, query)
        return None if row is None else person_of(row)

    def sample_people(self) -> tuple[Person, ...]:
        """The people of the sample place, in the order of its list."""
        query = select(person).where(person.c.is_sample).order_by(person.c.id)
        return tuple(person_of(row) for row in self._connection.execute(query).mappings())


class SessionRepository:
    """Sessions, open and over."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def find(self, name: str) -> UserSession | None:
        """The session of that name."""
        row = _first(self, select(user_session).where(user_session.c.name == name))
        return None if row is None else _session(row)

    def open_of(self, work_email: str) -> tuple[UserSession, ...]:
        """Somebody's sessions that nobody ended."""
        query = select(user_session).where(
            user_session.c.work_email == work_email, user_session.c.ended_at.is_(None)
        )
        return tuple(_session(row) for row in self._connection.execute(query).mappings())

    def add(self, new: UserSession) -> None:
        """Keep a new session."""
        self._connection.execute(insert(user_session).values(asdict(new)))

    def change(self, name: str, **values: Any) -> None:
        """Set columns of one session."""
        self._connection.execute(
            update(user_session).where(user_session.c.name == name).values(values)
        )

    def end(self, name: str, *, why: str, now: datetime) -> bool:
        """End a session; False when it was over already."""
        ended = self._connection.execute(
            update(user_session)
            .where(user_session.c.name == name, user_session.c.ended_at.is_(None))
            .values(ended_at=now, why=why)
        )
        return bool(ended.rowcount)

    def end_expired(self, now: datetime) -> None:
        """Write down that sessions ended which nobody used, or which are too old."""
        for column, limit, why in (
            (user_session.c.made_at, ABSOLUTE, Ending.OLD),
            (user_session.c.seen_at, IDLE, Ending.IDLE),
        ):
            self._connection.execute(
                update(user_session)
                .where(user_session.c.ended_at.is_(None), column <= now - limit)
                .values(ended_at=now, why=why.value)
            )

    def probe(self, now: datetime) -> None:
        """Write a session that is over, and take it back: whether the disk takes writes."""
        over = UserSession(
            name="probe",
            work_email="",
            mode=SignInMode.LOCAL,
            made_at=now,
            seen_at=now,
            ended_at=now,
        )
        self.add(over)
        self._connection.execute(delete(user_session).where(user_session.c.name == over.name))


class LinkRepository:
    """Links that work once."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def add(self, new: OneTimeLink) -> None:
        """Keep a link, in place of the person's earlier ones."""
        self._connection.execute(
            delete(one_time_link).where(
                one_time_link.c.work_email == new.work_email, one_time_link.c.used_at.is_(None)
            )
        )
        self._connection.execute(insert(one_time_link).values(asdict(new)))

    def find(self, digest: str) -> OneTimeLink | None:
        """The link of that digest, used or not."""
        row = _first(self, select(one_time_link).where(one_time_link.c.digest == digest))
        return None if row is None else OneTimeLink(**row)

    def use(self, digest: str, *, now: datetime) -> bool:
        """Use a link up; False when it was used before."""
        used = self._connection.execute(
            update(one_time_link)
            .where(one_time_link.c.digest == digest, one_time_link.c.used_at.is_(None))
            .values(used_at=now)
        )
        return bool(used.rowcount)


class AttemptRepository:
    """Sign-ins that are under way at the provider."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def add(self, new: OidcAttempt, *, oldest: datetime) -> None:
        """Keep an attempt, and let go of those made before ``oldest`` and of too many."""
        surplus = (
            select(oidc_attempt.c.state)
            .order_by(oidc_attempt.c.made_at.desc())
            .offset(MOST_ATTEMPTS - 1)
        )
        self._connection.execute(
            delete(oidc_attempt).where(
                (oidc_attempt.c.made_at < oldest) | oidc_attempt.c.state.in_(surplus)
            )
        )
        self._connection.execute(insert(oidc_attempt).values(asdict(new)))

    def take(self, state: str) -> OidcAttempt | None:
        """The attempt of that state, which is then gone: an answer counts once."""
        row = _first(self, select(oidc_attempt).where(oidc_attempt.c.state == state))
        self._connection.execute(delete(oidc_attempt).where(oidc_attempt.c.state == state))
        return None if row is None else OidcAttempt(**row)


_Repository = AccountRepository | SessionRepository | LinkRepository | AttemptRepository


def _first(repository: _Repository, query: Select[Any]) -> RowMapping | None:
    return repository._connection.execute(query).mappings().first()


def _account(row: RowMapping) -> Account:
    return Account(**{**row, "kind": AccountKind(row["kind"])})


def _grant(row: RowMapping) -> RoleGrant:
    values = {key: value for key, value in row.items() if key != "id"}
    return RoleGrant(**{**values, "role": Role(row["role"])})


def _session(row: RowMapping) -> UserSession:
    role = None if row["role"] is None else Role(row["role"])
    return UserSession(**{**row, "mode": SignInMode(row["mode"]), "role": role})
