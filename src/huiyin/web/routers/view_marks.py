"""From a mark of a figure to what stands behind it: the answers, and a list of the customers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field

from huiyin.analyse.views.definition import View
from huiyin.people.contracts import NotAllowedError, Person, Right
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.behind import Behind, Mark
from huiyin.web.bodies import SAYING_SOMETHING, Body
from huiyin.web.customers_behind import CustomerList, list_json, list_rows
from huiyin.web.list_heads import CUSTOMERS
from huiyin.web.lists import Format, Lang, exported
from huiyin.web.stopping import STOPPABLE
from huiyin.web.viewing import asked_view

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/views", tags=["views"])
Reader = Annotated[Person, Depends(allow(Right.SEE_ROWS))]
Lister = Annotated[Person, Depends(allow(Right.SEE_CUSTOMERS))]
_LARGEST = 10_000_000


class MarkBody(Body):
    """A number of a view's figure: its metric and groups, as its cell has them.

    With `word` only the answers in which it is written, with `said` those in which anything is,
    with `about` those whose words concern a question or an aspect, with `counted` those that a
    share counts.
    """

    view: View
    metric: str
    by: dict[str, str | None] = Field(default_factory=dict, max_length=10)
    word: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    said: bool = False
    about: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    counted: bool = False

    def mark(self) -> Mark:
        """Give the number that is meant."""
        return Mark(self.metric, self.by)


class ListBody(MarkBody):
    """A list to make; what for is kept in the audit log."""

    purpose: Annotated[str, SAYING_SOMETHING, Field(max_length=200)]


@router.post("/rows", dependencies=[STOPPABLE])
def post_rows(
    body: MarkBody,
    system: TheSystem,
    person: Reader,
    cursor: Annotated[int, Query(ge=0, le=_LARGEST)] = 0,
) -> dict[str, Any]:
    """List the answers behind a number, newest first, as far as the person may see them."""
    with system.database.reading() as session:
        behind = _behind(session, system, person, body)
    with system.engines.lent() as engine:
        return behind.page(engine, cursor)


@router.post("/concerns", dependencies=[STOPPABLE])
def post_concerns(body: MarkBody, system: TheSystem, person: Reader) -> dict[str, Any]:
    """Count what the words behind a number concern: the questions answered, aspects called bad."""
    with system.database.reading() as session:
        behind = _behind(session, system, person, body)
    with system.engines.lent() as engine:
        return behind.concerned(engine).to_json()


@router.post("/customers", response_model=None)
def post_customers(
    body: ListBody,
    request: Request,
    system: TheSystem,
    person: Lister,
    format: Format = "json",  # noqa: A002 -- the name in the address
    lang: Lang = "zh",
) -> dict[str, Any] | Response:
    """List the customers behind a number for a purpose: contact data masked, never too few."""
    purpose = body.purpose
    with system.database.reading() as session:
        found = CustomerList.of(system, _behind(session, system, person, body))
        if format == "json":
            made: dict[str, Any] | Response = list_json(session, system, found, purpose)
        else:
            made = exported(
                list_rows(session, system, found, purpose), format, "customers", CUSTOMERS, lang
            )
    with changing(request, person) as uow:
        found.note(uow, purpose)
    return made


def _behind(session: Session, system: System, person: Person, body: MarkBody) -> Behind:
    """Find the answers behind a mark, those of them that are asked for by their words."""
    by_words = body.word is not None or body.said or body.about is not None
    if by_words and not person.may(Right.SEE_ROWS):
        raise NotAllowedError(Right.SEE_ROWS)
    asked = asked_view(session, system, person, body.view)
    behind = Behind.of(session, system, person, asked, body.mark())
    return replace(behind, word=body.word, said=body.said, about=body.about, counted=body.counted)
