"""The rule that every service has: who may ask it. One without does not pass the tests."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar, cast

from chb.domain.access.permissions import Permission, check_may
from chb.domain.access.scope import NotForYou, Scope
from chb.domain.audit import AuditAction
from chb.domain.edits import Edit
from chb.services.access.looks import put_look_on_record
from chb.services.workspace import Workspace

ServiceT = TypeVar("ServiceT", bound=Callable[..., Any])

RULE: Final = "__rule__"
SHOWS: Final = "__shows__"
OPEN: Final = "everybody who signed in"


def needs(permission: Permission, *, shows: str = "") -> Callable[[ServiceT], ServiceT]:
    """Let a service be asked only by those whose role allows it; Refusal for others.

    What they are shown is settled by the scope in the store, not here. Who signed in
    is who did it, whatever a form says: ``by`` and the author of an edit are theirs.
    ``shows`` names the kind of restricted thing that an answer shows, whose id is the
    service's first argument that is one: that somebody looked is put on record.
    """

    def ruled(service: ServiceT) -> ServiceT:
        answered = _recorded(service, shows) if shows else service

        @functools.wraps(answered)
        def asked(ws: Workspace, *args: Any, **kwargs: Any) -> Any:
            _check(ws, permission, service.__name__)
            ours, named = _in_their_name(ws.scope, args, kwargs)
            return answered(ws, *ours, **named)

        setattr(asked, RULE, permission)
        return cast("ServiceT", asked)

    return ruled


def open_to_all(service: ServiceT) -> ServiceT:
    """Say that a service shows nothing beyond what the scope lets anybody see."""
    setattr(service, RULE, OPEN)
    return service


def open_on_record(*, shows: str) -> Callable[[ServiceT], ServiceT]:
    """The same of a service that shows restricted things to those who may see them."""

    def ruled(service: ServiceT) -> ServiceT:
        return open_to_all(_recorded(service, shows))

    return ruled


def _recorded(service: ServiceT, shows: str) -> ServiceT:
    """The service, whose answer nobody is given before it is on record that they looked."""
    signature = inspect.signature(service)

    @functools.wraps(service)
    def shown(ws: Workspace, *args: Any, **kwargs: Any) -> Any:
        answer = service(ws, *args, **kwargs)
        object_id = _id_among(signature.bind(ws, *args, **kwargs).arguments)
        put_look_on_record(ws, AuditAction.CONSULT, shows, object_id)
        return answer

    setattr(shown, SHOWS, shows)
    return cast("ServiceT", shown)


def _id_among(arguments: Mapping[str, Any]) -> str:
    """The log names things by id and never in words, so arguments go by what they are called."""
    named = (value for name, value in arguments.items() if name.endswith("_id"))
    return next((str(value) for value in named if value is not None), "")


def _check(ws: Workspace, permission: Permission, asked: str) -> None:
    """Refusal for who may not ask; that they did is on record before they hear of it."""
    try:
        check_may(ws.scope, permission)
    except NotForYou:
        with ws.writing() as tx:
            tx.audit.record(AuditAction.REFUSE, "service", asked)
        raise


def _in_their_name(
    scope: Scope, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    if scope.holds_whole_store:
        return args, kwargs
    by = scope.name or scope.person
    ours = tuple(_signed(value, by) for value in args)
    named = {name: by if name == "by" else _signed(value, by) for name, value in kwargs.items()}
    return ours, named


def _signed(value: Any, by: str) -> Any:
    return replace(value, by=by) if isinstance(value, Edit) else value
