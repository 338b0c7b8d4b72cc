"""Options that several commands share, each defined once.

A command names what it needs by type: a parameter of type ProfileRequest stands for the
options of ``profile_request``, one of type Output for those of ``output``. ``shared_options``
puts the options in its place.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from chb.domain.periods import Period
from chb.services.exports.manifests import AT_THE_TERMINAL, Disclosure
from chb.services.harm.exporting import check_format
from chb.services.harm.profiling import ProfileRequest


@dataclass(frozen=True)
class Output:
    """Where the answer goes."""

    out: Path | None
    as_json: bool
    disclosure: Disclosure = AT_THE_TERMINAL
    """What a file is written for, and for whom; it is kept inside the file and in the audit log."""


def profile_request(
    *,
    area: Annotated[
        str,
        typer.Option(
            help="Name, code or key of a loaded area (Sheffield, csp:E22000262), or a GeoJSON file."
        ),
    ],
    first: Annotated[str, typer.Option("--from", help="First month, for example 2025-01.")],
    last: Annotated[str, typer.Option("--to", help="Last month, for example 2025-12.")],
    scheme: Annotated[
        str, typer.Option(help="Harm scheme: count, cchi-2026, cchi-2026-sqrt, ons-css.")
    ] = "cchi-2026",
    resolution: Annotated[
        int, typer.Option(help="H3 resolution; 9 is about 0.1 square kilometres.")
    ] = 9,
    bandwidth: Annotated[float, typer.Option(help="Kernel bandwidth in metres.")] = 400.0,
    kernel: Annotated[str, typer.Option(help="quartic, epanechnikov or gaussian.")] = "quartic",
    deprivation: Annotated[
        str, typer.Option(help="auto, none, or the name of a loaded edition.")
    ] = "auto",
) -> ProfileRequest:
    """The profile that a command starts from."""
    return ProfileRequest(
        area=area,
        period=Period.parse(first, last),
        scheme=scheme,
        resolution=resolution,
        bandwidth_m=bandwidth,
        kernel=kernel,
        deprivation=deprivation,
    )


def output(
    *,
    out: Annotated[
        Path | None, typer.Option(help="File to write: .gpkg, .geojson, .parquet, .csv or .xlsx.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    purpose: Annotated[
        str, typer.Option(help="What the file is for; kept inside it and in the audit log.")
    ] = AT_THE_TERMINAL.purpose,
    recipient: Annotated[str, typer.Option(help="Whom the file is for.")] = (
        AT_THE_TERMINAL.recipient
    ),
) -> Output:
    """Where the answer goes; Refusal for a file of unknown format, before anything is computed."""
    if out is not None:
        check_format(out)
    return Output(out, as_json, Disclosure(purpose, recipient).checked())


_SHARED: Final[dict[type, Callable[..., Any]]] = {ProfileRequest: profile_request, Output: output}


def shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options of each shared type in place of that parameter."""
    own = inspect.signature(command, eval_str=True).parameters
    makers = {name: _SHARED[one.annotation] for name, one in own.items() if _is_shared(one)}
    taken = {name: _parameters(maker) for name, maker in makers.items()}
    parameters: dict[str, inspect.Parameter] = {}
    for name, parameter in own.items():
        parameters |= taken.get(name, {name: parameter})

    @wraps(command)
    def run(**values: Any) -> None:
        made = {
            name: maker(**{option: values.pop(option) for option in taken[name]})
            for name, maker in makers.items()
        }
        command(**made, **values)

    del run.__wrapped__  # the signature is no longer the command's
    signature = inspect.Signature(list(parameters.values()))
    run.__signature__ = signature  # type: ignore[attr-defined]  # read by typer
    run.__annotations__ = {name: one.annotation for name, one in parameters.items()}
    return run


def _is_shared(parameter: inspect.Parameter) -> bool:
    return parameter.annotation in _SHARED


def _parameters(maker: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return dict(inspect.signature(maker, eval_str=True).parameters)
