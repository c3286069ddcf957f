"""What every path takes: the desk of the app that serves it, and its parameters."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request

from warledger.api.desk import Desk
from warledger.api.parameters import Days, Known, Narrow, On, Paged


async def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(_desk)]
AsKnown = Annotated[Known, Query()]
OnDay = Annotated[On, Query()]
OnDays = Annotated[Days, Query()]
Narrowed = Annotated[Narrow, Query()]
Listing = Annotated[Paged, Query()]
