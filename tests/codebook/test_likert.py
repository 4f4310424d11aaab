# ruff: noqa: E501 -- a scale stands on one line
"""Known wordings become ordered scales."""

import pytest

from huiyin.codebook.level_words import is_no_answer
from huiyin.codebook.likert import read_words

LOW_TO_HIGH = [
    ["非常不满意", "不满意", "一般", "满意", "非常满意"],
    ["很不满意", "不满意", "一般", "满意", "很满意"],
    ["非常不满意", "比较不满意", "一般", "比较满意", "非常满意"],
    ["Very dissatisfied", "Dissatisfied", "Neither satisfied nor dissatisfied", "Satisfied", "Very satisfied"],
    ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"],
    ["完全不同意", "不同意", "中立", "同意", "完全同意"],
    ["Very unlikely", "Unlikely", "Neutral", "Likely", "Very likely"],
    ["Never", "Rarely", "Sometimes", "Often", "Always"],
    ["从不", "偶尔", "有时", "经常", "总是"],
    ["Poor", "Fair", "Good", "Very good", "Excellent"],
    ["差", "中", "好"],
    ["差评", "中评", "好评"],
    ["★☆☆☆☆", "★★☆☆☆", "★★★☆☆", "★★★★☆", "★★★★★"],
    ["1星", "2星", "3星", "4星", "5星"],
    ["1=很差", "2=差", "3=一般", "4=好", "5=很好"],
    ["1 - Very dissatisfied", "2 - Dissatisfied", "3 - Neutral", "4 - Satisfied", "5 - Very satisfied"],
    ["Not at all satisfied", "Slightly satisfied", "Moderately satisfied", "Very satisfied", "Extremely satisfied"],
    ["Very difficult", "Difficult", "Neutral", "Easy", "Very easy"],
    ["肯定不会", "可能不会", "不确定", "可能会", "肯定会"],
    ["非常费力", "比较费力", "一般", "不太费力", "毫不费力"],
    ["Extremely difficult", "Very difficult", "Moderately difficult", "Slightly difficult", "Not at all difficult"],
    ["很麻烦", "有点麻烦", "不麻烦"],
    ["非常难", "难", "一般", "不难", "一点也不难"],
    ["一点也不满意", "不太满意", "一般", "满意", "非常满意"],
]  # fmt: skip


@pytest.mark.parametrize("labels", LOW_TO_HIGH, ids=lambda labels: labels[-1])
def test_known_wordings_are_ordered_whatever_the_order_in_the_file(labels: list[str]) -> None:
    shuffled = labels[1::2] + labels[::2]
    found = read_words(shuffled)
    assert found is not None
    assert found.sure
    codes = [found.scale.levels[label] for label in labels]
    assert codes == sorted(codes)
    assert len(set(codes)) == len(labels)
    assert found.scale.direction == 1
    assert (found.scale.minimum, found.scale.maximum) == (1.0, float(max(len(labels), 3)))


def test_a_level_that_nobody_chose_keeps_its_place() -> None:
    found = read_words(["非常满意", "满意", "一般", "不满意"])
    assert found is not None
    assert found.scale.maximum == 5
    assert found.scale.levels["不满意"] == 2


def test_numbers_in_labels_keep_their_code_and_words_tell_the_direction() -> None:
    found = read_words(["1 非常满意", "2 满意", "3 一般", "4 不满意", "5 非常不满意"])
    assert found is not None
    assert found.scale.levels["1 非常满意"] == 1
    assert found.scale.direction == -1


def test_bare_numbers_with_worded_ends_are_one_scale() -> None:
    labels = [
        "0 - Not at all satisfied",
        *map(str, range(1, 10)),
        "10 - Extremely satisfied",
    ]
    found = read_words(labels)
    assert found is not None
    assert (found.scale.minimum, found.scale.maximum) == (0, 10)


def test_unseen_wording_that_looks_ordered_is_left_to_a_person() -> None:
    found = read_words(["Very crunchy", "Somewhat crunchy", "Not crunchy"])
    assert found is not None
    assert not found.sure


@pytest.mark.parametrize(
    "labels",
    [
        ["男", "女"],
        ["北京", "上海", "广州"],
        ["Economy", "Business", "First"],
        ["18-25", "26-35", "36-45"],
        ["20%左右", "30%左右", "40%左右"],
        ["A2223", "A2404", "A2644"],
    ],
)
def test_plain_categories_have_no_order(labels: list[str]) -> None:
    assert read_words(labels) is None


@pytest.mark.parametrize(
    "word", ["N/A", "不适用", "Don't know", "don’t know", "(跳过)", "未体验", "Not Available"]
)
def test_words_for_no_answer(word: str) -> None:
    assert is_no_answer(word)


@pytest.mark.parametrize("word", ["一般", "不确定", "Neutral", "没有", "0", "不满意"])
def test_answers_are_not_taken_for_no_answer(word: str) -> None:
    assert not is_no_answer(word)


def test_points_and_stars_are_read_as_their_number() -> None:
    points = read_words(["9分", "0分", "10 分", "7", "3分", "5分"])
    assert points is not None
    assert points.scale.levels["9分"] == 9
    assert (points.scale.minimum, points.scale.maximum) == (0, 10)
    stars = read_words(["10星", "5星", "8星"])
    assert stars is not None
    assert stars.scale.levels["10星"] == 10
