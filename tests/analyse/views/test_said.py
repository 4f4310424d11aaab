"""Words of verbatims: counted as they are found, small words and single people never."""

from __future__ import annotations

import numpy as np
import pytest

from huiyin.analyse.views.said import count_words

TEXTS = ["物流太慢，客服也慢", "客服态度很好", "delivery was late", "Delivery ok，物流快", "快"]


def counted(texts, minimum=1, who=None):
    who = who or [str(i) for i in range(len(texts))]
    return {one.word: one.n for one in count_words(texts, who, minimum)}


def test_each_answer_counts_once_for_a_word_that_stands_in_it():
    found = counted(TEXTS)
    assert found["物流"] == 2
    assert found["客服"] == 2
    assert found["delivery"] == 2
    assert not {"was", "很", "也", "，"} & found.keys()


def test_the_share_is_of_all_answers_with_words_and_has_wilsons_interval():
    word = next(one for one in count_words(["物流慢"] * 30 + ["价格贵"] * 70, ["a"] * 100, 1)
                if one.word == "物流")  # fmt: skip
    assert (word.n, word.share) == (30, 0.3)
    assert (word.low, word.high) == pytest.approx((0.2189, 0.3959), abs=1e-4)


def test_words_of_fewer_customers_are_left_out():
    texts = ["物流慢"] * 12 + ["价格贵"] * 12
    one_person = ["a"] * 12 + [f"c{i}" for i in range(12)]
    assert "价格" in counted(texts, 10, one_person)
    assert "物流" not in counted(texts, 10, one_person)


def test_names_numbers_and_contact_data_are_no_words():
    texts = ["王建国经理服务周到，电话13800138000，邮箱 someone@example.com，2024"] * 3
    found = counted(texts)
    assert not any("王" in word or word.isdigit() for word in found)
    assert not {"someone", "example", "com"} & found.keys()
    assert {"服务周到", "经理"} <= found.keys()


@pytest.mark.parametrize("texts", [[], ["", "  "], ["。！", "👍👍"], ["的", "了"]])
def test_nothing_said_is_no_word(texts):
    assert counted(texts) == {}


@pytest.mark.parametrize("seed", range(3))
def test_order_and_size_do_not_change_what_is_counted(seed):
    rng = np.random.default_rng(seed)
    texts = [TEXTS[i] for i in rng.integers(0, len(TEXTS), 60)]
    found = counted(texts)
    assert found == counted(list(rng.permutation(texts)))
    assert all(0 < n <= 60 for n in found.values())
    for word in ("物流", "客服"):
        assert found[word] == sum(word in text for text in texts)
    assert list(found.values()) == sorted(found.values(), reverse=True)
