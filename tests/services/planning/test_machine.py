"""Registers, plans, reviews and decisions driven at random beside a model, on both databases.

Every saved version is kept, an overtaken edit changes nothing, a form sent twice saves once.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from chb.domain.edits import StaleEdit
from chb.domain.ocgs.bands import Tier
from chb.domain.ocgs.register import OcgReview, ReviewKind
from chb.domain.people import Person
from chb.domain.places.decisions import DecisionDraft, Link, LinkKind
from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import InterventionStatus
from chb.domain.planning.plans import Pillar, Plan
from chb.services.places.decisions import list_decisions, record_decision
from chb.services.planning.keeping import history
from chb.services.planning.ocg_register import (
    hold_review,
    list_ocgs,
    ocg_file,
    overdue_reviews,
    save_ocg,
)
from chb.services.planning.people import person_left, person_returned
from chb.services.planning.plans import list_plans, plan_of, save_intervention, save_plan
from tests.services.driven import Driven, drive
from tests.services.place_makers import TODAY
from tests.services.planner_makers import (
    BY,
    made_intervention,
    made_ocg,
    made_place,
    made_score,
)
from tests.services.planning.planner_model import ModelOcg, PlannerModel

CODES = st.sampled_from(["KITTIWAKE", "Kittiwake", "REDSHANK", "HERON", "x" * 41])
DAYS = st.integers(0, 60).map(lambda days: date(2026, 1, 5) + timedelta(days))
TEXTS = st.sampled_from(["quiet", "O'Neil <b> 🎈", "\x00 =1+1", ""])
OWNERS = ("a@example.org", "b@example.org")
NTH = st.integers(0, 5)


class RegistersAndPlans(Driven):
    """Everything that may happen to groups, plans and reviews."""

    def __init__(self) -> None:
        super().__init__()
        self.model = PlannerModel()

    @initialize()
    def something_to_work_on(self) -> None:
        """Random steps alone seldom get as far as an overtaken edit of work in a plan."""
        with self.ws.writing() as tx:
            people = [Person(owner, "Council", "warden", owner) for owner in OWNERS]
            tx.people.put(people, source_sha256="")
        self.model.place_ids = [made_place(self.ws, name).id for name in ("Moorfield", "Ropewalk")]
        self.register("KITTIWAKE")
        self.register("REDSHANK")
        self.score(0, Tier.ONE, date(2026, 1, 5))
        self.plan(0, date(2026, 1, 5))
        self.plan(2, date(2026, 1, 5))
        self.add_work(0, Phase.CLEAR, TODAY, TODAY, OWNERS[0])
        self.move_work(0, 0, InterventionStatus.AGREED)

    @rule(code=CODES)
    def register(self, code: str) -> None:
        refused = self.model.has_code(code) or len(code) > 40
        ocg = self.attempt(lambda key: made_ocg(self.ws, code, request_key=key), refused=refused)
        if ocg is not None:
            self.model.ocgs[ocg.id] = ModelOcg(self.model.keep(ocg))

    @rule(nth=NTH, version=NTH, words=TEXTS)
    def edit_group(self, nth: int, version: int, words: str) -> None:
        ocg = self.edited(nth, version, self.ocg_ids, save_ocg, summary=words)
        if ocg is not None:
            self.model.ocgs[ocg.id].ocg = ocg

    @rule(nth=NTH, tier=st.sampled_from(Tier), on=DAYS)
    def score(self, nth: int, tier: Tier, on: date) -> None:
        model = self.ocg(nth)
        if self.attempt(
            lambda key: made_score(self.ws, model.ocg, tier, on, request_key=key),
            refused=on > TODAY,
        ):
            model.scores.append((on, tier))

    @rule(nth=NTH, kind=st.sampled_from(ReviewKind), on=DAYS, why=TEXTS)
    def review(self, nth: int, kind: ReviewKind, on: date, why: str) -> None:
        model = self.ocg(nth)
        held = OcgReview(ocg_id=model.ocg.id, kind=kind, held_on=on, why=why, findings="as before")
        if self.attempt(
            lambda key: hold_review(self.ws, held, by=BY, request_key=key),
            refused=on > TODAY or (kind == ReviewKind.TRIGGER and not why),
        ):
            model.reviews.append((on, kind))

    @rule(nth=NTH, on=DAYS)
    def plan(self, nth: int, on: date) -> None:
        subject_id, subject = self.model.subjects[nth % len(self.model.subjects)]
        draft = Plan(aim="The green is safe", lead=OWNERS[0], starts_on=on, **subject)
        plan = self.attempt(
            lambda key: save_plan(self.ws, draft, by=BY, request_key=key),
            refused=subject_id in self.model.plans,
        )
        if plan is not None:
            self.model.plans[subject_id] = self.model.keep(plan)

    @rule(nth=NTH, version=NTH, words=TEXTS)
    def edit_plan(self, nth: int, version: int, words: str) -> None:
        plan = self.edited(nth, version, self.plan_ids, save_plan, exit_strategy=words)
        if plan is not None:
            self.model.plans[plan.place_id or plan.ocg_id] = plan

    @rule(
        nth=NTH, phase=st.sampled_from(Phase), start=DAYS, due=DAYS, owner=st.sampled_from(OWNERS)
    )
    def add_work(self, nth: int, phase: Phase, start: date, due: date, owner: str) -> None:
        plan = nth_of(list(self.model.plans.values()), nth)
        values = {"phase": phase, "pillar": Pillar.PROTECT, "owner": owner}
        made = self.attempt(
            lambda key: made_intervention(
                self.ws, plan, request_key=key, starts_on=start, due_on=due, **values
            ),
            refused=due < start or owner in self.model.left,
        )
        if made is not None:
            self.model.work[made.id] = self.model.keep(made)

    @rule(nth=NTH, version=NTH, status=st.sampled_from(InterventionStatus))
    def move_work(self, nth: int, version: int, status: InterventionStatus) -> None:
        moved = self.edited(nth, version, list(self.model.work), save_intervention, status=status)
        if moved is not None:
            self.model.work[moved.id] = moved

    @rule(owner=st.sampled_from(OWNERS), comes_back=st.booleans())
    def leave_or_return(self, owner: str, comes_back: bool) -> None:
        if comes_back:
            person_returned(self.ws, owner)
            self.model.left.discard(owner)
        else:
            person_left(self.ws, owner, left_on=TODAY)
            self.model.left.add(owner)

    @rule(nth=NTH, on=DAYS)
    def decide(self, nth: int, on: date) -> None:
        plan = nth_of(list(self.model.plans.values()), nth)
        links = (Link(LinkKind.PLAN, plan.id),)
        draft = DecisionDraft(what="w", rationale="r", taken_on=on, links=links)
        if self.attempt(
            lambda key: record_decision(self.ws, draft, by=BY, request_key=key), refused=on > TODAY
        ):
            self.model.decided.append(plan.id)

    @invariant()
    def the_register_is_as_the_model_says(self) -> None:
        found = {each.ocg.id: each for each in list_ocgs(self.ws)}
        assert {id_: each.ocg for id_, each in found.items()} == {
            id_: model.ocg for id_, model in self.model.ocgs.items()
        }
        due = {id_: model.due_on for id_, model in self.model.ocgs.items()}
        assert {id_: each.review_due_on for id_, each in found.items()} == due
        late = {each.ocg.id for each in overdue_reviews(self.ws)}
        assert late == {id_ for id_, on in due.items() if on < TODAY}

    @invariant()
    def plans_and_decisions_are_as_the_model_says(self) -> None:
        assert set(list_plans(self.ws)) == set(self.model.plans.values())
        for subject_id, subject in self.model.subjects:
            view, plan = plan_of(self.ws, **subject), self.model.plans.get(subject_id)
            assert (view and view.plan) == plan
            if plan is not None:
                assert view.interventions == self.model.work_of(plan)
        log = list_decisions(self.ws)
        assert [entry.draft.links[0].reference for entry in log] == self.model.decided
        for plan_id in set(self.model.decided):
            about = list_decisions(self.ws, about=Link(LinkKind.PLAN, plan_id))
            assert len(about) == self.model.decided.count(plan_id)

    def teardown(self) -> None:
        """Every version that was ever saved is still there, and every score and review."""
        for records, ids in (
            ("ocgs", self.ocg_ids),
            ("plans", self.plan_ids),
            ("interventions", list(self.model.work)),
        ):
            for id_ in ids:
                saved = history(self.ws, lambda tx, name=records: getattr(tx.planner, name), id_)
                assert [each.version for each in saved] == [
                    each.version for each in self.model.versions[id_]
                ]
        for id_, model in self.model.ocgs.items():
            file = ocg_file(self.ws, id_)
            assert [(each.assessed_on, each.tier) for each in file.scores] == model.scores
            assert [(each.held_on, each.kind) for each in file.reviews] == model.reviews

    @property
    def ocg_ids(self) -> list[str]:
        return list(self.model.ocgs)

    @property
    def plan_ids(self) -> list[str]:
        return [plan.id for plan in self.model.plans.values()]

    def ocg(self, nth: int) -> ModelOcg:
        return nth_of(list(self.model.ocgs.values()), nth)

    def edited(
        self, nth: int, version: int, ids: list[str], save: Callable[..., Any], **changes: Any
    ) -> Any:
        """Save a change of some version that somebody saw: kept when it is still the last."""
        seen = nth_of(self.model.versions[nth_of(ids, nth)], -1 - version)
        kept = self.attempt(
            lambda key: save(
                self.ws, replace(seen, **changes), by=BY, reason="a visit", request_key=key
            ),
            refused=not self.model.is_latest(seen),
            by=StaleEdit,
        )
        return None if kept is None else self.model.keep(kept)


def nth_of(values: list[Any], nth: int) -> Any:
    return values[nth % len(values)]


def test_registers_plans_and_reviews_follow_the_model(ws):
    drive(RegistersAndPlans, ws)
