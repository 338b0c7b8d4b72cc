"""OpenID Connect: the honest answer is taken, every other is refused."""

import base64
import hashlib
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import RSAKey

from chb.services.access.openid import Provider
from chb.services.access.signing import SignInRefused
from chb.services.workspace import open_workspace, utc_now
from tests.services.access.crooked_provider import SECRET, crooked_provider


@pytest.fixture(scope="module")
def served():
    with crooked_provider() as provider:
        yield provider


@pytest.fixture
def crooked(served):
    served.signs_with, served.header = served.key, {"alg": "RS256", "kid": "1"}
    served.claims, served.discovery = {}, {}
    return served


@pytest.fixture(scope="module")
def ws(tmp_path_factory):
    opened = open_workspace(tmp_path_factory.mktemp("openid") / "home", database_url="")
    yield opened
    opened.store.close()


class Journey:
    """There and back again."""

    def __init__(self, ws, crooked):
        self.ws = ws
        self.provider = Provider(crooked.settings)
        self.departure = self.provider.begin(ws)
        self.asked = {
            name: values[0] for name, values in parse_qs(urlsplit(self.departure.url).query).items()
        }
        crooked.claims = crooked.honest_claims(self.departure.url)

    def back(self, **changes):
        binding = changes.pop("binding", self.departure.binding)
        state = changes.pop("state", self.asked["state"])
        return self.provider.finish(self.ws, state=state, code="code", binding=binding)


@pytest.fixture
def journey(ws, crooked):
    return Journey(ws, crooked)


def test_who_comes_back_is_known_by_address_and_subject(journey, crooked):
    identity = journey.back()
    assert (identity.work_email, identity.subject) == ("amira@force.example", "sub-1")


def test_the_departure_asks_for_a_code_bound_to_a_verifier(journey, crooked):
    assert journey.asked["response_type"] == "code"
    assert journey.asked["redirect_uri"] == "http://127.0.0.1:8501/sign-in/callback"
    assert set(journey.asked["scope"].split()) == {"openid", "email"}
    journey.back()
    verifier = crooked.asked_for_token["code_verifier"][0]
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    assert journey.asked["code_challenge"] == digest.decode().rstrip("=")
    assert journey.asked["code_challenge_method"] == "S256"
    assert SECRET not in journey.departure.url


@pytest.mark.parametrize("change", [{"state": "another"}, {"binding": "another browser"}])
def test_an_answer_that_was_not_expected_is_refused(journey, change):
    with pytest.raises(SignInRefused, match="not expected"):
        journey.back(**change)


def test_an_answer_counts_once(journey):
    journey.back()
    with pytest.raises(SignInRefused, match="not expected"):
        journey.back()


def test_an_answer_after_ten_minutes_is_refused(journey, ws):
    journey.ws = replace(ws, clock=lambda: utc_now().replace(year=utc_now().year + 1))
    with pytest.raises(SignInRefused, match="not expected"):
        journey.back()


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("iss", "https://another.example"),
        ("aud", "another program"),
        ("aud", ["another program"]),
        ("azp", "another program"),
        ("exp", 1_000_000_000),
        ("nonce", "another"),
        ("nonce", None),
        ("email_verified", False),
        ("email_verified", "true"),
        ("email_verified", None),
        ("email", "not an address"),
        ("email", None),
        ("sub", None),
        ("iss", None),
        ("aud", None),
        ("exp", None),
        ("iat", 10**11),
    ],
)
def test_a_claim_that_is_wrong_or_missing_is_not_believed(journey, crooked, claim, value):
    crooked.claims[claim] = value
    if value is None:
        del crooked.claims[claim]
    with pytest.raises(SignInRefused, match="not to be believed"):
        journey.back()


def test_another_key_is_not_believed(journey, crooked):
    crooked.signs_with = RSAKey.generate_key(2048, {"kid": "1"})
    with pytest.raises(SignInRefused, match="does not verify"):
        journey.back()


def test_a_shared_key_is_not_believed(journey, crooked):
    crooked.sign_symmetrically()
    with pytest.raises(SignInRefused, match="does not verify"):
        journey.back()


def test_no_signature_is_not_believed(journey, crooked):
    token = crooked.token().split(".")
    head = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    crooked.token = lambda: f"{head}.{token[1]}."
    try:
        with pytest.raises(SignInRefused, match="does not verify"):
            journey.back()
    finally:
        del crooked.token


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://another.example"},
        {"token_endpoint": "http://192.0.2.7/token"},
        {"jwks_uri": ""},
    ],
)
def test_a_provider_that_is_not_what_was_set_up_is_not_asked(journey, crooked, change):
    crooked.discovery = change
    with pytest.raises(SignInRefused, match="not to be believed"):
        journey.back()


def test_a_provider_that_does_not_answer_is_said_so(ws, crooked):
    gone = replace(crooked.settings, issuer="http://127.0.0.1:9")
    with pytest.raises(SignInRefused, match="does not answer"):
        Provider(gone).begin(ws)
