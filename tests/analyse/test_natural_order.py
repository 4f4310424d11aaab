"""Ages, incomes and counts stand in their order; other options by frequency."""

import pytest

from huiyin.analyse.natural_order import MOST_ORDERED, natural_order


@pytest.mark.parametrize(
    "labels",
    [
        ["20岁以下", "20-30岁", "31-40岁", "60岁以上"],
        ["3000元以下", "3001-5000元", "5001-8000元", "15,000元以上", "不知道/拒绝回答"],
        ["Under 18", "18-24", "25-34", "65 or older", "Prefer not to say"],
        ["1 (None at all)", "2", "9", "10 (All my time)"],
        ["10%左右", "50%左右", "超过50%"],
        ["<100", "100–500", ">500"],
    ],
)
def test_steps_stand_in_order(labels):
    shuffled = [*labels[1::2], *labels[0::2]]
    order = natural_order(shuffled)
    steps = [shuffled[i] for i in order]
    assert steps == labels


@pytest.mark.parametrize(
    "labels",
    [
        ["本科", "大专", "高中"],
        ["1部", "2部"],
        ["1号店", "朝阳店", "2号店", "海淀店", "3号店"],
        ["5元券", "5元红包", "10元券"],
        [f"{i}" for i in range(MOST_ORDERED + 1)],
        [],
    ],
)
def test_what_is_no_row_of_steps_has_no_order(labels):
    assert natural_order(labels) is None
