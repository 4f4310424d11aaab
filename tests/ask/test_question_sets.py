"""The question sets can be trusted: what a gold query names is there, and has one form."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

from huiyin.codebook.contracts import Role
from huiyin.codebook.files import load_codebook
from huiyin.measure.catalogue import find_metric
from huiyin.measure.contracts import Against, Grain, Query
from huiyin.measure.metric import MetricRules
from huiyin.measure.parse import parse_query
from huiyin.sample.contracts import SampleSettings
from huiyin.sample.write import write_sample

FOLDER = Path(__file__).parent / "questions"
SETS = sorted(FOLDER.glob("*.yaml"))
FEWEST = 210
TODAY = date(2026, 6, 15)
ANSWERS, LAST_MONTH = 10_000, date(2026, 10, 1)
KEYS = {"id", "lang", "dataset", "text", "answer"}
KINDS = {
    "number",
    "trend",
    "compare",
    "ranking",
    "threshold",
    "why",
    "drivers",
    "relation",
    "voices",
}
QUERY_KEYS = {
    "kind",
    "metrics",
    "by",
    "where",
    "since",
    "until",
    "grain",
    "compare",
    "rank",
    "threshold",
}
REASONS = {
    "ask_back": {"metric", "column", "value", "period", "relative_or_absolute", "what"},
    "refuse": {
        "no_such_metric",
        "no_such_column",
        "no_such_value",
        "future",
        "causal",
        "personal",
        "not_a_question",
        "out_of_scope",
    },
}
AGAINST = {one.value for one in Against} - {"group", "benchmark"}
SEVERAL_FIT = {"score", "satisfied", "dissatisfied", "mean"}
CONDITION = re.compile(r"(?P<column>[^=!]+)(?P<operator>!?=)(?P<values>[^=]+)")
NO_METRIC, ONE_METRIC, TWO_METRICS = 0, 1, 2


def read(path):
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.fixture(scope="module", params=SETS, ids=[path.stem for path in SETS])
def questions(request):
    return read(request.param)


@pytest.fixture(scope="module")
def queries(questions):
    return [(q["id"], q["dataset"], q["query"]) for q in questions if q["answer"] == "query"]


class Company:
    """The sample company that the questions are about: codebooks and values, by dataset."""

    def __init__(self, folder):
        self.folder = folder
        self._values = {}
        write_sample(folder, SampleSettings(ANSWERS, LAST_MONTH, 0))
        self.books = {
            path.name.split(".")[0]: load_codebook(path) for path in folder.glob("*.codebook.yaml")
        }

    def values(self, dataset, column):
        if (dataset, column) not in self._values:
            table = pq.read_table(self.folder / f"{dataset}.parquet", columns=[column])
            found = {str(value) for value in table[column].to_pylist() if value is not None}
            separator = self.books[dataset][column].separator
            parts = [v.split(separator) if separator else [v] for v in found]
            self._values[dataset, column] = {part for several in parts for part in several}
        return self._values[dataset, column]


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    return Company(tmp_path_factory.mktemp("company"))


def conditions_of(query):
    words = [*query["where"]]
    if query["compare"] and query["compare"] not in AGAINST:
        words.append(query["compare"])
    for words_of_one in words:
        found = CONDITION.fullmatch(words_of_one)
        assert found, words_of_one
        yield found["column"], found["values"].split("|")
    for metric in query["metrics"]:
        if metric.startswith("share:"):
            column, _, value = metric.removeprefix("share:").partition("=")
            yield column, [value]


def test_the_set_that_no_parser_was_made_with_is_there():
    assert "held_out" in {path.stem for path in SETS}


def test_each_question_has_the_known_keys(questions):
    for question in questions:
        rest = set(question) - KEYS - {"follows"}
        wanted = {"query"} if question["answer"] == "query" else {"reason"}
        assert set(question) >= KEYS, question
        assert rest == wanted, question
        assert question["lang"] in {"zh", "en"}, question
        assert question["text"].strip() == question["text"] != "", question
        if question["answer"] != "query":
            assert question["reason"] in REASONS[question["answer"]], question


def test_each_question_is_asked_once(questions):
    ids = Counter(q["id"] for q in questions)
    alone = Counter((q["dataset"], q["text"]) for q in questions if "follows" not in q)
    assert max(ids.values()) == 1, ids.most_common(3)
    assert max(alone.values()) == 1, alone.most_common(3)
    assert len(questions) >= FEWEST


def test_no_question_stands_in_two_sets():
    alone = Counter(
        (dataset, text)
        for path in SETS
        for dataset, text in {(q["dataset"], q["text"]) for q in read(path) if "follows" not in q}
    )
    assert max(alone.values()) == 1, alone.most_common(3)


def test_the_mix_of_a_set_is_that_of_the_people_who_ask(questions):
    total = len(questions)
    answers = Counter(q["answer"] for q in questions)
    kinds = {q["query"]["kind"] for q in questions if q["answer"] == "query"}
    languages = Counter(q["lang"] for q in questions)
    follows = sum("follows" in q for q in questions)
    assert kinds == KINDS
    if len(languages) > 1:
        assert 0.6 <= languages["zh"] / total <= 0.8
    assert answers["ask_back"] / total >= 0.08
    assert answers["refuse"] / total >= 0.07
    assert follows / total >= 0.08


def test_a_follow_up_follows_an_earlier_question_of_its_thread(questions):
    earlier = {}
    for question in questions:
        if "follows" in question:
            before = earlier.get(question["follows"])
            assert before is not None, question
            assert question["dataset"] == before["dataset"], question
            assert before["answer"] != "refuse", question
        earlier[question["id"]] = question


def test_each_query_has_every_key_in_its_form(queries):
    for name, _, query in queries:
        assert set(query) == QUERY_KEYS, name
        assert query["kind"] in KINDS, name
        assert query["grain"] in {None, *(grain.value for grain in Grain)}, name
        assert query["threshold"] is None or re.fullmatch(
            r"(<|<=|>|>=)-?\d+(\.\d+)?", query["threshold"]
        ), name
        assert query["rank"] is None or (
            len(query["rank"]) == 1
            and set(query["rank"]) <= {"best", "worst"}
            and all(isinstance(n, int) and n > 0 for n in query["rank"].values())
        ), name


def test_each_kind_says_what_it_needs(queries):
    for name, _, query in queries:
        kind, compare = query["kind"], query["compare"]
        assert (query["rank"] is not None) <= (kind == "ranking"), name
        assert (query["threshold"] is not None) == (kind == "threshold"), name
        assert (query["grain"] is not None) == (kind == "trend"), name
        assert compare is None or kind in {"compare", "why", "trend"}, name
        assert compare is not None or kind not in {"compare", "why"}, name
        assert query["by"] or kind not in {"ranking", "threshold"}, name
        n_metrics = len(query["metrics"])
        needed = {"voices": NO_METRIC, "drivers": ONE_METRIC, "relation": TWO_METRICS}
        assert n_metrics == needed.get(kind, max(n_metrics, 1)), name


def test_days_are_days_and_none_is_to_come(queries):
    for name, _, query in queries:
        since, until = query["since"], query["until"]
        assert since is None or type(since) is date, name
        assert until is None or type(until) is date, name
        assert since is None or until is None or since <= until, name
        assert max(since or date.min, until or date.min) < TODAY, name
        against_time = query["compare"] in {"previous", "year_ago", "year_ago_lunar"}
        assert not against_time or (since and until), name


def test_conditions_stand_in_the_order_of_their_columns(queries):
    for name, _, query in queries:
        columns = [CONDITION.fullmatch(words)["column"] for words in query["where"]]
        assert columns == sorted(set(columns)), name


def test_columns_and_values_are_those_of_the_sample_company(queries, company):
    for name, dataset, query in queries:
        book = company.books[dataset]
        assert set(query["by"]) <= {column.name for column in book}, name
        for column, values in conditions_of(query):
            assert column in book, (name, column)
            assert set(values) <= company.values(dataset, column), (name, column, values)


def test_the_corridor_reads_each_gold_query(queries, company):
    for name, dataset, query in queries:
        book = company.books[dataset]
        read_back = parse_query(
            book,
            query["metrics"],
            by=query["by"],
            where=query["where"],
            since=query["since"],
            until=query["until"],
            grain=query["grain"],
            compare=query["compare"],
        )
        assert [f.column for f in read_back.where] == [
            CONDITION.fullmatch(words)["column"] for words in query["where"]
        ], name


def test_each_metric_means_one_column(queries, company):
    for name, dataset, query in queries:
        book = company.books[dataset]
        for metric in query["metrics"]:
            asked = find_metric(metric, book, Query((metric,)), MetricRules())
            assert asked.column is not None, (name, metric)
            assert (":" in metric) == (asked.metric.id in {*SEVERAL_FIT, "share"}), (name, metric)


def test_drivers_explain_a_rated_column(queries, company):
    for name, dataset, query in queries:
        if query["kind"] == "drivers":
            book = company.books[dataset]
            asked = find_metric(query["metrics"][0], book, Query(()), MetricRules())
            assert asked.column.role in {Role.OVERALL, Role.NPS, Role.INTENT, Role.ASPECT}, name
