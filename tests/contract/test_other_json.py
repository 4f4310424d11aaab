"""The shapes of ``codebook`` and ``check`` are contracts: docs/contracts.md shows them."""

import json
import re
from dataclasses import replace

import pytest

import huiyin as hy
from huiyin.app.cli.check import ledger_json
from huiyin.app.cli.codebook import codebook_json

EXAMPLE_SCALE = {"min", "max", "direction"}


@pytest.fixture(scope="module")
def documented(root):
    page = (root / "docs" / "contracts.md").read_text("utf-8")

    def example(command):
        section = page.split(f"## `huiyin {command} --json`")[1].split("\n## ")[0]
        return json.loads(re.search(r"```json\n(.*?)```", section, re.DOTALL)[1])

    return example


@pytest.fixture(scope="module")
def survey(tmp_path_factory):
    file = tmp_path_factory.mktemp("survey") / "survey.csv"
    rows = [f"A{i},{i % 11},{1 + i % 5},2024-01-{1 + i % 28:02d}" for i in range(60)]
    lines = ["编号,您有多大可能向朋友推荐我们(0-10),总体满意度(1-5),提交时间", *rows, rows[0]]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    with hy.read(file) as dataset:
        yield dataset


def test_codebook(documented, survey):
    made = json.loads(json.dumps(codebook_json(survey, "zh-CN"), allow_nan=False))
    example = documented("codebook")
    assert set(made) == set(example)
    for column in made["columns"]:
        assert set(column) == set(example["columns"][0])
        assert column["scale"] is None or set(column["scale"]) == EXAMPLE_SCALE
    assert any(column["scale"] for column in made["columns"])


def test_ledger_and_its_scores(documented, survey):
    scores = survey.ledger_scores()
    made = json.loads(json.dumps(ledger_json(survey.ledger, scores, "zh-CN"), allow_nan=False))
    example = documented("check")
    assert set(made) == set(example)
    for rule in made["rules"]:
        assert set(rule) == set(example["rules"][0])
    for score in made["scores"]:
        assert set(score) == set(example["scores"][0])
    found = {(s["metric"].partition(":")[0], s["without"]): s["n"] for s in made["scores"]}
    assert found["nps", None] == 60
    assert found["nps", "exact_duplicate"] == 61


def test_the_codebook_in_a_notebook_is_escaped_and_marks_doubts(survey):
    book = survey.codebook
    odd = replace(book.columns[0], name="<script>", confidence=0.1)
    page = replace(book, columns=(odd, *book.columns[1:]))._repr_html_()
    assert "&lt;script&gt;" in page
    assert "<script>" not in page
    assert page.count("<tr>") == 1 + len(book.columns)
    assert page.count("请核对") == 1 + len(book.doubts)
