"""Reviews, holds and disposal, on both databases: nothing goes unasked, and what goes is gone."""

import tempfile
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from secrets import token_hex

import pandas as pd
import pytest
from sqlalchemy import select

from chb.domain.access.roles import Role
from chb.domain.access.scope import OPERATOR, NotForYou
from chb.domain.assets.register import Asset
from chb.domain.audit import AuditAction, AuditQuery
from chb.domain.edits import StaleEdit
from chb.domain.ocgs.locations import Confidence, LocationKind, OcgLocation
from chb.domain.ocgs.members import Nominal, NominalRole
from chb.domain.places.decisions import DecisionDraft, Link, LinkKind
from chb.domain.places.records import TieKind
from chb.domain.planning.intelligence import (
    IntelligenceRequirement,
    PartnerRequest,
    RequestHeading,
)
from chb.domain.records import Signature
from chb.domain.refusal import Refusal
from chb.domain.retention import KeptKind, Outcome
from chb.services import disposal, retention
from chb.services.audit import search, verify
from chb.services.backups import back_up_store
from chb.services.drafts import find_draft, keep_field
from chb.services.loading.catalogue import data_version
from chb.services.places.decisions import list_decisions, record_decision
from chb.services.places.ties import tie_to_place
from chb.services.planning.ocg_register import save_ocg
from chb.store.tables import metadata
from tests.services.access.scopes import as_person
from tests.services.place_makers import edit
from tests.services.planner_makers import (
    BY,
    made_disruption,
    made_intervention,
    made_ocg,
    made_place,
    made_plan,
    made_score,
)

LONG_AGO = datetime(2019, 1, 1, tzinfo=UTC)
LRO = "lro@example.org"
WHY = "Past its review"


def aged(ws, moment=LONG_AGO):
    """The same store, years before."""
    return replace(ws, clock=lambda: moment)


def old_group(ws, code="KITTIWAKE", moment=LONG_AGO, **changes):
    """A group that nobody worked on for years."""
    return made_ocg(aged(ws, moment), code=code, tasked_on=moment.date(), **changes)


def signed(ws):
    return Signature(by=BY, at=ws.now(), reason="written")


def due(ws):
    return {each.kept.record_id: each for each in retention.due_for_review(ws)}


def dispose(ws, record, kind=KeptKind.OCG):
    return disposal.dispose(ws, kind, record.id, reason=WHY)


def rows_with(ws, token):
    """Tables with the token in any column."""
    with ws.store.connection(OPERATOR, writes=False) as connection:
        return [
            table.name
            for table in metadata.sorted_tables
            if any(token in str(tuple(row)) for row in connection.execute(select(table)))
        ]


def files_with(folder, token):
    """Files with the token in their bytes, or, if they are archives, unpacked."""
    found = []
    for path in (each for each in folder.rglob("*") if each.is_file()):
        texts = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                texts += [archive.read(name) for name in archive.namelist()]
        if any(token.encode() in text for text in texts):
            found.append(path.name)
    return found


def test_what_is_past_its_period_is_listed_the_oldest_first_and_nothing_else(ws):
    older = old_group(ws, "PUFFIN", datetime(2018, 1, 1, tzinfo=UTC))
    old = old_group(ws)
    made_ocg(ws, code="FULMAR")
    listed = retention.due_for_review(ws)
    assert [each.kept.record_id for each in listed] == [older.id, old.id]
    assert [each.kept.name for each in listed] == ["PUFFIN", "KITTIWAKE"]
    assert listed[0].due_on == date(2024, 1, 1)


def test_every_kind_can_be_listed(ws):
    place, group = made_place(ws), made_ocg(ws)
    made_score(ws, group)
    made_intervention(ws, made_plan(ws, place_id=place.id))
    made_disruption(ws, place_id=place.id)
    record_decision(ws, DecisionDraft(what="Go", rationale="Harm", taken_on=ws.today()), by=BY)
    with ws.writing() as tx:
        tx.assets.add_many([asset()], Signature(BY, LONG_AGO))
        tx.ocg_locations.add([location()], source_sha256="0")
    kinds = {each.kept.kind for each in retention.due_for_review(ws, on=date(2040, 1, 1))}
    assert kinds == {
        KeptKind.OCG,
        KeptKind.OCG_LOCATION,
        KeptKind.PLAN,
        KeptKind.INTERVENTION,
        KeptKind.DISRUPTION,
        KeptKind.DECISION,
        KeptKind.ASSET,
    }


def asset(**changes):
    values = {"id": "a1", "name": "Hall", "kind": "hall", "source": "x", "recorded_at": LONG_AGO}
    return Asset(longitude=-1.5, latitude=53.4, **(values | changes))


def location(code="KITTIWAKE", source="x"):
    return OcgLocation(
        code=code,
        kind=next(iter(LocationKind)),
        longitude=-1.5,
        latitude=53.4,
        radius_m=100.0,
        confidence=next(iter(Confidence)),
        valid_from=None,
        valid_to=None,
        source=source,
        handling="",
    )


def test_what_is_due_stays_listed_until_it_is_decided(ws):
    group = old_group(ws)
    assert list(due(ws)) == list(due(ws)) == [group.id]
    retention.record_review(
        ws,
        KeptKind.OCG,
        group.id,
        outcome=Outcome.KEEP,
        why="Active",
        by=BY,
        keep_until=date(2027, 3, 4),
    )
    assert due(ws) == {}
    later = aged(ws, datetime(2027, 3, 4, tzinfo=UTC))
    assert list(due(later)) == [group.id]


def test_a_decision_to_dispose_is_no_disposal_and_stays_listed(ws):
    group = made_ocg(ws)
    retention.record_review(
        ws, KeptKind.OCG, group.id, outcome=Outcome.DISPOSE, why="Recorded in error", by=BY
    )
    assert due(ws)[group.id].is_to_go
    dispose(ws, group)
    assert due(ws) == {}


@pytest.mark.parametrize("kind", [KeptKind.OCG, KeptKind.PLAN, KeptKind.INTERVENTION])
def test_a_hold_blocks_the_record_and_all_that_it_would_go_with(ws, kind):
    group = made_ocg(ws)
    plan = made_plan(ws, ocg_id=group.id)
    step = made_intervention(ws, plan)
    chain = [(KeptKind.OCG, group), (KeptKind.PLAN, plan), (KeptKind.INTERVENTION, step)]
    held = dict(chain)[kind]
    hold = retention.place_hold(ws, kind, held.id, why="Regina v Fox", by=BY)
    before = rows_with(ws, "Patrols")
    blocked = [each for each, _ in chain].index(kind) + 1
    for each, record in chain[:blocked]:
        assert disposal.preview_disposal(ws, each, record.id).holds == (hold,)
        with pytest.raises(Refusal, match="Regina v Fox"):
            dispose(ws, record, each)
    assert rows_with(ws, "Patrols") == before != []
    retention.lift_hold(ws, hold, why="Sentence served", by=BY)
    dispose(ws, group)
    assert retention.list_holds(ws) == ()
    assert rows_with(ws, "Regina") == []


def test_two_people_do_not_lift_one_hold_twice(ws):
    group = made_ocg(ws)
    hold = retention.place_hold(ws, KeptKind.OCG, group.id, why="Appeal", by=BY)
    retention.lift_hold(ws, hold, why="Over", by=BY)
    with pytest.raises(StaleEdit):
        retention.lift_hold(ws, hold, why="Over", by="SRO")


def filled_group(ws, token):
    """A group with a token in everything that is written about it."""
    group = made_ocg(ws, code=f"K{token}", summary=token)
    save_ocg(ws, replace(group, summary=f"again {token}"), by=BY, reason=token)
    place = made_place(ws)
    plan = made_plan(ws, ocg_id=group.id)
    made_intervention(ws, plan, title=token, detail=token)
    made_intervention(ws, made_plan(ws, place_id=place.id), title=token, ocg_id=group.id)
    made_disruption(ws, what=token, ocg_id=group.id, place_id=place.id)
    made_score(ws, group)
    with ws.writing() as tx:
        nominal = Nominal(
            id=f"n-{token[:8]}",
            version=1,
            ocg_id=group.id,
            reference=token,
            role=next(iter(NominalRole)),
            note=token,
        )
        tx.planner.nominals.add(nominal, signed(ws))
        tx.ocg_locations.record(location(code=f"k{token}", source=token), signed(ws))
    tie_to_place(ws, place.id, TieKind.OCG, f"K{token}", edit(place))
    keep_field(ws, "record_decision", field="What", words=f"About k{token}", request_key="k1")
    keep_field(ws, f"ocg:{group.id}", field="What", words=token, request_key="k2")
    return group, place


def test_nothing_is_left_of_what_was_disposed_of(ws, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    token = token_hex(12)
    group, place = filled_group(ws, token)
    back_up_store(ws, tmp_path / "before.zip")
    assert {"ocg", "revision", "draft", "place_tie", "ocg_location"} <= set(rows_with(ws, token))
    assert files_with(tmp_path, token)

    gone = dispose(ws, group)

    assert gone.is_scrubbed and gone.counts["intervention"] == 2 and gone.n_bodies > 0
    back_up_store(ws, tmp_path / "after.zip")
    assert rows_with(ws, token) == []
    assert files_with(tmp_path, token) == ["before.zip"]
    assert find_draft(ws, "record_decision") is None
    assert verify(ws).is_whole
    with ws.reading() as tx:
        assert tx.places.get(place.id) is not None
        assert len(tx.planner.plans.all()) == 1


def test_what_is_left_is_who_did_it_when_and_why(ws):
    group = made_ocg(ws)
    score = made_score(ws, group)
    dispose(ws, group)
    facts = disposal.list_disposals(ws)
    assert {(fact.kind, fact.record_id) for fact in facts} == {
        ("ocg", group.id),
        ("ocg_score", score.id),
    }
    assert {(fact.disposed_by, fact.at, fact.reason) for fact in facts} == {
        (ws.scope.person, ws.now(), WHY)
    }
    (erased,) = search(ws, AuditQuery(action=AuditAction.ERASE, object_kind="ocg"))
    assert (erased.object_id, erased.purpose) == (group.id, WHY)
    assert erased.body == {"ocg": 1, "ocg_score": 1}
    made = search(ws, AuditQuery(action=AuditAction.ALTER, object_kind="ocg", object_id=group.id))
    assert [row.body for row in made] == [None]


def test_what_has_a_subject_of_its_own_stays_and_lets_go(ws):
    place = made_place(ws)
    step = made_intervention(ws, made_plan(ws, place_id=place.id))
    event = made_disruption(ws, place_id=place.id, intervention_id=step.id)
    dispose(ws, step, KeptKind.INTERVENTION)
    with ws.reading() as tx:
        (kept,) = tx.planner.disruptions.all()
        versions = tx.planner.disruptions.revisions(event.id)
    assert kept == replace(event, version=2, intervention_id=None)
    assert versions[-1].signature.reason == "What it belonged to was disposed of"


def test_decisions_about_it_come_first_and_their_numbers_are_not_given_again(ws):
    group = made_ocg(ws)
    draft = DecisionDraft(
        what="Task it",
        rationale="Harm",
        taken_on=ws.today(),
        links=(Link(LinkKind.OCG, group.code),),
    )
    decision = record_decision(ws, draft, by=BY)
    with pytest.raises(Refusal, match=f"Entries {decision.reference}"):
        dispose(ws, group)
    dispose(ws, decision, KeptKind.DECISION)
    assert list_decisions(ws) == ()
    dispose(ws, group)
    with ws.reading() as tx:
        assert tx.decisions.next_number() == 2


def test_a_question_goes_and_what_was_asked_of_an_agency_stays(ws):
    place = made_place(ws)
    asked = IntelligenceRequirement(
        id="q1", version=1, question="Who?", drives="Patrols", place_id=place.id, owner=BY
    )
    request = PartnerRequest(
        id="r1",
        version=1,
        agency="Bank Homes",
        heading=next(iter(RequestHeading)),
        question="Which flats?",
        asked_by=BY,
        asked_on=ws.today(),
        due_on=ws.today(),
        place_id=place.id,
        requirement_id="q1",
    )
    with ws.writing() as tx:
        tx.planner.requirements.add(asked, signed(ws))
        tx.planner.partner_requests.add(request, signed(ws))
    dispose(ws, asked, KeptKind.INTELLIGENCE_REQUIREMENT)
    with ws.reading() as tx:
        assert tx.planner.requirements.all() == ()
        kept = tx.planner.partner_requests.get("r1")
    assert (kept.requirement_id, kept.version) == (None, 2)


def test_an_lro_disposes_of_their_own_group_with_all_its_work(ws):
    group = made_ocg(ws)
    made_intervention(ws, made_plan(ws, ocg_id=group.id))
    gone = dispose(as_person(ws, LRO, Role.LRO), group)
    assert gone.counts == {"intervention": 1, "ocg": 1, "plan": 1}
    (fact, *_) = disposal.list_disposals(ws)
    assert fact.disposed_by == LRO


def test_incidents_go_from_the_catalogue_and_from_the_disk(ws):
    frame = {"kind": "incidents", "name": "marram 2019-01", "source_name": "x.csv"}
    more = {"source_sha256": "0", "is_sample": False, "attribution": "x", "details": {}}
    with ws.writing() as tx:
        tx.frames.put(pd.DataFrame({"a": [1]}), **frame, **more, imported_at=LONG_AGO)
        path = tx.frames.path(tx.frames.entries("incidents")[0])
    assert list(due(ws)) == ["marram 2019-01"] and path.exists()
    hold = retention.place_hold(ws, KeptKind.INCIDENTS, "marram 2019-01", why="Trial", by=BY)
    with pytest.raises(Refusal, match="Trial"):
        disposal.dispose(ws, KeptKind.INCIDENTS, "marram 2019-01", reason=WHY)
    retention.lift_hold(ws, hold, why="Over", by=BY)
    disposal.dispose(ws, KeptKind.INCIDENTS, "marram 2019-01", reason=WHY)
    assert due(ws) == {} and not path.exists()
    assert [fact.kind for fact in disposal.list_disposals(ws)] == ["incidents"]


def test_what_was_worked_out_from_it_is_not_given_again(ws):
    """The caches of screens and engine begin every key with this version."""
    group = made_ocg(ws)
    with ws.writing() as tx:
        tx.ocg_locations.record(location(), signed(ws))
    before = data_version(ws)
    dispose(ws, group)
    assert data_version(ws) != before


def test_what_goes_with_it_unseen_is_for_the_sro(ws):
    mine, other = made_ocg(ws), made_ocg(ws, code="PUFFIN", lro="other@example.org")
    made_intervention(ws, made_plan(ws, ocg_id=mine.id), ocg_id=other.id)
    with pytest.raises(NotForYou, match="by you alone"):
        dispose(as_person(ws, LRO, Role.LRO), mine)
    with pytest.raises(Refusal, match="not there"):
        dispose(as_person(ws, LRO, Role.LRO), other)
    dispose(as_person(ws, "sro@example.org", Role.SRO), mine)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.PARTNER, Role.CSP_MANAGER, Role.ADMINISTRATOR])
def test_nobody_else_reviews_holds_or_disposes(ws, role):
    group, theirs = made_ocg(ws), as_person(ws, "x@example.org", role)
    for ask in (
        lambda: retention.due_for_review(theirs),
        lambda: retention.place_hold(theirs, KeptKind.OCG, group.id, why="x", by=BY),
        lambda: dispose(theirs, group),
    ):
        with pytest.raises(NotForYou):
            ask()


def test_an_administrator_is_told_kinds_and_ids_and_no_names(ws):
    group = old_group(ws)
    administrator = as_person(ws, "x@example.org", Role.ADMINISTRATOR)
    (listed,) = retention.due_ids(administrator)
    assert (listed.kind, listed.record_id, listed.is_held) == (KeptKind.OCG, group.id, False)
    assert "KITTIWAKE" not in str(listed)


def test_an_lro_is_shown_what_is_due_of_their_own_groups_only(ws):
    mine = old_group(ws)
    old_group(ws, "PUFFIN", lro="other@example.org")
    assert list(due(as_person(ws, LRO, Role.LRO))) == [mine.id]


def test_an_asset_can_go(ws):
    with ws.writing() as tx:
        tx.assets.add_many([asset(name="Hallmark")], Signature(BY, LONG_AGO))
    disposal.dispose(ws, KeptKind.ASSET, "a1", reason=WHY)
    assert rows_with(ws, "Hallmark") == []
