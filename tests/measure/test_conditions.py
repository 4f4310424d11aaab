"""Conditions that take in others, told by their words alone."""

import pytest

from huiyin.measure.conditions import contains


def conditions(*where, since=None, until=None, grain=None, include=False):
    return {
        "where": [
            {"column": column, "operator": operator, "values": list(values)}
            for column, operator, *values in where
        ],
        "since": since,
        "until": until,
        "grain": grain,
        "include_flagged": include,
        "exclude_flagged": [],
        "weight": None,
    }


@pytest.mark.parametrize(
    ("wide", "narrow", "inside"),
    [
        (conditions(), conditions(("城市", "=", "上海")), True),
        (conditions(("城市", "=", "上海")), conditions(), False),
        (conditions(("城市", "=", "上海", "北京")), conditions(("城市", "=", "上海")), True),
        (conditions(("城市", "!=", "北京")), conditions(("城市", "=", "上海")), False),
        (conditions(("城市", "!=", "北京")), conditions(("城市", "!=", "北京", "成都")), True),
        (conditions(("年龄", ">=", "10")), conditions(("年龄", ">=", "10")), True),
        (conditions(("年龄", ">=", "9")), conditions(("年龄", ">", "10")), False),
        (conditions(("年龄", ">", "9")), conditions(("年龄", "<", "9")), False),
        (conditions(("城市", "=", "上海")), conditions(("渠道", "=", "上海")), False),
        (conditions(since="2024-01-01"), conditions(since="2024-01-02"), True),
        (conditions(since="2024-01-02"), conditions(until="2024-01-31"), False),
        (conditions(until="2024-02-01"), conditions(until="2024-01-31"), True),
        (conditions(grain="month"), conditions(since="2024-01-01"), True),
        (conditions(grain="month"), conditions(), False),
        (conditions(), conditions(grain="month"), True),
        (conditions(include=True), conditions(include=["speeder"]), True),
        (conditions(include=["speeder"]), conditions(include=True), False),
    ],
)
def test_conditions_contain_others_as_far_as_their_words_show(wide, narrow, inside):
    assert contains(wide, narrow) is inside
