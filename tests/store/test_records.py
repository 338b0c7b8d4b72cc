"""Records keep every version, and what hangs on the sample leaves with it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from chb.domain.access.scope import OPERATOR
from chb.domain.ocgs.members import FamilyLink, Nominal, NominalRole
from chb.domain.ocgs.register import BusinessNote, BusinessPart, Ocg, OcgModel, SocCategory
from chb.domain.planning.signals import Signal, SignalAnswer, SignalCategory, SignalQuestion
from chb.domain.records import Signature
from chb.domain.refusal import Refusal

SIGNED = Signature("LRO", datetime(2026, 3, 4, 10, 30, tzinfo=UTC), "as tasked")
LITERAL = 'O\'Neil "the fox" </script> ${x} 🎈'
OCG = Ocg(
    id="o1",
    version=1,
    code="KITTIWAKE",
    lro="lro@example.org",
    tasked_on=date(2026, 1, 5),
    category=SocCategory.DOMINATE,
    model=OcgModel.CO_OPERATIVE,
    summary=LITERAL,
    commodities=("cannabis", LITERAL),
    business_model=(BusinessNote(BusinessPart.TRANSPORT, "bikes"),),
)
NOMINAL = Nominal(
    id="n1",
    version=1,
    ocg_id="o1",
    reference="N1",
    role=NominalRole.PERIPHERAL,
    family=(FamilyLink("N2", "brother", "at school"),),
)
SIGNAL = Signal(
    id="s1",
    version=1,
    agency="Housing",
    category=SignalCategory.HOUSING,
    first_day=date(2026, 1, 1),
    last_day=date(2026, 2, 1),
    cells=frozenset({0x8928308280FFFFF, 0x8928308281FFFFF}),
    answers=(SignalAnswer(SignalQuestion.NEW, LITERAL),),
)


@pytest.fixture
def filled(store):
    with store.writing(OPERATOR) as tx:
        tx.planner.ocgs.add(OCG, SIGNED)
        tx.planner.nominals.add(NOMINAL, SIGNED)
        tx.planner.signals.add(SIGNAL, SIGNED)
    return store


def test_a_record_comes_back_as_it_was_saved(filled):
    with filled.reading(OPERATOR) as tx:
        assert tx.planner.ocgs.get("o1") == OCG
        assert tx.planner.nominals.where(ocg_id="o1") == (NOMINAL,)
        assert tx.planner.signals.all() == (SIGNAL,)
        assert tx.planner.ocgs.get("o2") is None


def test_signals_are_found_by_any_of_their_cells(filled):
    with filled.reading(OPERATOR) as tx:
        assert tx.planner.signals.on_cells([0x8928308280FFFFF, 5]) == (SIGNAL,)
        assert tx.planner.signals.on_cells([5]) == ()


def test_words_are_found_however_they_were_written(filled):
    with filled.writing(OPERATOR) as tx:
        for number, agency in enumerate(("HOUSING", "Housing Ömer", "HOUSING ÖMER", "House")):
            tx.planner.signals.add(replace(SIGNAL, id=f"t{number}", agency=agency), SIGNED)
    with filled.reading(OPERATOR) as tx:
        signals = tx.planner.signals
        assert signals.spelled("agency", "housing") == {"Housing", "HOUSING"}
        assert signals.spelled("agency", "Housing ömer") == {"Housing Ömer", "HOUSING ÖMER"}
        assert signals.spelled("agency", "Hous") == frozenset()


def test_every_version_stays_with_its_signature(filled):
    edited = replace(OCG, summary="Quiet now")
    with filled.writing(OPERATOR) as tx:
        assert tx.planner.ocgs.change(edited, replace(SIGNED, reason="after the strike"))
    with filled.reading(OPERATOR) as tx:
        first, second = tx.planner.ocgs.revisions("o1")
        assert first.content["summary"] == LITERAL and first.signature == SIGNED
        assert second.content["summary"] == "Quiet now"
        assert second.signature.reason == "after the strike"
        assert tx.planner.ocgs.get("o1") == replace(edited, version=2)


def test_a_version_that_was_overtaken_changes_nothing(filled):
    with filled.writing(OPERATOR) as tx:
        assert tx.planner.ocgs.change(replace(OCG, summary="theirs"), SIGNED)
        assert not tx.planner.ocgs.change(replace(OCG, summary="yours"), SIGNED)
    with filled.reading(OPERATOR) as tx:
        assert tx.planner.ocgs.get("o1").summary == "theirs"
        assert len(tx.planner.ocgs.revisions("o1")) == 2


@pytest.mark.parametrize(
    "statement",
    ["UPDATE revision SET reason = 'x'", "DELETE FROM revision", "UPDATE signal SET agency = 'x'"],
)
def test_the_database_itself_keeps_history(filled, statement):
    with (
        pytest.raises(IntegrityError, match="only ever added to"),
        filled.connection(OPERATOR, writes=True) as connection,
    ):
        connection.execute(text(statement))


def test_what_hangs_on_the_sample_leaves_with_it_and_the_rest_stays(filled):
    sample = replace(OCG, id="o9", code="SAMPLE")
    with filled.writing(OPERATOR) as tx:
        tx.planner.ocgs.add(sample, SIGNED, is_sample=True)
        tx.planner.nominals.add(replace(NOMINAL, id="n9", ocg_id="o9"), SIGNED)
        tx.planner.nominals.change(replace(NOMINAL, id="n9", ocg_id="o9", note="seen"), SIGNED)
        tx.planner.remove_samples()
    with filled.reading(OPERATOR) as tx:
        assert tx.planner.ocgs.all() == (OCG,)
        assert tx.planner.nominals.all() == (NOMINAL,)
        assert tx.planner.nominals.revisions("n9") == ()


def test_a_record_of_ones_own_does_not_move_onto_the_sample(filled):
    with filled.writing(OPERATOR) as tx:
        tx.planner.ocgs.add(replace(OCG, id="o9", code="SAMPLE"), SIGNED, is_sample=True)
        with pytest.raises(Refusal, match="for practice"):
            tx.planner.nominals.change(replace(NOMINAL, ocg_id="o9"), SIGNED)


def test_parents_that_are_not_there_are_named(filled):
    with filled.reading(OPERATOR) as tx:
        assert tx.planner.nominals.absent_parents(replace(NOMINAL, ocg_id="gone")) == ("ocg",)
        assert tx.planner.nominals.absent_parents(NOMINAL) == ()
