"""The register: registering, scoring, reviewing, and two people at once."""

from dataclasses import replace
from datetime import date

import pytest

from chb.domain.edits import StaleEdit
from chb.domain.ocgs.bands import Band, PBand, Tier
from chb.domain.ocgs.locations import Confidence, LocationKind, OcgLocation
from chb.domain.ocgs.members import Nominal, NominalRole, OcgLink, OcgLinkKind
from chb.domain.ocgs.register import MorileScore, OcgReview, OcgScore, ReviewKind
from chb.domain.refusal import Refusal
from chb.services.planning.keeping import history
from chb.services.planning.ocg_register import (
    hold_review,
    import_morile,
    list_ocgs,
    ocg_file,
    overdue_reviews,
    rescore,
    save_nominal,
    save_ocg,
    save_ocg_link,
)
from tests.services.planner_makers import BY, LITERAL, made_ocg, made_score


def held(ws, ocg, on, kind=ReviewKind.SCHEDULED, why=""):
    review = OcgReview(ocg_id=ocg.id, kind=kind, held_on=on, why=why, findings="as before")
    return hold_review(ws, review, by=BY)


def test_a_group_has_its_file(ws):
    ocg = made_ocg(ws, summary=LITERAL)
    score = made_score(ws, ocg)
    review = held(ws, ocg, date(2026, 2, 5))
    found = ocg_file(ws, ocg.id)
    assert (found.ocg, found.scores, found.reviews) == (ocg, (score,), (review,))
    assert found.ocg.summary == LITERAL
    assert found.standing.review_due_on == date(2026, 3, 5)


def test_a_form_sent_twice_registers_one_group_and_one_scoring(ws):
    first = made_ocg(ws, request_key="form-1")
    assert made_ocg(ws, request_key="form-1") == first
    made_score(ws, first, request_key="form-2")
    made_score(ws, first, request_key="form-2")
    assert len(list_ocgs(ws)) == len(ocg_file(ws, first.id).scores) == 1


def test_scoring_again_keeps_the_earlier_score(ws):
    ocg = made_ocg(ws)
    first = made_score(ws, ocg, Tier.TWO)
    second = rescore(
        ws,
        OcgScore(
            ocg_id=ocg.id,
            band=Band.ONE_A,
            tier=Tier.ONE,
            p_band=PBand.P2,
            assessed_on=date(2026, 3, 1),
            assessor="desk",
            reason="A firearm was seen",
        ),
        by=BY,
    )
    found = ocg_file(ws, ocg.id)
    assert found.scores == (first, second)
    assert found.standing.score == second
    assert found.standing.review_due_on == date(2026, 4, 1)


def test_overdue_reviews_are_listed_the_longest_wait_first(ws):
    late, later = made_ocg(ws, "LATE"), made_ocg(ws, "LATER")
    made_score(ws, late)
    made_score(ws, made_ocg(ws, "FINE"), Tier.FOUR)
    assert [each.ocg.code for each in overdue_reviews(ws)] == ["LATER", "LATE"]
    held(ws, late, date(2026, 3, 4), ReviewKind.TRIGGER, "a fight")
    assert late.code in [each.ocg.code for each in overdue_reviews(ws)]
    held(ws, late, date(2026, 3, 4))
    assert [each.ocg.code for each in overdue_reviews(ws)] == [later.code]


def test_two_people_at_once_the_second_is_told_and_nothing_is_lost(ws):
    seen = made_ocg(ws)
    save_ocg(ws, replace(seen, summary="Two stairwells"), by="P lead", reason="visit")
    with pytest.raises(StaleEdit) as refused:
        save_ocg(ws, replace(seen, lro="other@example.org"), by=BY, reason="handover")
    assert "P lead changed summary to 'Two stairwells'" in refused.value.theirs
    assert refused.value.yours == "lro to 'other@example.org'"
    assert ocg_file(ws, seen.id).ocg.summary == "Two stairwells"
    versions = history(ws, lambda tx: tx.planner.ocgs, seen.id)
    assert [each.signature.reason for each in versions] == ["", "visit"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"code": " "}, "code name is missing"),
        ({"code": "x" * 10_000}, "at most 40 characters"),
        ({"summary": "x" * 10_000}, "at most 5,000 characters"),
        ({"lro": ""}, "lead responsible officer is missing"),
        ({"tasked_on": date(2027, 1, 1)}, "cannot have happened yet"),
    ],
)
def test_what_cannot_be_registered_leaves_nothing(ws, changes, says):
    with pytest.raises(Refusal, match=says):
        made_ocg(ws, **changes)
    assert list_ocgs(ws) == ()


def test_codes_differ_whatever_their_case(ws):
    made_ocg(ws, "Kittiwake")
    with pytest.raises(Refusal, match="already an OCG called KITTIWAKE"):
        made_ocg(ws, "KITTIWAKE")


def test_morile_is_imported_with_its_assessor(ws):
    ocg = made_ocg(ws)
    score = MorileScore(
        ocg_id=ocg.id, score=412.5, assessed_on=date(2026, 2, 1), assessor="desk", source="mail"
    )
    kept = import_morile(ws, score, by=BY)
    assert ocg_file(ws, ocg.id).morile_scores == (kept,)
    with pytest.raises(Refusal, match="cannot have happened yet"):
        import_morile(ws, replace(score, assessed_on=date(2026, 9, 1)), by=BY)


def test_nominals_are_by_reference_and_edited_in_place(ws):
    ocg = made_ocg(ws)
    lookout = Nominal(ocg_id=ocg.id, reference="N1", role=NominalRole.PERIPHERAL)
    kept = save_nominal(ws, lookout, by=BY)
    promoted = replace(kept, role=NominalRole.SIGNIFICANT)
    with pytest.raises(Refusal, match="A change of a nominal needs a reason"):
        save_nominal(ws, promoted, by=BY)
    save_nominal(ws, promoted, by=BY, reason="Seen to collect debt")
    (found,) = ocg_file(ws, ocg.id).nominals
    assert (found.role, found.version) == (NominalRole.SIGNIFICANT, 2)
    with pytest.raises(Refusal, match="has a nominal n1 already"):
        save_nominal(ws, replace(lookout, reference="n1"), by=BY)


def test_a_rivalry_is_seen_from_both_sides_and_kept_once(ws):
    one, other = made_ocg(ws, "ONE"), made_ocg(ws, "OTHER")
    link = save_ocg_link(
        ws, OcgLink(ocg_id=one.id, other_id=other.id, kind=OcgLinkKind.RIVALRY), by=BY
    )
    assert ocg_file(ws, one.id).links == ocg_file(ws, other.id).links == (link,)
    with pytest.raises(Refusal, match="linked by rivalry already"):
        save_ocg_link(
            ws, OcgLink(ocg_id=other.id, other_id=one.id, kind=OcgLinkKind.RIVALRY), by=BY
        )


def test_what_belongs_to_a_group_that_is_not_there_is_a_sentence(ws):
    with pytest.raises(Refusal, match="The OCG that it belongs to is not there"):
        save_nominal(ws, Nominal(ocg_id="gone", reference="N1", role=NominalRole.ASSOCIATE), by=BY)
    with pytest.raises(Refusal, match="That OCG is not there"):
        ocg_file(ws, "gone")


def test_the_file_holds_the_locations_under_the_groups_code_only(ws):
    ocg = made_ocg(ws)
    here = OcgLocation(
        code="Kittiwake",
        kind=LocationKind.STORAGE,
        longitude=-1.49,
        latitude=53.36,
        radius_m=250.0,
        confidence=Confidence.LOW,
        valid_from=None,
        valid_to=None,
        source="log 41",
        handling="police only",
    )
    with ws.writing() as tx:
        tx.ocg_locations.add([here, replace(here, code="REDSHANK")], source_sha256="")
    assert ocg_file(ws, ocg.id).locations == (here,)
