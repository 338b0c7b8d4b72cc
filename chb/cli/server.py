"""``serve``: the app on this machine."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from typing import Annotated, Final

import typer

from chb.cli.output import progress_bar, say
from chb.domain.refusal import Refusal
from chb.services.loading.demo import create_sample_place, needs_sample
from chb.services.workspace import PROJECT_ROOT, Workspace, open_workspace

LOCALHOST: Final = "127.0.0.1"
LEAST_FREE_BYTES: Final = 200 * 1024**2


def serve(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=1, max=65535)] = 8501,
    sample_if_empty: Annotated[
        bool, typer.Option("--sample-if-empty", help="Make the sample place in an empty store.")
    ] = False,
) -> None:
    """Start the app on 127.0.0.1 and print its address; stop it with Ctrl-C."""
    _check_port(port)
    ws = open_workspace()
    _check_disk(ws)
    if sample_if_empty and needs_sample(ws):
        with progress_bar("Sample place") as progress:
            create_sample_place(ws, progress=progress)
    ws.store.close()
    say(f"Holdfast is at http://{LOCALHOST}:{port} (Ctrl-C stops it)")
    sys.exit(_run_streamlit(port))


def _run_streamlit(port: int) -> int:
    command = [
        *(sys.executable, "-m", "streamlit", "run", "app.py"),
        *("--server.port", str(port), "--server.address", LOCALHOST),
    ]
    process = subprocess.Popen(command, cwd=PROJECT_ROOT)  # noqa: S603 - our own words only
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
