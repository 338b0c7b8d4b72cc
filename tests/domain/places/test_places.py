"""What a place is refused for, in sentences."""

import pytest

from chb.domain.places.places import checked_cells, checked_place_name, checked_reason
from chb.domain.refusal import Refusal


def test_names_keep_their_letters_and_lose_their_spare_spaces():
    assert checked_place_name("  O'Neil’s   Üp <b>Town</b> 🎈 ") == "O'Neil’s Üp <b>Town</b> 🎈"


@pytest.mark.parametrize(
    ("check", "says"),
    [
        (lambda: checked_place_name(" "), "needs a name"),
        (lambda: checked_place_name("x" * 10_000), "10,000"),
        (lambda: checked_reason("  ", what="Resuming Clear"), "Resuming Clear needs a reason"),
        (lambda: checked_cells(frozenset()), "at least one cell"),
        (lambda: checked_cells(frozenset(range(50_000))), "district or county"),
    ],
)
def test_refusals_say_what_to_do(check, says):
    with pytest.raises(Refusal, match=says) as refused:
        check()
    assert refused.value.remedy or refused.value.cause
