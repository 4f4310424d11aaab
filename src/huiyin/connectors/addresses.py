"""Names become addresses that were looked at: what is private stays private."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from huiyin.connectors.contracts import PrivateAddressError, UnreachableError
from huiyin.core.text import Text

Resolve = Callable[[str, int], list[str]]
"""Host and port → numeric addresses."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NO_SUCH_NAME = Text("没有这个域名", "there is no such name")


def resolve_host(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a name.

    Raises
    ------
    UnreachableError
        The name does not exist.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise UnreachableError(host, _NO_SUCH_NAME) from fault
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def checked_addresses(
    host: str, port: int, *, allow_private: bool, resolve: Resolve = resolve_host
) -> list[str]:
    """Give the addresses of a name, all of which may be connected to.

    The caller connects to one of these, never to the name again: a second look-up could give
    another answer (DNS rebinding).

    Parameters
    ----------
    host, port : str, int
    allow_private : bool
        Private, shared and loopback addresses are fine. Link-local, multicast and unspecified
        ones never are.
    resolve : callable, optional

    Returns
    -------
    list of str
        Numeric, IPv4 before IPv6.

    Raises
    ------
    PrivateAddressError
        One of the addresses is not allowed: a name with one public and one private address is
        refused as a whole.
    UnreachableError
        There is no address.
    """
    found = resolve(host, port)
    if not found:
        raise UnreachableError(host, _NO_SUCH_NAME)
    if not all(_allowed(address, allow_private=allow_private) for address in found):
        raise PrivateAddressError(host)
    return sorted(found, key=lambda address: ":" in address)


def _allowed(address: str, *, allow_private: bool) -> bool:
    plain = _unwrapped(ipaddress.ip_address(address.split("%", 1)[0]))
    if plain.is_link_local or plain.is_multicast or plain.is_unspecified:
        return False
    return plain.is_global or (allow_private and not _reserved(plain))


def _reserved(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_reserved and not address.is_loopback


def _unwrapped(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and address in _NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return inner or address
