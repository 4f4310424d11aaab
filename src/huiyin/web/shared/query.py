"""A shared question: its answer on the version and the rows of the day it was shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from huiyin.analyse.views.definition import QueryWords
from huiyin.core.text import language_tag
from huiyin.people.contracts import Person
from huiyin.people.share_links import Frozen, SharedView
from huiyin.web.answer_page import answer_page
from huiyin.web.corridors import frozen_view
from huiyin.web.questions import answer_over, with_weights
from huiyin.web.routers.reports import Language
from huiyin.web.shared.report import frozen_now
from huiyin.web.system import System


class SharedQuestion(QueryWords):
    """A question, and the language that its page speaks."""

    lang: Language = Language.ZH


@dataclass(frozen=True, slots=True)
class SharedQuery:
    """Shares the answer to a question."""

    name: str = "query"
    page: str = "html"
    downloads: tuple[str, ...] = ()

    def freeze(
        self,
        session: Session,
        system: System,
        person: Person,
        dataset_id: str | None,
        payload: Mapping[str, Any],
    ) -> Frozen:
        """Check the question, and pin the version, rules and weights that are current."""
        asked = with_weights(session, system, SharedQuestion.model_validate(dict(payload)))
        words = asked.model_dump(mode="json", exclude={"version"}, exclude_defaults=True)
        return frozen_now(session, system, person, dataset_id, self.name, words)

    def show(self, system: System, view: SharedView) -> Any:
        """Give the answer; the shape is that of ``huiyin query --json``."""
        return self._answer(system, view).to_json()

    def part(self, system: System, view: SharedView, part: str) -> Response | None:
        """Give the answer as a table, in the language it was shared in."""
        del part
        asked = SharedQuestion.model_validate(dict(view.frozen.payload))
        return HTMLResponse(answer_page(self._answer(system, view), language_tag(asked.lang)))

    def _answer(self, system: System, view: SharedView) -> Any:
        with system.database.reading() as session:
            seen = frozen_view(session, system, view)
        body = SharedQuestion.model_validate(dict(view.frozen.payload))
        return answer_over(system, seen, body)


KIND = SharedQuery()
