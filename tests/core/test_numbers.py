"""How a number is written."""

import pytest

from huiyin.core.numbers import amount, fixed, number, share
from huiyin.core.units import Unit


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [(Unit.NPS, 5.0, "+5.0"), (Unit.NPS, -5.0, "−5.0"), (Unit.SHARE, 0.5, "50.0%"),
     (Unit.POINTS, 81.25, "81.2"), (Unit.SCALE, 3.456, "3.46"), (Unit.AMOUNT, 12345.6, "12,346"),
     (Unit.AMOUNT, 123.45, "123.5"), (Unit.AMOUNT, -2.345, "−2.35"), (Unit.NPS, -0.01, "0.0"),
     (Unit.POINTS, None, "—")],
)  # fmt: skip
def test_values_read_in_their_unit(unit, value, words):
    assert number(value, unit, "zh-CN") == words


def test_what_is_not_there_is_a_dash():
    assert share(None) == amount(None) == "—"


def test_zero_has_no_sign_and_thousands_are_parted():
    assert fixed(-0.0001, 2, signed=True) == "0.00"
    assert fixed(-1234.5, 1) == "−1,234.5"
    assert fixed(1234.5, 1, signed=True) == "+1,234.5"
