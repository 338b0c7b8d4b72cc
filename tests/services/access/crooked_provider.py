"""An OpenID provider that signs whatever a test wants, and its browser."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from chb.services.access.settings import SignInSettings

CLIENT = "holdfast"
SECRET = "7yG-kelp-0rbit-Zq94"  # the tests' own


class CrookedProvider:
    """What it answers can be changed at any time."""

    def __init__(self, address: str) -> None:
        self.issuer = address
        self.key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
        self.signs_with: Any = self.key
        self.header: dict[str, str] = {"alg": "RS256", "kid": "1"}
        self.claims: dict[str, Any] = {}
        self.discovery: dict[str, Any] = {}
        self.asked_for_token: dict[str, list[str]] = {}

    @property
    def settings(self) -> SignInSettings:
        return SignInSettings(
            public_url="http://127.0.0.1:8501",
            issuer=self.issuer,
            client_id=CLIENT,
            client_secret=SECRET,
        )

    def answer(self, path: str, body: str) -> dict[str, Any]:
        if path == "/.well-known/openid-configuration":
            ends = {
                "authorization_endpoint": "authorize",
                "token_endpoint": "token",
                "jwks_uri": "jwks",
            }
            links = {name: f"{self.issuer}/{path}" for name, path in ends.items()}
            return {"issuer": self.issuer, **links, **self.discovery}
        if path == "/jwks":
            return {"keys": [self.key.as_dict(private=False)]}
        self.asked_for_token = parse_qs(body)
        return {"access_token": "a", "token_type": "Bearer", "id_token": self.token()}

    def token(self) -> str:
        algorithms = [self.header["alg"]]
        return jwt.encode(self.header, self.claims, self.signs_with, algorithms=algorithms)

    def honest_claims(self, departure_url: str, now_s: float | None = None) -> dict[str, Any]:
        """What an honest provider would say after that departure."""
        asked = parse_qs(urlsplit(departure_url).query)
        now = int(time.time() if now_s is None else now_s)
        return {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "sub-1",
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"][0],
            "email": "Amira@Force.example",
            "email_verified": True,
        }

    def sign_symmetrically(self) -> None:
        """The old attack: the public key, or the client's secret, as an HMAC key."""
        self.signs_with = OctKey.import_key(SECRET + SECRET)
        self.header = {"alg": "HS256"}


@contextmanager
def crooked_provider() -> Iterator[CrookedProvider]:
    """Serve one on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            text = json.dumps(provider.answer(urlsplit(self.path).path, body)).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = CrookedProvider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()
