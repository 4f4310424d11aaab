from dataclasses import replace

import numpy as np
import pytest

from huiyin.analyse.contracts import QuestionKind
from huiyin.analyse.questions import MOST_OPTIONS, list_questions, question_summariser
from huiyin.codebook.contracts import Role
from huiyin.core.absence import Reason
from huiyin.measure.contracts import Viewer, Weighting
from huiyin.measure.run import CorridorOverSnapshot
from huiyin.stats.proportions import wilson_share


def summaries(corridor):
    questions = list_questions(corridor.codebook.columns)
    summariser = question_summariser(corridor, questions, level=0.95)
    return {q.name: summariser.summary(q) for q in questions}


def words(values):
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def test_scale_levels_in_order_with_wilson(make_corridor, rating):
    data = {"q": np.array([1.0, 5, 5, 4, np.nan, 4, 5])}
    found = summaries(make_corridor([rating("q")], data))["q"]
    assert [(x.code, x.n) for x in found.levels] == [(1, 1), (2, 0), (3, 0), (4, 2), (5, 3)]
    assert (found.n_base, found.n_missing) == (6, 1)
    top, reference = found.levels[-1], wilson_share(3, 6)
    assert (top.share, top.low, top.high) == pytest.approx(
        (0.5, float(reference.low), float(reference.high))
    )
    assert found.mean.estimate == pytest.approx(4)
    assert sum(x.share for x in found.levels) == pytest.approx(1)


def test_words_of_a_scale_are_its_labels(make_corridor, rating):
    column = rating("q", low=1, high=3)
    levels = {"差": 1.0, "中": 2.0, "好": 3.0}
    column = replace(column, scale=replace(column.scale, levels=levels))
    found = summaries(make_corridor([column], {"q": np.array([1.0, 2, 3, 3])}))["q"]
    assert [x.label for x in found.levels] == ["差", "中", "好"]


def test_long_scales_are_shown_in_bands(make_corridor, rating):
    data = {"q": np.array([0.0, 9.5, 10, 55, 99, 100])}
    found = summaries(make_corridor([rating("q", low=0, high=100)], data))["q"]
    assert len(found.levels) == 10
    assert [x.n for x in found.levels] == [2, 1, 0, 0, 0, 1, 0, 0, 0, 2]
    assert [x.label for x in found.levels[-2:]] == ["80–<90", "90–100"]
    assert found.levels[-2].said.say("zh-CN") == "80 至不到 90"


def test_multi_select_base_is_those_who_answered(make_corridor, plain):
    chosen = words([["a", "b"], ["a"], None, ["c", "a"]])
    found = summaries(make_corridor([plain("q", Role.CHOICE_SET)], {"q": chosen}))["q"]
    assert found.kind is QuestionKind.MULTIPLE
    assert (found.n_base, found.n_missing) == (3, 1)
    assert [(x.label, x.n) for x in found.levels] == [("a", 3), ("b", 1), ("c", 1)]
    assert found.levels[0].share == 1.0
    assert sum(x.share for x in found.levels) > 1


def test_options_over_columns_are_one_question(plain):
    columns = [plain(f"q-{o}", Role.CHOICE_SET, group="q", option=o) for o in "abc"]
    (question,) = list_questions(columns)
    assert question.name == "q"


def test_many_options_are_folded_and_nothing_is_lost(make_corridor, plain):
    values = words([f"o{i % 45:02d}" for i in range(900)])
    found = summaries(make_corridor([plain("q")], {"q": values}))["q"]
    assert len(found.levels) == MOST_OPTIONS + 1
    assert sum(x.n for x in found.levels) == 900
    assert "15" in found.levels[-1].label


def test_numbers_have_quantiles_and_a_mean(make_corridor, plain):
    values = np.r_[np.arange(101.0), np.nan]
    found = summaries(make_corridor([plain("q", Role.AMOUNT)], {"q": values}))["q"]
    assert found.quantiles == {0.1: 10.0, 0.25: 25.0, 0.5: 50.0, 0.75: 75.0, 0.9: 90.0}
    assert found.mean.estimate == 50
    assert (found.n_base, found.n_missing) == (101, 1)


def test_text_is_counted(make_corridor, plain):
    found = summaries(make_corridor([plain("q", Role.TEXT)], {"q": words(["hi", None, "ok"])}))["q"]
    assert (found.n_base, found.n_missing) == (2, 1)


def test_an_outcome_in_words_reads_yes_and_no(make_corridor, plain):
    column = plain("q", Role.OUTCOME, events=("churned",))
    found = summaries(make_corridor([column], {"q": np.array([0.0, 1, 1, np.nan])}))["q"]
    assert [(x.label, x.n) for x in found.levels] == [("否", 1), ("是", 2)]
    assert [x.said.say("en") for x in found.levels] == ["no", "yes"]


def test_nobody_answered_says_so(make_corridor, plain, rating):
    data = {"q": np.full(3, np.nan), "w": words([None] * 3)}
    for found in summaries(make_corridor([rating("q"), plain("w")], data)).values():
        assert found.not_estimable.reason is Reason.NO_ANSWERS
        assert found.n_missing == 3


def test_ids_contacts_and_doubtful_columns_are_no_questions(plain):
    columns = [
        plain("a", Role.ID),
        plain("b", Role.CONTACT),
        plain("c", confidence=0.3),
        plain("d", Role.META),
    ]
    assert list_questions(columns) == ()


def test_folded_options_of_a_weighted_multi_select_have_the_weighted_rows_as_base(
    engine, make, column
):
    """Weights that add up to three times the rows change no share."""
    chosen = [["常选", f"项{i % (MOST_OPTIONS + 1):02d}"] for i in range(124)] + [None] * 6
    data = {"途径": chosen, "权": [3.0] * 130}
    columns = [column("途径", Role.CHOICE_SET), column("权", Role.WEIGHT)]
    snapshot = make(data, columns)
    plainly, weighted = (
        summaries(CorridorOverSnapshot(engine, snapshot, Viewer.owner(), weighting=weighting))
        for weighting in (None, Weighting("权"))
    )
    assert plainly["途径"].n_base == weighted["途径"].n_base == 124
    folded = plainly["途径"].levels[-1], weighted["途径"].levels[-1]
    assert folded[0].n == folded[1].n == 8
    assert folded[0].share == pytest.approx(8 / 124)
    assert folded[1].share == pytest.approx(8 / 124)


def test_many_numbers_of_a_dimension_are_told_in_steps(make_corridor, plain):
    ages = words([str(19 + i % 61) for i in range(610)])
    found = summaries(make_corridor([plain("age")], {"age": ages}))["age"]
    assert [x.label for x in found.levels][:2] == ["10–<20", "20–<30"]
    assert [x.n for x in found.levels] == [10, 100, 100, 100, 100, 100, 100]
    assert found.levels[1].said.say("zh-CN") == "20 至不到 30"
