"""Every field a person types words into: how the words are saved, and how they are read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from chb.domain.ocgs.register import Ocg, OcgModel, SocCategory
from chb.domain.places.decisions import DecisionDraft
from chb.domain.places.phases import Phase
from chb.domain.planning.disruptions import Disruption, DisruptionLevel
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plans import Objective, Pillar, Plan
from chb.domain.planning.signals import Signal, SignalAnswer, SignalCategory, SignalQuestion
from chb.domain.planning.stakeholders import Sector, Stakeholder
from chb.services.places.boundaries import rename_place
from chb.services.places.decisions import get_decision, record_decision
from chb.services.places.joining import split_place
from chb.services.places.register import get_place
from chb.services.planning.disruptions import record_disruption
from chb.services.planning.keeping import existing
from chb.services.planning.ocg_register import save_ocg
from chb.services.planning.partnership import save_stakeholder
from chb.services.planning.plans import save_intervention, save_plan
from chb.services.planning.signals import send_signal
from chb.services.workspace import Workspace
from tests.services.place_makers import CELLS, edit, started
from tests.services.planner_makers import BY, DAY


@dataclass(frozen=True)
class Subjects:
    """What the records are about."""

    place: Any
    plan: Plan


Typed = Callable[[Workspace, Subjects, str], str]
"""Saves the words and gives back what a reader then sees."""


def typed_fields() -> dict[str, Typed]:
    """Every field by its name."""
    return dict((*_of_places(), *_of_decisions(), *_of_records(), *_nested()))


def _of_places() -> Iterator[tuple[str, Typed]]:
    def renamed(ws: Workspace, about: Subjects, words: str) -> str:
        return rename_place(ws, about.place.id, words, edit(about.place)).name

    def split(ws: Workspace, about: Subjects, words: str) -> str:
        return split_place(ws, about.place.id, CELLS[:2], words, edit(about.place)).name

    for name in ("name", "area_name", "reason", "by"):
        yield f"place {name}", _field_of_place(name)
    yield "place renamed", renamed
    yield "place split", split


def _field_of_place(name: str) -> Typed:
    def typed(ws: Workspace, about: Subjects, words: str) -> str:
        place = get_place(ws, started(ws, **({"name": f"With {name}"} | {name: words})).id)
        first = place.names[0]
        said = {"reason": first.reason, "by": first.recorded_by}
        return said[name] if name in said else str(getattr(place, name))

    return typed


def _of_decisions() -> Iterator[tuple[str, Typed]]:
    for name in ("what", "rationale", "not_doing", "not_doing_why", "information_protocol"):
        yield f"decision {name}", _field_of_decision(name)


def _field_of_decision(name: str) -> Typed:
    def typed(ws: Workspace, _: Subjects, words: str) -> str:
        values = {"what": "Close", "rationale": "Harm", "not_doing": "Raid", "not_doing_why": "Far"}
        draft = DecisionDraft(taken_on=DAY, **(values | {name: words}))
        kept = get_decision(ws, record_decision(ws, draft, by=BY).id)
        return str(getattr(kept.draft, name))

    return typed


def _of_records() -> Iterator[tuple[str, Typed]]:
    for name in ("code", "lro", "summary"):
        yield f"OCG {name}", _field_of("ocgs", save_ocg, partial(_ocg, name), name)
    for name in ("aim", "lead", "exit_strategy"):
        yield f"plan {name}", _field_of("plans", _save_again, lambda about: about.plan, name)
    for name in ("title", "lead_agency", "owner", "detail", "waiting_on", "measure"):
        yield (
            f"intervention {name}",
            _field_of("interventions", save_intervention, _intervention, name),
        )
    for name in ("agency", "contact_role", "can_offer"):
        yield (
            f"stakeholder {name}",
            _field_of("stakeholders", save_stakeholder, partial(_stakeholder, name), name),
        )
    for name in ("agency", "area_name"):
        yield f"signal {name}", _field_of("signals", _send, lambda _: _signal(), name)
    for name in ("what", "agency", "reference"):
        yield f"disruption {name}", _field_of("disruptions", record_disruption, _disruption, name)


def _field_of(
    records: str, save: Callable[..., Any], make: Callable[[Subjects], Any], name: str
) -> Typed:
    def typed(ws: Workspace, about: Subjects, words: str) -> str:
        saved = save(ws, replace(make(about), **{name: words}), by=BY)
        with ws.reading() as tx:
            return str(getattr(existing(getattr(tx.planner, records), saved.id), name))

    return typed


def _nested() -> Iterator[tuple[str, Typed]]:
    def objective(ws: Workspace, about: Subjects, words: str) -> str:
        edited = replace(about.plan, objectives=(Objective(Pillar.PURSUE, words),))
        return _save_again(ws, edited, by=BY).objectives[0].what

    def answer(ws: Workspace, _: Subjects, words: str) -> str:
        answers = (SignalAnswer(SignalQuestion.NEW, words),)
        return str(_send(ws, replace(_signal(), answers=answers), by=BY).answers[0].text)

    yield "plan objective", objective
    yield "signal answer", answer


def _save_again(ws: Workspace, plan: Plan, *, by: str) -> Plan:
    return save_plan(ws, plan, by=by, reason="Agreed")


def _send(ws: Workspace, signal: Signal, *, by: str) -> Signal:
    suspected = {warning.words for warning in signal.warnings()}
    return send_signal(ws, signal, by=by, no_persons=suspected)


def _intervention(about: Subjects) -> Intervention:
    return Intervention(
        plan_id=about.plan.id,
        title="Patrols",
        phase=Phase.CLEAR,
        pillar=Pillar.PURSUE,
        lead_agency="Police",
        is_police_led=True,
    )


def _ocg(name: str, _: Subjects) -> Ocg:
    return Ocg(
        code=f"WITH {name}",
        lro=BY,
        tasked_on=DAY,
        category=SocCategory.DOMINATE,
        model=OcgModel.CO_OPERATIVE,
    )


def _stakeholder(name: str, about: Subjects) -> Stakeholder:
    return Stakeholder(
        place_id=about.place.id,
        agency=f"With {name}",
        sector=Sector.PUBLIC,
        contact_role="Manager",
    )


def _signal() -> Signal:
    answers = (SignalAnswer(SignalQuestion.NEW, "Door fobs used all night"),)
    return Signal(
        agency="Housing",
        category=SignalCategory.HOUSING,
        first_day=DAY,
        last_day=DAY,
        area_name="Moorfield",
        answers=answers,
    )


def _disruption(about: Subjects) -> Disruption:
    return Disruption(
        happened_on=DAY,
        what="Two addresses closed",
        level=DisruptionLevel.MODERATE,
        pillar=Pillar.PURSUE,
        agency="Police",
        place_id=about.place.id,
    )
