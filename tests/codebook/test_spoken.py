"""A column whose header is a question stands in sentences by what it asks about."""

from __future__ import annotations

import pytest

from huiyin.codebook.contracts import Column, Role
from huiyin.codebook.spoken import spoken, spoken_name, unasked
from huiyin.core.text import Text

QUESTION = "您所在的城市是？"


def test_a_question_is_called_by_what_it_asks_about_in_each_language():
    assert spoken(Text(QUESTION, "Which city do you live in?")) == Text("城市", "city")
    assert spoken(Text("大区", "您的问题解决了吗？")) == Text("大区", "您的问题解决了吗？")


@pytest.mark.parametrize(
    ("column", "name"),
    [
        (Column(QUESTION, Role.DIMENSION, Text.of({})), Text.same("城市")),
        (Column("q1", Role.DIMENSION, Text.of({"zh-CN": QUESTION})), Text.of({"zh-CN": "城市"})),
        (Column("q1", Role.DIMENSION, Text("城市", "city")), Text("城市", "city")),
        (Column("城市", Role.DIMENSION, Text.of({})), None),
        (Column("q1", Role.DIMENSION, Text.same(QUESTION), group="q"), Text.same(QUESTION)),
    ],
)
def test_what_a_column_is_called(column, name):
    assert spoken_name(column) == name


def test_a_name_in_front_of_a_number_bears_no_question_mark():
    assert unasked(Text("愿意推荐吗？", "Would you? ")) == Text("愿意推荐吗", "Would you")
    assert unasked(Text("？", "?")) == Text("？", "?")
