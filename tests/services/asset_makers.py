"""Assets as a test needs them, each saved by the service a person would use."""

import json
from datetime import time

import pandas as pd

from chb.domain.access.roles import Role, View
from chb.domain.access.scope import Scope
from chb.domain.assets.register import Asset
from chb.domain.assets.sessions import Session, Weekday
from chb.domain.quality import QualityReport, RefusedRows
from chb.services.assets.previews import AssetPreview
from chb.services.assets.register import save_asset

BY = "co-ordinator"
POSITION = (-1.495, 53.365)
"""Within the place that the planner's makers make."""
BOXING = Session(Weekday.THURSDAY, time(18), time(20), "Boxing", 10, 16)


def an_asset(**changes):
    """An asset that nobody has saved yet."""
    values = {
        "name": "St Anne's hall",
        "kind": "community_centre",
        "longitude": POSITION[0],
        "latitude": POSITION[1],
        "source": "",
    }
    return Asset(**(values | changes))


def made_asset(ws, request_key="", **changes):
    return save_asset(ws, an_asset(**changes), by=BY, request_key=request_key)


def as_role(ws, role, view=View.PARTNER, agency="Marram Council"):
    """The workspace as somebody of that role is given it."""
    email = f"{role.name.lower()}@example.org"
    scope = Scope(
        person=email,
        name=f"A {role.value}",
        agency=agency,
        roles=frozenset({role}),
        view=view,
        on=ws.today(),
    )
    return ws.seen_by(scope)


def as_co_ordinator(ws):
    return as_role(ws, Role.CO_ORDINATOR)


def refusing_preview(name):
    """What looking at a list of one row gives, when the row is refused for its kind."""
    why = RefusedRows("There is no asset kind for 'caff'", 1, 2, name)
    row = ("cafes.csv", 2, json.dumps({"name": name, "kind": "caff"}), why.reason, "Correct it")
    columns = ("file_name", "line", "cells", "reason", "remedy")
    return AssetPreview(
        title="cafes.csv",
        token="0" * 64,
        attribution="",
        report=QualityReport("assets", "cafes.csv", rows_read=1, kept=0, refused=(why,)),
        rows=(),
        refused=pd.DataFrame([row], columns=list(columns)),
    )
