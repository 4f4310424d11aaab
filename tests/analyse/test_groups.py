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


def test_a_real_call_in_a_dimension_without_difference_is_not_named(grouped, monkeypatch):
    monkeypatch.setattr("huiyin.analyse.groups.whole_test", lambda _: (0.5, 0.0))
    (found,) = differences(grouped(0, shift=0.6))
    assert any(c.comparison.call is Call.REAL for c in found.cells)
    assert found.best == found.worst == ()
    assert any("不当真" in n.say() for n in found.notes)


def test_lower_is_better_turns_best_and_worst(grouped, monkeypatch):
    corridor = grouped(1, shift=0.6)
    (plainly,) = differences(corridor)
    asked = type(corridor).answer

    def turned(self, query):
        result = asked(self, query)
        return replace(
            result, definition=tuple(replace(d, higher_is_better=False) for d in result.definition)
        )

    monkeypatch.setattr(type(corridor), "answer", turned)
    (other,) = differences(corridor)
    assert plainly.worst == ("坏",)
    assert other.best == ("坏",)


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
