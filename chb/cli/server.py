"""``serve``: the app on this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from typing import Annotated, Final

import typer

from chb.cli.output import progress_bar, say
from chb.domain.access.sessions import SignInMode
from chb.domain.refusal import Refusal
from chb.services.access.accounts import MAKE_ADMINISTRATOR, has_accounts, has_administrator
from chb.services.access.invitations import make_first_administrator
from chb.services.access.settings import read_settings
from chb.services.access.startup import check_startup, needs_first_administrator, sign_in_mode
from chb.services.loading.demo import create_sample_place, needs_sample
from chb.services.workspace import PROJECT_ROOT, Workspace, open_workspace

LOCALHOST: Final = "127.0.0.1"
LEAST_FREE_BYTES: Final = 200 * 1024**2
_ARENAS: Final = "2"
"""A thread for each screen would keep memory of its own in the C library, and give none back."""


def serve(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=1, max=65535)] = 8501,
    sample_if_empty: Annotated[
        bool, typer.Option("--sample-if-empty", help="Make the sample place in an empty store.")
    ] = False,
    address: Annotated[
        str, typer.Option(help="What to listen on; beyond this machine only behind TLS.")
    ] = LOCALHOST,
) -> None:
    """Start the app and print its address; stop it with Ctrl-C.

    CHB_SIGN_IN says how people sign in: demo, local or oidc. Left out, it is demo for a
    store that holds the sample place alone, else local accounts.
    """
    _check_port(port)
    ws = open_workspace()
    _check_disk(ws)
    if sample_if_empty and needs_sample(ws):
        with progress_bar("Sample place") as progress:
            create_sample_place(ws, progress=progress)
    _check_sign_in(ws, address)
    ws.store.close()
    say(f"Holdfast is at http://{LOCALHOST}:{port} (Ctrl-C stops it)")
    sys.exit(_run_streamlit(port, address))


def _check_sign_in(ws: Workspace, address: str) -> None:
    """Refuse what is unsafe; at a terminal, make the first administrator."""
    settings = read_settings(os.environ)
    mode = sign_in_mode(ws, settings)
    for refusal in check_startup(ws, settings, mode=mode, address=address):
        raise refusal
    if needs_first_administrator(ws, mode) and sys.stdin.isatty():
        say("Nobody has an account yet. You are to be the administrator.")
        work_email = typer.prompt("Work e-mail")
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        make_first_administrator(ws, work_email, password)
    elif mode is SignInMode.LOCAL and has_accounts(ws) and not has_administrator(ws):
        say(f"Nobody is an administrator. {MAKE_ADMINISTRATOR}")


def _run_streamlit(port: int, address: str) -> int:
    command = [
        *(sys.executable, "-m", "streamlit", "run", "app.py"),
        *("--server.port", str(port), "--server.address", address),
    ]
    environment = {"MALLOC_ARENA_MAX": _ARENAS} | os.environ
    process = subprocess.Popen(  # noqa: S603 - our own words only
        command, cwd=PROJECT_ROOT, env=environment
    )
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.wait()
        return 0


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOCALHOST, port))
        except OSError as fault:
            raise Refusal(
                f"Port {port} on {LOCALHOST} cannot be used",
                found=fault.strerror or str(fault),
                cause="Holdfast, or another program, is probably running there already",
                remedy=f"Open http://{LOCALHOST}:{port}, or choose another: make run PORT=8502",
            ) from fault


def _check_disk(ws: Workspace) -> None:
    free = shutil.disk_usage(ws.home).free
    if free < LEAST_FREE_BYTES:
        raise Refusal(
            "The disk is nearly full",
            found=f"{free / 1024**2:,.0f} MB are free beside {ws.home}",
            remedy=f"Free at least {LEAST_FREE_BYTES / 1024**2:,.0f} MB, or set CHB_HOME elsewhere",
        )
