"""Secrets that are shown once: only their hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets

API_PREFIX = "hy_"
N_BYTES = 32
_SHOWN = 8


def new_secret(prefix: str = "") -> str:
    """Make a secret of 256 random bits, safe in an address.

    Examples
    --------
    >>> len(new_secret("hy_"))
    46
    """
    return prefix + secrets.token_urlsafe(N_BYTES)


def secret_hash(secret: str) -> str:
    """Hash a random secret for the store: SHA-256 as hex.

    A slow hash is for passwords that people make up; 256 random bits cannot be guessed.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def shown_prefix(secret: str) -> str:
    """Give the first characters, by which a person knows the token again in a list."""
    return secret[: len(API_PREFIX) + _SHOWN]


def same_secret(given: str | None, kept: str) -> bool:
    """Compare in a time that tells nothing."""
    return given is not None and hmac.compare_digest(given.encode(), kept.encode())
