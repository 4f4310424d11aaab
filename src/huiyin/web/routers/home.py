"""The page a person begins the day with."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request

from huiyin.analyse.boards.visits import do_note_visit
from huiyin.core.text import language_tag
from huiyin.measure.definitions.words import day_of
from huiyin.people.contracts import Person, Right
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.boards import Onlooker
from huiyin.web.home import today_for

router = APIRouter(prefix="/api/v1/home", tags=["boards"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Me = Annotated[Person, Depends(allow(Right.MANAGE_OWN))]


@router.get("/today")
def get_today(
    system: TheSystem, person: Reader, lang: Literal["zh", "en"] = "zh"
) -> dict[str, Any]:
    """Say what really changed since the last visit, what missed its target, whom to listen to."""
    return today_for(Onlooker(system, person, language_tag(lang)))


@router.post("/visit")
def post_visit(request: Request, system: TheSystem, person: Me) -> dict[str, bool]:
    """Note that the person is here today; what is new is reckoned from the visit before.

    A token is nobody's visit: it may not say so.
    """
    with changing(request, person) as uow:
        return {"noted": do_note_visit(uow, person.staff_id, day_of(system.clock()))}
