"""Who looks at groups' locations joined with crime is on record, and nobody else."""

import pytest

from chb.domain.access.roles import Role
from chb.domain.audit import AuditAction, AuditQuery
from chb.domain.periods import Period
from chb.services.audit import search
from chb.services.harm.combining import look_at_profile
from chb.services.harm.profiling import ProfileRequest, build_profile
from tests.services.access.scopes import as_person

QUARTER = ProfileRequest("csp:E22990001", Period.parse("2025-11", "2026-01"))


def combined_by(ws, person):
    rows = search(ws, AuditQuery(action=AuditAction.COMBINE, person=person))
    return [(row.object_kind, row.object_id) for row in rows]


@pytest.mark.parametrize("role", [Role.SRO, Role.ANALYST])
def test_a_look_at_both_is_on_record_where_a_group_is_in_it(sample_ws, role):
    person = f"{role.name.lower()}@combining.example"
    theirs = as_person(sample_ws, person, role)
    profile = build_profile(theirs, QUARTER)
    assert combined_by(sample_ws, person) == [], "it is looked at when it is shown"
    for _ in range(2):
        assert look_at_profile(theirs, profile) is profile
    expected = [("harm profile", profile.area.code)] if role is Role.SRO else []
    assert combined_by(sample_ws, person) == expected
