"""Words that the sample company's questions are full of mean what other data says they mean."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.ask.contracts import Answerable, ColumnValues
from huiyin.ask.reading import ask
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.core.text import Text


def asked_of(question, **values):
    columns = [
        Column("满意度", Role.OVERALL, Text("满意度", "satisfaction"), scale=Scale(1, 5)),
        Column("NPS", Role.NPS, Text.same("NPS"), scale=Scale(0, 10)),
        *(Column(name, Role.DIMENSION, Text.same(name)) for name in values),
    ]
    known = build_vocabulary(Codebook(tuple(columns)), ColumnValues(values))
    return ask(question, known, date(2026, 6, 15))


@pytest.mark.parametrize("team", ["Service team 1", "Support team 1", "Sales team 1"])
def test_teams_of_one_number_are_told_by_their_names(team):
    teams = ("Service team 1", "Support team 1", "Sales team 1")
    found = asked_of(f"NPS of {team}", Team=teams)
    assert isinstance(found, Answerable), found
    assert [one.values for one in found.understood.where] == [(team,)]


def test_gold_cards_may_be_no_members():
    found = asked_of("NPS of gold cards", Card=("Gold card", "Silver card"))
    assert isinstance(found, Answerable), found
    assert [one.values for one in found.understood.where] == [("Gold card",)]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("NPS of individual clients", ("Individual customer", "Corporate customer")),
        ("未签约客户的NPS", ("标准版", "旗舰版")),
        ("合作客户的NPS", ("标准版", "旗舰版")),
        ("投保客户的NPS", ("标准版", "旗舰版")),
        ("放假的NPS", ("标准版", "旗舰版")),
    ],
)
def test_who_is_meant_is_never_left_out_in_silence(question, values):
    assert not isinstance(asked_of(question, 类型=values), Answerable)


@pytest.mark.parametrize("column", ["问题是否得到解决", "需求是否满足"])
def test_a_column_of_yes_and_no_may_be_gone_by(column):
    found = asked_of(f"按{column}看NPS", **{column: ("是", "否")})
    assert isinstance(found, Answerable), found
    assert found.understood.by == (column,)


def test_a_number_that_is_reached_is_no_cause():
    assert isinstance(asked_of("is NPS down to 30 in May", 大区=("华东",)), Answerable)


def test_so_to_say_asks_for_no_comments():
    found = asked_of("按你这么说的话,5月NPS是多少", 大区=("华东",))
    assert isinstance(found, Answerable), found
    assert found.understood.metrics == ("nps",)
