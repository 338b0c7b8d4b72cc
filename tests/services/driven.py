"""What machines have in common that drive the services at random beside a simple model."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from chb.domain.refusal import Refusal
from chb.services.workspace import Workspace
from tests.databases import empty

EXAMPLES = 12
STEPS = 25


class Driven(RuleBasedStateMachine):
    """Each rule does one thing to the store and to the model, or expects both to refuse."""

    ws: Workspace

    def __init__(self) -> None:
        super().__init__()
        empty(self.ws.store)
        self.n_requests = 0
        self.last: Callable[[], Any] = lambda: None

    @rule()
    def send_the_last_form_again(self) -> None:
        self.last()

    def attempt(
        self, send: Callable[[str], Any], *, refused: bool, by: type[Refusal] = Refusal
    ) -> Any:
        """Send a form; what is returned, or None when it was refused as it should be."""
        self.n_requests += 1
        key = f"form-{self.n_requests}"
        if refused:
            with pytest.raises(by):
                send(key)
            return None
        kept = send(key)
        self.last = lambda: send(key)
        return kept


def drive(
    machine: type[Driven],
    ws: Workspace,
    *,
    n_examples: int = EXAMPLES,
    n_steps: int = STEPS,
    is_fixed: bool = False,
) -> None:
    """Run the machine on the workspace, which is emptied for each example.

    ``is_fixed`` takes the same steps each time.
    """
    run_state_machine_as_test(
        type(machine.__name__, (machine,), {"ws": ws}),
        settings=settings(
            max_examples=n_examples,
            stateful_step_count=n_steps,
            derandomize=is_fixed,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            # A failure is told as it was found: to shorten one takes many minutes of database work.
            phases=[Phase.generate],
        ),
    )
