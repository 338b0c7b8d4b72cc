"""What must hold before the server answers anybody. Each check says its refusal in a sentence."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from chb.domain.access.scope import OPERATOR
from chb.domain.access.sessions import SignInMode
from chb.domain.refusal import Refusal
from chb.services import audit
from chb.services.access.accounts import has_accounts
from chb.services.access.rules import open_to_all
from chb.services.access.settings import (
    CLIENT_ID_VARIABLE,
    CLIENT_SECRET_VARIABLE,
    ISSUER_VARIABLE,
    MODE_VARIABLE,
    PUBLIC_URL_VARIABLE,
    SignInSettings,
    is_loopback,
)
from chb.services.access.store_files import all_in_one_place, open_to_others
from chb.services.workspace import Workspace
from chb.store.migrate import current_revision
from chb.store.tables import HEAD

SHORTEST_SECRET: Final = 16
_EXAMPLES: Final = ("example", "changeme", "change-me", "secret", "password", "xxxx", "test")


@open_to_all
def sign_in_mode(ws: Workspace, settings: SignInSettings) -> SignInMode:
    """How people sign in: as the settings say, else demo for the sample place alone, else local."""
    if settings.mode is not None:
        return settings.mode
    with ws.reading() as tx:
        has_sample = any(entry.is_sample for entry in tx.frames.entries())
    return SignInMode.DEMO if has_sample and not holds_real_data(ws) else SignInMode.LOCAL


@open_to_all
def holds_real_data(ws: Workspace) -> bool:
    """Whether anything but the sample place was imported, or anybody was given an account.

    What somebody types in during a demonstration is practice.
    """
    with ws.reading() as tx:
        return (
            tx.identity.accounts.count() > 0
            or any(not entry.is_sample for entry in tx.frames.entries())
            or any(not record.is_sample for record in tx.journal.imports())
        )


@open_to_all
def needs_first_administrator(ws: Workspace, mode: SignInMode) -> bool:
    """Whether nobody can sign in yet, where people do with a password kept here."""
    return mode is SignInMode.LOCAL and not has_accounts(ws)


@open_to_all
def check_startup(
    ws: Workspace, settings: SignInSettings, *, mode: SignInMode, address: str
) -> list[Refusal]:
    """Every reason not to start; none when all is well.

    ``address`` is what the server listens on; empty means every network of the machine.
    """
    checks = (
        _check_reach(settings, mode, address),
        _check_demo_store(ws, mode),
        _check_provider(settings, mode),
        _check_secret(settings, mode),
        _check_files(ws, mode),
        _check_apart(ws, settings, address),
        _check_schema(ws),
        _check_log(ws),
    )
    return [refusal for refusal in checks if refusal is not None]


@open_to_all
def demo_over(ws: Workspace) -> Refusal | None:
    """Why a demonstration that is running must stop; None while it may go on."""
    if not holds_real_data(ws):
        return None
    return Refusal(
        "The demonstration has ended: this store is now one for work",
        cause="Something was imported, or an account was made, while it ran",
        remedy="Restart Holdfast: people then sign in",
    )


def _check_reach(settings: SignInSettings, mode: SignInMode, address: str) -> Refusal | None:
    if not _is_reached_by_others(settings, address):
        return None
    if mode is SignInMode.DEMO:
        return Refusal(
            "A demonstration is for this machine only, because nobody signs in",
            found=f"It would listen on {address or 'every network'}"
            + (f" and be known as {settings.public_url}" if _is_named(settings) else ""),
            remedy=f"Listen on 127.0.0.1 without {PUBLIC_URL_VARIABLE}, "
            f"or set {MODE_VARIABLE}=local or {MODE_VARIABLE}=oidc",
        )
    if urlsplit(settings.public_url).scheme != "https":
        return Refusal(
            "Beyond this machine people would sign in over a line that others can read",
            found=f"It would listen on {address or 'every network'}; "
            f"{PUBLIC_URL_VARIABLE} is {settings.public_url or 'not set'}",
            remedy="Put a proxy that ends TLS in front, and set "
            f"{PUBLIC_URL_VARIABLE}=https://its-name",
        )
    return None


def _is_reached_by_others(settings: SignInSettings, address: str) -> bool:
    return not is_loopback(address) or _is_named(settings)


def _is_named(settings: SignInSettings) -> bool:
    """Whether the server has a name for others than this machine, as behind a proxy."""
    host = urlsplit(settings.public_url).hostname
    return bool(host) and not is_loopback(host or "")


def _check_demo_store(ws: Workspace, mode: SignInMode) -> Refusal | None:
    if mode is not SignInMode.DEMO or not holds_real_data(ws):
        return None
    return Refusal(
        "A demonstration is for synthetic data, and this store holds more",
        found="Something other than the sample place was imported, or somebody has an account",
        remedy=f"Set {MODE_VARIABLE}=local, or name another folder in CHB_HOME",
    )


def _check_provider(settings: SignInSettings, mode: SignInMode) -> Refusal | None:
    if mode is not SignInMode.OIDC:
        return None
    needed = {
        ISSUER_VARIABLE: settings.issuer,
        CLIENT_ID_VARIABLE: settings.client_id,
        CLIENT_SECRET_VARIABLE: settings.client_secret,
        PUBLIC_URL_VARIABLE: settings.public_url,
    }
    missing = [name for name, value in needed.items() if not value]
    if missing:
        return Refusal(
            "Signing in with OpenID Connect is not set up",
            found=f"Not set: {', '.join(missing)}",
            remedy="Ask whoever runs the provider to register Holdfast, and set them",
        )
    issuer = urlsplit(settings.issuer)
    if issuer.scheme != "https" and not is_loopback(issuer.hostname or ""):
        return Refusal(
            "The OpenID provider would be asked over a line that others can change",
            found=f"{ISSUER_VARIABLE} is {settings.issuer}",
            remedy="Name it with https",
        )
    return None


def _check_secret(settings: SignInSettings, mode: SignInMode) -> Refusal | None:
    secret = settings.client_secret
    if mode is not SignInMode.OIDC or not secret:
        return None
    example = any(word in secret.lower() for word in _EXAMPLES)
    if len(secret) >= SHORTEST_SECRET and len(set(secret)) > 5 and not example:
        return None
    return Refusal(
        f"{CLIENT_SECRET_VARIABLE} could be guessed",
        found="It looks like an example" if example else f"It has {len(secret)} characters",
        remedy=f"Let the provider make one, of at least {SHORTEST_SECRET} characters",
    )


def _check_files(ws: Workspace, mode: SignInMode) -> Refusal | None:
    return None if mode is SignInMode.DEMO else open_to_others(ws)


def _check_apart(ws: Workspace, settings: SignInSettings, address: str) -> Refusal | None:
    return all_in_one_place(ws) if _is_reached_by_others(settings, address) else None


def _check_schema(ws: Workspace) -> Refusal | None:
    with ws.store.connection(ws.scope, writes=False) as connection:
        found = current_revision(connection)
    if found == HEAD:
        return None
    return Refusal(
        "The database waits for changes of its schema",
        found=f"Its schema is {found}; this version needs {HEAD}",
        remedy="Run python -m chb check, which brings it up to date or says why not",
    )


def _check_log(ws: Workspace) -> Refusal | None:
    try:
        return audit.refusal_of(audit.verify(ws.seen_by(OPERATOR)))
    except Refusal as refusal:
        return refusal
