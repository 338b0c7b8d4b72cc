"""A request for each analysis of the engine, from one question."""

from typing import Any

from chb.services.harm.association import AssociationRequest
from chb.services.harm.forward_test import ForwardTestRequest
from chb.services.harm.hotspots import HotspotRequest
from chb.services.harm.profiling import ProfileRequest
from chb.services.harm.stability import StabilityRequest
from chb.services.harm.trends import TrendRequest

_REQUESTS = {
    "profile": lambda profile: profile,
    "monthly": lambda profile: profile,
    "hotspots": HotspotRequest,
    "trends": TrendRequest,
    "forward_test": ForwardTestRequest,
    "stability": StabilityRequest,
    "associations": AssociationRequest,
}


def request_of(name: str, profile: ProfileRequest) -> Any:
    """The request of the analysis of that name, as it is asked by default."""
    return _REQUESTS[name](profile)
