"""Names of columns, however they are typed."""

import pytest

from huiyin.codebook.spelling import as_known, spelling, without_unseen


@pytest.mark.parametrize(
    "typed", ["城市", "城 市", "城\u00a0市", "\u200b城市", "城\u3000市", "\ufeff城市\u200e"]
)
def test_a_name_is_one_however_it_is_typed(typed):
    assert as_known(typed, ["城 市", "分数"]) == "城 市"


def test_a_name_that_stands_there_as_typed_wins_and_two_that_fit_are_none():
    assert as_known("nps", ["NPS", "nps"]) == "nps"
    assert as_known("Nps", ["NPS", "nps"]) == "Nps"
    assert as_known("城 区", ["城市"]) == "城 区"


def test_emoji_keep_what_joins_them():
    family = "👨\u200d👩\u200d👧"
    assert without_unseen(f"\u200b{family}") == family
    assert spelling("ＮＰＳ（０－１０）") == spelling("nps(0-10)")
