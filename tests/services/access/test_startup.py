"""What must hold before the server starts."""

import tempfile
from pathlib import Path

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
from chb.services.access.store_files import open_to_others
from chb.services.workspace import open_workspace
from tests.services.access.signing_makers import WHO

LOCALHOST = "127.0.0.1"
OPEN = "Every user of this machine can read the store"
PUBLIC = {"CHB_PUBLIC_URL": "https://holdfast.example"}
OIDC = {
    "CHB_SIGN_IN": "oidc",
    "CHB_PUBLIC_URL": "https://holdfast.example",
    "CHB_OIDC_ISSUER": "https://login.example",
    "CHB_OIDC_CLIENT_ID": "holdfast",
    "CHB_OIDC_CLIENT_SECRET": "vJ3x-9Lq2-Tz7k-W0mp",
}


@pytest.fixture
def tmp_path():
    """A folder that others may enter, as on most machines, and that only this test changes.

    Pytest's own is closed to others, above the folders of tests that run at the same time.
    """
    with tempfile.TemporaryDirectory(prefix="holdfast-startup-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


@pytest.fixture
def ws(tmp_path):
    opened = open_workspace(tmp_path / "home", database_url="")
    yield opened
    opened.store.close()


@pytest.fixture
def apart_ws(tmp_path, monkeypatch):
    """A store as on a server: its key and its anchors are outside the home."""
    monkeypatch.setenv("CHB_KEYS", str(tmp_path / "apart" / "keys"))
    monkeypatch.setenv("CHB_ANCHORS", str(tmp_path / "apart" / "anchors" / "audit.jsonl"))
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
def test_beyond_this_machine_only_with_sign_in_behind_tls(apart_ws, address):
    ws = apart_ws
    assert refusals(ws, mode=SignInMode.DEMO, address=address)[0].startswith("A demonstration")
    assert "others can read" in refusals(ws, address=address)[0]
    plain = {"CHB_PUBLIC_URL": "http://holdfast.example"}
    assert "others can read" in refusals(ws, plain, address=address)[0]
    assert refusals(ws, PUBLIC, address=address) == []


def test_a_name_for_others_is_reach_too(apart_ws):
    (refused,) = refusals(apart_ws, PUBLIC, SignInMode.DEMO)
    assert refused.startswith("A demonstration")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.1.2.3"])
def test_what_only_this_machine_reaches(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "10.0.0.1", "localhost.example", "127.0.0.1.nip"])
def test_what_others_reach(host):
    assert not is_loopback(host)


def test_a_provider_that_is_set_up_is_fine(apart_ws):
    assert refusals(apart_ws, OIDC) == []


@pytest.mark.parametrize("missing", sorted(set(OIDC) - {"CHB_SIGN_IN"}))
def test_a_provider_that_is_half_set_up_is_refused(apart_ws, missing):
    half = {name: value for name, value in OIDC.items() if name != missing}
    assert "Signing in with OpenID Connect is not set up" in refusals(apart_ws, half)


@pytest.mark.parametrize(
    "secret", ["short", "changeme-changeme", "example-secret-of-32-characters!", "a" * 40]
)
def test_a_weak_or_example_secret_is_refused(apart_ws, secret):
    (refused,) = refusals(apart_ws, OIDC | {"CHB_OIDC_CLIENT_SECRET": secret})
    assert "could be guessed" in refused


def test_a_provider_without_tls_is_refused(apart_ws):
    (refused,) = refusals(apart_ws, OIDC | {"CHB_OIDC_ISSUER": "http://login.example"})
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


def test_a_store_that_others_can_read_is_refused(ws):
    assert refusals(ws) == [], "a new store is closed"
    ws.home.chmod(0o755)
    assert refusals(ws) == [OPEN]
    assert refusals(ws, mode=SignInMode.DEMO) == []
    ws.home.chmod(0o700)
    assert refusals(ws) == []


@pytest.mark.parametrize("name", ["holdfast.sqlite", "holdfast.sqlite-wal", "frames", "anchors"])
def test_one_thing_in_the_home_that_others_can_read_is_refused(ws, name):
    """The home lets others through here, and lists nothing to them."""
    inside = ws.home / name
    if not inside.exists():
        inside.mkdir()
    ws.home.chmod(0o711)
    for mode, refused in ((0o700, []), (0o704, [OPEN]), (0o702, [OPEN]), (0o700, [])):
        inside.chmod(mode)
        assert refusals(ws) == refused
    inside.chmod(0o704)
    assert f"{inside} has mode 0704" in str(open_to_others(ws))


@pytest.mark.parametrize("name", ["keys", "keys/audit.key", "anchors", "anchors/audit.jsonl"])
def test_keys_and_anchors_elsewhere_that_others_can_read_are_refused(apart_ws, tmp_path, name):
    accounts.add_account(apart_ws, WHO)
    apart_ws.store.anchors.flush()
    outside = tmp_path / "apart" / name
    for folder in (outside.parent, tmp_path / "apart"):
        folder.chmod(folder.stat().st_mode | 0o001)
    closed = outside.stat().st_mode
    assert refusals(apart_ws) == []
    outside.chmod(closed | 0o004)
    assert OPEN in refusals(apart_ws)
    outside.chmod(closed)
    assert refusals(apart_ws) == []


@pytest.mark.parametrize("kept", ["keys", "anchors", ""])
def test_beyond_this_machine_the_home_alone_must_not_be_enough_to_rewrite_the_log(
    tmp_path, monkeypatch, kept
):
    """``kept`` is what lies outside the home: either is enough."""
    for name in {"keys", "anchors"} & {kept}:
        monkeypatch.setenv(f"CHB_{name.upper()}", str(tmp_path / "apart" / name))
    ws = open_workspace(tmp_path / "home", database_url="")
    found = check_startup(ws, read_settings(PUBLIC), mode=SignInMode.LOCAL, address=LOCALHOST)
    assert len(found) == (0 if kept else 1)
    if not kept:
        assert "CHB_KEYS and CHB_ANCHORS" in str(found[0]) and str(ws.home) in str(found[0])
    assert refusals(ws) == [], "on one machine it is enough"
    ws.store.close()


def test_records_in_another_database_are_apart_from_the_home(tmp_path, postgres):
    with postgres.database() as address:
        ws = open_workspace(tmp_path / "home", database_url=address)
        assert refusals(ws, PUBLIC) == []
        ws.store.close()


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
