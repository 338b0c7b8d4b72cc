"""What may be recorded, and what may be asked of the log."""

from datetime import UTC, datetime

import pytest

from chb.domain.audit import NEEDS_PURPOSE, AuditAction, AuditEntry, AuditQuery
from chb.domain.refusal import Refusal


@pytest.mark.parametrize("action", sorted(NEEDS_PURPOSE))
def test_what_is_disclosed_or_decided_has_a_purpose(action):
    with pytest.raises(Refusal, match="The purpose"):
        AuditEntry(action, "plan", "p1", recipient="Housing", purpose="  ")
    assert AuditEntry(action, "plan", "p1", recipient="Housing", purpose="patrol").purpose


def test_a_disclosure_goes_to_somebody():
    with pytest.raises(Refusal, match="recipient"):
        AuditEntry(AuditAction.DISCLOSE, "plan", "p1", purpose="patrol")


@pytest.mark.parametrize("action", sorted(set(AuditAction) - NEEDS_PURPOSE))
def test_everything_else_needs_none(action):
    assert AuditEntry(action, "plan").purpose == ""


def test_what_no_database_keeps_is_left_out_of_the_lines():
    entry = AuditEntry(AuditAction.REFUSE, "plan\x00", "a\ud800b", recipient="x\ny")
    assert (entry.object_kind, entry.object_id, entry.recipient) == ("plan", "ab", "x y")


def test_a_search_that_ends_before_it_starts_is_refused():
    with pytest.raises(Refusal, match="ends before it starts"):
        AuditQuery(since=datetime(2026, 2, 1, tzinfo=UTC), until=datetime(2026, 1, 1, tzinfo=UTC))
