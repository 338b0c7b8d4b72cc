"""Where the page sends what is typed: to its own person, from its own site, in small pieces."""

import pytest

from chb.domain.access.roles import Role
from chb.domain.access.scope import Scope
from chb.services.drafts import find_draft
from tests.services.access.signing_makers import WHO, add_person
from tests.ui.server_makers import HERE, enter, make_client

BODY = {"field": "What", "words": "Half a sentence", "key": "k1"}
PATH = "/drafts/record_decision"
FROM_HERE = {"origin": HERE}


@pytest.fixture
def client(ws):
    add_person(ws, WHO, Role.LRO)
    client = make_client(ws)
    enter(client, ws)
    return client


def kept(ws, person=WHO):
    found = find_draft(ws.seen_by(Scope(person=person)), "record_decision")
    return found.words if found else None


def test_words_are_kept_for_the_person_of_the_session(ws, client):
    answer = client.post(PATH, json=BODY | {"person": "ben@force.example"}, headers=FROM_HERE)
    assert (answer.status_code, answer.content) == (204, b"")
    assert kept(ws) == {"What": "Half a sentence"}
    assert kept(ws, "ben@force.example") is None


def test_the_route_gives_no_words_back(client):
    client.post(PATH, json=BODY, headers=FROM_HERE)
    answer = client.get(PATH)
    assert "Half a sentence" not in answer.text


@pytest.mark.parametrize(
    ("headers", "status"), [({}, 403), ({"origin": "https://evil.example"}, 403)]
)
def test_another_site_keeps_nothing(ws, client, headers, status):
    assert client.post(PATH, json=BODY, headers=headers).status_code == status
    assert kept(ws) is None


def test_nobody_keeps_nothing(ws, client):
    client.cookies.clear()
    assert client.post(PATH, json=BODY, headers=FROM_HERE).status_code == 401
    assert kept(ws) is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff", 400),
        (b"[]", 400),
        (b'{"field": "What", "words": 5, "key": "k"}', 400),
        (b'{"field": " ", "words": "x", "key": "k"}', 400),
        (b'{"field": "What", "key": "k", "words": "' + b"x" * 9_000 + b'"}', 413),
    ],
    ids=["cut short", "no text", "a list", "no words", "no field", "too long"],
)
def test_what_is_not_a_field_of_a_form_is_refused(ws, client, body, status):
    answer = client.post(PATH, content=body, headers=FROM_HERE)
    assert answer.status_code == status
    assert kept(ws) is None
