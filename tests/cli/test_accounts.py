"""Accounts and the refusals of ``serve`` from a terminal."""

import json

import pytest

from chb.cli.main import run

WHO = "amira@force.example"


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in ("CHB_SIGN_IN", "CHB_PUBLIC_URL", "CHB_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CHB_HOME", str(tmp_path / "home"))


def listed(capsys):
    capsys.readouterr()
    assert run(["account", "list", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_an_account_from_added_to_ended(home, capsys):
    assert run(["account", "add", WHO, "--name", "Amira"]) == 0
    assert listed(capsys)[0]["state"] == "waits for a password"
    given = ["--grant", "Analyst", "--grant", "partner", "--agency", "Bank Homes"]
    assert run(["account", "roles", WHO, *given]) == 0
    (known,) = listed(capsys)
    assert (known["roles"], known["agencies"]) == (["Analyst", "Partner"], ["Bank Homes"])
    assert run(["account", "roles", WHO, "--end", "PARTNER"]) == 0
    assert listed(capsys)[0]["roles"] == ["Analyst"]
    assert run(["account", "end", WHO]) == 0
    assert listed(capsys)[0]["state"].startswith("ended")
    assert run(["account", "list"]) == 0


def test_a_link_is_printed_for_a_local_account_only(home, capsys):
    run(["account", "add", WHO])
    run(["account", "add", "ben@force.example", "--kind", "oidc"])
    capsys.readouterr()
    assert run(["account", "link", WHO]) == 0
    assert capsys.readouterr().out.startswith("http://127.0.0.1:8501/sign-in/link/")
    assert run(["account", "link", "ben@force.example"]) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "not an address"],
        ["roles", WHO, "--grant", "Analyst"],
        ["roles", WHO, "--grant", "Emperor"],
        ["end", WHO],
    ],
)
def test_what_cannot_be_done_is_a_sentence(home, capsys, arguments):
    assert run(["account", *arguments]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Refused: ") and "Traceback" not in said


@pytest.mark.parametrize(
    ("settings", "address", "says"),
    [
        ({"CHB_SIGN_IN": "demo"}, "0.0.0.0", "A demonstration is for this machine only"),
        ({"CHB_SIGN_IN": "local"}, "0.0.0.0", "others can read"),
        ({"CHB_SIGN_IN": "oidc"}, "127.0.0.1", "is not set up"),
        ({"CHB_SIGN_IN": "nobody"}, "127.0.0.1", "does not name a way to sign in"),
    ],
)
def test_what_is_unsafe_is_not_served(home, capsys, monkeypatch, settings, address, says):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert run(["serve", "--port", "8757", "--address", address]) == 1
    assert says in capsys.readouterr().err


def test_whoever_adds_accounts_is_told_while_nobody_is_an_administrator(home, capsys):
    run(["account", "add", WHO])
    said = capsys.readouterr()
    assert f"{said.out}{said.err}".count("Nobody is an administrator yet") == 1
    assert run(["account", "roles", WHO, "--grant", "Administrator"]) == 0
    capsys.readouterr()
    run(["account", "add", "ben@force.example"])
    said = capsys.readouterr()
    assert "Nobody is an administrator" not in f"{said.out}{said.err}"
    assert run(["account", "end", WHO]) != 0
    said = capsys.readouterr()
    assert "That is the last administrator" in f"{said.out}{said.err}"
