"""Answers of two ways to the same question, held against each other."""

import pytest

from huiyin.core.errors import HuiyinError


def outcome(corridor, query):
    try:
        return corridor.answer(query).to_json()
    except HuiyinError as error:
        return dict(error.sentence)


def assert_same(one, other):
    if isinstance(one, dict):
        assert one.keys() == other.keys()
        for key, value in one.items():
            assert_same(value, other[key])
    elif isinstance(one, list):
        assert len(one) == len(other)
        for a, b in zip(one, other, strict=True):
            assert_same(a, b)
    elif isinstance(one, float):
        assert one == pytest.approx(other, rel=1e-9, abs=1e-9)
    else:
        assert one == other
