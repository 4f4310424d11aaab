"""What a newcomer can compare with: the trade, and the competitor that some rate too."""

from __future__ import annotations

import pyarrow.parquet as pq

from huiyin.measure.contracts import Call
from huiyin.measure.outside import read_benchmarks
from huiyin.sample.places import COMPETITOR
from huiyin.sample.surveys.rival import KNOWN_TO
from huiyin.sample.surveys.shop import OF_RIVAL

SHOPS, TRADE = "门店满意度", "零售基准.csv"


def test_every_number_of_the_trade_speaks_of_the_shops(company):
    file = company.folder / TRADE
    metrics = [one.metric for one in read_benchmarks(file)]
    found = company.table(SHOPS).query(*metrics, compare="benchmark", benchmarks=file)
    compared = {cell.metric: cell.comparison for cell in found.cells}
    assert all(compared[metric].difference is not None for metric in metrics)
    assert not any("未用" in note.say() for note in found.notes)
    assert compared["score:服务体验"].call is Call.REAL
    assert compared["score:服务体验"].difference < 0 < compared["score:收银效率"].difference


def test_who_knows_the_competitor_rates_it_and_nobody_else(company):
    rows = pq.read_table(company.folder / f"{SHOPS}.parquet").to_pylist()
    asked = [question.name for question in OF_RIVAL]
    assert all(name.startswith(COMPETITOR) for name in asked)
    knows: dict[str, set[bool]] = {}
    for row in rows:
        knows.setdefault(row["客户编号"], set()).add(any(row[name] is not None for name in asked))
    share = sum(True in one for one in knows.values()) / len(knows)
    assert abs(share - KNOWN_TO) < 0.02
    once = sum(len(one) > 1 for one in knows.values())  # who left every question out, once
    assert once < 0.001 * len(knows)


def test_the_competitors_ratings_are_no_part_of_our_own(company):
    book = company.table(SHOPS).codebook
    assert {book[question.name].role.value for question in OF_RIVAL} == {"meta"}
