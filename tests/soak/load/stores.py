"""The stores that people work on: the sample place, and Sheffield as years of work leave it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import h3.api.numpy_int as h3

from chb.domain.access.roles import Role
from chb.domain.access.sessions import SignInMode
from chb.domain.periods import Period
from chb.services.access import accounts
from chb.services.access.sessions import open_session
from chb.services.access.signing import sign_in_to_demo
from chb.services.harm.profiling import ProfileRequest, build_profile
from chb.services.loading.demo import create_sample_place
from chb.services.loading.incident_import import import_incidents
from chb.services.workspace import Workspace, open_workspace
from chb.ui.server.sessions import COOKIE
from geo import frames
from tests.bench.filled_records import N_PEOPLE, email_of
from tests.bench.filled_store import fill
from tests.bench.real_data import INCIDENTS, place_without_incidents, real
from tests.soak.load.people import MIX, SignedInPerson

_N_POSITIONS: Final = 200


@dataclass(frozen=True)
class Stocked:
    """A store, how people sign in to it, and where they click."""

    name: str
    home: Path
    sign_in: str
    area: str
    period: Period
    sign_one_in: Callable[[Workspace, int, Role], str]
    """The secret of a new session."""

    def people(self, n_people: int) -> list[SignedInPerson]:
        """New sessions for so many people, in the mix of roles."""
        return self.of_roles([_role_of(number) for number in range(n_people)])

    def of_roles(self, roles: Sequence[Role]) -> list[SignedInPerson]:
        """New sessions, one for each role."""
        ws = open_workspace(self.home)
        try:
            positions = self._positions(ws)
            return [
                SignedInPerson(role, f"{COOKIE}={self.sign_one_in(ws, number, role)}", positions)
                for number, role in enumerate(roles)
            ]
        finally:
            ws.store.close()

    def _positions(self, ws: Workspace) -> Sequence[tuple[float, float]]:
        """Middles of the cells where harm is highest: what people look into."""
        frame = build_profile(ws, ProfileRequest(self.area, self.period)).frame
        highest = frame.nlargest(_N_POSITIONS, frames.DENSITY)[frames.CELL]
        return [h3.cell_to_latlng(cell) for cell in highest]


def sample(folder: Path) -> Stocked:
    """The sample place, where everybody is one of its people."""
    home = folder / "sample"
    if not home.exists():
        ws = open_workspace(home)
        create_sample_place(ws)
        ws.store.close()
    return Stocked(
        "sample place", home, "demo", "Marram", Period.parse("2025-01", "2025-12"), _to_demo
    )


def sheffield(folder: Path) -> Stocked:
    """The force's year of Sheffield, with all that a county's partnership writes in years."""
    home = folder / "sheffield"
    if not home.exists():
        ws = place_without_incidents(home)
        import_incidents(ws, real(INCIDENTS))
        fill(ws.store)
        for number in range(N_PEOPLE):
            _add_holder(ws, email_of(number), _role_of(number))
        for role in Role:
            _add_holder(ws, _post_of(role), role)
        ws.store.close()
    year = Period.parse("2025-01", "2025-12")
    return Stocked("Sheffield, filled", home, "local", "Sheffield", year, _with_account)


STORES: Final = {"sample": sample, "sheffield": sheffield}


def _role_of(number: int) -> Role:
    """In the mix, by the number of an account."""
    return MIX[number % len(MIX)]


def _post_of(role: Role) -> str:
    """The account that holds a role whatever the mix."""
    return f"{role.name.lower()}@example.org"


def _add_holder(ws: Workspace, email: str, role: Role) -> None:
    accounts.add_account(ws, email, name=email.partition("@")[0])
    accounts.grant_role(ws, email, role, agency="Police")


def _to_demo(ws: Workspace, number: int, role: Role) -> str:
    return sign_in_to_demo(ws, role).secret


def _with_account(ws: Workspace, number: int, role: Role) -> str:
    email = email_of(number) if _role_of(number) is role else _post_of(role)
    with ws.writing() as tx:
        return open_session(tx, ws, work_email=email, mode=SignInMode.LOCAL).secret
