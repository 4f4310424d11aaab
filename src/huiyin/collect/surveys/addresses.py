"""Addresses as a header carries them: in signs that every browser and proxy lets through."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

_KEPT = "%!$&'()*+,;=:@/?[]~"
"""Signs that mean something in an address, and what is quoted already (RFC 3986, section 2.2)."""


def plain_address(address: str) -> str:
    """Write an address in ASCII: the host as IDNA names it, the rest in percent signs.

    Parameters
    ----------
    address : str
        With a scheme and a host; a user's name in it is left out.

    Raises
    ------
    ValueError
        Its host or port cannot be.

    References
    ----------
    RFC 3986, RFC 3490.

    Examples
    --------
    >>> plain_address("https://例子.cn/谢谢?店=一")
    'https://xn--fsqu00a.cn/%E8%B0%A2%E8%B0%A2?%E5%BA%97=%E4%B8%80'
    """
    parts = urlsplit(address)
    if not parts.hostname:
        raise ValueError("an address without a host")
    host = parts.hostname.encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    where = host if parts.port is None else f"{host}:{parts.port}"
    path, query, fragment = (quote(one, safe=_KEPT) for one in parts[2:])
    return urlunsplit((parts.scheme, where, path, query, fragment))
