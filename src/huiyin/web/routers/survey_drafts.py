"""What the designer asks about a draft that is not kept yet: findings, sentences, how it looks."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import Field

from huiyin.collect.surveys.checks import check
from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.findings import Finding
from huiyin.collect.surveys.minutes import expect_minutes
from huiyin.collect.surveys.parsing import parse_definition
from huiyin.collect.surveys.sentences import say_jump, say_page_show, say_quota, say_show
from huiyin.collect.surveys.wording import check_wording
from huiyin.people.contracts import Person, Right
from huiyin.web.access import allow
from huiyin.web.answer.previewing import Preview, preview
from huiyin.web.bodies import Body

router = APIRouter(prefix="/api/v1/surveys", tags=["surveys"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Words = Annotated[str, Field(max_length=10_000)]
Code = Annotated[str, Field(max_length=200)]


class Reviewed(Body):
    """A draft to look over."""

    draft: dict[str, Any]


class Previewed(Body):
    """A page of a draft to draw, as somebody gets it who answered so far.

    `form` is what the page before sent; without it `page` is drawn as it stands.
    """

    draft: dict[str, Any]
    language: Code = "zh-CN"
    page: Code | None = None
    answers: dict[str, Any] = Field(default_factory=dict)
    own: dict[str, Words] = Field(default_factory=dict)
    fields: dict[str, Words] = Field(default_factory=dict)
    form: dict[str, list[Words]] | None = None


@router.post("/review")
def post_review(body: Reviewed, _: Reader) -> dict[str, Any]:
    """Say what is wrong or doubtful in a draft, its logic in sentences, how long it takes."""
    draft = parse_definition(body.draft)
    minutes = expect_minutes(draft)
    return {
        "findings": [_finding_json(one) for one in (*check(draft), *check_wording(draft))],
        "minutes": {"shortest": round(minutes.shortest, 1), "longest": round(minutes.longest, 1)},
        "sentences": _sentences(draft),
    }


@router.post("/preview")
def post_preview(body: Previewed, _: Reader) -> dict[str, Any]:
    """Draw a page of a draft as a respondent gets it; nothing is kept."""
    draft = parse_definition(body.draft)
    return preview(
        Preview(draft, body.language, body.page, body.answers, body.own, body.fields, body.form)
    )


def _finding_json(one: Finding) -> dict[str, Any]:
    return {
        "code": one.code,
        "severity": one.severity,
        "sentence": dict(one.sentence),
        "advice": dict(one.advice) if one.advice else None,
        "page": one.page,
        "question": one.question,
        "quota": one.quota,
    }


def _sentences(draft: Definition) -> dict[str, Any]:
    return {
        "questions": {
            one.id: dict(say_show(draft, one.show_if)) for one in draft.questions if one.show_if
        },
        "pages": {
            page.id: {
                "show": dict(say_page_show(draft, page.show_if)) if page.show_if else None,
                "jumps": [dict(say_jump(draft, jump)) for jump in page.jumps],
            }
            for page in draft.pages
        },
        "quotas": {quota.id: dict(say_quota(draft, quota)) for quota in draft.quotas},
    }
