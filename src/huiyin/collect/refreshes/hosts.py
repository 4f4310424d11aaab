"""Hosts that an administrator allowed: a name, an address of either kind, one port or any."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Host:
    """One host of the list.

    Attributes
    ----------
    name : str
        As `spelled` gives it; ``*.example.com`` stands for every name below.
    port : int or None
        The only port that may be asked; None: any.
    """

    name: str
    port: int | None = None

    def covers(self, name: str, port: int) -> bool:
        """Say whether this allows a host to be asked at a port."""
        asked = spelled(name)
        below = self.name.startswith("*.") and asked.endswith(self.name[1:])
        return (asked == self.name or below) and self.port in {None, port}


def spelled(name: str) -> str:
    """Give a host in one spelling: lower case, no dot at the end, an address in its short form.

    Examples
    --------
    >>> spelled("Example.COM."), spelled("0:0::1")
    ('example.com', '::1')
    """
    plain = name.lower().rstrip(".")
    try:
        return ipaddress.ip_address(plain).compressed
    except ValueError:
        return plain


def read_host(words: str) -> Host | None:
    """Read one entry: ``example.com``, ``*.example.com:8443``, ``[::1]``, ``[::1]:8443``, ``::1``.

    Returns
    -------
    Host or None
        None where it names no host.

    Examples
    --------
    >>> read_host("[::1]:8443"), read_host("::1")
    (Host(name='::1', port=8443), Host(name='::1', port=None))
    """
    bare = words.count(":") > 1 and not words.startswith("[")
    try:
        parts = urlsplit(f"//[{words}]" if bare else f"//{words}")
        name, port = parts.hostname, parts.port
    except ValueError:
        return None
    return Host(spelled(name), port) if name and parts.netloc == parts.geturl()[2:] else None
