"""Groups' locations joined with crime: that somebody looks at the two together is on record.

A profile is kept and given again, to others as well. So this is asked by whoever shows one,
every time, and not where it is worked out.
"""

from __future__ import annotations

from typing import Final

from chb.domain.access.permissions import Permission
from chb.domain.audit import AuditAction
from chb.services.access.looks import put_look_on_record
from chb.services.access.rules import needs
from chb.services.harm.profiling import HarmProfile
from chb.services.workspace import Workspace
from geo import frames

COMBINED_KIND: Final = "harm profile"


@needs(Permission.SEE_HARM_FIGURES)
def look_at_profile(ws: Workspace, profile: HarmProfile) -> HarmProfile:
    """The profile, once it is on record that the person looks at it; not where no group is in it.

    The row is about the code of the area, which a drawn one does not have.
    """
    if (profile.frame[frames.N_OCGS] > 0).any():
        put_look_on_record(ws, AuditAction.COMBINE, COMBINED_KIND, profile.area.code)
    return profile
