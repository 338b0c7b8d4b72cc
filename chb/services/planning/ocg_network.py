"""How groups stand to one another, for who may see them: every read is held to the scope."""

from __future__ import annotations

from chb.domain.access.permissions import Permission
from chb.domain.ocgs.network import GroupNetwork, network_of
from chb.services.access.rules import needs
from chb.services.planning.ocg_register import standings
from chb.services.workspace import Workspace


@needs(Permission.SEE_OPERATIONS, shows="ocg network")
def group_network(ws: Workspace) -> GroupNetwork:
    """The groups a person may see, the links between these, and references that these share.

    A link to a group that they may not see is not there, and no figure counts it.
    """
    with ws.reading() as tx:
        return network_of(standings(tx), tx.planner.ocg_links.all(), tx.planner.nominals.all())
