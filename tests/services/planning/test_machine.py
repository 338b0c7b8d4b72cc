"""Registers, plans and reviews driven at random beside a simple model, on both databases.

Every saved version is kept, an overtaken edit changes nothing, a form sent twice saves once.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from chb.domain.edits import StaleEdit
from chb.domain.ocgs.bands import Tier
from chb.domain.ocgs.register import OcgReview, ReviewKind
from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import InterventionStatus
from chb.domain.planning.plans import Pillar
from chb.domain.refusal import Refusal
from chb.services.planning.keeping import history
from chb.services.planning.ocg_register import hold_review, list_ocgs, ocg_file, save_ocg
from chb.services.planning.plans import list_plans, plan_view, save_intervention
from tests.services.planner_makers import BY, made_intervention, made_ocg, made_plan, made_score

CODES = ("KITTIWAKE", "Kittiwake", "REDSHANK", "x" * 41)
DAYS = st.integers(0, 60).map(lambda days: date(2026, 1, 5) + timedelta(days))
TEXTS = st.sampled_from(["quiet", "O'Neil <b> 🎈", "\x00 =1+1", ""])


class PlannerMachine(RuleBasedStateMachine):
    """The model: records by id with their versions, and what has to be refused."""

    ws = None

    def __init__(self):
        super().__init__()
        self.start = {ocg.ocg.id for ocg in list_ocgs(self.ws)}
        self.ocgs, self.plans, self.work, self.seen = {}, {}, {}, []
        self.n_reviews, self.n_scores, self.n_forms = {}, {}, 0

    def form(self):
        self.n_forms += 1
        return f"{id(self)}-{self.n_forms}"

    def pick(self, records, data):
        return data.draw(st.sampled_from(sorted(records))) if records else None

    @rule(code=st.sampled_from(CODES), twice=st.booleans())
    def register(self, code, twice):
        code, key = f"{code}{id(self)}" if len(code) < 40 else code, self.form()
        taken = code.casefold() in {ocg.code.casefold() for ocg in self.ocgs.values()}
        if taken or len(code) > 40:
            with pytest.raises(Refusal):
                made_ocg(self.ws, code, request_key=key)
            return
        ocg = made_ocg(self.ws, code, request_key=key)
        if twice:
            assert made_ocg(self.ws, code, request_key=key) == ocg
        self.ocgs[ocg.id] = ocg
        self.seen.append(ocg)
        self.n_reviews[ocg.id] = self.n_scores[ocg.id] = 0

    @rule(data=st.data(), words=TEXTS)
    def edit_as_somebody_saw_it(self, data, words):
        if not self.seen:
            return
        seen = data.draw(st.sampled_from(self.seen))
        edited = replace(seen, summary=words)
        if seen.version != self.ocgs[seen.id].version:
            with pytest.raises(StaleEdit):
                save_ocg(self.ws, edited, by=BY)
            return
        kept = save_ocg(self.ws, edited, by=BY)
        self.ocgs[seen.id] = kept
        self.seen.append(kept)

    @rule(data=st.data(), tier=st.sampled_from(Tier), on=DAYS)
    def score(self, data, tier, on):
        ocg_id = self.pick(self.ocgs, data)
        if ocg_id is None:
            return
        if on > self.ws.today():
            with pytest.raises(Refusal):
                made_score(self.ws, self.ocgs[ocg_id], tier, on)
            return
        made_score(self.ws, self.ocgs[ocg_id], tier, on)
        self.n_scores[ocg_id] += 1

    @rule(data=st.data(), kind=st.sampled_from(ReviewKind), why=TEXTS)
    def review(self, data, kind, why):
        ocg_id = self.pick(self.ocgs, data)
        if ocg_id is None:
            return
        held = OcgReview(
            ocg_id=ocg_id, kind=kind, held_on=self.ws.today(), why=why, findings="as before"
        )
        if kind == ReviewKind.TRIGGER and not why:
            with pytest.raises(Refusal):
                hold_review(self.ws, held, by=BY)
            return
        hold_review(self.ws, held, by=BY)
        self.n_reviews[ocg_id] += 1

    @rule(data=st.data())
    def plan(self, data):
        ocg_id = self.pick(self.ocgs, data)
        if ocg_id is None:
            return
        if ocg_id in self.plans:
            with pytest.raises(Refusal):
                made_plan(self.ws, ocg_id=ocg_id)
            return
        self.plans[ocg_id] = made_plan(self.ws, ocg_id=ocg_id)

    @rule(data=st.data(), phase=st.sampled_from(Phase), start=DAYS, due=DAYS)
    def add_work(self, data, phase, start, due):
        ocg_id = self.pick(self.plans, data)
        if ocg_id is None:
            return
        values = {"phase": phase, "pillar": Pillar.PROTECT, "starts_on": start, "due_on": due}
        if due < start:
            with pytest.raises(Refusal):
                made_intervention(self.ws, self.plans[ocg_id], **values)
            return
        made = made_intervention(self.ws, self.plans[ocg_id], **values)
        self.work[made.id] = made

    @rule(data=st.data(), status=st.sampled_from(InterventionStatus))
    def move_work(self, data, status):
        work_id = self.pick(self.work, data)
        if work_id is not None:
            moved = replace(self.work[work_id], status=status)
            self.work[work_id] = save_intervention(self.ws, moved, by=BY)

    @invariant()
    def the_register_is_the_model(self):
        found = {each.ocg.id: each.ocg for each in list_ocgs(self.ws)}
        assert {key: found[key] for key in found if key not in self.start} == self.ocgs

    def teardown(self):
        for ocg_id, ocg in self.ocgs.items():
            file = ocg_file(self.ws, ocg_id)
            assert len(file.scores) == self.n_scores[ocg_id]
            assert len(file.reviews) == self.n_reviews[ocg_id]
            versions = history(self.ws, lambda tx: tx.planner.ocgs, ocg_id)
            assert [each.version for each in versions] == list(range(1, ocg.version + 1))
        assert {plan.id for plan in list_plans(self.ws)} >= {
            plan.id for plan in self.plans.values()
        }
        kept = {
            each.id: each
            for plan in self.plans.values()
            for each in plan_view(self.ws, plan.id).interventions
        }
        assert kept == self.work


def test_the_planner_is_its_model(ws):
    machine = type("Machine", (PlannerMachine,), {"ws": ws})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
