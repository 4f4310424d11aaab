"""The one way out: every request to an outside address goes through here.

The name is resolved once, every address is looked at, and the connection is made to a checked
address, so that a name cannot point elsewhere between look and use. Redirects are followed by
hand under the same check. The certificate is still that of the name.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit

from huiyin.connectors.addresses import Resolve, checked_addresses, resolve_host
from huiyin.connectors.contracts import (
    BadAddressError,
    OutgoingLimits,
    OutgoingReply,
    TooLargeReplyError,
    TooManyRedirectsError,
    UnreachableError,
)
from huiyin.core.text import Text

if TYPE_CHECKING:
    import httpcore

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEEP_METHOD = frozenset({307, 308})
_PRIVATE_HEADERS = frozenset({"authorization", "cookie", "x-acs-dingtalk-access-token"})
_TOO_SLOW = Text("没有按时回应", "no answer in time")
_NO_ANSWER = Text("没有回应", "no answer")


class Outgoing:
    """A guarded client.

    Parameters
    ----------
    limits : OutgoingLimits, optional
    resolve : callable, optional
        Host and port → numeric addresses; a test gives its own.
    context : ssl.SSLContext, optional
        For an authority of one's own.

    Examples
    --------
    >>> reply = Outgoing().get("https://example.com/rows.json")  # doctest: +SKIP
    """

    def __init__(
        self,
        limits: OutgoingLimits | None = None,
        *,
        resolve: Resolve = resolve_host,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.limits = limits or OutgoingLimits()
        self._resolve = resolve
        self._context = context

    def get(
        self,
        url: str,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> OutgoingReply:
        """Fetch an address; `query` is added to it.

        Raises
        ------
        OutgoingError
            See `send`.
        """
        return self.send("GET", with_query(url, query or {}), headers=headers)

    def post_json(
        self, url: str, body: object, headers: Mapping[str, str] | None = None
    ) -> OutgoingReply:
        """Post a JSON body."""
        content = json.dumps(body, ensure_ascii=False).encode()
        named = {"content-type": "application/json; charset=utf-8", **(headers or {})}
        return self.send("POST", url, headers=named, content=content)

    def post_form(
        self, url: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> OutgoingReply:
        """Post a form."""
        named = {"content-type": "application/x-www-form-urlencoded", **(headers or {})}
        return self.send("POST", url, headers=named, content=urlencode(form).encode())

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> OutgoingReply:
        """Send one request and read the whole reply.

        Parameters
        ----------
        method, url : str
        headers : mapping, optional
        content : bytes, optional

        Returns
        -------
        OutgoingReply
            Of any status: what a 4xx means is for the caller to say.

        Raises
        ------
        BadAddressError, PrivateAddressError, UnreachableError
            The address is none, is not allowed, or does not answer.
        TooLargeReplyError, TooManyRedirectsError
            A limit was met.
        """
        with self.stream(method, url, headers=headers, content=content) as (head, blocks):
            body = b"".join(blocks)
        return OutgoingReply(head.url, head.status, body, head.headers)

    @contextmanager
    def stream(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> Iterator[tuple[OutgoingReply, Iterator[bytes]]]:
        """Send one request and read the reply block by block, under the same limits.

        Yields
        ------
        OutgoingReply, iterator of bytes
            The head with an empty body, and the blocks of the body.

        Raises
        ------
        OutgoingError
            As `send`.
        """
        until = time.monotonic() + self.limits.total_seconds
        named = {"user-agent": "huiyin", **{k.lower(): v for k, v in (headers or {}).items()}}
        for _ in range(self.limits.maximum_redirects + 1):
            with self._exchange(method, url, named, content) as response:
                head = _head(url, response)
                onward = head.headers.get("location") if head.status in REDIRECTS else None
                if onward is None:
                    yield head, self._blocks(url, response, until)
                    return
            if head.status not in _KEEP_METHOD:
                method, content = "GET", None
            url, named = _onward(url, onward, named)
        raise TooManyRedirectsError(_host(url))

    @contextmanager
    def _exchange(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None
    ) -> Iterator[httpcore.Response]:
        import httpcore

        host = _host(url)
        seconds = self.limits.timeout_seconds
        waits = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
        fields = [(k.encode(), v.encode()) for k, v in headers.items()]
        with self._pool() as pool:
            try:
                with pool.stream(
                    method, url, headers=fields, content=content, extensions={"timeout": waits}
                ) as response:
                    yield response
            except httpcore.TimeoutException as fault:
                raise UnreachableError(host, _TOO_SLOW) from fault
            except (httpcore.NetworkError, httpcore.ProtocolError) as fault:
                raise UnreachableError(host, _reason(fault)) from fault
            except httpcore.UnsupportedProtocol as fault:
                raise BadAddressError(url) from fault

    def _pool(self) -> httpcore.ConnectionPool:
        import httpcore

        context = self._context or system_context()
        backend = _checked_backend(self.limits, self._resolve)
        return httpcore.ConnectionPool(ssl_context=context, network_backend=backend)

    def _blocks(self, url: str, response: httpcore.Response, until: float) -> Iterator[bytes]:
        n_bytes = 0
        for block in response.iter_stream():
            n_bytes += len(block)
            if n_bytes > self.limits.maximum_bytes:
                raise TooLargeReplyError(_host(url), self.limits.maximum_bytes)
            if time.monotonic() > until:
                raise UnreachableError(_host(url), _TOO_SLOW)
            yield block


def with_query(url: str, query: Mapping[str, str]) -> str:
    """Add a query to an address.

    Examples
    --------
    >>> with_query("https://example.com/a?x=1", {"名": "值"})
    'https://example.com/a?x=1&%E5%90%8D=%E5%80%BC'
    """
    if not query:
        return url
    mark = "&" if urlsplit(url).query else "?"
    return f"{url}{mark}{urlencode(query)}"


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError as fault:
        raise BadAddressError(url) from fault
    if parts.scheme not in {"http", "https"} or not host:
        raise BadAddressError(url)
    return host


def _onward(url: str, onward: str, headers: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    target = urljoin(url, onward)
    same = urlsplit(target)[:2] == urlsplit(url)[:2]
    kept = {
        name: value
        for name, value in headers.items()
        if (same or name not in _PRIVATE_HEADERS) and not name.startswith("content-")
    }
    return target, kept


def _head(url: str, response: httpcore.Response) -> OutgoingReply:
    headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers}
    return OutgoingReply(url, response.status, b"", headers)


def _reason(fault: Exception) -> Text:
    if "CERTIFICATE_VERIFY_FAILED" in str(fault):
        return Text("证书无法验证", "its certificate cannot be verified")
    return _NO_ANSWER


def system_context() -> ssl.SSLContext:
    """Give the authorities that this machine trusts, and those that come with us."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _checked_backend(limits: OutgoingLimits, resolve: Resolve) -> httpcore.NetworkBackend:
    import httpcore

    plain = httpcore.SyncBackend()

    class CheckedBackend(httpcore.NetworkBackend):
        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Iterable[Any] | None = None,
        ) -> httpcore.NetworkStream:
            addresses = checked_addresses(
                host, port, allow_private=limits.allow_private, resolve=resolve
            )
            for address in addresses[:-1]:
                try:
                    return plain.connect_tcp(address, port, timeout, local_address, socket_options)
                except httpcore.ConnectError:
                    continue
            return plain.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)

    return CheckedBackend()
