"""Bad input through the services, on both databases.

Each time: a sentence for the person, and the whole database, every row of every
table, as it was before.
"""

import re
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import h3
import pytest

from chb.domain.edits import StaleEdit
from chb.domain.ocgs.bands import Band
from chb.domain.people import Person
from chb.domain.places.decisions import DecisionDraft
from chb.domain.places.phases import Intensity, Phase
from chb.domain.refusal import Refusal
from chb.services.loading.importing import import_assets, import_ocg_locations, import_people
from chb.services.loading.incident_import import import_incidents
from chb.services.places.boundaries import extend_place, rename_place, shrink_place
from chb.services.places.decisions import correct_decision, list_decisions, record_decision
from chb.services.places.openings import close_place
from chb.services.places.register import change_intensity, get_place
from chb.services.planning.disruptions import import_disruptions
from chb.services.planning.keeping import history
from chb.services.planning.people import person_left
from chb.services.planning.plans import plan_view, save_intervention
from chb.store.tables import metadata
from tests.conftest import NOW
from tests.services.place_makers import CELLS, TODAY, edit, moved, started
from tests.services.planner_makers import (
    BY,
    made_intervention,
    made_ocg,
    made_place,
    made_plan,
    made_score,
)
from tests.services.typed_fields import Subjects, typed_fields
from tests.sources.makers import street_csv, street_row
from tests.store.filling import contents

FIELDS = typed_fields()
ODD = "O'Neil \"<b>x</b>\" &amp; ';-- 🎈"
LONG = "x" * 10_000
KEPT_WHOLE = "decision rationale"
"""The one field where 10,000 characters are not too many."""


@contextmanager
def nothing_changes(ws):
    before = contents(ws.store.engine, metadata)
    yield
    assert contents(ws.store.engine, metadata) == before


@contextmanager
def refused(ws, says):
    """A sentence, and no row of any table other than before."""
    with nothing_changes(ws), pytest.raises(Refusal, match=says) as caught:
        yield
    assert re.match(r"[A-Z0-9'].{10,}", str(caught.value))


@pytest.fixture
def about(ws):
    place = started(ws)
    return Subjects(place, made_plan(ws, place_id=place.id))


def closed(ws):
    place = started(ws)
    return close_place(ws, place.id, edit(place))


def test_names_with_quotes_emoji_and_html_come_back_as_they_were_typed(ws, about):
    for number, (field, typed) in enumerate(FIELDS.items()):
        words = f"{ODD} {number}"
        assert typed(ws, latest(ws, about), words) == words, field


def test_10_000_characters_are_refused_with_a_sentence(ws, about):
    with nothing_changes(ws):
        for typed in (typed for field, typed in FIELDS.items() if field != KEPT_WHOLE):
            with pytest.raises(Refusal, match=r"has at most [\d,]+ characters"):
                typed(ws, about, LONG)


def test_10_000_characters_of_a_rationale_are_kept_whole(ws, about):
    assert FIELDS[KEPT_WHOLE](ws, about, LONG) == LONG


def latest(ws, about):
    return Subjects(get_place(ws, about.place.id), plan_view(ws, about.plan.id).plan)


def test_dates_the_wrong_way_round(ws, about):
    days = {"starts_on": date(2026, 5, 1), "due_on": date(2026, 4, 1)}
    with refused(ws, "ends before it starts"):
        made_intervention(ws, about.plan, **days)
    with refused(ws, "later entries"):
        close_place(ws, about.place.id, edit(about.place, on=TODAY - timedelta(days=9)))


def test_an_owner_who_left_is_given_nothing_new_and_keeps_what_they_had(ws, about):
    with ws.writing() as tx:
        owner = Person("A. Reader", "Council", "warden", "a.reader@example.org")
        tx.people.put([owner], source_sha256="")
    had = made_intervention(ws, about.plan, owner=owner.work_email)
    person_left(ws, owner.work_email, left_on=TODAY)
    for name in (owner.name, owner.work_email):
        with refused(ws, "A. Reader has left"):
            made_intervention(ws, about.plan, owner=name)
    assert plan_view(ws, about.plan.id).interventions == (had,)


def test_a_band_that_is_not_on_the_grid(ws):
    ocg = made_ocg(ws)
    with refused(ws, "There is no such band.*'6Z'"):
        made_score(ws, ocg, band=Band.parse("6Z"))


def test_a_phase_change_on_a_closed_place(ws):
    place = closed(ws)
    for on in (TODAY, TODAY + timedelta(days=30)):
        with refused(ws, "Moorfield is closed.*Reopen it with a reason"):
            moved(ws, place, phase=Phase.HOLD, effective_on=on)


def test_a_boundary_of_no_cells_or_of_a_whole_county(ws):
    middle = h3.latlng_to_cell(53.4, -1.5, 9)
    county = [h3.str_to_int(cell) for cell in h3.grid_disk(middle, 30)]
    with refused(ws, "needs at least one cell"):
        started(ws, cells=[])
    with refused(ws, "at most 2,000 cells.*Found 2,791.*whole district or county"):
        started(ws, cells=county)
    place = started(ws)
    with refused(ws, "needs at least one cell"):
        shrink_place(ws, place.id, CELLS, edit(place))
    with refused(ws, "whole district or county"):
        extend_place(ws, place.id, county, edit(place))


def test_two_renames_of_a_place_at_once(ws):
    place = started(ws)
    later = replace(ws, clock=lambda: NOW + timedelta(minutes=5))
    names = ("Ropewalk", "Sholver")
    kept, refusal = at_once(
        *(lambda name=name: rename_place(later, place.id, name, edit(place)) for name in names)
    )
    assert get_place(ws, place.id) == kept
    assert [entry.name for entry in kept.names] == ["Moorfield", kept.name]
    (other,) = set(names) - {kept.name}
    assert kept.name in refusal.theirs and other in refusal.yours
    again = rename_place(ws, place.id, other, edit(kept))
    assert [entry.name for entry in again.names] == ["Moorfield", kept.name, other]


def test_two_edits_of_an_intervention_at_once(ws, about):
    seen = made_intervention(ws, about.plan)
    edits = [replace(seen, title="Evening patrols"), replace(seen, detail="With the wardens")]
    kept, refusal = at_once(
        *(lambda each=each: save_intervention(ws, each, by=BY, reason="r") for each in edits)
    )
    assert plan_view(ws, about.plan.id).interventions == (kept,)
    assert refusal.theirs and refusal.yours
    assert [
        saved.version for saved in history(ws, lambda tx: tx.planner.interventions, seen.id)
    ] == [1, 2]


def test_two_corrections_of_a_decision_at_once(ws):
    draft = DecisionDraft(what="Close", rationale="Harm", taken_on=TODAY)
    first = record_decision(ws, draft, by=BY)
    kept, _ = at_once(
        *(
            lambda words=words: correct_decision(ws, first.id, replace(draft, what=words), by=BY)
            for words in ("Board up", "Demolish")
        )
    )
    assert [entry.id for entry in list_decisions(ws)] == [first.id, kept.id]


def test_two_changes_of_a_phase_at_once(ws):
    place = started(ws)
    kept, _ = at_once(
        *(
            lambda intensity=intensity: change_intensity(
                ws,
                place.id,
                phase=Phase.CLEAR,
                intensity=intensity,
                effective_on=TODAY,
                reason="Strike day",
                by=BY,
                version=place.version,
            )
            for intensity in (Intensity.ACTIVE, Intensity.SUSTAINING)
        )
    )
    assert len(get_place(ws, place.id).history) == len(place.history) + 1
    assert get_place(ws, place.id) == kept


def at_once(*sends):
    """What was kept of two edits that are sent at the same moment, and the refusal of the other."""
    gate, kept, refusals = threading.Barrier(len(sends)), [], []

    def run(send):
        gate.wait()
        try:
            kept.append(send())
        except StaleEdit as refusal:
            refusals.append(refusal)

    threads = [threading.Thread(target=run, args=(send,)) for send in sends]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(kept), len(refusals)) == (1, 1)
    return kept[0], refusals[0]


LISTS = {
    "people": (
        import_people,
        "name,agency,role,work_email\n"
        f'"{ODD.replace(chr(34), chr(34) * 2)}",Council,warden,a@example.org\n'
        "B. Reader,Council,warden,b@example.org\n",
    ),
    "assets": (
        import_assets,
        "name,kind,longitude,latitude\nFoxhill Library,library,-1.4701,53.3811\n",
    ),
    "OCG locations": (
        import_ocg_locations,
        "code,kind,longitude,latitude,radius_m,confidence,valid_from,valid_to,source,handling\n"
        "KITTIWAKE,dealing location,-1.4701,53.3811,250,medium,2025-03-01,,log 41,police only\n",
    ),
    "disruptions": (
        lambda ws, path: import_disruptions(ws, path, by=BY),
        "reference,date,description,level,P,agency,OCG,place\n"
        "R1,2026-02-01,Closed,major,Pursue,Police,KITTIWAKE,\n"
        ",2026-02-01,Closed,major,Pursue,Police,KITTIWAKE,Moorfield\n",
    ),
    "incidents": (import_incidents, street_csv(street_row(), street_row(Month="2025-02")).decode()),
}


@pytest.mark.parametrize("kind", LISTS)
def test_the_same_csv_imported_twice(ws, tmp_path, kind):
    made_ocg(ws)
    made_place(ws)
    load, text = LISTS[kind]
    path = tmp_path / "2025-01-south-yorkshire-street.csv"
    path.write_text(text, encoding="utf-8")
    assert load(ws, path).changed
    with nothing_changes(ws):
        again = load(ws, path)
    assert (not again.changed and "already" in again.message.lower()) or "imported" in again.message
