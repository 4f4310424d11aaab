"""Views: a question and how it is drawn; answered for a page, a board, a file."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends

from huiyin.analyse.views.definition import View
from huiyin.core.text import language_tag
from huiyin.people.contracts import Person, Right
from huiyin.web.access import TheSystem, allow
from huiyin.web.bodies import Body
from huiyin.web.viewing import answer_view

router = APIRouter(prefix="/api/v1/views", tags=["views"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Language = Literal["zh", "en"]


class ViewBody(Body):
    """A view, and the language of its words."""

    view: View
    lang: Language = "zh"


@router.post("/answer")
def post_answer(body: ViewBody, system: TheSystem, person: Reader) -> dict[str, Any]:
    """Answer a view: its numbers, and the figure that shows them."""
    return answer_view(system, person, body.view, language_tag(body.lang))
