import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.people.contracts import WeakPasswordError
from huiyin.people.passwords import (
    MINIMUM_LENGTH,
    check_password,
    needs_new_hash,
    password_fits,
    password_hash,
)

GOOD = "correct horse battery"


def test_a_hash_is_argon2id_salted_and_fits_its_password_alone():
    first, second = password_hash(GOOD), password_hash(GOOD)
    assert first.startswith("$argon2id$")
    assert first != second
    assert password_fits(first, GOOD)
    assert not password_fits(first, GOOD + " ")
    assert not needs_new_hash(first)


def test_a_weaker_hash_is_noticed():
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=1024).hash(GOOD)
    assert password_fits(weak, GOOD)
    assert needs_new_hash(weak)


@pytest.mark.parametrize("hashed", [None, "", "plain", "$argon2id$broken"])
def test_without_a_hash_nothing_fits(hashed):
    assert not password_fits(hashed, GOOD)
    assert not password_fits(hashed, "nobody has this password")


@pytest.mark.parametrize(
    "weak",
    ["", "short", "a" * 300, "aaaaaaaaaaaa", "abababababab", "1234567890", "0987654321",
     "Password123", "QWERTYUIOP", "abcdefghijkl", "woaini1314", "zhangwei2026", "x" * 9],
)  # fmt: skip
def test_easy_passwords_are_refused(weak):
    with pytest.raises(WeakPasswordError):
        check_password(weak, "zhangwei@example.com", "张伟", None)


@pytest.mark.parametrize("good", [GOOD, "门店排队太长要改一改才行", "Tr0ub4dor&3xyz"])
def test_good_ones_pass(good):
    check_password(good, "zhangwei@example.com", "张伟", None)


@given(st.text(max_size=MINIMUM_LENGTH - 1))
@settings(max_examples=30)
def test_none_is_shorter_than_the_minimum(text):
    with pytest.raises(WeakPasswordError):
        check_password(text)
