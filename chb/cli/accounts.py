"""``account``: who may sign in, and in which roles. For whoever runs the machine."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from chb.cli.output import print_json, print_table, say
from chb.domain.access.accounts import AccountKind, role_named
from chb.services.access import accounts, invitations
from chb.services.access.accounts import KnownAccount
from chb.services.access.settings import read_settings
from chb.services.workspace import open_workspace

app = typer.Typer(
    help="Accounts and roles: add, roles, end, list, link.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Address = Annotated[str, typer.Argument(help="Work e-mail.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]


@app.command()
def add(
    work_email: Address,
    name: Annotated[str, typer.Option(help="Their name, if the list of people lacks it.")] = "",
    kind: Annotated[
        AccountKind, typer.Option(help="local: a password kept here; oidc: their organisation.")
    ] = AccountKind.LOCAL,
) -> None:
    """Let somebody sign in. They hold no role yet, and a local account needs a link."""
    ws = open_workspace()
    made = accounts.add_account(ws, work_email, name=name, kind=kind)
    say(f"Added: {made.work_email}. Next: python -m chb account roles {made.work_email} --help")
    if not accounts.has_administrator(ws):
        say(f"Nobody is an administrator yet. {accounts.MAKE_ADMINISTRATOR}")


@app.command()
def roles(
    work_email: Address,
    grant: Annotated[list[str] | None, typer.Option(help="A role to give; may repeat.")] = None,
    end: Annotated[list[str] | None, typer.Option(help="A role to take away.")] = None,
    agency: Annotated[str, typer.Option(help="Whom a partner works for.")] = "",
) -> None:
    """Give roles and take them away. Screens that are open know within seconds.

    Example: python -m chb account roles a.ahmed@force.example --grant Analyst --end LRO
    """
    ws = open_workspace()
    given = [role_named(text) for text in grant or ()]
    taken = [role_named(text) for text in end or ()]
    for role in given:
        accounts.grant_role(ws, work_email, role, agency=agency)
    for role in taken:
        accounts.end_role(ws, work_email, role)
    say(f"{work_email}: {len(given)} given, {len(taken)} taken away")


@app.command()
def end(work_email: Address) -> None:
    """Let somebody sign in no more; their open screens are wiped within seconds."""
    ended = accounts.end_account(open_workspace(), work_email)
    say(f"Ended: {work_email}, with {ended} open sessions")


@app.command("sign-out")
def sign_out(work_email: Address) -> None:
    """Sign somebody out wherever they are signed in; they may sign in again."""
    ended = accounts.end_screens(open_workspace(), work_email)
    say(f"Signed out: {work_email}, from {ended} screens")


@app.command("list")
def list_all(as_json: JsonOption = False) -> None:
    """Every account with its roles."""
    known = accounts.list_accounts(open_workspace())
    if as_json:
        print_json([_plain(each) for each in known])
        return
    rows = [
        (
            each.account.work_email,
            each.account.name,
            each.account.kind.value,
            ", ".join(sorted(role.value for role in each.roles)),
            _state(each),
        )
        for each in known
    ]
    print_table("Accounts", ("work e-mail", "name", "kind", "roles", "state"), rows)


@app.command()
def link(work_email: Address) -> None:
    """Print a link with which somebody chooses a password. It works once, for 30 minutes."""
    token = invitations.make_link(open_workspace(), work_email)
    address = read_settings(os.environ).public_url or "http://127.0.0.1:8501"
    print(f"{address}/sign-in/link/{token}")
    say("Hand it over in person or by a safe channel: whoever has it can sign in as them.")


def _state(known: KnownAccount) -> str:
    account = known.account
    if account.ended_at is not None:
        return f"ended {account.ended_at:%d %B %Y}"
    if account.kind is AccountKind.LOCAL and not account.password_hash:
        return "waits for a password"
    return "may sign in" if known.roles else "holds no role"


def _plain(known: KnownAccount) -> dict[str, object]:
    return {
        "work_email": known.account.work_email,
        "name": known.account.name,
        "kind": known.account.kind.value,
        "roles": sorted(role.value for role in known.roles),
        "agencies": sorted({grant.agency for grant in known.grants if grant.agency}),
        "state": _state(known),
    }
