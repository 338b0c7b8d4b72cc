"""What the environment says about signing in. Secrets come from it, or from files it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from chb.domain.access.sessions import SignInMode
from chb.domain.refusal import Refusal
from chb.services.access.secret_files import secret_of

MODE_VARIABLE: Final = "CHB_SIGN_IN"
PUBLIC_URL_VARIABLE: Final = "CHB_PUBLIC_URL"
ISSUER_VARIABLE: Final = "CHB_OIDC_ISSUER"
CLIENT_ID_VARIABLE: Final = "CHB_OIDC_CLIENT_ID"
CLIENT_SECRET_VARIABLE: Final = "CHB_OIDC_CLIENT_SECRET"  # noqa: S105 - the name of a variable


@dataclass(frozen=True, kw_only=True)
class SignInSettings:
    """As the environment has them; what is empty was not said."""

    mode: SignInMode | None = None
    public_url: str = ""
    """Where people find the server: scheme, host and port, as behind a proxy that ends TLS."""
    issuer: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)


def read_settings(environment: Mapping[str, str]) -> SignInSettings:
    """The settings; Refusal for a mode or address that cannot be meant."""
    values = {name: value.strip() for name, value in environment.items() if value.strip()}
    return SignInSettings(
        mode=_mode(values.get(MODE_VARIABLE, "")),
        public_url=_address(values.get(PUBLIC_URL_VARIABLE, ""), PUBLIC_URL_VARIABLE),
        issuer=values.get(ISSUER_VARIABLE, ""),
        client_id=values.get(CLIENT_ID_VARIABLE, ""),
        client_secret=secret_of(values, CLIENT_SECRET_VARIABLE),
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host of that name or number."""
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _mode(text: str) -> SignInMode | None:
    if not text:
        return None
    try:
        return SignInMode(text.lower())
    except ValueError as fault:
        raise Refusal(
            f"{MODE_VARIABLE} does not name a way to sign in",
            found=f"Found {text[:40]!r}",
            remedy=f"Set it to one of {', '.join(SignInMode)}, or leave it out",
        ) from fault


def _address(text: str, variable: str) -> str:
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise Refusal(
            f"{variable} is not the address of a server",
            found=f"Found {text[:200]!r}",
            remedy="Write scheme and host, for example https://holdfast.council.example",
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"
