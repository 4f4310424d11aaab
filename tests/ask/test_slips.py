"""Slips of the pen in the words around the data: English letters, pinyin, spaces."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml
from gold_queries import is_exact, plain

from huiyin.ask.contracts import Refusal, Why
from huiyin.ask.slips import in_characters, in_right_letters
from huiyin.ask.spelling import normal

FOLDER = Path(__file__).parent / "questions"
SEED, N_QUESTIONS, LEAST = 20_261_128, 60, 0.85
LONG = re.compile(r"[A-Za-z]{5,}")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("wihch shops fell sicne last qurter", "which shops fell since last quarter"),
        ("NPS by month, comapred with before?", "NPS by month, compared with before?"),
        ("How happy are custmers in Wuhan", "How happy are customers in Wuhan"),
        ("monthl NPS", "monthl NPS"),  # month, or monthly
        ("4.8beta users", "4.8beta users"),
        ("华东wihch", "华东wihch"),
        ("the wehre shop", "the wehre shop"),
    ],
)
def test_a_word_that_is_one_slip_away_from_one_other_is_that_other(written, meant):
    assert in_right_letters(written, {"wehre"}) == meant


@pytest.mark.parametrize(
    ("question", "shop"),
    [
        ("成都春溪路店NPS", "成都春熙路店"),  # it sounds like it
        ("上个月陆家咀店的满意率", "上海陆家嘴店"),
        ("杭州西湖店的NPS", None),  # there is a 西溪店
        ("深圳南沙店的满意度", None),
    ],
)
def test_a_shop_with_another_character_that_sounds_otherwise_is_another_shop(
    surveys, question, shop
):
    asked = surveys.ask(question)
    if shop is None:
        assert isinstance(asked, Refusal)
        assert asked.reason is Why.NO_SUCH_VALUE
    else:
        assert [one.values for one in asked.query.where] == [(shop,)]


@pytest.mark.parametrize(
    ("dataset", "written", "meant"),
    [
        ("门店满意度", "不manyilv最高的三个省份", "不满意率最高的三个省份"),
        ("门店满意度", "shouyin效率这块,五月全国均分", "收银效率这块,五月全国均分"),
        ("门店满意度", "tuijian者今年都说我们哪好", "推荐者今年都说我们哪好"),
        ("门店满意度", "上月huananNPS", "上月华南NPS"),
        ("应用NPS", "5.2banben的满意度", "5.2版本的满意度"),
        ("应用NPS", "iphone用户的NPS", "iphone用户的NPS"),
    ],
)
def test_pinyin_amid_chinese_is_the_word_it_spells(surveys, dataset, written, meant):
    assert in_characters(written, surveys.vocabulary(dataset)) == meant
    found, right = (surveys.ask(text, dataset, None) for text in (written, meant))
    assert plain(found.understood) == plain(right.understood)


def test_a_space_between_two_chinese_characters_parts_nothing():
    assert normal("今年 送礼 客的 NPS") == "今年送礼客的 nps"


def test_questions_are_read_with_two_letters_in_each_others_place(surveys):
    dice = random.Random(SEED)  # noqa: S311
    questions = [
        one
        for one in yaml.safe_load((FOLDER / "english.yaml").read_text("utf-8"))
        if "follows" not in one and LONG.search(one["text"])
    ]
    n_right = n_exact = 0
    for one in dice.sample(questions, N_QUESTIONS):
        if not is_exact(one, surveys.ask(one["text"], one["dataset"], None)):
            continue
        found = surveys.ask(_slipped(one["text"], dice), one["dataset"], None)
        n_right += 1
        n_exact += is_exact(one, found)
    assert n_right > N_QUESTIONS / 2
    assert n_exact >= LEAST * n_right, (n_exact, n_right)


def _slipped(text, dice):
    word = dice.choice(list(LONG.finditer(text)))
    at = dice.randrange(word.start() + 1, word.end() - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
