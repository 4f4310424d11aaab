"""The company's own words: what they mean in a dataset, and for whom."""

from __future__ import annotations

from datetime import date

from huiyin.ask.contracts import ColumnValues, Why
from huiyin.ask.own.contracts import OwnWord
from huiyin.ask.reading import ask
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.codebook.files import parse_codebook

TODAY = date(2026, 6, 15)
BOOK = parse_codebook(
    """
columns:
- {name: 时间, role: time}
- {name: 大区, role: dimension}
- {name: 门店, role: unit}
- {name: 总体满意度, role: overall, scale: {min: 1, max: 5}}
""",
    "book",
)
VALUES = {"大区": ("华东", "华南"), "门店": ("上海陆家嘴店", "广州天河店")}
OWN = (
    OwnWord("战区", "大区"),
    OwnWord("小蓝店", "门店=上海陆家嘴店"),
    OwnWord("大湾", "华南"),
    OwnWord("幸福值", "满意度"),
)


def asked(question, own=OWN, values=None):
    known = ColumnValues(VALUES if values is None else values)
    return ask(question, build_vocabulary(BOOK, known, own=own), TODAY)


def test_own_words_mean_columns_values_and_metrics():
    query = asked("上个月大湾各战区的幸福值").query
    assert query.metrics == ("score:总体满意度",)
    assert query.by == ("大区",)
    assert [(one.column, one.values) for one in query.where] == [("大区", ("华南",))]
    (shop,) = asked("上个月小蓝店的满意度").query.where
    assert shop.values == ("上海陆家嘴店",)


def test_without_the_words_the_question_is_asked_back_or_refused():
    assert asked("上个月小蓝店的满意度", own=()).reason is Why.NO_SUCH_VALUE


def test_a_value_that_the_viewer_may_not_see_gets_no_other_name():
    few = {"大区": ("华东",), "门店": ("广州天河店",)}
    assert asked("上个月小蓝店的满意度", values=few).reason is Why.NO_SUCH_VALUE


def test_a_word_for_something_unknown_changes_nothing():
    nothing = (OwnWord("战区", "军区"),)
    assert asked("上个月满意度", own=nothing) == asked("上个月满意度", own=())
