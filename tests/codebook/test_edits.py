"""Columns as the editor sends them."""

import pytest

from huiyin.codebook.contracts import (
    Codebook,
    CodebookError,
    Column,
    Role,
    Scale,
    UnknownColumnError,
)
from huiyin.codebook.edits import ColumnEdit, apply_edits
from huiyin.core.text import Text

BOOK = Codebook(
    (
        Column("a=b:c", Role.CSAT, Text.same("a=b:c"), Scale(1, 5, 1, {"好": 5}), confidence=0.4),
        Column("费力度", Role.CES, Text("费力度", "effort"), Scale(1, 7, -1), confidence=0.5),
        Column("备注", Role.TEXT, Text.same("备注")),
    )
)


def edited(*edits):
    return apply_edits(BOOK, edits)


def test_a_column_that_is_confirmed_is_computed_with():
    column = edited(ColumnEdit("a=b:c", Role.CSAT, (1, 5, 1)))["a=b:c"]
    assert column.usable
    assert column.confidence == 1
    assert column.scale == Scale(1, 5, 1, {"好": 5})


def test_the_good_end_can_be_turned():
    column = edited(ColumnEdit("费力度", Role.CES, (1, 7, 1)))["费力度"]
    assert (column.scale.minimum, column.scale.maximum, column.scale.direction) == (1, 7, 1)
    assert edited(ColumnEdit("费力度", Role.CES, (1, 7, -1)))["费力度"].scale.direction == -1


def test_a_column_that_is_no_rating_loses_its_scale():
    column = edited(ColumnEdit("费力度", Role.DIMENSION, (1, 7, -1)))["费力度"]
    assert (column.role, column.scale) == (Role.DIMENSION, None)


def test_a_wording_changes_in_one_language():
    column = edited(ColumnEdit("费力度", Role.CES, None, {"en": "customer effort"}))["费力度"]
    assert dict(column.label) == {"zh-CN": "费力度", "en": "customer effort"}


def test_words_that_were_the_same_in_both_languages_stay_so():
    column = edited(ColumnEdit("备注", Role.TEXT, None, {"zh-CN": "意见", "en": "备注"}))["备注"]
    assert dict(column.label) == {"zh-CN": "意见", "en": "意见"}


def test_an_empty_wording_changes_nothing():
    column = edited(ColumnEdit("备注", Role.TEXT, None, {"zh-CN": " "}))["备注"]
    assert dict(column.label) == {"zh-CN": "备注", "en": "备注"}


def test_other_columns_stay_as_they_are():
    assert edited(ColumnEdit("备注", Role.TEXT))["费力度"] == BOOK["费力度"]


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (ColumnEdit("没有", Role.TEXT), UnknownColumnError),
        (ColumnEdit("备注", Role.CSAT), CodebookError),
        (ColumnEdit("备注", Role.CSAT, (5, 5, 1)), CodebookError),
    ],
)
def test_what_cannot_be_is_refused(edit, fault):
    with pytest.raises(fault):
        edited(edit)
