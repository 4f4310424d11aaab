import re

import pytest

from huiyin.core.patterns import later


def test_a_pattern_works_as_if_compiled_at_once():
    words = later("门?店(?P<n>[0-9]+)", re.ASCII)
    assert words.fullmatch("门店12")["n"] == "12"
    assert words.search("在店3里").span() == (1, 3)
    assert words.sub("-", "店1店2") == "--"
    assert (words.pattern, words.flags) == ("门?店(?P<n>[0-9]+)", int(re.ASCII))


def test_nothing_is_compiled_before_its_first_use():
    broken = later("(")
    with pytest.raises(re.error):
        broken.search("x")


def test_flags_are_kept():
    assert later("abc", re.IGNORECASE).search("xABC")
