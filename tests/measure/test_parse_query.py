from __future__ import annotations

from datetime import date

import pytest

from huiyin.codebook.contracts import Codebook, Role
from huiyin.measure.contracts import Against, Benchmark, Filter, Grain, QueryError
from huiyin.measure.outside import read_benchmarks, read_margins
from huiyin.measure.parse import parse_day, parse_filter, parse_query


@pytest.fixture
def book(column):
    names = ("渠道", "地区=大区", "Q3", "Q3_分数", "a b")
    return Codebook(tuple(column(name, Role.DIMENSION) for name in names))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("渠道=门店", Filter("渠道", "=", ("门店",))),
        ("渠道 = 门店|官网", Filter("渠道", "=", ("门店", "官网"))),
        ("渠道!=门店", Filter("渠道", "!=", ("门店",))),
        ("Q3_分数>=8", Filter("Q3_分数", ">=", ("8",))),
        ("Q3<=8.5", Filter("Q3", "<=", ("8.5",))),
        ("Q3≥8", Filter("Q3", ">=", ("8",))),
        ("地区=大区=华东", Filter("地区=大区", "=", ("华东",))),
        ("a b>3", Filter("a b", ">", ("3",))),
        ("nobody=x=y", Filter("nobody", "=", ("x=y",))),
        ("渠道=a<b", Filter("渠道", "=", ("a<b",))),
    ],
)
def test_conditions(book, words, expected):
    assert parse_filter(words, [c.name for c in book]) == expected


@pytest.mark.parametrize("words", ["渠道", "渠道=", "渠道=a||b"])
def test_conditions_that_cannot_be_read(book, words):
    with pytest.raises(QueryError):
        parse_filter(words, [c.name for c in book])


@pytest.mark.parametrize(
    ("words", "last", "expected"),
    [
        ("2024-03-05", False, date(2024, 3, 5)),
        ("2024/3/5", True, date(2024, 3, 5)),
        ("2024-02", False, date(2024, 2, 1)),
        ("2024-02", True, date(2024, 2, 29)),
        ("2024", True, date(2024, 12, 31)),
        (date(2024, 1, 2), True, date(2024, 1, 2)),
        (None, True, None),
    ],
)
def test_days(words, last, expected):
    assert parse_day(words, last=last) == expected


@pytest.mark.parametrize("words", ["2024-13-01", "gestern", "2024-02-30", "1-2-3-4"])
def test_what_is_no_day(words):
    with pytest.raises(QueryError, match="2025-03-01"):
        parse_day(words, last=False)


def test_a_whole_question(book):
    query = parse_query(
        book,
        ["nps", "score:Q3"],
        by=["渠道"],
        where=["Q3>=2"],
        since="2024-01",
        until="2024-06",
        grain="Month",
        compare="渠道=门店",
        weight="Q3",
        index_weights=["Q3=0.4", "渠道=60%"],
        include_flagged=["speeder"],
    )
    assert query.metrics == ("nps", "score:Q3")
    assert (query.since, query.until) == (date(2024, 1, 1), date(2024, 6, 30))
    assert query.grain is Grain.MONTH
    assert (query.compare.against, query.compare.column, query.compare.value) == (
        Against.GROUP,
        "渠道",
        "门店",
    )
    assert query.index_weights == pytest.approx({"Q3": 0.4, "渠道": 0.6})
    assert query.include_flagged == ("speeder",)


def test_a_metric_that_is_named_twice_is_asked_once(book):
    assert parse_query(book, ["nps", "score:Q3", "nps"]).metrics == ("nps", "score:Q3")


def test_what_to_compare_with_is_named_in_full(book):
    with pytest.raises(QueryError) as refused:
        parse_query(book, ["nps"], compare="yesterday")
    named = {one.value for one in Against} - {Against.GROUP.value, Against.WINDOW.value}
    assert all(one in str(refused.value) for one in named)


@pytest.mark.parametrize(
    "words",
    [
        {"grain": "fortnight"},
        {"compare": "yesterday"},
        {"compare": "benchmark"},
        {"compare": "渠道>=3"},
        {"points": "golden"},
        {"index_weights": ["Q3=viel"]},
        {"margins": "no such file.csv"},
    ],
)
def test_words_that_are_not_understood(book, words):
    with pytest.raises(QueryError):
        parse_query(book, ["nps"], **words)


def test_margins_from_csv_and_yaml(tmp_path):
    table = tmp_path / "总体.csv"
    table.write_text(
        "column,value,share\n性别,男,49%\n性别,女,51%\n年龄,老,300\n", encoding="utf-8-sig"
    )
    tree = tmp_path / "总体.yaml"
    tree.write_text("性别: {男: 0.49, 女: 0.51}\n年龄: {老: 300}\n", encoding="utf-8")
    for path in (table, tree):
        gender, age = read_margins(path)
        assert (gender.column, dict(gender.shares)) == (
            "性别",
            pytest.approx({"男": 0.49, "女": 0.51}),
        )
        assert dict(age.shares) == {"老": 300}


@pytest.mark.parametrize(
    "words",
    ["column,value\n性别,男\n", "column,value,share\n性别,男,-1\n", "column,value,share\n", ""],
)
def test_margins_that_cannot_be_used(tmp_path, words):
    path = tmp_path / "m.csv"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(QueryError):
        read_margins(path)


@pytest.mark.parametrize("rows", ["a,a,0.6\na,b,0.6", "a,a,0.6\na,a,0.1\na,b,0.3", "a,a,0.6"])
def test_margins_are_a_whole_and_name_each_value_once(tmp_path, rows):
    path = tmp_path / "margins.csv"
    path.write_text(f"column,value,share\n{rows}\n", "utf-8")
    with pytest.raises(QueryError):
        read_margins(path)


@pytest.mark.parametrize("n", ["-5", "0", "0.2"])
def test_benchmarks_stand_on_at_least_one_answer(tmp_path, n):
    path = tmp_path / "benchmarks.csv"
    path.write_text(f"metric,value,n\nnps,40,{n}\n", "utf-8")
    with pytest.raises(QueryError):
        read_benchmarks(path)


def test_benchmarks_from_csv(tmp_path):
    path = tmp_path / "b.csv"
    path.write_text(
        "metric,aspect,value,year,source,n,渠道\nnps,,32.5,2024,行业报告,1200,\nsatisfied,服务,81%,,,,门店\n"
        ",质量,77,,,,\n",
        encoding="utf-8",
    )
    assert read_benchmarks(path) == (
        Benchmark("nps", 32.5, "2024", "行业报告", 1200),
        Benchmark("satisfied:服务", 0.81, by={"渠道": "门店"}),
        Benchmark("score:质量", 77.0),
    )


def test_margins_that_are_not_there_are_said_to_be_missing(tmp_path):
    with pytest.raises(QueryError) as fault:
        read_margins(tmp_path / "构成.csv")
    assert "没有文件" in fault.value.say("zh-CN")
    assert "There is no file" in fault.value.say("en")
