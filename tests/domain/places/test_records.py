"""Ties and openings over time."""

from datetime import UTC, date, datetime

from chb.domain.places.records import THREATS, Opening, Tie, TieKind, is_open, ties_in_force

NOW = datetime(2026, 3, 4, tzinfo=UTC)
SIGNED = {"reason": "why", "recorded_by": "LRO", "recorded_at": NOW}


def opening(day: int, *, opens: bool) -> Opening:
    return Opening(is_open=opens, effective_on=date(2026, 3, day), **SIGNED)


def tie(tie_id: str, day: int, *, adds: bool = True) -> Tie:
    return Tie(
        tie_id=tie_id,
        kind=TieKind.OCG,
        subject=tie_id,
        is_added=adds,
        effective_on=date(2026, 3, day),
        **SIGNED,
    )


def open_days(*openings: Opening) -> list[int]:
    return [day for day in range(1, 8) if is_open(openings, date(2026, 3, day))]


def test_a_place_that_was_never_closed_is_open():
    assert open_days() == list(range(1, 8))


def test_a_place_is_closed_between_its_closing_and_its_opening():
    assert open_days(opening(2, opens=False), opening(5, opens=True)) == [1, 5, 6, 7]


def test_of_two_entries_for_one_day_the_later_recorded_counts():
    assert open_days(opening(2, opens=False), opening(2, opens=True)) == list(range(1, 8))


def test_a_tie_holds_from_the_day_it_is_added_until_the_day_it_ends():
    entries = (tie("a", 2), tie("b", 3), tie("a", 5, adds=False), tie("c", 6))
    held = {
        day: [entry.tie_id for entry in ties_in_force(entries, date(2026, 3, day))]
        for day in range(1, 7)
    }
    assert held == {1: [], 2: ["a"], 3: ["a", "b"], 4: ["a", "b"], 5: ["b"], 6: ["b", "c"]}


def test_every_kind_of_tie_is_a_threat_an_ocg_or_a_person():
    rest = set(TieKind) - set(THREATS) - {kind for kind in TieKind if kind.is_person}
    assert rest == {TieKind.OCG}
