"""One page sent back by a respondent: what is wrong, what comes next, or the finished answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from huiyin.collect.surveys.answers import Form, accept, missing, read_form, read_other
from huiyin.collect.surveys.contracts import AnswerError, Ending, Kind
from huiyin.collect.surveys.definition import Page
from huiyin.collect.surveys.logic import Fields, Way, find_way
from huiyin.core.text import Text
from huiyin.web.answer.files import Received
from huiyin.web.answer.known import Version


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an answer is.

    Attributes
    ----------
    answers, own : mapping
        All that was answered so far, on any page; beside ``other``.
    page : str or None
        The page to show next; None where the answer is finished.
    errors : mapping of str to Text
        Question id → what is wrong on that page.
    more : bool
        The page is shown again because its answers led to more questions on it.
    way : Way
    """

    answers: Mapping[str, Any]
    own: Mapping[str, str]
    page: str | None
    errors: Mapping[str, Text]
    more: bool
    way: Way

    @property
    def screened_out(self) -> bool:
        """Tell whether it ended early."""
        return self.page is None and self.way.ending is Ending.SCREENED_OUT


def begin(version: Version, fields: Fields) -> Progress:
    """Give the state before the first page."""
    way = find_way(version.definition, {}, fields)
    first = way.stops[0].page if way.stops else None
    return Progress({}, {}, first, {}, more=False, way=way)


def prefilled(version: Version, fields: Fields, given: Mapping[str, str]) -> Progress:
    """Give the first page with an answer from an address (a click in a mail) marked, not sent."""
    answers: dict[str, Any] = {}
    for name, raw in given.items():
        question = version.asked.get(name)
        if question is None or question.kind not in {Kind.NPS, Kind.CSAT, Kind.CES, Kind.SINGLE}:
            continue
        try:
            answers[name] = accept(question, raw)
        except AnswerError:
            continue  # a mangled address is no reason to turn anybody away
    return replace(begin(version, fields), answers=answers)


def receive(
    version: Version,
    fields: Fields,
    before: tuple[Mapping[str, Any], Mapping[str, str]],
    form: Form,
    files: Mapping[str, Received] = MappingProxyType({}),
) -> Progress:
    """Take in one page.

    Parameters
    ----------
    version : Version
    fields : mapping
        Facts that came with the respondent.
    before : tuple of mapping
        Answers and own words so far.
    form : mapping
        What the browser sent: ``page``, ``seen``, ``go``, and the answers.
    files : mapping of str to Received
        What came in answer to questions for files.

    Returns
    -------
    Progress
    """
    definition = version.definition
    sent = _first(form, "page")
    page = next((one for one in definition.pages if one.id == sent), None)
    if page is None:
        return begin(version, fields)
    answers, own, errors = _read(page, dict(before[0]), dict(before[1]), form, files)
    way = find_way(definition, answers, fields)
    asked = next((stop.questions for stop in way.stops if stop.page == page.id), ())
    if _first(form, "go") == "back":
        return Progress(answers, own, _previous(definition.pages, way, page), {}, False, way)  # noqa: FBT003 -- a field
    seen = set(_first(form, "seen").split(","))
    errors = {name: words for name, words in errors.items() if name in asked}
    for name in asked:
        lack = missing(version.asked[name], way.answers.get(name))
        if lack is not None and name in seen:
            errors.setdefault(name, lack)
    more = any(name not in seen for name in asked)
    if errors or more:
        return Progress(answers, own, page.id, errors, more and not errors, way)
    return Progress(answers, own, _next(definition.pages, way, page), {}, False, way)  # noqa: FBT003 -- a field


def _first(form: Form, name: str) -> str:
    sent = form.get(name) or ("",)
    return sent[0]


def _read(
    page: Page,
    answers: dict[str, Any],
    own: dict[str, str],
    form: Form,
    files: Mapping[str, Received],
) -> tuple[dict[str, Any], dict[str, str], dict[str, Text]]:
    errors: dict[str, Text] = {}
    for question in page.questions:
        if question.kind == Kind.NOTE:
            continue
        answers.pop(question.id, None)
        own.pop(question.id, None)
        received = files.get(question.id)
        if received is not None and received.fault is not None:
            errors[question.id] = received.fault
        try:
            sent = received.file if received else read_form(question, form)
            answer = accept(question, sent)
        except AnswerError as fault:
            errors[question.id] = fault.sentence
            continue
        if answer is not None:
            answers[question.id] = answer
        written = read_other(question, form)
        if written:
            own[question.id] = written
    return answers, own, errors


def _next(pages: tuple[Page, ...], way: Way, page: Page) -> str | None:
    places = {one.id: number for number, one in enumerate(pages)}
    later = [stop.page for stop in way.stops if places[stop.page] > places[page.id]]
    return later[0] if later else None


def _previous(pages: tuple[Page, ...], way: Way, page: Page) -> str:
    places = {one.id: number for number, one in enumerate(pages)}
    earlier = [stop.page for stop in way.stops if places[stop.page] < places[page.id]]
    return earlier[-1] if earlier else page.id
