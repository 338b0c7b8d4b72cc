"""The menu of tactics, prompts and levels: whole, unique, with their source."""

import re
import shutil
from collections import Counter

import pytest

from chb.domain.places.phases import Phase
from chb.domain.planning.disruptions import DisruptionLevel, ImpactKind
from chb.domain.planning.plans import Pillar, PreventLevel
from chb.domain.planning.tactics import TacticHeading
from chb.domain.refusal import Refusal
from chb.domain.wording import LONGEST_LINE
from chb.sources.planner_reference import disruption_levels, impact_prompts, tactics
from chb.sources.reference import REFERENCE_FOLDER

OTHER_PILLARS = {
    TacticHeading.PREVENT: Pillar.PREVENT,
    TacticHeading.PROTECT: Pillar.PROTECT,
    TacticHeading.PREPARE: Pillar.PREPARE,
}


def test_the_menu_has_more_than_eighty_tactics_with_keys_of_their_own():
    keys = Counter(tactic.key for tactic in tactics())
    assert len(keys) >= 80 and max(keys.values()) == 1
    assert all(re.fullmatch(r"[a-z-]+", key) for key in keys)


def test_every_heading_phase_p_and_prevent_level_is_served():
    assert {tactic.heading for tactic in tactics()} == set(TacticHeading)
    assert {tactic.pillar for tactic in tactics()} == set(Pillar)
    assert {phase for tactic in tactics() for phase in tactic.phases} == set(Phase)
    levels = {tactic.prevent_level for tactic in tactics()}
    assert levels == {None, *PreventLevel}


def test_every_tactic_is_whole_and_fits_its_heading():
    for tactic in tactics():
        assert tactic.what and tactic.power_or_agency and tactic.note and tactic.source_section
        assert len(tactic.what) <= LONGEST_LINE
        assert tactic.pillar == OTHER_PILLARS.get(tactic.heading, Pillar.PURSUE)
        assert (tactic.prevent_level is not None) == (tactic.pillar == Pillar.PREVENT)
        assert len(set(tactic.phases)) == len(tactic.phases) > 0


def test_prompts_and_levels_are_whole():
    keys = Counter(prompt.key for prompt in impact_prompts())
    assert max(keys.values()) == 1
    assert {prompt.kind for prompt in impact_prompts()} == set(ImpactKind)
    assert list(disruption_levels()) == list(DisruptionLevel)


def test_a_row_that_is_not_whole_is_named(tmp_path):
    shutil.copy(REFERENCE_FOLDER / "tactics.csv", tmp_path)
    path = tmp_path / "tactics.csv"
    path.write_text(path.read_text().replace("Vehicles,Pursue", "Vehicles,Chase", 1))
    with pytest.raises(Refusal, match=r"tactics.csv is not whole.*Row 2.*Chase"):
        tactics(tmp_path)
