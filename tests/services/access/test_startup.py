"""What must hold before the server starts."""

import pytest

from chb.domain.access.accounts import AccountKind
from chb.domain.access.sessions import SignInMode
from chb.domain.refusal import Refusal
from chb.services.access import accounts
from chb.services.access.settings import SignInSettings, is_loopback, read_settings
from chb.services.access.startup import (
    check_startup,
    demo_over,
    holds_real_data,
    needs_first_administrator,
    sign_in_mode,
)
from chb.services.workspace import open_workspace
from tests.services.access.signing_makers import WHO

LOCALHOST = "127.0.0.1"
OIDC = {
    "CHB_SIGN_IN": "oidc",
    "CHB_PUBLIC_URL": "https://holdfast.example",
    "CHB_OIDC_ISSUER": "https://login.example",
    "CHB_OIDC_CLIENT_ID": "holdfast",
    "CHB_OIDC_CLIENT_SECRET": "vJ3x-9Lq2-Tz7k-W0mp",
}


@pytest.fixture
def ws(tmp_path):
    opened = open_workspace(tmp_path / "home", database_url="")
    yield opened
    opened.store.close()


def refusals(ws, environment=None, mode=SignInMode.LOCAL, address=LOCALHOST):
    settings = read_settings(environment or {})
    return [
        refusal.wrong
        for refusal in check_startup(ws, settings, mode=settings.mode or mode, address=address)
    ]


def test_an_empty_store_asks_people_to_sign_in(ws):
    assert sign_in_mode(ws, SignInSettings()) is SignInMode.LOCAL
    assert needs_first_administrator(ws, SignInMode.LOCAL)
    assert not needs_first_administrator(ws, SignInMode.OIDC)
    assert refusals(ws) == []


def test_the_sample_place_alone_is_a_demonstration(sample_ws):
    assert sign_in_mode(sample_ws, SignInSettings()) is SignInMode.DEMO
    assert refusals(sample_ws, mode=SignInMode.DEMO) == []
    assert demo_over(sample_ws) is None


def test_an_account_makes_a_store_real(ws):
    assert not holds_real_data(ws)
    accounts.add_account(ws, WHO, kind=AccountKind.OIDC)
    assert holds_real_data(ws)
    assert not needs_first_administrator(ws, SignInMode.LOCAL)
    assert "Restart" in str(demo_over(ws))
    (refused,) = refusals(ws, mode=SignInMode.DEMO)
    assert "synthetic data" in refused


def test_imported_data_make_a_store_real(lancashire_ws):
    assert holds_real_data(lancashire_ws)
    assert sign_in_mode(lancashire_ws, SignInSettings()) is SignInMode.LOCAL


@pytest.mark.parametrize("address", ["", "0.0.0.0", "192.0.2.7", "::"])
def test_beyond_this_machine_only_with_sign_in_behind_tls(ws, address):
    assert refusals(ws, mode=SignInMode.DEMO, address=address)[0].startswith("A demonstration")
    assert "others can read" in refusals(ws, address=address)[0]
    plain = {"CHB_PUBLIC_URL": "http://holdfast.example"}
    assert "others can read" in refusals(ws, plain, address=address)[0]
    assert refusals(ws, {"CHB_PUBLIC_URL": "https://holdfast.example"}, address=address) == []


def test_a_name_for_others_is_reach_too(ws):
    (refused,) = refusals(ws, {"CHB_PUBLIC_URL": "https://holdfast.example"}, SignInMode.DEMO)
    assert refused.startswith("A demonstration")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.1.2.3"])
def test_what_only_this_machine_reaches(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "10.0.0.1", "localhost.example", "127.0.0.1.nip"])
def test_what_others_reach(host):
    assert not is_loopback(host)


def test_a_provider_that_is_set_up_is_fine(ws):
    assert refusals(ws, OIDC) == []


@pytest.mark.parametrize("missing", sorted(set(OIDC) - {"CHB_SIGN_IN"}))
def test_a_provider_that_is_half_set_up_is_refused(ws, missing):
    half = {name: value for name, value in OIDC.items() if name != missing}
    assert "Signing in with OpenID Connect is not set up" in refusals(ws, half)


@pytest.mark.parametrize(
    "secret", ["short", "changeme-changeme", "example-secret-of-32-characters!", "a" * 40]
)
def test_a_weak_or_example_secret_is_refused(ws, secret):
    (refused,) = refusals(ws, OIDC | {"CHB_OIDC_CLIENT_SECRET": secret})
    assert "could be guessed" in refused


def test_a_provider_without_tls_is_refused(ws):
    (refused,) = refusals(ws, OIDC | {"CHB_OIDC_ISSUER": "http://login.example"})
    assert "others can change" in refused


def test_a_secret_may_be_in_a_file(tmp_path):
    (tmp_path / "secret").write_text("vJ3x-9Lq2\n")
    name = "CHB_OIDC_CLIENT_SECRET_FILE"
    assert read_settings({name: str(tmp_path / "secret")}).client_secret == "vJ3x-9Lq2"
    with pytest.raises(Refusal, match="cannot be read"):
        read_settings({name: str(tmp_path / "nowhere")})
    assert "vJ3x" not in repr(read_settings({name: str(tmp_path / "secret")}))


@pytest.mark.parametrize(
    "environment",
    [{"CHB_SIGN_IN": "none"}, {"CHB_PUBLIC_URL": "holdfast"}, {"CHB_PUBLIC_URL": "https://x/y"}],
)
def test_settings_that_cannot_be_meant_are_refused(environment):
    with pytest.raises(Refusal):
        read_settings(environment)


def test_a_store_that_others_can_read_is_refused(ws, tmp_path):
    ways = [tmp_path, *tmp_path.parents]
    before = [(way, way.stat().st_mode) for way in ways]
    opened = [(way, mode) for way, mode in before if mode & 0o001 == 0]
    try:
        for way, mode in opened:
            way.chmod(mode | 0o001)
        assert refusals(ws) == [], "a new store is closed"
        ws.home.chmod(0o755)
        assert "Every user of this machine can read the store" in refusals(ws)
        assert refusals(ws, mode=SignInMode.DEMO) == []
        ws.home.chmod(0o700)
        assert refusals(ws) == []
    finally:
        for way, mode in opened:
            way.chmod(mode)


def test_a_schema_that_waits_for_changes_is_refused(ws):
    with ws.store.connection(ws.scope, writes=True) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0004'")
    assert "The database waits for changes of its schema" in refusals(ws)


def test_an_audit_log_that_does_not_verify_is_refused(ws):
    accounts.add_account(ws, WHO)
    with ws.store.connection(ws.scope, writes=True) as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_guard_update")
        connection.exec_driver_sql("UPDATE audit SET person = 'somebody else'")
    (refused,) = refusals(ws)
    assert "audit log does not verify" in refused
