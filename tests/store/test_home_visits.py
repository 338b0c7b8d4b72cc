"""What is kept of a person's looks at Home is theirs alone, and is replaced."""

from datetime import UTC, datetime, timedelta

from chb.domain.access.scope import Scope
from chb.domain.home import HomeVisit

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
AMIRA, BEN = Scope(person="Amira@force.example"), Scope(person="ben@force.example")
VISIT = HomeVisit(
    seen_at=NOW,
    since=NOW - timedelta(days=1),
    tour_is_away=True,
    tour_done=frozenset({"place", "cell"}),
)


def found(store, scope):
    with store.reading(scope) as tx:
        return tx.home_visits.find()


def put(store, scope, visit):
    with store.writing(scope) as tx:
        tx.home_visits.put(visit)


def test_a_visit_comes_back_as_it_was_to_its_person_only(store):
    put(store, AMIRA, VISIT)
    assert found(store, AMIRA) == VISIT
    assert found(store, Scope(person="amira@FORCE.example")) == VISIT
    assert found(store, BEN) is None


def test_the_next_visit_takes_its_place(store):
    put(store, AMIRA, VISIT)
    put(store, AMIRA, HomeVisit(seen_at=NOW))
    assert found(store, AMIRA) == HomeVisit(seen_at=NOW)


def test_visits_go_with_the_account_and_with_time(store):
    put(store, AMIRA, VISIT)
    put(store, BEN, VISIT)
    with store.writing(BEN) as tx:
        tx.home_visits.remove_of("AMIRA@force.example")
        tx.home_visits.remove_before(NOW)
    assert (found(store, AMIRA), found(store, BEN)) == (None, VISIT)
    with store.writing(BEN) as tx:
        tx.home_visits.remove_before(NOW + timedelta(seconds=1))
    assert found(store, BEN) is None
