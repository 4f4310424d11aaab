"""Numbers: a query or the drivers of a dataset, the same as the command line gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import Field

from huiyin.analyse.drivers import find_drivers
from huiyin.analyse.views.definition import QueryWords
from huiyin.core.text import Text, language_tag
from huiyin.measure.contracts import DEFAULT_LEVEL, Result
from huiyin.measure.present import query_json
from huiyin.people.contracts import Person, Right
from huiyin.report.boards.words import GENERATED
from huiyin.report.query_file import query_table, query_xlsx
from huiyin.store.tables import Dataset
from huiyin.web.access import TheSystem, allow
from huiyin.web.asked_facts import asked_facts
from huiyin.web.bodies import Body, VersionNumber
from huiyin.web.corridors import View, open_view
from huiyin.web.lists import Format, csv_bytes, file_response
from huiyin.web.questions import NOT_ASKED, answered, question
from huiyin.web.stopping import STOPPABLE
from huiyin.web.told import told

if TYPE_CHECKING:
    from huiyin.analyse.ports import Corridor
    from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/datasets/{dataset_id}", tags=["numbers"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
WARNING = Text("注意", "Note")


class DriversBody(Body):
    """What to explain, by what."""

    target: str | None = None
    drivers: list[str] | None = None
    bootstrap: int = Field(1000, ge=0, le=5000)
    seed: int = 0
    level: float = Field(DEFAULT_LEVEL, gt=0, lt=1)
    version: VersionNumber | None = None
    rules_version: VersionNumber | None = None


@router.post("/query", dependencies=[STOPPABLE], response_model=None)
def post_query(
    dataset_id: str,
    body: QueryWords,
    system: TheSystem,
    person: Reader,
    format: Format = "json",  # noqa: A002 -- the name in the address
    lang: Literal["zh", "en"] = "zh",
) -> dict[str, Any] | Response:
    """Answer a question; the shape is that of ``huiyin query --json``.

    A file has a row for each cell, with heads and words in a language.
    """
    with system.database.reading() as session:
        view = open_view(
            session, system, person, dataset_id, body.version, rules_version=body.rules_version
        )
        query = question(session, system, view, body)
    if format != "json":
        result = told(system, person, view, None, lambda own: answered(system, view, own, query))
        return _file(system, view, result, format, language_tag(lang))
    key = view.score_key("query", query_json(query))
    found: dict[str, Any] = told(
        system, person, view, key, lambda own: answered(system, view, own, query).to_json()
    )
    return found


def _file(system: System, view: View, result: Result, form: str, tag: str) -> Response:
    """Give an answer as a file for people."""
    names = {one.name: one.label for one in view.snapshot.asked_codebook}
    if form == "csv":
        table = query_table(result, tag, names)
        rows = [[shown.content for shown in row] for row in table.rows]
        return file_response(csv_bytes(table.headers, rows), form, "query")
    with system.database.reading() as session:
        source = session.get_one(Dataset, view.version.dataset_id)
        made_up = [(WARNING, GENERATED)] if source.generated else []
        facts = [*made_up, *asked_facts(result, source.name)]
    return file_response(query_xlsx(result, tag, facts, names), form, "query")


@router.post("/drivers", dependencies=[STOPPABLE])
def post_drivers(
    dataset_id: str, body: DriversBody, system: TheSystem, person: Reader
) -> dict[str, Any]:
    """Find what goes with the target; the shape is that of ``huiyin drivers --json``."""
    with system.database.reading() as session:
        view = open_view(
            session, system, person, dataset_id, body.version, rules_version=body.rules_version
        )
    key = view.key("drivers", body.model_dump(exclude=NOT_ASKED))
    found: dict[str, Any] = told(system, person, view, key, lambda own: _drivers(own, body))
    return found


def _drivers(corridor: Corridor, body: DriversBody) -> dict[str, Any]:
    return find_drivers(
        corridor,
        body.target,
        body.drivers,
        bootstrap=body.bootstrap,
        seed=body.seed,
        level=body.level,
    ).to_json()
