"""A shared question: its answer on the version and the rows of the day it was shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Response
from fastapi.responses import HTMLResponse
from pydantic import Field
from sqlalchemy.orm import Session

from huiyin.analyse.views.contracts import LONGEST_TITLE, ChartKind
from huiyin.analyse.views.definition import Options, QueryWords, Question
from huiyin.analyse.views.definition import View as ViewDocument
from huiyin.core.errors import MissingPartError
from huiyin.core.text import language_tag
from huiyin.measure.contracts import Result
from huiyin.people.contracts import Person
from huiyin.people.share_links import Frozen, SharedView
from huiyin.report.charts.chart import phone_form
from huiyin.report.draw import draw_svg
from huiyin.report.views.contracts import Extras
from huiyin.report.views.draw import title_of
from huiyin.store.tables import Dataset
from huiyin.web.answer_page import PageFigure, answer_page
from huiyin.web.corridors import View, frozen_view
from huiyin.web.questions import answer_over, with_weights
from huiyin.web.routers.reports import Language
from huiyin.web.shared.report import frozen_now
from huiyin.web.system import System
from huiyin.web.viewing import Asked, column_names, drawn

PHONE_WIDTH = 358
_NO_CHART = frozenset({None, ChartKind.TABLE, ChartKind.PIVOT, ChartKind.WORDS})
"""Shown as the table alone: nobody asked for a chart, it is one, or it tells customers' words."""


class SharedQuestion(QueryWords):
    """A question, the language that its page speaks, and the chart that it is shown as, if any."""

    lang: Language = Language.ZH
    chart: ChartKind | None = None
    options: Options = Options()
    title: dict[str, Annotated[str, Field(max_length=LONGEST_TITLE)]] = Field(
        default_factory=dict, max_length=20
    )

    @property
    def words(self) -> QueryWords:
        """The question alone."""
        own = {"lang", "chart", "options", "title"}
        return QueryWords.model_validate(self.model_dump(exclude=own, exclude_defaults=True))


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
        return self._answer(system, view)[1].to_json()

    def part(self, system: System, view: SharedView, part: str) -> Response | None:
        """Give the answer as a chart and a table, in the language it was shared in."""
        del part
        asked = SharedQuestion.model_validate(dict(view.frozen.payload))
        seen, result = self._answer(system, view)
        tag, shown = language_tag(asked.lang), _shown(seen, asked)
        figure = None if asked.chart in _NO_CHART else _figure(system, seen, shown, result, tag)
        names = Extras(column_names(seen.snapshot.asked_codebook))
        title = title_of(result, shown, tag, names)
        with system.database.reading() as session:
            source = session.get_one(Dataset, seen.version.dataset_id)
            name, generated = source.name, source.generated
        page = answer_page(result, tag, title, figure, source=name, generated=generated)
        return HTMLResponse(page)

    def _answer(self, system: System, view: SharedView) -> tuple[View, Result]:
        with system.database.reading() as session:
            seen = frozen_view(session, system, view)
        asked = SharedQuestion.model_validate(dict(view.frozen.payload))
        return seen, answer_over(system, seen, asked.words)


def _shown(seen: View, asked: SharedQuestion) -> ViewDocument:
    """Give a shared question as the view that it was."""
    return ViewDocument(
        dataset=seen.version.dataset_id,
        query=Question.model_validate(asked.words.model_dump(exclude_defaults=True)),
        chart=asked.chart or ChartKind.AUTO,
        options=asked.options,
        title=asked.title,
    )


def _figure(
    system: System, seen: View, shown: ViewDocument, result: Result, tag: str
) -> PageFigure | None:
    """Draw the chart over what the link shows; None where the kind has no picture."""
    found = drawn(system, Asked(shown, seen, result.query, ()), result, tag)
    option, height = found["option"], found["height"]
    if option is None:
        return None
    try:
        wide = draw_svg(option, height=height)
        phone = draw_svg(phone_form(option), PHONE_WIDTH, height)
    except MissingPartError:  # no JS engine here: the table says it all
        return None
    return PageFigure(found["caption"], wide, phone)


KIND = SharedQuery()
