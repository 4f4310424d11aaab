"""How many questions are understood. Of the held-out set only counts are ever shown."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from gold_queries import is_exact

from huiyin.ask.contracts import Answerable

FOLDER = Path(__file__).parent / "questions"


def counted(surveys, name):
    questions = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    asked, counts = {}, Counter(all=len(questions))
    for question in questions:
        before = asked.get(question.get("follows"))
        found = surveys.ask(question["text"], question["dataset"], before)
        asked[question["id"]] = found
        exact = is_exact(question, found)
        counts["exact"] += exact
        counts["wrong"] += isinstance(found, Answerable) and not exact
    return counts


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("open", 0.95),
        ("wide", 0.95),
        ("fresh", 0.95),
        ("later", 0.90),
        ("english", 0.93),
        ("chinese", 0.95),
        ("people", 0.93),
    ],
)
def test_the_questions_are_understood(surveys, name, least):
    counts = counted(surveys, name)
    assert counts["exact"] >= least * counts["all"], counts
    assert counts["wrong"] < 0.02 * counts["all"], counts


@pytest.mark.xfail(strict=True, reason="not built: fewer are understood than wanted")
def test_the_held_out_questions_are_understood(surveys):
    counts = counted(surveys, "held_out")
    assert counts["exact"] >= 0.90 * counts["all"]
    assert counts["wrong"] < 0.02 * counts["all"]
