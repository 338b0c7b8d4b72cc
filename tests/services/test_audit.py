"""Recording what only reads, leaves or was refused; searching; verifying; erasing."""

import ast
from dataclasses import asdict, replace
from pathlib import Path

import pytest

import chb
from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou, Scope
from chb.domain.audit import AuditAction, AuditQuery, Fault
from chb.domain.places.decisions import DecisionDraft, Link, LinkKind
from chb.domain.places.records import TieKind
from chb.domain.refusal import Refusal
from chb.services.audit import (
    erase_bodies,
    record_disclosure,
    record_refusal,
    refusal_of,
    renew_key,
    search,
    verify,
)
from chb.services.places.boundaries import rename_place
from chb.services.places.decisions import record_decision
from chb.services.places.ties import tie_to_place
from chb.services.planning.my_work import my_work
from chb.services.planning.ocg_register import ocg_file, save_ocg
from tests.services.place_makers import edit, started
from tests.services.planner_makers import made_disruption, made_intervention, made_ocg, made_plan
from tests.store.audited import cut, past_the_guards

PARTNER = Scope(person="housing@example.org", roles=frozenset({Role.PARTNER}))


def test_what_is_shown_sent_and_refused_is_recorded_with_who_and_to_whom(ws):
    theirs = ws.seen_by(PARTNER)
    my_work(theirs)
    record_disclosure(theirs, "plan", "p1", recipient="Housing", purpose="patrols", n_rows=3)
    record_refusal(theirs, "ocg", "o1", what="open")
    rows = search(ws, AuditQuery(person=PARTNER.person))
    assert [(row.action, row.object_kind, row.recipient) for row in reversed(rows)] == [
        ("consult", "my work", ""),
        ("disclose", "plan", "Housing"),
        ("refuse", "ocg", ""),
    ]
    assert rows[1].purpose == "patrols" and rows[1].body == {"n_rows": 3}


def test_nothing_is_disclosed_without_purpose(ws):
    with pytest.raises(Refusal, match="purpose"):
        record_disclosure(ws, "plan", "p1", recipient="Housing", purpose=" ")
    assert search(ws, AuditQuery()) == ()


def test_a_search_is_recorded_too(ws):
    search(ws, AuditQuery(person="somebody", action=AuditAction.DISCLOSE))
    (row,) = search(ws, AuditQuery(action=AuditAction.CONSULT))
    assert (row.object_kind, row.body["person"], row.body["found"]) == ("audit log", "somebody", 0)


def test_an_edit_records_what_changed_and_not_to_what(ws):
    place = started(ws)
    rename_place(ws, place.id, "Ropewalk", edit(place))
    named, begun = search(ws, AuditQuery(object_kind="place", object_id=place.id))
    assert (named.action, named.body["what"], begun.body["what"]) == ("alter", "name", "place")
    assert "Ropewalk" not in str(named) and "Moorfield" not in str(begun)


def test_only_those_who_may_read_erase_and_renew(ws):
    for ask in (
        lambda theirs: search(theirs, AuditQuery()),
        verify,
        lambda theirs: erase_bodies(theirs, [1], purpose="x"),
        lambda theirs: renew_key(theirs, purpose="x"),
    ):
        with pytest.raises(NotForYou):
            ask(ws.seen_by(PARTNER))


def test_a_log_verifies_and_its_end_is_anchored_on_the_way(ws):
    started(ws)
    verdict = verify(ws)
    assert verdict.is_whole and verdict.n_rows == 1 and refusal_of(verdict) is None
    assert verify(ws).anchored_seq == 1


def test_what_is_wrong_is_said_in_a_sentence(ws):
    for _ in range(3):
        record_refusal(ws, "plan", "p1")
    ws.store.anchors.flush()
    with past_the_guards(ws.store) as connection:
        cut(connection, "seq > 1")
    verdict = verify(ws)
    assert verdict.first.fault == Fault.TRUNCATED
    assert "does not verify: truncated. The log ends with row 1, and had 3" in str(
        refusal_of(verdict)
    )


def test_an_anchor_file_that_is_not_there_is_a_sentence(ws, tmp_path):
    with pytest.raises(Refusal, match="The anchors cannot be read"):
        verify(ws, tmp_path / "nothing.jsonl")


def test_contents_are_erased_and_the_log_still_verifies(ws):
    record_refusal(ws, "nominal", "n1", what="open the file of A. Person")
    assert erase_bodies(ws, [1], purpose="retention") == 1
    assert erase_bodies(ws, [1], purpose="retention") == 0
    erasure, erased = search(ws, AuditQuery())
    assert (erasure.action, erasure.object_id, erasure.purpose) == ("erase", "1", "retention")
    assert erased.body is None and erased.object_id == "n1"
    verdict = verify(ws)
    assert verdict.is_whole and verdict.n_erased == 1


def test_a_new_key_goes_on_where_the_old_one_ended(ws):
    started(ws)
    renew_key(ws, purpose="The old one was seen by a contractor")
    started(ws, name="Ropewalk", cells=[0x8928308280FFFFF])
    assert verify(ws).is_whole
    (row,) = search(ws, AuditQuery(object_kind="audit key"))
    assert row.purpose.startswith("The old one")


def test_who_may_audit_and_need_not_know_is_shown_ids_and_no_content(ws):
    """A group's words are written everywhere they can be; the administrator finds none of them."""
    word = "Zugunruhe"
    ocg = made_ocg(ws, f"{word}-1", summary=word)
    plan = made_plan(ws, ocg_id=ocg.id)
    made_intervention(ws, plan, title=word, detail=word, ocg_id=ocg.id)
    made_disruption(ws, what=word, ocg_id=ocg.id)
    save_ocg(ws, replace(ocg, summary=f"{word} again"), by=word, reason=word)
    place = tie_to_place(ws, (seen := started(ws)).id, TieKind.OCG, ocg.code, edit(seen))
    draft = DecisionDraft(
        what=word,
        rationale=word,
        taken_on=ws.today(),
        links=(Link(LinkKind.OCG, ocg.id), Link(LinkKind.PLACE, place.id)),
    )
    record_decision(ws, draft, by=word)
    record_disclosure(
        ws, "export", "e1", recipient="Council", purpose=word, manifest={"filters": word}
    )
    record_refusal(ws, "ocg", ocg.id, what=f"open {word}")
    ocg_file(ws, ocg.id)
    administrator = ws.seen_by(
        Scope(person="systems@example.org", roles=frozenset({Role.ADMINISTRATOR}))
    )
    found = search(administrator, AuditQuery())
    assert word.casefold() not in repr([asdict(row) for row in found]).casefold()
    assert {ocg.id, plan.id, place.id} <= {row.object_id for row in found}
    assert any(row.purpose == "withheld" and row.recipient == "Council" for row in found)
    assert word in repr([asdict(row) for row in search(ws, AuditQuery())])


def test_an_erased_content_is_told_from_one_that_is_withheld(ws):
    record_refusal(ws, "nominal", "n1", what="open the file of A. Person")
    record_refusal(ws, "nominal", "n2", what="open the file of A. Person")
    erase_bodies(ws, [1], purpose="retention")
    administrator = ws.seen_by(
        Scope(person="systems@example.org", roles=frozenset({Role.ADMINISTRATOR}))
    )
    bodies = {row.object_id: row.body for row in search(administrator, AuditQuery())}
    assert (bodies["n1"], bodies["n2"]) == (None, {})


RECORDING = {"record", "record_many", "add", "AuditEntry", "put_look_on_record"}


def recorded_actions():
    """Every action that a call of the services or the store puts into the log, by its name."""
    root = Path(chb.__file__).parent
    calls = (
        node
        for floor in ("services", "store")
        for path in (root / floor).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in RECORDING
    )
    words = {ast.unparse(argument) for call in calls for argument in call.args}
    return {word.removeprefix("AuditAction.") for word in words if word.startswith("AuditAction.")}


def test_there_is_no_action_that_nothing_records():
    assert recorded_actions() == {action.name for action in AuditAction}
