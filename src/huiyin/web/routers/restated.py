"""An old number as it was reported then, and by the metric rules of now."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends

from huiyin.analyse.index_weights import with_index_weights
from huiyin.analyse.views.definition import QueryWords
from huiyin.measure.definitions.restated import Moved, Restated, restated
from huiyin.measure.present import cell_json
from huiyin.people.contracts import Person, Right
from huiyin.web.access import TheSystem, allow
from huiyin.web.bodies import VersionNumber
from huiyin.web.corridors import TwofoldCorridor, open_view, rules_for
from huiyin.web.questions import question
from huiyin.web.stopping import STOPPABLE
from huiyin.web.told import told

router = APIRouter(prefix="/api/v1/datasets/{dataset_id}", tags=["numbers"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]


class RestatedBody(QueryWords):
    """A question; `rules_version` is that of then, `now_version` today's by default."""

    rules_version: VersionNumber
    now_version: VersionNumber | None = None


@router.post("/restated", dependencies=[STOPPABLE])
def post_restated(
    dataset_id: str, body: RestatedBody, system: TheSystem, person: Reader
) -> dict[str, Any]:
    """Answer a question on one state of the data by two versions of the rules."""
    with system.database.reading() as session:
        view = open_view(
            session, system, person, dataset_id, body.version, rules_version=body.rules_version
        )
        now = view.under(rules_for(session, system, body.now_version))
        query = question(session, system, view, body)

    def find(corridor: TwofoldCorridor) -> dict[str, Any]:
        asked = with_index_weights(corridor, query)
        return restated_json(restated(corridor.scores, asked, view.rules, now))

    found: dict[str, Any] = told(system, person, view, None, find)
    return found


def restated_json(found: Restated) -> dict[str, Any]:
    """Give both answers, each as ``huiyin query --json`` has it, and what moved."""
    return {
        "then": found.then.to_json(),
        "now": found.now.to_json() if found.now else None,
        "refused": dict(found.refused) if found.refused else None,
        "moved": [_moved(one) for one in found.moved],
    }


def _moved(one: Moved) -> dict[str, Any]:
    return {
        "metric": one.metric,
        "by": dict(one.by),
        "then": cell_json(one.then),
        "now": cell_json(one.now) if one.now else None,
        "difference": one.difference,
    }
