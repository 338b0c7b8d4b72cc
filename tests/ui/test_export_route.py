"""The way a prepared file leaves the server."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

import chb.ui
from chb.services.exports.shelf import SHELF, Export, new_token
from chb.ui.server.exports import exports, templates
from chb.ui.server.sessions import HEADER

UI = Path(chb.ui.__file__).parent
MINE = {HEADER: "mine"}


@pytest.fixture
def client():
    """The route as the gate passes requests on: with the session's own header."""
    routes = [
        Route("/exports/{token}", exports, methods=["GET"]),
        Route("/templates/{kind}.csv", templates, methods=["GET"]),
    ]
    return TestClient(Starlette(routes=routes))


@pytest.fixture
def waiting():
    export = Export(new_token(), "holdfast-x.csv", "text/csv", "OFFICIAL", b"a,b\n1,2\n")
    SHELF.put("mine", export)
    return f"/exports/{export.token}"


def test_a_file_is_saved_once_and_kept_nowhere(client, waiting):
    answer = client.get(waiting, headers=MINE)
    assert answer.content == b"a,b\n1,2\n"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-disposition"] == 'attachment; filename="holdfast-x.csv"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.get(waiting, headers=MINE).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [{}, {HEADER: "theirs"}, MINE | {"sec-fetch-site": "cross-site"}],
    ids=["nobody", "another session", "another site"],
)
def test_nobody_else_gets_it_and_it_goes_on_waiting(client, waiting, headers):
    assert client.get(waiting, headers=headers).status_code == 404
    assert client.get(waiting, headers=MINE).status_code == 200


def test_looking_whether_it_is_there_does_not_take_it(client, waiting):
    assert client.head(waiting, headers=MINE).status_code == 404
    assert client.get(waiting, headers=MINE).status_code == 200


def test_a_token_that_never_was_looks_like_one_that_is_gone(client, waiting):
    client.get(waiting, headers=MINE)
    gone = client.get(waiting, headers=MINE)
    never = client.get(f"/exports/{new_token()}", headers=MINE)
    assert (gone.status_code, gone.text) == (never.status_code, never.text)


def test_an_empty_form_is_open_to_everybody_and_no_other_file(client):
    answer = client.get("/templates/disruptions.csv")
    assert answer.headers["content-disposition"].endswith('"disruptions-to-fill-in.csv"')
    assert "happened_on" in answer.text
    assert client.get("/templates/..%2F..%2Fsecrets.csv").status_code == 404


def test_no_page_hands_a_file_to_the_shared_buffers_of_streamlit():
    pages = list(UI.rglob("*.py"))
    assert len(pages) > 50
    assert [page.name for page in pages if "download_button" in page.read_text()] == []
