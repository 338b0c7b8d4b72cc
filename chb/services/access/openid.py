"""OpenID Connect: the authorisation code flow with PKCE, state and nonce.

OpenID Connect Core 1.0, section 3.1, and RFC 9700. The provider says who somebody
is and nothing else: what they may do is looked up here.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from chb.domain.access.accounts import checked_email
from chb.domain.access.sessions import name_of
from chb.domain.refusal import Refusal
from chb.services.access.settings import SignInSettings, is_loopback
from chb.services.access.signing import ProvenIdentity, SignInRefused
from chb.services.workspace import Workspace
from chb.store.identity import OidcAttempt

CALLBACK: Final = "/sign-in/callback"
ATTEMPT_LIFETIME: Final = timedelta(minutes=10)

_SCOPES: Final = "openid email"
_ALGORITHMS: Final = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures with a public key only: with a shared one a client could be made to sign."""
_WAIT_S: Final = 5.0
_LEEWAY_S: Final = 60
_Json = dict[str, Any]


@dataclass(frozen=True)
class Departure:
    """A browser on its way to the provider."""

    url: str
    binding: str
    """For a cookie of this browser, which must bring the answer."""


class Provider:
    """The organisation's OpenID provider, as the settings name it."""

    def __init__(self, settings: SignInSettings, base_path: str = "") -> None:
        self._settings = settings
        self._redirect = f"{settings.public_url}{base_path}{CALLBACK}"

    def begin(self, ws: Workspace) -> Departure:
        """Note that somebody sets out to sign in, and where to send them."""
        state, binding = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        attempt = OidcAttempt(
            state=name_of(state),
            browser=name_of(binding),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(64),
            made_at=ws.now(),
        )
        address = self._endpoint(self._discovered(), "authorization_endpoint")
        url, _ = self._client().create_authorization_url(
            address, state=state, nonce=attempt.nonce, code_verifier=attempt.verifier
        )
        with ws.writing() as tx:
            tx.identity.attempts.add(attempt, oldest=ws.now() - ATTEMPT_LIFETIME)
        return Departure(url, binding)

    def finish(self, ws: Workspace, *, state: str, code: str, binding: str) -> ProvenIdentity:
        """Who it is that came back; SignInRefused when the answer is not to be believed."""
        with ws.writing() as tx:
            attempt = tx.identity.attempts.take(name_of(state))
        if (
            attempt is None
            or attempt.browser != name_of(binding)
            or ws.now() - attempt.made_at > ATTEMPT_LIFETIME
        ):
            raise SignInRefused(
                "This answer of your organisation's sign-in was not expected",
                cause="It took more than ten minutes, came twice, or began in another browser",
                remedy="Sign in again",
            )
        provider = self._discovered()
        claims = self._claims(provider, self._token(provider, code, attempt.verifier), ws)
        if claims.get("nonce") != attempt.nonce:
            raise _unbelievable("It answers another question")
        return _identity(claims)

    def _token(self, provider: _Json, code: str, verifier: str) -> str:
        try:
            answer = self._client().fetch_token(
                self._endpoint(provider, "token_endpoint"),
                code=code,
                code_verifier=verifier,
                timeout=_WAIT_S,
                allow_redirects=False,
            )
        except (AuthlibBaseError, requests.RequestException, ValueError) as fault:
            raise _unbelievable("It did not redeem the code") from fault
        return str(answer.get("id_token") or "")

    def _claims(self, provider: _Json, token: str, ws: Workspace) -> _Json:
        """What the ID token says, once signature, issuer, audience and times are checked."""
        try:
            keys = KeySet.import_key_set(_fetched(self._endpoint(provider, "jwks_uri")))  # type: ignore[arg-type] # a JWK set
            found: _Json = jwt.decode(token, keys, algorithms=_ALGORITHMS).claims
            jwt.JWTClaimsRegistry(
                now=int(ws.now().timestamp()),
                leeway=_LEEWAY_S,
                iss={"essential": True, "value": self._settings.issuer},
                aud={"essential": True, "value": self._settings.client_id},
                exp={"essential": True},
                iat={"essential": True},
                sub={"essential": True},
            ).validate(found)
        except (JoseError, ValueError) as fault:
            raise _unbelievable("Its token does not verify") from fault
        if found.get("azp", self._settings.client_id) != self._settings.client_id:
            raise _unbelievable("Its token was made for another program")
        return found

    def _discovered(self) -> _Json:
        address = self._settings.issuer.rstrip("/") + "/.well-known/openid-configuration"
        provider = _fetched(address)
        if provider.get("issuer") != self._settings.issuer:
            raise _unbelievable("It gives itself another name than the settings do")
        return provider

    def _endpoint(self, provider: _Json, name: str) -> str:
        address = str(provider.get(name) or "")
        parts = urlsplit(address)
        if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            raise _unbelievable(f"Its {name} is not an https address")
        return address

    def _client(self) -> OAuth2Session:
        return OAuth2Session(
            self._settings.client_id,
            self._settings.client_secret,
            scope=_SCOPES,
            redirect_uri=self._redirect,
            code_challenge_method="S256",
        )


def _fetched(address: str) -> _Json:
    try:
        answer = requests.get(address, timeout=_WAIT_S, allow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as fault:
        raise SignInRefused(
            "Your organisation's sign-in does not answer",
            found=f"{urlsplit(address).hostname} could not be asked",
            remedy="Try again in a minute; if it lasts, tell whoever runs it",
        ) from fault
    if not isinstance(found, dict):
        raise _unbelievable("It answered something else than was asked")
    return found


def _identity(claims: _Json) -> ProvenIdentity:
    if claims.get("email_verified") is not True:
        raise _unbelievable("It does not vouch for your e-mail address")
    try:
        address = checked_email(str(claims.get("email") or ""))
    except Refusal as refusal:
        raise _unbelievable("It gave no work e-mail address") from refusal
    return ProvenIdentity(work_email=address, subject=str(claims["sub"])[:255])


def _unbelievable(found: str) -> SignInRefused:
    return SignInRefused(
        "Your organisation's sign-in gave an answer that is not to be believed",
        found=found,
        remedy="Sign in again; if it lasts, tell whoever runs Holdfast",
    )
