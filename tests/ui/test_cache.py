"""What the screens keep tells the audit log of everybody who is given it, not of the first."""

from __future__ import annotations

import pytest
import streamlit as st

from chb.domain.access.roles import Role
from chb.domain.audit import AuditAction, AuditQuery
from chb.domain.periods import Period
from chb.services.audit import search
from chb.services.harm.hotspots import HotspotRequest, find_hotspots
from chb.services.harm.profiling import ProfileRequest, build_profile
from chb.services.workspace import Workspace
from chb.ui import analysis_cache, cache, viewer
from tests.services.access.scopes import as_person

QUARTER = ProfileRequest("csp:E22990001", Period.parse("2025-11", "2026-01"))
FIRST, SECOND = "first@kept.example", "second@kept.example"


def combined_by(ws: Workspace, person: str) -> int:
    return len(search(ws, AuditQuery(action=AuditAction.COMBINE, person=person)))


@pytest.mark.parametrize("kind", ["profile", "hotspots"])
def test_who_is_given_a_kept_profile_is_on_record_as_who_had_it_worked_out(
    sample_ws: Workspace, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    worked: list[str] = []

    def worked_out(name: str, request: object) -> object:
        worked.append(name)
        if isinstance(request, HotspotRequest):
            return find_hotspots(cache.workspace(), request)
        assert isinstance(request, ProfileRequest)
        return build_profile(cache.workspace(), request)

    st.cache_resource.clear()
    monkeypatch.setattr(cache, "worked_out", worked_out)
    for person in (f"{kind}-{FIRST}", f"{kind}-{SECOND}"):
        theirs = as_person(sample_ws, person, Role.SRO)
        monkeypatch.setattr(viewer, "store", lambda: sample_ws)
        monkeypatch.setattr(viewer, "scope", lambda theirs=theirs: theirs.scope)
        version = cache.data_version()
        if kind == "profile":
            cache.profile(version, QUARTER)
        else:
            analysis_cache.hotspots(version, HotspotRequest(QUARTER))
        assert combined_by(sample_ws, person) == 1
    assert worked == [kind]
