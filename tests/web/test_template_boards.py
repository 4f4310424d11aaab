"""From a questionnaire of the gallery to its board: on the day of the first answers already."""

from datetime import timedelta

import numpy as np
import pytest
from asking import Asked

from huiyin.collect.surveys.changes import do_create_survey, do_publish
from huiyin.collect.surveys.columns import name_columns
from huiyin.collect.surveys.templates.gallery import load_template
from huiyin.people.contracts import Role

N_ANSWERS = 40


class FromTemplate(Asked):
    """A questionnaire as the gallery has it, and people who answer it at random."""

    def __init__(self, cast, template):
        self.cast, self.late = cast, timedelta(0)
        self.definition = load_template(template)
        self.named = name_columns(self.definition, [])
        with cast.uow() as work:
            survey = do_create_survey(work, template, self.definition, template)
            do_publish(work, survey.id, survey.revision)
            self.dataset_id = survey.dataset_id

    def answered(self):
        rng = np.random.default_rng(1)
        questions = [one for page in self.definition.pages for one in page.questions]
        for _ in range(N_ANSWERS):
            drawn = {one.id: _drawn(one, rng) for one in questions}
            said = {place: value for place, value in drawn.items() if value is not None}
            self.answer(said, fields=dict.fromkeys(self.definition.fields, "甲"))
        self.look()
        self.work()


def _drawn(question, rng):
    if question.kind == "nps":
        return int(rng.integers(0, 11))
    if question.kind in {"csat", "ces"}:
        return int(rng.integers(1, question.points + 1))
    if question.kind == "single":
        return str(rng.choice([one.code for one in question.options]))
    if question.kind == "matrix":
        return {row.code: int(rng.integers(1, 6)) for row in question.rows}
    return "排队太久" if question.kind == "text" else None


@pytest.mark.parametrize(
    ("template", "role", "industry"),
    [
        ("retail", "management", "retail"),
        ("saas", "product", "saas"),
        ("internal_admin", "administration", "internal"),
        ("aftersales", "service", None),
    ],
)
def test_a_questionnaire_of_the_gallery_has_its_board_with_the_first_answers(
    cast, template, role, industry
):
    FromTemplate(cast, template).answered()
    browser = cast.signed_in(Role.ANALYST)
    board = browser.post("/api/v1/boards/role", json={"role": role}).json()
    assert board["definition"].get("industry") == industry
    shown = browser.post(f"/api/v1/boards/{board['id']}/answers", json={}).json()["items"]
    numbers = [one["answer"]["result"]["cells"][0] for one in shown if one["kind"] == "number"]
    assert len(numbers) >= 3
    assert [one for one in numbers if "estimate" not in one] == []
    charts = [one for one in shown if one["kind"] == "view"]
    assert all(one["answer"]["result"]["cells"] for one in charts)
    assert {one["n"] for one in numbers} <= set(range(1, N_ANSWERS + 1))
