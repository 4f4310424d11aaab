"""Which end of its numbers a question calls the good one."""

import pytest

from huiyin.codebook.anchors import stated_direction


@pytest.mark.parametrize(
    ("question", "direction"),
    [
        ("解决问题需要费力吗（1=非常费力，7=非常轻松）", 1),
        ("1（非常费力）到7（毫不费力）", 1),
        ("How much effort did it take? (1 = very low effort, 7 = very high effort)", -1),
        ("How much effort did it take? (1 = very high effort, 7 = very low effort)", 1),
        ("How difficult was it? 1: very difficult – 5: very easy", 1),
        ("费力程度（1-7分，分数越高越轻松）", 1),
        ("费力程度，分数越高代表越费力", -1),
        ("费力程度（1-7分）", None),
        ("It took a lot of effort (1 = strongly disagree, 5 = agree)", None),
    ],
)
def test_a_question_about_effort(question, direction):
    assert stated_direction(question, burden=True) == direction


@pytest.mark.parametrize(
    ("question", "direction"),
    [
        ("整体满意度 1=很差 5=很好", 1),
        ("满意度 1-非常满意 5-非常不满意", -1),
        ("1 (very dissatisfied) to 5 (very satisfied)", 1),
        ("请打分：5分表示非常不满意，1分表示非常满意", -1),
        ("满意度（1=非常满意）", -1),
        ("满意度（1=非常不满意）", 1),
        ("1 = most important, 5 = least important", None),
        ("2024-满意度", None),
        ("Q1. 是否满意", None),
    ],
)
def test_any_other_question(question, direction):
    assert stated_direction(question) == direction
