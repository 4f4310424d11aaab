"""Keys for one purpose each, derived from the installation's key (HKDF-SHA256, RFC 5869)."""

from __future__ import annotations

from functools import lru_cache

KEY_BYTES = 32


def derived_key(key: bytes, purpose: str, salt: bytes | None = None) -> bytes:
    """Derive the key of one purpose: what it seals opens for no other.

    Parameters
    ----------
    key : bytes
        The installation's key.
    purpose : str
    salt : bytes, optional
        Gives each file a key of its own.

    Returns
    -------
    bytes
        32 of them, for AES-256.
    """
    return _without_salt(key, purpose) if salt is None else _derive(key, purpose, salt)


@lru_cache(maxsize=64)
def _without_salt(key: bytes, purpose: str) -> bytes:
    return _derive(key, purpose, None)


def _derive(key: bytes, purpose: str, salt: bytes | None) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = f"huiyin {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(key)
