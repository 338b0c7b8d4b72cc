"""Writers in processes of their own, killed or left to finish, and the account of what they saved.

A writer notes a write in its file only after the store has acknowledged it. So
every note must be found in the store afterwards, once, whatever happened to the
writer meanwhile.
"""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from chb.domain.edits import Edit, StaleEdit
from chb.domain.places.decisions import DecisionDraft
from chb.domain.places.gates import Gate
from chb.domain.places.phases import Phase
from chb.domain.places.records import TieKind
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plans import Pillar, Plan
from chb.domain.refusal import Refusal
from chb.services.places.decisions import list_decisions, record_decision
from chb.services.places.gates import EvidenceDraft, gate_history, record_evidence
from chb.services.places.register import get_place, list_places, start_place
from chb.services.places.ties import tie_to_place
from chb.services.planning.keeping import history
from chb.services.planning.plans import list_plans, plan_view, save_intervention, save_plan
from chb.services.workspace import Workspace, open_workspace
from chb.store.checking import check_store

_BUSY: Final = "Somebody else has been writing for more than ten seconds"
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload([__name__])
_CELLS = (0x8919514F3D7FFFF, 0x8919514F2B3FFFF, 0x8919514F29BFFFF, 0x8919514F297FFFF)


@dataclass(frozen=True)
class Target:
    """A store that several processes open, and where they note what they saved."""

    home: Path
    database_url: str
    notes: Path

    def open(self) -> Workspace:
        return open_workspace(self.home, database_url=self.database_url)

    def prepare(self) -> None:
        """Make the store with a few places for everybody to write about."""
        self.notes.mkdir()
        ws = self.open()
        for number, cell in enumerate(_CELLS):
            place = start_place(
                ws, name=f"Place {number}", cells=[cell], area_name="", reason="soak", by="soak"
            )
            plan = Plan(aim="soak", lead="soak", starts_on=ws.today(), place_id=place.id)
            save_plan(ws, plan, by="soak")
        ws.store.close()


def start_writers(target: Target, *, n_processes: int, n_threads: int, seconds: float, seed: int):
    """Start writers; each process holds ``n_threads`` of them."""
    processes = [
        _PROCESSES.Process(
            target=_write_in_threads,
            args=(target, f"{seed}-{number}", n_threads, seconds),
            daemon=True,
        )
        for number in range(n_processes)
    ]
    for process in processes:
        process.start()
    return processes


def unaccounted(target: Target) -> list[str]:
    """What is wrong with the store after the writers: empty when nothing was lost or doubled."""
    noted = Counter(_noted(target))
    ws = target.open()
    try:
        found = Counter(_saved(ws))
        problems = [f"lost: {key}" for key in noted if found[key] == 0]
        problems += [f"doubled: {key}" for key, times in found.items() if times > 1]
        with ws.reading() as tx:
            n_to_come = tx.decisions.next_number()
        if n_to_come != len(list_decisions(ws)) + 1:
            problems.append("the decisions' numbers have gaps")
        return problems + list(check_store(ws.store).problems)
    finally:
        ws.store.close()


def n_noted(target: Target) -> int:
    """How many writes were acknowledged."""
    return len(_noted(target))


def kill_in_the_middle(target: Target, *, rng: random.Random, seed: int) -> None:
    """Start one process of writers and kill it at a random moment of its work."""
    (process,) = start_writers(target, n_processes=1, n_threads=4, seconds=60, seed=seed)
    before, deadline = n_noted(target), time.monotonic() + 30
    while n_noted(target) == before and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(rng.uniform(0, 0.3))
    process.kill()
    process.join()


def _write_in_threads(target: Target, name: str, n_threads: int, seconds: float) -> None:
    ws = target.open()
    place_ids = [place.id for place in list_places(ws)]
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(n_threads) as pool:
        writers = [
            pool.submit(_write, ws, target, f"{name}-{number}", place_ids, until)
            for number in range(n_threads)
        ]
    for writer in writers:
        writer.result()  # a writer that failed fails its process, and so the test
    ws.store.close()


def _write(ws: Workspace, target: Target, name: str, place_ids: list[str], until: float) -> None:
    rng, step = random.Random(name), 0
    with (target.notes / name).open("a", encoding="utf-8") as notes:
        while time.monotonic() < until:
            key = f"{name}-{step}"
            step += 1
            work = rng.choices(list(_WORK), weights=list(_WORK.values()))[0]
            if _is_saved(partial(work, ws, key, rng.choice(place_ids)), until):
                notes.write(f"{key}\n")
                notes.flush()


def _is_saved(send: Callable[[], None], until: float) -> bool:
    """Send a form; whoever is told that the store is busy sends the very same form again."""
    while True:
        try:
            send()
        except StaleEdit:
            return False  # somebody else was faster; nothing was saved
        except Refusal as refusal:
            if _BUSY not in str(refusal):
                raise
            if time.monotonic() > until:
                return False
        else:
            return True


def _decide(ws: Workspace, key: str, _: str) -> None:
    draft = DecisionDraft(what=key, rationale="soak", taken_on=ws.today())
    record_decision(ws, draft, by="soak", request_key=key)


def _show(ws: Workspace, key: str, place_id: str) -> None:
    draft = EvidenceDraft(item_key="patrols", words=key)
    record_evidence(ws, place_id, Gate.CLEAR_TO_HOLD, draft, by="soak", request_key=key)


def _tie(ws: Workspace, key: str, place_id: str) -> None:
    version = get_place(ws, place_id).version
    edit = Edit(reason="soak", by="soak", version=version, request_key=key)
    tie_to_place(ws, place_id, TieKind.NETWORK, key, edit)


def _add_work(ws: Workspace, key: str, place_id: str) -> None:
    work = Intervention(
        plan_id=_plan_of(ws, place_id).id,
        title=key,
        phase=Phase.CLEAR,
        pillar=Pillar.PURSUE,
        lead_agency="soak",
        is_police_led=True,
    )
    save_intervention(ws, work, by="soak", request_key=key)


def _edit_plan(ws: Workspace, key: str, place_id: str) -> None:
    edited = replace(_plan_of(ws, place_id), exit_strategy=key)
    save_plan(ws, edited, by="soak", reason="soak", request_key=key)


def _plan_of(ws: Workspace, place_id: str) -> Plan:
    return next(plan for plan in list_plans(ws) if plan.place_id == place_id)


_WORK: Final = {_decide: 6, _show: 3, _tie: 1, _add_work: 4, _edit_plan: 2}
"""What a writer does, and how often one thing rather than another."""


def _noted(target: Target) -> list[str]:
    """Whole lines only: a writer killed while noting leaves half a line, of a saved write."""
    return [
        line
        for file in target.notes.iterdir()
        for line in file.read_text(encoding="utf-8").split("\n")[:-1]
    ]


def _saved(ws: Workspace) -> list[str]:
    places, plans = list_places(ws), list_plans(ws)
    return [
        *(decision.draft.what for decision in list_decisions(ws)),
        *(tie.subject for place in places for tie in place.ties),
        *(
            entry.words
            for place in places
            for entry in gate_history(ws, place.id, Gate.CLEAR_TO_HOLD)
        ),
        *(work.title for plan in plans for work in plan_view(ws, plan.id).interventions),
        *(
            saved.content["exit_strategy"]
            for plan in plans
            for saved in history(ws, lambda tx: tx.planner.plans, plan.id)[1:]
        ),
    ]
