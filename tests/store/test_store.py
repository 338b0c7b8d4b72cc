"""Transactions, migrations, locks and plain failures."""

import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy.exc import DatabaseError

from chb.domain.access.scope import OPERATOR
from chb.domain.places.phases import Intensity, IntensityChange, Phase
from chb.domain.places.places import Boundary, Place
from chb.domain.refusal import Refusal
from chb.store.store import Store

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
TOP_BIT_CELL = 0x8F1FB46622D8591


def place(place_id: str = "p1", name: str = "Moorfield") -> Place:
    return Place(
        id=place_id,
        name=name,
        area_name="Marram",
        boundaries=(Boundary(1, 9, frozenset({TOP_BIT_CELL, 5}), date(2026, 3, 4), "first", NOW),),
        history=(
            IntensityChange(Phase.CLEAR, Intensity.ACTIVE, date(2026, 3, 4), "why", "LRO", NOW),
        ),
        created_at=NOW,
        version=1,
    )


def entry(**changes):
    return {
        "kind": "population",
        "name": "Census",
        "source_name": "x.csv",
        "source_sha256": "0" * 64,
        "is_sample": False,
        "attribution": "",
        "details": {"vintage": "2021"},
        "imported_at": NOW,
    } | changes


def test_a_place_comes_back_as_it_was_saved(store):
    with store.writing(OPERATOR) as tx:
        tx.places.add(place())
    with store.reading(OPERATOR) as tx:
        assert tx.places.all() == (place(),)


def test_a_failed_transaction_leaves_nothing(store):
    with pytest.raises(RuntimeError), store.writing(OPERATOR) as tx:
        tx.places.add(place())
        tx.frames.put(pd.DataFrame({"a": [1]}), **entry())
        raise RuntimeError
    with store.reading(OPERATOR) as tx:
        assert tx.places.all() == () and tx.frames.entries() == ()
    assert list((store.home / "frames").iterdir()) == []


def test_a_file_that_is_catalogued_survives_the_undoing_of_its_twin(store):
    with store.writing(OPERATOR) as tx:
        tx.frames.put(pd.DataFrame({"a": [1]}), **entry())
    with pytest.raises(RuntimeError), store.writing(OPERATOR) as tx:
        tx.frames.put(pd.DataFrame({"a": [1]}), **entry(name="same content"))
        raise RuntimeError
    with store.reading(OPERATOR) as tx:
        assert len(tx.frames.read(tx.frames.entries()[0])) == 1


def test_what_a_killed_process_left_is_swept(store):
    with store.writing(OPERATOR) as tx:
        tx.frames.put(pd.DataFrame({"a": [1]}), **entry())
    (store.home / "frames" / "incidents-stray.parquet").write_bytes(b"half")
    (store.home / "frames" / "incidents-1-2.parquet.part").write_bytes(b"half")
    with store.reading(OPERATOR) as tx:
        assert tx.frames.sweep(older_than=datetime.now(UTC) - timedelta(hours=1)) == 0
        assert tx.frames.sweep(older_than=datetime.now(UTC) + timedelta(hours=1)) == 2
        assert len(tx.frames.read(tx.frames.entries()[0])) == 1


def test_a_frame_comes_back_and_its_file_is_not_swept(store):
    frame = pd.DataFrame({"lsoa_code": ["E01", None], "population": [1.5, float("nan")]})
    with store.writing(OPERATOR) as tx:
        tx.frames.put(frame, **entry())
    with store.reading(OPERATOR) as tx:
        (found,) = tx.frames.entries("population")
        pd.testing.assert_frame_equal(tx.frames.read(found), frame)
        assert tx.frames.sweep(older_than=NOW + timedelta(days=40_000)) == 0
        assert (found.details, found.imported_at) == ({"vintage": "2021"}, NOW)


def test_a_frame_of_the_same_name_takes_the_place_of_the_older(store):
    for rows in (1, 2):
        with store.writing(OPERATOR) as tx:
            tx.frames.put(pd.DataFrame({"a": range(rows)}), **entry())
    with store.reading(OPERATOR) as tx:
        assert [found.n_rows for found in tx.frames.entries()] == [2]


def test_opening_again_changes_nothing(store, database_url):
    with store.writing(OPERATOR) as tx:
        tx.places.add(place())
    again = Store(store.home, database_url)
    with again.reading(OPERATOR) as tx:
        assert len(tx.places.all()) == 1
    again.close()


def test_the_embedded_database_is_for_its_owner_only(tmp_path):
    Store(tmp_path).close()
    assert stat.S_IMODE((tmp_path / "holdfast.sqlite").stat().st_mode) == 0o600


def test_only_one_of_two_claims_of_a_version_succeeds(store):
    with store.writing(OPERATOR) as tx:
        tx.places.add(place())
        assert tx.places.claim("p1", version=1)
        assert not tx.places.claim("p1", version=1)


def test_removing_the_sample_keeps_what_a_person_made(store):
    with store.writing(OPERATOR) as tx:
        tx.places.add(place("sample"), is_sample=True)
        tx.places.add(place("own"))
        tx.frames.put(pd.DataFrame({"a": [1]}), **entry(name="synthetic", is_sample=True))
        tx.frames.put(pd.DataFrame({"a": [1]}), **entry(name="real"))
        tx.remove_samples()
        assert [kept.id for kept in tx.places.all()] == ["own"]
        assert [kept.name for kept in tx.frames.entries()] == ["real"]


def test_a_folder_that_is_a_file_is_a_sentence(tmp_path: Path):
    (tmp_path / "home").write_text("not a folder")
    with pytest.raises(Refusal, match="CHB_HOME"):
        Store(tmp_path / "home")


def test_a_damaged_database_is_a_sentence(tmp_path: Path):
    (tmp_path / "holdfast.sqlite").write_bytes(b"this is no database, " * 100)
    with pytest.raises(Refusal, match="could not be written or read"):
        Store(tmp_path)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://somewhere/db", "does not name a PostgreSQL database"),
        ("postgresql+psycopg://somewhere", "does not name a PostgreSQL database"),
        ("not an address", "cannot be read as an address"),
    ],
)
def test_an_address_that_is_not_postgresql_is_a_sentence(tmp_path, address, says):
    with pytest.raises(Refusal, match=says):
        Store(tmp_path, address)


def test_a_server_that_is_away_is_a_sentence_without_the_password(tmp_path):
    with pytest.raises(Refusal, match="not running or cannot be reached") as refused:
        Store(tmp_path, "postgresql://holdfast:geheim@127.0.0.1:1/holdfast")
    assert "geheim" not in str(refused.value)


def test_readers_see_one_moment_and_wait_for_nobody(store):
    with store.reading(OPERATOR) as before:
        assert before.places.all() == ()
        with store.writing(OPERATOR) as tx:
            tx.places.add(place())
        assert before.places.all() == ()
    with store.reading(OPERATOR) as after:
        assert len(after.places.all()) == 1


def test_a_reader_cannot_write(store):
    with store.writing(OPERATOR) as tx:
        tx.places.add(place())
    with pytest.raises((Refusal, DatabaseError)), store.reading(OPERATOR) as tx:
        tx.places.claim("p1", version=1)
    with store.reading(OPERATOR) as tx:
        assert tx.places.get("p1").version == 1
