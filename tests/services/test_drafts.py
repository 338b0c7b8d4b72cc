"""Words not sent yet: their own person's, replaced, and gone when they are a record or old."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chb.domain.access.roles import Role
from chb.domain.access.scope import Scope
from chb.domain.audit import AuditQuery
from chb.domain.refusal import Refusal
from chb.services import drafts
from chb.services.access.accounts import add_account, end_account
from chb.services.audit import search
from tests.services.planner_makers import made_ocg

AMIRA, BEN = "amira@force.example", "ben@force.example"
FORM = "record_decision"


def of(ws, person):
    return ws.seen_by(Scope(person=person, roles=frozenset({Role.LRO})))


def typed(ws, words="Half a sentence", form=FORM, field="What", key="k1"):
    return drafts.keep_field(ws, form, field=field, words=words, request_key=key)


def words_of(ws, form=FORM):
    found = drafts.find_draft(ws, form)
    return found.words if found else {}


def test_fields_are_kept_beside_each_other_and_replaced(ws):
    amira = of(ws, AMIRA)
    for words in ("Half", "Half a sentence"):
        assert typed(amira, words)
    typed(amira, "Harm", field="Why")
    assert words_of(amira) == {"What": "Half a sentence", "Why": "Harm"}
    assert drafts.find_draft(amira, FORM).saved_at == ws.now()


def test_a_field_that_was_emptied_is_forgotten_and_the_last_one_with_the_draft(ws):
    amira = of(ws, AMIRA)
    typed(amira)
    typed(amira, "  ")
    assert drafts.find_draft(amira, FORM) is None


def test_nobody_else_finds_them(ws):
    typed(of(ws, AMIRA))
    assert words_of(of(ws, BEN)) == {}
    drafts.forget_draft(of(ws, BEN), FORM)
    assert words_of(of(ws, AMIRA.upper())) == {"What": "Half a sentence"}


def test_what_comes_after_the_form_was_sent_is_no_draft(ws):
    made_ocg(ws, request_key="k1")
    assert not typed(of(ws, AMIRA), key="k1")
    assert typed(of(ws, AMIRA), key="k2")


def test_after_two_weeks_they_are_not_put_back_and_the_next_one_clears_them(ws):
    typed(of(ws, AMIRA))
    later = replace(ws, clock=lambda: ws.now() + timedelta(days=14))
    assert words_of(of(later, AMIRA)) == {}
    typed(of(later, BEN))
    assert words_of(of(ws, AMIRA)) == {"What": "Half a sentence"}
    after = replace(ws, clock=lambda: ws.now() + timedelta(days=14, seconds=1))
    typed(of(after, BEN))
    assert words_of(of(ws, AMIRA)) == {}


def test_they_go_with_the_account(ws):
    add_account(ws, AMIRA)
    typed(of(ws, AMIRA))
    typed(of(ws, BEN))
    end_account(ws, AMIRA)
    assert words_of(of(ws, AMIRA)) == {}
    assert words_of(of(ws, BEN)) != {}


def test_nothing_of_them_is_in_the_audit_log(ws):
    typed(of(ws, AMIRA))
    drafts.forget_draft(of(ws, AMIRA), FORM)
    assert search(ws, AuditQuery()) == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"words": "x" * 10_001}, "at most 10,000"), ({"field": " "}, "field is missing")],
)
def test_what_no_form_could_hold_is_refused(ws, changes, words):
    with pytest.raises(Refusal, match=words):
        typed(of(ws, AMIRA), **changes)


def test_a_form_has_so_many_fields_and_no_more(ws):
    amira = of(ws, AMIRA)
    for number in range(drafts.MOST_FIELDS):
        typed(amira, field=f"Field {number}")
    with pytest.raises(Refusal, match="so many fields"):
        typed(amira, field="One more")
    typed(amira, "Changed", field="Field 0")
    assert words_of(amira)["Field 0"] == "Changed"


def test_a_form_of_a_record_is_found_under_the_name_its_page_carries(ws):
    assert drafts.form_name("correct_decision:0a-1 é") == "correct_decision-0a-1--"
    typed(of(ws, AMIRA), form="correct_decision-0a-1")
    assert words_of(of(ws, AMIRA), "correct_decision:0a-1") != {}
