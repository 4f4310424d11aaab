"""A draft as a respondent would get it, page by page, in the designer; nothing is kept of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.collect.surveys.answers import accept
from huiyin.collect.surveys.contracts import AnswerError
from huiyin.collect.surveys.definition import Definition, FileAsked, say
from huiyin.collect.surveys.files import SentFile, offered_name
from huiyin.web.answer.files import Received
from huiyin.web.answer.known import Version
from huiyin.web.answer.pages import Shown, draw_page, draw_said
from huiyin.web.answer.receiving import Progress, begin, receive
from huiyin.web.answer.words import word


@dataclass(frozen=True, slots=True)
class Preview:
    """What to draw; `web.routers.survey_drafts.Previewed` says what each part is."""

    draft: Definition
    language: str
    page: str | None
    answers: Mapping[str, Any]
    own: Mapping[str, str]
    fields: Mapping[str, str]
    form: Mapping[str, Sequence[str]] | None


def preview(wanted: Preview) -> dict[str, Any]:
    """Draw a page.

    Parameters
    ----------
    wanted : Preview

    Returns
    -------
    dict
        ``html``, and what the next request says again: ``page`` (None at the end), ``answers``,
        ``own``.
    """
    progress = _progress(wanted)
    ended = progress.page is None
    html = _end(wanted, progress) if ended else _page(wanted, progress)
    return {
        "html": html,
        "page": progress.page,
        "answers": dict(progress.answers),
        "own": dict(progress.own),
    }


def _progress(wanted: Preview) -> Progress:
    version = Version("", 0, wanted.draft, {})
    answers = dict(_fitting(version, wanted.answers))
    if wanted.form is not None:
        files = {name: Received(_sample(one)) for name, one in version.files.items()}
        return receive(version, wanted.fields, (answers, wanted.own), wanted.form, files)
    first = begin(version, wanted.fields)
    pages = {page.id for page in wanted.draft.pages}
    page = wanted.page if wanted.page in pages else first.page
    return Progress(answers, wanted.own, page, {}, more=False, way=first.way)


def _sample(question: FileAsked) -> SentFile:
    """Stand in for a file: in the preview none is sent."""
    kind = "image/png" if "image" in question.accepts else "application/pdf"
    return SentFile("", offered_name("", kind), 0, "", kind)


def _fitting(version: Version, answers: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Keep the answers that still fit: the draft changes while it is tried."""
    found = []
    for name, raw in answers.items():
        question = version.asked.get(name)
        if question is None:
            continue
        try:
            answer = accept(question, raw)
        except AnswerError:
            continue
        if answer is not None:
            found.append((name, answer))
    return found


def _page(wanted: Preview, progress: Progress) -> str:
    return draw_page(
        Shown(
            definition=wanted.draft,
            page_id=progress.page or wanted.draft.pages[0].id,
            language=wanted.language,
            token="",
            action="",
            answers=progress.answers,
            own=progress.own,
            fields=wanted.fields,
            errors=progress.errors,
            notice=word("more", wanted.language) if progress.more else "",
        )
    )


def _end(wanted: Preview, progress: Progress) -> str:
    draft, language = wanted.draft, wanted.language
    if progress.screened_out:
        said = say(draft.screened_out, language) or word("screened", language)
        return draw_said(draft, language, said)
    more = say(draft.thanks, language) or word("thanks_more", language)
    return draw_said(draft, language, word("thanks", language), more)
