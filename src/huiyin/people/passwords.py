"""Passwords: kept as argon2id, refused when easy to guess."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from huiyin.core.text import Text
from huiyin.people.contracts import WeakPasswordError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MINIMUM_LENGTH = 10
"""NIST SP 800-63B asks for 8 at least and for no rules of composition; we ask for 10."""
MAXIMUM_LENGTH = 256
_FEWEST_CHARACTERS = 4
_COMMON = frozenset(
    """
    1234567890 0123456789 9876543210 0987654321 qwertyuiop 1q2w3e4r5t q1w2e3r4t5 1qaz2wsx3edc
    password12 password123 password1234 passw0rd123 p@ssw0rd123 admin12345 admin123456
    administrator iloveyou12 5201314520 woaini1314 woaini520 aa12345678 abc1234567 abcd123456
    a123456789 qq123456789 1122334455 1234512345 letmein123 welcome123 huiyin1234 huiyin2024
    huiyin2025 huiyin2026 changeme123 qwerty12345 qwerty1234 asdfghjkl1 zxcvbnm123
    """.split()  # noqa: SIM905 -- easier to read and to add to
)
_ORDERS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()  # argon2id with RFC 9106's low-memory values


@cache
def _nobody() -> str:
    return _hasher().hash("nobody has this password")


def password_hash(password: str) -> str:
    """Hash a password with argon2id and a fresh salt.

    References
    ----------
    RFC 9106, section 4 (second recommended option: 64 MiB, 3 passes, 4 lanes).
    """
    return _hasher().hash(password)


def password_fits(hashed: str | None, password: str) -> bool:
    """Say whether a password fits a hash; without one it takes as long and says no.

    Parameters
    ----------
    hashed : str or None
        None for an unknown login: the time tells nothing apart.
    password : str
    """
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > MAXIMUM_LENGTH:
        return False
    try:
        _hasher().verify(hashed or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(hashed)


def needs_new_hash(hashed: str) -> bool:
    """Say whether a hash was made with weaker parameters than today's."""
    return _hasher().check_needs_rehash(hashed)


def check_password(password: str, *personal: str | None) -> None:
    """Refuse a password that is easy to guess.

    Parameters
    ----------
    password : str
    *personal : str or None
        Login, name, mail address: a password that is one of these, or begins with it, is weak.

    Raises
    ------
    WeakPasswordError
        With the reason.
    """
    plain = password.lower()
    if len(password) < MINIMUM_LENGTH:
        raise WeakPasswordError(
            Text("密码至少 {n} 位。", "A password has at least {n} characters.").format(
                n=MINIMUM_LENGTH
            )
        )
    if len(password) > MAXIMUM_LENGTH:
        raise WeakPasswordError(
            Text("密码最多 {n} 位。", "A password has at most {n} characters.").format(
                n=MAXIMUM_LENGTH
            )
        )
    if _easy(plain) or any(_begins(plain, word) for word in personal):
        raise WeakPasswordError(
            Text(
                "这个密码太容易猜到。换几个不相干的词连起来，好记又安全。",
                "This password is easy to guess. Several unrelated words in a row are easy to "
                "remember and hard to guess.",
            )
        )


def _easy(plain: str) -> bool:
    return (
        plain in _COMMON
        or len(set(plain)) < _FEWEST_CHARACTERS
        or any(plain in order or plain[::-1] in order for order in _ORDERS)
    )


def _begins(plain: str, word: str | None) -> bool:
    short = (word or "").split("@", 1)[0].strip().lower()
    return len(short) >= _FEWEST_CHARACTERS and plain.startswith(short)
