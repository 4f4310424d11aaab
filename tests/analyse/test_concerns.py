"""What comments concern: the question they answer, the aspects that the same answer calls bad."""

import numpy as np
import pytest

from huiyin.analyse import concerns
from huiyin.analyse.concerns import concerned, concerns_of
from huiyin.analyse.verbatims import sample_verbatims
from huiyin.codebook.contracts import Role

NAN = np.nan
WORDS = ["等了三天才送到", "   ", None, "又贵又慢，不会再来", "店里很干净，下次还来"]


@pytest.fixture
def corridor(make_corridor, rating, plain):
    data = {
        "总体": np.array([2.0, 1, 5, 1, 5]),
        "交付": np.array([1.0, 1, 1, 2, 5]),
        "价格": np.array([4.0, 1, 1, 1, NAN]),
        "意见": np.array(WORDS, dtype=object),
    }
    columns = [rating("总体", Role.OVERALL), rating("交付"), rating("价格")]
    return make_corridor([*columns, plain("意见", Role.TEXT)], data)


def test_words_count_for_the_aspects_that_their_answer_calls_bad(corridor):
    found = concerned(corridor)
    assert found.n == 3  # blanks are no words
    assert [(one.column, n) for one, n in found.counts] == [("交付", 2), ("价格", 1)]
    assert not found.sampled
    assert {one["about"] for one in found.to_json()["items"]} == {"aspect"}


def test_a_comment_names_the_aspects_called_bad_the_worst_first(corridor):
    book = corridor.codebook
    said = sample_verbatims(corridor, book["总体"], aspects=book.with_role(Role.ASPECT))
    about = {one.text: one.about for one in said}
    assert about == {WORDS[0]: ("交付",), WORDS[3]: ("价格", "交付"), WORDS[4]: ()}


def test_where_the_low_code_is_the_good_end_the_high_one_is_bad(make_corridor, rating, plain):
    words = np.array(["跑了四趟才办好", "一次就办好了"], dtype=object)
    columns = [rating("费力", direction=-1), plain("意见", Role.TEXT)]
    corridor = make_corridor(columns, {"费力": np.array([5.0, 1]), "意见": words})
    (one,) = concerned(corridor).counts
    assert (one[0].column, one[1]) == ("费力", 1)


def test_where_several_questions_ask_for_words_each_is_counted(make_corridor, rating, plain):
    data = {
        "交付": np.array([1.0, 5, 5]),
        "不足": np.array(["慢", None, None], dtype=object),
        "优点": np.array(["干净", "热情", None], dtype=object),
    }
    columns = [rating("交付"), plain("不足", Role.TEXT), plain("优点", Role.TEXT)]
    found = concerned(make_corridor(columns, data))
    counted = {one.column: (one.about.value, n) for one, n in found.counts}
    assert counted == {"优点": ("question", 2), "不足": ("question", 1), "交付": ("aspect", 1)}
    assert found.n == 2


def test_of_very_many_answers_a_sample_is_read_and_it_says_so(corridor, monkeypatch):
    monkeypatch.setattr(concerns, "MOST_READ", 4)
    assert concerned(corridor).sampled


def test_where_nobody_writes_nothing_is_concerned(make_corridor, rating):
    corridor = make_corridor([rating("交付")], {"交付": np.array([1.0, 5])})
    assert concerns_of(corridor.codebook) == ()
    assert concerned(corridor).to_json() == {"written": 0, "sampled": False, "items": []}
