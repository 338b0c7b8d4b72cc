"""The partnership in words: agreements, ages, verification, thanks."""

from datetime import date

import pytest

from chb.domain.planning.debriefs import Debrief, Thanks
from chb.domain.planning.stakeholders import Sector, Stakeholder
from chb.services.planning.partnership import GroupMember
from chb.ui.parts.debriefs.form import thanks_of_lines
from chb.ui.parts.debriefs.list import thanks_words
from chb.ui.parts.debriefs.thanks import with_thanks_given
from chb.ui.parts.partnership.pathway_form import needs_of_lines
from chb.ui.parts.partnership.stakeholders import agreement_cell

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("signed", "review", "state", "note"),
    [
        (None, None, "not signed", ""),
        (date(2025, 3, 4), None, "signed", "signed 4 Mar 2025"),
        (
            date(2025, 3, 4),
            date(2026, 3, 3),
            "review overdue",
            "signed 4 Mar 2025, review 3 Mar 2026",
        ),
    ],
)
def test_an_agreement_is_its_state_with_its_dates(signed, review, state, note):
    stakeholder = Stakeholder(
        place_id="p",
        agency="Anchor",
        sector=Sector.THIRD,
        contact_role="Warden",
        isa_signed_on=signed,
        isa_review_on=review,
    )
    member = GroupMember(stakeholder, stakeholder.agreement(TODAY), False, None)
    cell = agreement_cell(member)
    assert (cell.text, cell.note) == (state, note)


def test_lines_become_needs_and_thanks_each_once():
    assert needs_of_lines(" debt \n\nlending") == ("debt", "lending")
    assert thanks_of_lines("Wardens\n\n Wardens \nSchool") == (Thanks("Wardens"), Thanks("School"))


def test_thanks_are_given_to_whom_they_are_owed_and_no_one_else():
    earlier = Thanks("Wardens", date(2026, 1, 5))
    debrief = Debrief(
        title="Arcade",
        held_on=TODAY,
        worked="All",
        thanks=(earlier, Thanks("Wardens"), Thanks("School")),
    )
    thanked = with_thanks_given(debrief, "Wardens", TODAY)
    assert thanked.thanks == (earlier, Thanks("Wardens", TODAY), Thanks("School"))
    assert thanks_words(thanked.thanks[1]) == "Wardens, given 4 March 2026"
    assert thanks_words(thanked.thanks[2]) == "School, still owed"
