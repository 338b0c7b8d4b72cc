"""A task run in this process: through the wire form of a child, without its walls."""

from __future__ import annotations

from chb.services.isolation.answers import Answer, read_frame, read_plain, write_answer
from chb.services.isolation.child import Given, Job
from chb.services.isolation.limits import LIMITS, Limits
from chb.services.isolation.rooms import room
from chb.services.isolation.running import Task
from chb.services.loading import tasks
from chb.services.progress import ProgressReport, silent


def run_here(task: Task, *, limits: Limits = LIMITS, progress: ProgressReport = silent) -> Answer:
    """In place of ``run_limited``; anything but a Refusal comes out as it is, to be seen."""
    del limits
    with room() as folder:
        given = [Given(path, "") for path in task.paths]
        for number, (name, data) in enumerate(task.contents):
            path = folder / f"given-{number}"
            path.write_bytes(data)
            given.append(Given(path, name))
        function = getattr(tasks, task.function.rpartition(":")[2])
        found = function(Job(tuple(given), task.options, progress))
        write_answer(folder, {"found": found.plain}, found.frames)
        plain = read_plain(folder)
        return Answer(plain["found"], {name: read_frame(folder, name) for name in plain["frames"]})
