"""Numbers as people write them."""

import pytest

from huiyin.codebook.numerals import Comma, as_number, comma_of


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["4,5", "3,75", "5"], "decimal"), (["4,5", "3,5", "2,5"], "decimal"),
        (["0,875", "1,125"], "decimal"), (["1.200,50", "80,25"], "decimal"),
        (["1,200", "950", "12,000"], "group"), (["1,200,300", "950"], "none"),
        (["1,3", "2,4", "1,2"], "list"), (["1,2,3", "2"], "none"), (["4,5", "4.5"], "none"),
        (["12,50", "12.75"], "none"), (["5", "4"], "none"), (["甲,乙"], "none"), ([], "none"),
        (["1,3", *map(str, range(20))], "none"),
    ],
)  # fmt: skip
def test_what_commas_are_is_told_by_all_values(values, kind):
    assert comma_of(values).value == kind


@pytest.mark.parametrize(
    ("value", "comma", "number"),
    [
        ("1,200", Comma.NONE, 1200), ("1,20", Comma.NONE, None), ("4,5", Comma.DECIMAL, 4.5),
        ("1.200", Comma.DECIMAL, 1200), ("1.200,5", Comma.DECIMAL, 1200.5), ("5", Comma.LIST, 5),
        ("¥1,280.50", Comma.NONE, 1280.5), ("80元", Comma.NONE, 80), ("1.2万", Comma.NONE, 12000),
        ("-3", Comma.NONE, -3), ("nan", Comma.NONE, None), ("inf", Comma.NONE, None),
        ("1e400", Comma.NONE, None), ("1_000", Comma.NONE, None), ("", Comma.NONE, None),
        ("12 000", Comma.NONE, 12000), ("138 0013 8000", Comma.NONE, None),
    ],
)  # fmt: skip
def test_a_number_is_read_or_none_is(value, comma, number):
    assert as_number(value, comma) == number
