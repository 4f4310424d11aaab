"""What was planted among the staff is found by “why”, by the administration board and by asking."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.analyse.boards.contracts import TileKind
from huiyin.analyse.boards.fitting import Source, filled, fit_board
from huiyin.analyse.boards.gallery import ORDER, read_plan
from huiyin.analyse.boards.todo import Told, Urgency, what_to_do
from huiyin.analyse.views.periods import on_day
from huiyin.analyse.why.run import explain_change
from huiyin.ask.answering import answer_asked
from huiyin.ask.reading import ask
from huiyin.ask.values import fetch_values
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.codebook.files import load_codebook
from huiyin.core.text import ZH, Text
from huiyin.measure.contracts import Against, Call, Compare, Query
from huiyin.report.views.draw import propose
from huiyin.web.board_sources import suiting

SURVEY, TICKETS, STEPS = "内部服务", "internal_tickets", "internal_steps"
SEEDS, AT_LEAST = 20, 19


def named_by_why(company):
    truth = company.truths["slow_reimbursement"]
    query = Query(
        (truth["metric"],),
        since=truth["since"],
        until=truth["until"],
        compare=Compare(Against.PREVIOUS),
    )
    why = explain_change(company.table(SURVEY).corridor(), query)
    first = why.contributors[0]
    return (
        {first.dimension: first.value} == truth["where"]
        and first.call is Call.REAL
        and first.contribution.estimate < 0
        and truth["where"]["办公地点"] in why.finding.say()
    )


def sources(company):
    """Give every table as a board sees it in the month after the last."""
    names = {TICKETS: "内部工单", STEPS: "内部工单流转", "tickets": "工单", "staff": "员工"}
    books = {
        one: load_codebook(company.folder / f"{one}.codebook.yaml") for one in company.sample.rows
    }
    last = company.truths["slow_reimbursement"]["until"].replace(day=1)
    return [Source(one, names.get(one, one), book, last) for one, book in books.items()]


def board_of_staff(company):
    truth = company.truths["slow_reimbursement"]
    today = truth["until"] + timedelta(days=1)
    plan = read_plan("administration")
    found = suiting(plan, sources(company), {})
    found.sort(key=lambda one: -filled(plan, one, today))
    return fit_board(plan, "administration", found, today), today


def answered(company, tile, today):
    asked = on_day(tile.view.query, today)
    return company.table(tile.view.dataset).query(
        *asked.metrics, by=list(asked.by), since=asked.since, until=asked.until,
        compare=asked.compare,
    )  # fmt: skip


def listed_on_the_board(company):
    board, today = board_of_staff(company)
    told = [
        Told(tile, Text.of(tile.title), answered(company, tile, today))
        for tile in board.tiles
        if tile.view is not None and tile.view.query.by
    ]
    site = company.truths["slow_reimbursement"]["where"]["办公地点"]
    lines = [one for one in what_to_do(told) if one.urgency is Urgency.BELOW]
    return any(site in one.sentence.say(ZH) and one.act is not None for one in lines)


def told_when_asked(company):
    truth = company.truths["slow_reimbursement"]
    corridor = company.table(SURVEY).corridor()
    words = build_vocabulary(corridor.codebook, fetch_values(corridor))
    question = f"{truth['where']['办公地点']}近两个月报销满意度环比"
    asked = ask(question, words, truth["until"] + timedelta(days=1))
    (cell,) = answer_asked(corridor, asked).result.cells
    return (
        asked.query.metrics == (truth["metric"],)
        and (asked.query.since, asked.query.until) == (truth["since"], truth["until"])
        and cell.comparison.call is Call.REAL
        and cell.comparison.difference < 0
    )


WAYS = (named_by_why, listed_on_the_board, told_when_asked)


@pytest.mark.parametrize("way", WAYS)
def test_the_slow_site_is_found(company, way):
    assert way(company)


def test_administration_is_made_of_the_staffs_own_data_and_fills_its_numbers(company):
    board, _ = board_of_staff(company)
    assert {tile.view.dataset for tile in board.tiles if tile.view} == {SURVEY, TICKETS, STEPS}
    assert len([tile for tile in board.tiles if tile.goal is not None]) == 7
    assert [one.view.dataset for one in board.tiles if one.kind is TileKind.STAGES] == [STEPS]
    assert not board.left_out


def test_each_chart_is_drawn_as_the_board_asks(company):
    board, today = board_of_staff(company)
    for tile in board.tiles:
        if tile.view is not None and tile.view.query.by:
            assert tile.view.chart in propose(answered(company, tile, today), tile.view.options)


@pytest.mark.parametrize("role", sorted(set(ORDER) - {"administration"}))
def test_no_other_role_takes_what_the_staff_say(company, role):
    taken = {one.id for one in suiting(read_plan(role), sources(company), {})}
    assert not taken & {SURVEY, TICKETS, STEPS}
    assert {"门店满意度", "应用NPS", "售后回访", "tickets", "orders", "企业客户"} <= taken


def test_where_there_is_nothing_else_every_role_may_take_it(company):
    own = [one for one in sources(company) if one.id in {SURVEY, TICKETS}]
    assert suiting(read_plan("management"), own, {}) == own


def test_the_staff_are_not_named_and_not_counted_among_the_answers_asked_for(company):
    book = load_codebook(company.folder / f"{SURVEY}.codebook.yaml")
    roles = {column.role.value for column in book}
    assert not roles & {"customer", "contact", "staff"}
    assert company.sample.rows[SURVEY] == 4_000


@pytest.mark.soak
def test_over_twenty_seeds(make_company):
    hits = dict.fromkeys(WAYS, 0)
    for seed in range(SEEDS):
        company = make_company(seed)
        for way in WAYS:
            hits[way] += way(company)
        company.close()
    assert {way.__name__: n for way, n in hits.items() if n < AT_LEAST} == {}
