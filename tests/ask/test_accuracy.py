"""How many questions are understood. Of the held-out set only counts are ever shown."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from huiyin.ask.contracts import Answerable, AskBack

FOLDER = Path(__file__).parent / "questions"
CONDITION = re.compile(r"([^=!]+)(!?=)(.+)")
BOUND = re.compile(r"(<=|>=|<|>)(.+)")


def compared(compare):
    if compare is None:
        return None
    return f"{compare.column}={compare.value}" if compare.column else compare.against.value


def plain(understood):
    rank, bound = understood.rank, understood.threshold
    return {
        "kind": understood.kind.value,
        "metrics": sorted(understood.metrics),
        "by": sorted(understood.by),
        "where": [(f.column, f.operator, sorted(f.values)) for f in understood.where],
        "since": understood.since,
        "until": understood.until,
        "grain": understood.grain.value if understood.grain else None,
        "compare": compared(understood.compare),
        "rank": {"best" if rank.best else "worst": rank.n} if rank else None,
        "threshold": (bound.operator, bound.value) if bound else None,
    }


def gold(query):
    where = [CONDITION.fullmatch(words).groups() for words in query["where"]]
    bound = BOUND.fullmatch(query["threshold"] or "")
    return query | {
        "metrics": sorted(query["metrics"]),
        "by": sorted(query["by"]),
        "where": [(column, op, sorted(values.split("|"))) for column, op, values in where],
        "threshold": (bound[1], float(bound[2])) if bound else None,
    }


def is_exact(question, asked):
    if isinstance(asked, Answerable):
        return question["answer"] == "query" and plain(asked.understood) == gold(question["query"])
    kind = "ask_back" if isinstance(asked, AskBack) else "refuse"
    return question["answer"] == kind and asked.reason.value == question["reason"]


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
