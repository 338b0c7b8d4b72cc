"""Gates: checklists in versions, evidence, and going through with items open."""

from dataclasses import replace

import pandas as pd
import pytest

from chb.domain.edits import StaleEdit
from chb.domain.periods import Period
from chb.domain.places.gates import Figure, Gate, GateItem
from chb.domain.places.phases import Intensity, Phase
from chb.domain.refusal import Refusal
from chb.services.places.gates import (
    EvidenceDraft,
    checklist_versions,
    edit_checklist,
    gate_history,
    gate_states,
    record_evidence,
)
from chb.services.places.harm_trends import harm_trend
from chb.services.places.openings import close_place
from geo.cells import centres
from tests.services.place_makers import CELLS, HOSTILE, edit, moved, started
from tests.services.places.months import put_month

GATE = Gate.CLEAR_TO_HOLD


def state(ws, place, gate=GATE):
    return gate_states(ws, place.id)[gate]


def meet_all(ws, place, gate=GATE):
    for item in state(ws, place, gate).checklist.items:
        record_evidence(
            ws, place.id, gate, EvidenceDraft(item_key=item.key, words="seen"), by="LRO"
        )


def test_every_gate_ships_with_a_checklist_of_unique_keys(ws):
    for gate, found in gate_states(ws, started(ws).id).items():
        keys = [item.key for item in found.checklist.items]
        assert found.checklist.gate == gate and found.checklist.version == 0
        assert len(keys) == len(set(keys)) >= 4 and not found.is_complete


def test_evidence_is_kept_and_the_last_word_counts(ws):
    place = started(ws)
    (first, *_) = state(ws, place).checklist.items
    figure = Figure("Harm", -12.5, "per cent", "2025-01", "cchi-2026")
    drafts = (
        EvidenceDraft(item_key=first.key, words=HOSTILE),
        EvidenceDraft(item_key=first.key, link="https://intranet.marram.gov.uk/rota"),
        EvidenceDraft(item_key=first.key, figure=figure, is_met=False),
    )
    open_after = []
    for draft in drafts:
        found = record_evidence(ws, place.id, GATE, draft, by="Co-ordinator")
        open_after.append(first in found.open_items)
    assert open_after == [False, False, True]
    history = gate_history(ws, place.id, GATE)
    assert [entry.words for entry in history] == [HOSTILE, "", ""]
    assert history[2].figure == figure and "-12.5 per cent" in str(figure)


@pytest.mark.parametrize(
    ("changes", "by", "says"),
    [
        ({}, "LRO", "words, a link or a figure"),
        ({"words": "x", "item_key": "nothing"}, "LRO", "not on the checklist"),
        ({"link": "javascript:alert(1)"}, "LRO", "starts with https"),
        ({"link": "file:///etc/passwd"}, "LRO", "starts with https"),
        ({"words": "x" * 10_000}, "LRO", "at most 5,000"),
        ({"words": "x"}, " ", "who did this"),
    ],
)
def test_evidence_that_shows_nothing_is_refused(ws, changes, by, says):
    place = started(ws)
    draft = replace(EvidenceDraft(item_key="patrols"), **changes)
    with pytest.raises(Refusal, match=says):
        record_evidence(ws, place.id, GATE, draft, by=by)
    assert gate_history(ws, place.id, GATE) == ()


def test_a_change_through_an_open_gate_keeps_what_was_open_and_why_it_was_done(ws):
    place = started(ws)
    patrols = EvidenceDraft(item_key="patrols", words="rota agreed")
    record_evidence(ws, place.id, GATE, patrols, by="LRO", request_key="once")
    record_evidence(ws, place.id, GATE, patrols, by="LRO", request_key="once")
    assert len(gate_history(ws, place.id, GATE)) == 1
    with pytest.raises(Refusal, match="needs a reason"):
        moved(ws, place, phase=Phase.HOLD, reason=" ")
    place = moved(ws, place, phase=Phase.HOLD, reason="Threat to life: we go now")
    passed = place.history[-1].gate
    assert (passed.gate, passed.checklist_version) == (GATE.value, 0)
    assert len(passed.open_items) == 7 and "Hold patrols" not in str(passed.open_items)


def test_a_complete_gate_is_passed_with_nothing_open(ws):
    place = started(ws)
    meet_all(ws, place)
    assert state(ws, place).is_complete
    assert moved(ws, place, phase=Phase.HOLD).history[-1].gate.open_items == ()


def test_which_changes_go_through_which_gate(ws):
    place = moved(ws, started(ws))
    assert place.history[-1].gate is None
    place = moved(ws, place, phase=Phase.BUILD)
    assert place.history[-1].gate.gate == Gate.HOLD_TO_BUILD
    place = moved(ws, place, phase=Phase.BUILD, intensity=Intensity.SUSTAINING)
    assert place.history[-1].gate is None
    place = close_place(ws, place.id, edit(place))
    gates = {change.phase: change.gate for change in place.history[-3:]}
    assert gates[Phase.BUILD].gate == Gate.BUILD_TO_EXIT and gates[Phase.CLEAR] is None


def test_an_edited_checklist_is_a_new_version_and_same_words_keep_their_evidence(ws):
    place = started(ws)
    meet_all(ws, place)
    shipped = state(ws, place).checklist
    items = [*shipped.items[:2], GateItem("", "Schools know", "who was told")]
    edited = edit_checklist(ws, GATE, items, edit(shipped, reason="Fits here"))
    assert (edited.version, edited.recorded_by, edited.reason) == (1, "LRO", "Fits here")
    assert [item.words for item in state(ws, place).open_items] == ["Schools know"]
    reworded = [replace(edited.items[0], words="Principals are in custody"), *edited.items[1:]]
    again = edit_checklist(ws, GATE, reworded, edit(edited))
    assert len(state(ws, place).open_items) == 2
    assert checklist_versions(ws, GATE) == (shipped, edited, again)


def test_a_place_may_have_a_checklist_of_its_own(ws):
    place, other = started(ws), started(ws, name="Other")
    own = edit_checklist(
        ws,
        GATE,
        [GateItem("", "Ferry watch")],
        edit(state(ws, place).checklist),
        place_id=place.id,
    )
    assert state(ws, place).checklist == own
    assert state(ws, other).checklist.version == 0


def test_two_people_editing_a_checklist_lose_neither(ws):
    place = started(ws)
    seen = state(ws, place).checklist
    edit_checklist(ws, GATE, [GateItem("", "Theirs")], edit(seen, by="P lead"))
    with pytest.raises(StaleEdit) as refused:
        edit_checklist(ws, GATE, [GateItem("", "Ours")], edit(seen))
    assert "Theirs" in refused.value.theirs and "P lead" in refused.value.theirs
    assert refused.value.yours == "Ours"


@pytest.mark.parametrize(
    ("items", "says"),
    [
        ([], "1 to 40 items"),
        ([GateItem("", f"Item {number}") for number in range(41)], "1 to 40 items"),
        ([GateItem("", "Same"), GateItem("", "same ")], "each thing once"),
        ([GateItem("", " ")], "item is missing"),
        ([GateItem("", "x" * 10_000)], "at most 500"),
    ],
)
def test_a_checklist_that_cannot_be_is_refused(ws, items, says):
    place = started(ws)
    with pytest.raises(Refusal, match=says):
        edit_checklist(ws, GATE, items, edit(state(ws, place).checklist))
    assert state(ws, place).checklist.version == 0


def load_month(ws, month: str, *, n_inside: int) -> None:
    """Burglaries at the place's first cell, and one far away."""
    (longitude,), (latitude,) = centres(pd.Series(CELLS[:1], dtype="uint64").to_numpy())
    put_month(ws, month, [*[(longitude, latitude)] * n_inside, (-0.1, 51.5)])


def test_the_harm_trend_is_a_figure_from_what_is_loaded(ws):
    place = started(ws)
    with pytest.raises(Refusal, match="Not loaded: 2024-05, 2025-05"):
        harm_trend(ws, place.id, Period.parse("2025-05", "2025-05"))
    load_month(ws, "2024-05", n_inside=4)
    load_month(ws, "2025-05", n_inside=3)
    figure = harm_trend(ws, place.id, Period.parse("2025-05", "2025-05"))
    assert figure.value == pytest.approx(-25.0)
    assert (figure.unit, figure.period) == ("per cent", "2025-05")
    assert "boundary version 1" in figure.source
    load_month(ws, "2024-06", n_inside=0)
    load_month(ws, "2025-06", n_inside=3)
    with pytest.raises(Refusal, match="not enough to say"):
        harm_trend(ws, place.id, Period.parse("2025-06", "2025-06"))
