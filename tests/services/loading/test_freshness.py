"""How old what is loaded is, told to everybody and naming no file."""

from dataclasses import replace
from datetime import UTC, datetime

from chb.domain.access.scope import Scope
from chb.services.loading.freshness import LABELS, freshness
from chb.services.loading.importing import import_deprivation, import_population
from chb.services.loading.incident_import import import_incidents
from tests.sources.makers import street_file, street_row, text_file

POPULATION = "lsoa21_code,lsoa21_name,population\nE01000001,A,1474\n"


def on(ws, year, month):
    """The same store, looked at on another day."""
    return replace(ws, clock=lambda: datetime(year, month, 15, tzinfo=UTC))


def told(ws, kind):
    return next(each for each in freshness(ws) if each.kind == kind)


def load_months(ws, *months, force="South Yorkshire Police"):
    rows = [street_row(Month=month, Falls_within=force) for month in months]
    import_incidents(ws, street_file(*rows))


def test_every_kind_is_told_in_its_order_loaded_or_not(ws):
    found = freshness(ws)
    assert [each.kind for each in found] == list(LABELS)
    assert {each.sentence for each in found} == {"None is loaded."}
    assert not any(each.is_stale or each.is_loaded for each in found)


def test_incidents_are_old_a_month_after_the_publisher_would_have_brought_newer_ones(ws):
    load_months(ws, "2025-10", "2025-11")
    in_time = told(on(ws, 2026, 2), "incidents")
    assert (in_time.edition, in_time.rows) == ("October 2025 to November 2025", 2)
    assert not in_time.is_stale
    late = told(on(ws, 2026, 3), "incidents")
    assert late.is_stale
    assert late.sentence.startswith("The newest month is November 2025, 4 months ago.")


def test_a_force_that_stopped_is_named_beside_those_that_go_on(ws):
    load_months(ws, "2019-07", force="Greater Manchester Police")
    load_months(ws, "2026-01")
    found = told(ws, "incidents")
    assert not found.is_stale
    assert "Greater Manchester Police ends in July 2019." in found.sentence


def test_an_import_is_old_after_its_publishers_year(ws):
    import_population(ws, text_file(POPULATION, "secret name.csv"))
    assert told(ws, "population").edition == "LSOA 2021"
    assert not told(on(ws, 2027, 5), "population").is_stale
    late = told(on(ws, 2027, 6), "population")
    assert late.is_stale and "15 months ago" in late.sentence
    assert "secret" not in repr(freshness(ws))


def test_an_edition_that_another_replaced_says_which(ws, shared_data):
    import_deprivation(ws, next((shared_data / "common/deprivation").glob("IoD2019*.csv")))
    old = told(ws, "deprivation")
    assert old.is_stale and "IoD 2025 took the place of IoD 2019" in old.sentence
    import_deprivation(ws, next((shared_data / "common/deprivation").glob("IoD2025*.csv")))
    both = told(ws, "deprivation")
    assert not both.is_stale and both.edition == "IoD 2019, IoD 2025"


def test_the_sample_place_does_not_age(sample_ws):
    found = told(on(sample_ws, 2036, 1), "incidents")
    assert (found.rows, found.is_stale) == (24_000, False)
    assert "synthetic" in found.sentence


def test_everybody_is_told_the_same(sample_ws):
    nobody = sample_ws.seen_by(Scope(person="x@example.org"))
    assert freshness(nobody) == freshness(sample_ws)
