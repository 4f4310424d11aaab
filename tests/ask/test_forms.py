"""One question put in many ways is read as one query, whichever way it is put."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from gold_queries import is_exact

FORMS = yaml.safe_load(Path(__file__).with_name("forms.yaml").read_text("utf-8"))


@pytest.mark.parametrize("form", FORMS, ids=[one["asked"][0] for one in FORMS])
def test_each_way_of_asking_is_read_as_the_same_query(surveys, form):
    gold = {"answer": "query", "query": form["query"]}
    other = [
        text for text in form["asked"] if not is_exact(gold, surveys.ask(text, form["dataset"]))
    ]
    assert not other


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("华东不算，华南的满意率", ("华东",)),
        ("金卡和黑金去掉后的NPS", ("金卡", "黑金")),
        ("别把金卡算上，满意率多少", ("金卡",)),
    ],
)
def test_what_a_verb_leaves_out_is_never_asked_for(surveys, question, left_out):
    where = surveys.ask(question).query.where
    asked = {value for one in where if one.operator == "=" for value in one.values}
    assert asked.isdisjoint(left_out)


@pytest.mark.parametrize("question", ["满意度低于全国水平的省", "再来意愿低于整体的客群"])
def test_a_bound_without_a_number_is_asked_about(surveys, question):
    assert not hasattr(surveys.ask(question), "query")
