"""Dimensions that are quantities."""

from huiyin.analyse.quantities import MOST_NUMBERS, is_quantity, steps_of
from huiyin.codebook.contracts import Column, Role
from huiyin.core.text import Text

AGES = [str(age) for age in range(19, 81)]


def column(role=Role.DIMENSION, **more):
    return Column("age", role, Text.same("age"), **more)


def test_many_plain_numbers_are_a_quantity():
    assert is_quantity(column(), AGES)
    assert not is_quantity(column(), AGES[:MOST_NUMBERS])
    assert not is_quantity(column(), [*AGES, "refused"])
    assert not is_quantity(column(labels={"19": Text.same("Berlin")}), AGES)
    assert not is_quantity(column(role=Role.OUTCOME), AGES)


def test_steps_are_round_hold_each_value_once_and_run_upwards():
    steps = steps_of(AGES)
    assert next(iter(steps)) == "10–<20"
    assert list(steps)[-1] == "80–<90"
    assert sorted(v for held in steps.values() for v in held) == sorted(AGES)
    assert steps_of(["0.5", "1.5", "-0.5"]) == {
        "-0.5–<0": ["-0.5"], "0.5–<1": ["0.5"], "1.5–<2": ["1.5"],
    }  # fmt: skip
