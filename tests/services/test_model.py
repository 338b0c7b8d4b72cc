"""Places, gates and decisions driven at random against a simple model, on both databases."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from chb.domain.edits import Edit
from chb.domain.places.decisions import DecisionDraft, Link, LinkKind
from chb.domain.places.gates import Gate
from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.records import TieKind
from chb.services.places.boundaries import extend_place, rename_place, shrink_place
from chb.services.places.decisions import correct_decision, list_decisions, record_decision
from chb.services.places.gates import EvidenceDraft, gate_states, record_evidence
from chb.services.places.joining import merge_places, split_place
from chb.services.places.openings import close_place, reopen_place, resume_clear
from chb.services.places.register import change_intensity, get_place, list_places, start_place
from chb.services.places.ties import tie_to_place, untie_from_place
from chb.sources.gate_items import shipped_checklists
from tests.services.driven import Driven, drive
from tests.services.model import Model, ModelPlace
from tests.services.place_makers import CELLS, TODAY

NAMES = st.sampled_from(["Moorfield", "MOORFIELD", "Ropewalk", "Sholver", "O'Neil <b>", " "])
CELL_SETS = st.frozensets(st.sampled_from(CELLS[:5]), max_size=5)
CODES = st.sampled_from(["KESTREL", "HERON"])
PLACES = st.integers(0, 3)
ITEMS = {
    gate: [item.key for item in checklist.items] for gate, checklist in shipped_checklists().items()
}


class PlacesAndDecisions(Driven):
    """Everything that may happen to places, their gates and the log."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()

    @initialize()
    def something_to_work_on(self) -> None:
        """Random steps alone seldom get as far as something worth merging or correcting."""
        self.start("Moorfield", frozenset(CELLS[:3]))
        self.start("Ropewalk", frozenset(CELLS[3:5]))
        self.start("Sholver", frozenset(CELLS[4:6]))
        self.tie(1, "HERON")
        self.close(2)
        self.change(2, Phase.HOLD, Intensity.ACTIVE, is_stale=False)
        self.decide(0)
        for is_met in (True, False):
            self.show(0, Gate.CLEAR_TO_HOLD, 0, is_met)

    @rule(name=NAMES, cells=CELL_SETS)
    def start(self, name: str, cells: frozenset[int]) -> None:
        refused = not cells or not name.strip() or self.model.has_name(name)
        place = self.attempt(
            lambda key: start_place(
                self.ws, name=name, cells=cells, area_name="", reason="r", by="b", request_key=key
            ),
            refused=refused,
        )
        if place is not None:
            phases = dict.fromkeys(Phase, Intensity.PLANNED)
            self.model.places.append(ModelPlace(place.id, name, cells, phases, [name]))

    @rule(
        nth=PLACES,
        phase=st.sampled_from(Phase),
        intensity=st.sampled_from(Intensity),
        is_stale=st.booleans(),
    )
    def change(self, nth: int, phase: Phase, intensity: Intensity, is_stale: bool) -> None:
        place = self.place(nth)
        refused = is_stale or not place.is_open or place.phases[phase] == intensity
        kept = self.attempt(
            lambda key: change_intensity(
                self.ws,
                place.id,
                phase=phase,
                intensity=intensity,
                effective_on=TODAY,
                reason="r",
                by="b",
                version=place.version - is_stale,
                request_key=key,
            ),
            refused=refused,
        )
        if kept is not None:
            gate = place.gate_of(phase, intensity)
            passed = kept.history[-1].gate
            assert (passed and passed.gate) == gate
            if gate is not None:
                assert len(passed.open_items) == len(ITEMS[gate]) - len(place.met[gate])
            place.change(phase, intensity)
            place.version += 1

    @rule(nth=PLACES)
    def close(self, nth: int) -> None:
        place = self.place(nth)
        if self.edited(place, close_place, refused=not place.is_open):
            place.close()

    @rule(nth=PLACES)
    def reopen(self, nth: int) -> None:
        place = self.place(nth)
        if self.edited(place, reopen_place, refused=place.is_open):
            place.is_open = True

    @rule(nth=PLACES)
    def resume(self, nth: int) -> None:
        place = self.place(nth)
        refused = place.phases[Phase.CLEAR] == Intensity.ACTIVE
        if self.edited(place, resume_clear, refused=refused):
            place.is_open = True
            place.change(Phase.CLEAR, Intensity.ACTIVE)

    @rule(nth=PLACES, name=NAMES)
    def rename(self, nth: int, name: str) -> None:
        place = self.place(nth)
        refused = not name.strip() or name == place.name or self.model.has_name(name, but=place)
        if self.edited(place, rename_place, name, refused=refused):
            place.name = name
            place.names.append(name)

    @rule(nth=PLACES, cells=CELL_SETS)
    def extend(self, nth: int, cells: frozenset[int]) -> None:
        place = self.place(nth)
        refused = not place.is_open or cells <= place.cells
        if self.edited(place, extend_place, cells, refused=refused):
            place.draw(place.cells | cells)

    @rule(nth=PLACES, cells=CELL_SETS)
    def shrink(self, nth: int, cells: frozenset[int]) -> None:
        place = self.place(nth)
        refused = not place.is_open or not (place.cells & cells) or place.cells <= cells
        if self.edited(place, shrink_place, cells, refused=refused):
            place.draw(place.cells - cells)

    @rule(nth=PLACES, cells=CELL_SETS, name=NAMES)
    def split(self, nth: int, cells: frozenset[int], name: str) -> None:
        place = self.place(nth)
        refused = (
            not cells
            or not name.strip()
            or not place.is_open
            or self.model.has_name(name)
            or not cells < place.cells
        )
        part = self.edited(place, split_place, cells, name, refused=refused)
        if part is not None:
            place.draw(place.cells - cells)
            self.model.places.append(
                ModelPlace(part.id, name, cells, dict(place.phases), [name], ties=set(place.ties))
            )

    @rule(nth=PLACES, other=PLACES, is_stale=st.booleans())
    def merge(self, nth: int, other: int, is_stale: bool) -> None:
        place, absorbed = self.place(nth), self.place(other)
        refused = is_stale or place is absorbed or not place.is_open or not absorbed.is_open
        kept = self.attempt(
            lambda key: merge_places(
                self.ws,
                place.id,
                absorbed.id,
                edit_of(place, key),
                absorbed_version=absorbed.version - is_stale,
            ),
            refused=refused,
        )
        if kept is not None:
            place.draw(place.cells | absorbed.cells)
            place.ties |= absorbed.ties
            absorbed.close()
            place.version += 1
            absorbed.version += 1

    @rule(nth=PLACES, code=CODES)
    def tie(self, nth: int, code: str) -> None:
        place = self.place(nth)
        if self.edited(place, tie_to_place, TieKind.OCG, code, refused=code in place.ties):
            place.ties.add(code)

    @rule(nth=PLACES, code=CODES)
    def untie(self, nth: int, code: str) -> None:
        place = self.place(nth)
        tied = get_place(self.ws, place.id).tied(TODAY)
        tie_id = next((tie.tie_id for tie in tied if tie.subject == code), "nothing")
        if self.edited(place, untie_from_place, tie_id, refused=code not in place.ties):
            place.ties.discard(code)

    @rule(nth=PLACES, gate=st.sampled_from(Gate), item=st.integers(0, 3), is_met=st.booleans())
    def show(self, nth: int, gate: Gate, item: int, is_met: bool) -> None:
        place, key = self.place(nth), ITEMS[gate][item]
        draft = EvidenceDraft(item_key=key, is_met=is_met, words="seen")
        self.attempt(
            lambda request: record_evidence(
                self.ws, place.id, gate, draft, by="b", request_key=request
            ),
            refused=False,
        )
        (place.met[gate].add if is_met else place.met[gate].discard)(key)

    @rule(nth=PLACES)
    def decide(self, nth: int) -> None:
        place = self.place(nth)
        decision = self.attempt(
            lambda key: record_decision(self.ws, draft_about(place), by="b", request_key=key),
            refused=False,
        )
        self.model.decide(decision.id, about=place.id)

    @rule(nth=st.integers(0, 3))
    def correct(self, nth: int) -> None:
        if not self.model.decisions:
            return
        decision_id, _ = self.model.decisions[nth % len(self.model.decisions)]
        place = self.place(nth)
        draft = draft_about(place)
        correction = self.attempt(
            lambda key: correct_decision(self.ws, decision_id, draft, by="b", request_key=key),
            refused=self.model.is_corrected(decision_id)
            or place.id != self.model.about[decision_id],
        )
        if correction is not None:
            self.model.decide(correction.id, about=place.id, corrects=decision_id)

    @invariant()
    def the_store_is_as_the_model_says(self) -> None:
        places = {place.id: place for place in list_places(self.ws)}
        assert set(places) == {place.id for place in self.model.places}
        for model in self.model.places:
            place = places[model.id]
            assert place.name == model.name
            assert [entry.name for entry in place.names] == model.names
            assert place.boundary.cells == model.cells
            assert [drawn.version for drawn in place.boundaries] == list(
                range(1, model.n_boundaries + 1)
            )
            assert place.intensities(TODAY) == model.phases
            assert len(place.history) == model.n_changes
            assert place.is_open(TODAY) == model.is_open
            assert {tie.subject for tie in place.tied(TODAY)} == model.ties
            assert place.version == model.version

    @invariant()
    def gates_and_decisions_are_as_the_model_says(self) -> None:
        for model in self.model.places[:1]:
            for gate, state in gate_states(self.ws, model.id).items():
                open_keys = {item.key for item in state.open_items}
                assert open_keys == set(ITEMS[gate]) - model.met[gate]
        log = list_decisions(self.ws)
        assert [(entry.id, entry.corrects) for entry in log] == self.model.decisions
        assert [entry.stands for entry in log] == [
            not self.model.is_corrected(id_) for id_, _ in self.model.decisions
        ]

    def place(self, nth: int) -> ModelPlace:
        return self.model.places[nth % len(self.model.places)]

    def edited(self, place: ModelPlace, service: Callable[..., Any], *what: Any, refused: bool):
        kept = self.attempt(
            lambda key: service(self.ws, place.id, *what, edit_of(place, key)), refused=refused
        )
        if kept is not None:
            place.version += 1
        return kept


def edit_of(place: ModelPlace, key: str) -> Edit:
    return Edit(reason="r", by="b", version=place.version, on=TODAY, request_key=key)


def draft_about(place: ModelPlace) -> DecisionDraft:
    link = Link(LinkKind.PLACE, place.id)
    return DecisionDraft(what="w", rationale="r", taken_on=TODAY, links=(link,))


def test_places_gates_and_decisions_follow_the_model(ws):
    drive(PlacesAndDecisions, ws)
