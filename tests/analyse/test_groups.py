from dataclasses import replace

import numpy as np
import pytest

from huiyin.analyse.groups import (
    MOST_GROUPS,
    SHOWN_GROUPS,
    comparable_dimensions,
    group_differences,
    shrunken,
    whole_test,
)
from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Call


@pytest.fixture
def grouped(make_corridor, rating, plain):
    """Give a function (seed, groups, n, shift) -> corridor; group 坏 is lower by `shift`."""

    def make(seed, groups=("甲", "乙", "丙", "坏"), n=2000, shift=0.0):
        rng = np.random.default_rng(seed)
        group = rng.choice(groups, n).astype(object)
        latent = rng.normal(size=n) - shift * (group == "坏")
        data = {"组": group, "总体": np.digitize(latent, (-1, -0.3, 0.4, 1.2)) + 1.0}
        return make_corridor([plain("组"), rating("总体", Role.OVERALL)], data)

    return make


def differences(corridor):
    target = corridor.codebook["总体"]
    return group_differences(corridor, target, comparable_dimensions(corridor, target)[0])


def test_planted_bad_group_is_found_and_no_other_is_worst(grouped):
    for seed in range(5):
        (found,) = differences(grouped(seed, shift=0.5))
        assert found.worst == ("坏",)
        assert found.q < 0.001
        assert found.cells[-1].by["组"] == "坏"
        assert 0.01 < found.effect_size < 0.2


def test_null_data_names_hardly_any_group(grouped):
    named = sum(
        bool(f.best or f.worst) for seed in range(40) for f in differences(grouped(seed, n=400))
    )
    assert named <= 5


def test_a_real_call_in_a_dimension_without_difference_is_not_named(make_corridor, rating, plain):
    """One of 20 shops stands out by itself; the shops as a whole differ no more than chance."""
    even = [1.0, 2.0, 3.0, 4.0, 5.0] * 10
    low = [max(1.0, x - 1.0) for x in even[:45]] + even[45:]
    shops = [f"店{i:02d}" for i in range(19)] + ["坏"]
    data = {
        "组": np.repeat(np.array(shops, dtype=object), 50),
        "总体": np.array(even * 19 + low),
    }
    (found,) = differences(make_corridor([plain("组"), rating("总体", Role.OVERALL)], data))
    assert [c.by["组"] for c in found.cells if c.comparison.call is Call.REAL] == ["坏"]
    assert found.q > 0.05
    assert found.best == found.worst == ()
    assert any("不当真" in n.say() for n in found.notes)


def test_lower_is_better_turns_best_and_worst(make_corridor, rating, plain):
    """A group that waits longer is the worst, one that rates higher the best."""
    rng = np.random.default_rng(1)
    group = rng.choice(["甲", "乙", "丙", "高"], 2000).astype(object)
    rated = np.digitize(rng.normal(size=2000) + 0.6 * (group == "高"), (-1, -0.3, 0.4, 1.2)) + 1.0
    data = {"组": group, "总体": rated, "等待": 10 * rated}
    corridor = make_corridor(
        [plain("组"), rating("总体", Role.OVERALL), plain("等待", Role.DURATION)], data
    )
    (rating_found,), (waiting,) = (
        group_differences(corridor, corridor.codebook[name], (corridor.codebook["组"],))
        for name in ("总体", "等待")
    )
    assert rating_found.best == ("高",)
    assert waiting.worst == ("高",)
    assert rating_found.cells[0].by == waiting.cells[-1].by == {"组": "高"}


def test_many_groups_are_folded_and_the_real_one_stays(grouped):
    groups = (*(f"店{i:02d}" for i in range(60)), "坏")
    (found,) = differences(grouped(2, groups=groups, n=6000, shift=1.2))
    assert SHOWN_GROUPS <= len(found.cells) < 45
    assert found.worst == ("坏",)
    assert any("未列" in n.say() for n in found.notes)
    assert any("收缩" in n.say() for n in found.notes)


def test_one_group_and_too_many_groups_are_left_out_with_a_sentence(make_corridor, rating, plain):
    n = 600
    many = np.array([str(i) for i in range(n)], dtype=object)
    data = {"一": np.full(n, "x", dtype=object), "多": many, "总体": np.arange(n) % 5 + 1.0}
    corridor = make_corridor([plain("一"), plain("多"), rating("总体", Role.OVERALL)], data)
    dimensions, notes = comparable_dimensions(corridor, corridor.codebook["总体"])
    assert dimensions == ()
    assert len(notes) == 2
    assert str(n) in notes[1].say()
    assert n > MOST_GROUPS


def test_unknown_group_is_counted_not_compared(grouped):
    corridor = grouped(3)
    words = corridor.data["组"].copy()
    words[:50] = None
    (found,) = differences(replace(corridor, data={**corridor.data, "组": words}))
    assert None not in [c.by["组"] for c in found.cells]
    assert any("50" in n.say() for n in found.notes)


def test_a_handful_of_answers_is_never_named(grouped):
    corridor = grouped(4)
    words, scores = corridor.data["组"].copy(), corridor.data["总体"].copy()
    words[:6], scores[:6] = "小", (1, 1, 1, 1, 1, 2)
    (found,) = differences(replace(corridor, data={"组": words, "总体": scores}))
    assert "小" not in found.worst


def test_whole_test_leaves_constant_and_tiny_groups_out(grouped):
    corridor = grouped(5)
    words, scores = corridor.data["组"].copy(), corridor.data["总体"].copy()
    words[:20], scores[:20] = "常", 5.0
    words[20:23] = "小"
    (found,) = differences(replace(corridor, data={"组": words, "总体": scores}))
    assert found.p is not None
    assert found.p > 0.001


def test_omega_squared_is_zero_on_average_for_noise(grouped):
    effects = [whole_test(differences(grouped(s, n=300))[0].cells)[1] for s in range(20)]
    assert all(e >= 0 for e in effects)
    assert np.mean(effects) < 0.01


def test_shrinking_keeps_between_estimate_and_mean(grouped):
    cells = differences(grouped(6, shift=0.8))[0].cells
    pulled = shrunken(cells)
    mean = np.mean([c.estimate for c in cells])
    for cell, value in zip(cells, pulled, strict=True):
        low, high = sorted((cell.estimate, mean))
        assert low - 5 <= value <= high + 5
    spread = np.ptp([c.estimate for c in cells])
    assert 0.5 * spread < np.ptp(pulled) < spread


def test_many_plain_numbers_are_a_quantity_and_no_groups(make_corridor, rating, plain):
    """Ages one by one are 60 groups of noise; codes with labels and a few numbers are groups."""
    rng = np.random.default_rng(3)
    ages = rng.integers(18, 78, 900).astype(str).astype(object)
    few = rng.integers(1, 9, 900).astype(str).astype(object)
    columns = [plain("年龄"), plain("区"), rating("总体", Role.OVERALL)]
    corridor = make_corridor(
        columns, {"年龄": ages, "区": few, "总体": rng.integers(1, 6, 900).astype(float)}
    )
    kept, notes = comparable_dimensions(corridor, corridor.codebook["总体"])
    assert [column.name for column in kept] == ["区"]
    assert any(
        "年龄" in note.say("zh-CN") and "60 个不同的数值" in note.say("zh-CN") for note in notes
    )
