"""Numbers as people write them; what a comma in them is: decimal, or between thousands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from huiyin.core.patterns import later

WIDE_SIGNS = "０１２３４５６７８９．，－＋％￥／：（）"
HALF_SIGNS = "0123456789.,-+%¥/:()"
_TO_HALF = str.maketrans(WIDE_SIGNS, HALF_SIGNS)
WIDE_DIGITS = "[０-９]"
MONEY_AROUND = (
    r"(?i)^\s*(?:[¥￥$€£]|cny|rmb|usd|eur|人民币)\s*|\s*(?:[¥￥$€£]|cny|rmb|usd|eur|元|块钱?)\s*$"
)
"""Signs of a currency before or after an amount."""
_AROUND = later(MONEY_AROUND)
_THOUSANDS = later(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_ONE_GROUP = later(r"[-+]?[1-9]\d{0,2},\d{3}")
_DECIMAL = later(r"[-+]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+")
_POINT = later(r"[-+]?\d*\.\d+")
_DOTTED = later(r"[-+]?\d{1,3}(?:\.\d{3})+")
_SPACED = later(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
"""Between thousands, as French and Russian files write them."""
MULTIPLES = {"万": 1e4, "亿": 1e8, "千": 1e3}
_PAIR = later(r"([1-9]\d?),([1-9]\d?)")
_NUMERIC = later(r"[-+]?[\d.,]*\d[\d.,]*")
_HALVES = frozenset({"0", "00", "5", "50", "25", "75"})
_LEAST_SHARE = 0.2
"""Share of the numbers that must have a comma for it to be more than a slip."""


class Comma(StrEnum):
    """What commas in the numbers of a column are."""

    NONE = "none"
    """There are none, or they stand between thousands."""
    DECIMAL = "decimal"
    LIST = "list"
    """Each fits a decimal number as well as two codes side by side: ``1,3``."""
    GROUP = "group"
    """Each fits a decimal number as well as thousands: ``1,250``."""


def half_width(value: str) -> str:
    """Write full-width digits and the signs among them in half width.

    Examples
    --------
    >>> half_width("２０２４－０５")
    '2024-05'
    """
    return value.translate(_TO_HALF)


def without_money(value: str) -> str:
    """Take the sign of a currency away from around an amount."""
    return _AROUND.sub("", value)


def without_gaps(value: str) -> str:
    """Close the gaps between thousands: ``12 000``."""
    return _SPACED.sub("", value)


def comma_of(values: Iterable[str]) -> Comma:
    """Tell what the commas in the numbers of a column are.

    Parameters
    ----------
    values : iterable of str
        Different values; those that are no numbers say nothing.

    Examples
    --------
    >>> [comma_of(v).value for v in (["4,5", "3,75"], ["1,200", "950"], ["1,3", "2,4"])]
    ['decimal', 'group', 'list']
    """
    numbers = [value for value in values if _NUMERIC.fullmatch(value)]
    commas = [value for value in numbers if "," in value]
    if not commas or not all(_DECIMAL.fullmatch(value) for value in commas):
        return Comma.NONE
    if any(_POINT.fullmatch(v) and not _DOTTED.fullmatch(v) for v in numbers):
        return Comma.NONE
    if all(_ONE_GROUP.fullmatch(value) for value in commas):
        return Comma.GROUP
    if len(commas) < _LEAST_SHARE * len(numbers):
        return Comma.NONE
    return Comma.LIST if _are_pairs(commas) else Comma.DECIMAL


def _are_pairs(values: Sequence[str]) -> bool:
    """Tell whether all may be two codes in rising order, as a multi-select writes them."""
    pairs = [match.groups() for value in values if (match := _PAIR.fullmatch(value))]
    rising = len(pairs) == len(values) and all(int(a) < int(b) for a, b in pairs)
    return rising and not ({b for _, b in pairs} <= _HALVES and len(pairs) > 1)


def as_number(value: str, comma: Comma = Comma.NONE) -> float | None:
    """Read a number with thousands commas, full-width digits or a currency; None where it is none.

    Parameters
    ----------
    value : str
    comma : Comma
        Of the column.

    Examples
    --------
    >>> as_number("1,200"), as_number("4,5"), as_number("4,5", Comma.DECIMAL), as_number("５")
    (1200.0, None, 4.5, 5.0)
    >>> as_number("¥1.2万"), as_number("12 000")
    (12000.0, 12000.0)
    """
    text = without_gaps(without_money(half_width(value)).strip())
    times = MULTIPLES.get(text[-1:], 1.0)
    text = text[:-1] if times > 1 else text
    if "," in text:
        if comma in {Comma.DECIMAL, Comma.LIST} and _DECIMAL.fullmatch(text):
            text = text.replace(".", "").replace(",", ".")
        elif _THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
    elif comma is Comma.DECIMAL and _DOTTED.fullmatch(text):
        text = text.replace(".", "")
    try:
        number = float(text)
    except ValueError:
        return None
    written = "_" not in text and (text[-1:].isdigit() or text.endswith("."))
    return number * times if abs(number) < _FINITE and written else None


_FINITE = 1e300
