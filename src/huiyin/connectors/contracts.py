"""What goes out and what comes back: frozen replies, limits, and faults with a sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class OutgoingLimits:
    """How far a request may go.

    Attributes
    ----------
    allow_private : bool
        An administrator allowed addresses of private networks and of this machine. Link-local
        addresses (the metadata service of a cloud) stay refused all the same.
    timeout_seconds : float
        For connecting, and for each read.
    total_seconds : float
        For the reply as a whole, redirects included.
    maximum_bytes : int
        Of one reply.
    maximum_redirects : int
    """

    allow_private: bool = False
    timeout_seconds: float = 15.0
    total_seconds: float = 60.0
    maximum_bytes: int = 10 * MEGABYTE
    maximum_redirects: int = 3


@dataclass(frozen=True, slots=True)
class OutgoingReply:
    """What came back: `headers` have lower-case names; `url` is the last one after redirects."""

    url: str
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Say whether the status is 2xx."""
        return self.status // 100 == 2  # noqa: PLR2004 -- the class of success

    def json(self) -> Any:
        """Read the body as JSON.

        Raises
        ------
        UnreadableReplyError
            It is none.
        """
        try:
            return json.loads(self.body)
        except ValueError as fault:
            raise UnreadableReplyError(self.url) from fault


class OutgoingError(BadInputError):
    """An outside address cannot be used."""


class BadAddressError(OutgoingError):
    """The address is not an http or https address."""

    def __init__(self, url: str) -> None:
        super().__init__(
            Text(
                "“{url}”不是可以访问的网址，请用 http:// 或 https:// 开头的完整地址。",
                "“{url}” is not an address to fetch: use a complete http:// or https:// address.",
            ).format(url=without_secrets(url))
        )


class PrivateAddressError(OutgoingError):
    """The name leads into a private network, and nobody allowed that."""

    def __init__(self, host: str) -> None:
        super().__init__(
            Text(
                "“{host}”指向内网或本机地址，默认不访问。确需访问，请管理员在设置里允许内网地址。",
                "“{host}” leads to a private network or this machine, which is refused by default. "
                "If it is meant, an administrator can allow private addresses in the settings.",
            ).format(host=host)
        )


class UnreachableError(OutgoingError):
    """Nobody answers there, or not in time."""

    def __init__(self, host: str, reason: Text) -> None:
        super().__init__(
            Text(
                "连不上“{host}”：{reason}。请检查地址和网络。",
                "“{host}” cannot be reached: {reason}. Check the address and the network.",
            ).format(host=host, reason=reason)
        )


class TooLargeReplyError(OutgoingError):
    """The reply is larger than allowed; nothing of it is used."""

    def __init__(self, host: str, maximum_bytes: int) -> None:
        super().__init__(
            Text(
                "“{host}”返回的内容超过 {limit} MB，已停止接收。",
                "The reply of “{host}” is larger than {limit} MB; reading stopped.",
            ).format(host=host, limit=maximum_bytes // MEGABYTE or 1)
        )


class TooManyRedirectsError(OutgoingError):
    """The address sends on and on."""

    def __init__(self, host: str) -> None:
        super().__init__(
            Text("“{host}”反复跳转，已停止。", "“{host}” redirects again and again.").format(
                host=host
            )
        )


class UnreadableReplyError(OutgoingError):
    """The reply is not what was expected."""

    def __init__(self, url: str) -> None:
        super().__init__(
            Text(
                "“{url}”返回的内容不是预期的格式（JSON）。",
                "The reply of “{url}” is not in the expected format (JSON).",
            ).format(url=without_secrets(url))
        )


def without_secrets(url: str) -> str:
    """Cut query, fragment and credentials from an address: they may hold secrets.

    Examples
    --------
    >>> without_secrets("https://me:pw@robot.example.com/send?key=secret#x")
    'https://robot.example.com/send'
    """
    head = url.split("?", 1)[0].split("#", 1)[0]
    scheme, mark, rest = head.partition("://")
    place, slash, path = rest.partition("/")
    return f"{scheme}{mark}{place.rpartition('@')[2]}{slash}{path}" if mark else head[:200]
