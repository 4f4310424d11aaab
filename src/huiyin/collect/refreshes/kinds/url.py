"""A file at an address: fetched through the guarded client, and only where it has changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from huiyin.collect.files.detect import TABLE_SUFFIXES
from huiyin.collect.refreshes.contracts import (
    Allowed,
    Asked,
    BadSourceError,
    Fetched,
    Given,
    SourceFailedError,
    refuse_other_hosts,
    required,
)
from huiyin.connectors.contracts import MEGABYTE, OutgoingLimits, OutgoingReply, without_secrets
from huiyin.connectors.outgoing import Outgoing
from huiyin.core.text import Text

MOST_BYTES = 512 * MEGABYTE
TOTAL_SECONDS = 600.0
_NOT_MODIFIED = 304
_ENDINGS = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.apache.parquet": ".parquet",
    "text/html": ".html",
}
_PORTS = {"https": 443, "http": 80}
_ADDRESS = Text("网址", "address")
_NOT_HTTPS = Text(
    "网址要以 https:// 开头；内网的 http:// 需要管理员允许内网地址。",
    "The address must begin with https://; http:// is for private networks, where an administrator "
    "allowed those.",
)
_STATUS = Text(
    "“{address}”返回 {status}，没有给出文件。请检查网址和授权。",
    "“{address}” answered {status} and gave no file: check address and authorisation.",
)


class UrlKind:
    """A file at an address. Query and authorisation may hold secrets: both are sealed."""

    id = "url"
    title = Text("网址", "a web address")

    def checked(self, given: Mapping[str, Any], allowed: Allowed) -> Given:
        """Look at the address."""
        url = required(given, "url", _ADDRESS)
        _look_at(url, allowed)
        secret = {"url": url}
        if given.get("authorization"):
            secret["authorization"] = required(given, "authorization", Text("授权", "header"))
        return Given({"url": without_secrets(url)}, secret)

    def fetch(self, asked: Asked) -> Fetched:
        """Fetch the file, unless it is the one that was seen."""
        secret, allowed = asked.given.secret, asked.allowed
        _look_at(secret["url"], allowed)
        limits = OutgoingLimits(
            allow_private=allowed.private, total_seconds=TOTAL_SECONDS, maximum_bytes=MOST_BYTES
        )
        headers = _conditions(asked.seen)
        if "authorization" in secret:
            headers["authorization"] = secret["authorization"]
        with Outgoing(limits).stream("GET", secret["url"], headers=headers) as (head, blocks):
            if head.status == _NOT_MODIFIED:
                return Fetched((), asked.seen)
            _look_at(head.url, allowed)
            if not head.good:
                shown = without_secrets(secret["url"])
                raise SourceFailedError(_STATUS.format(address=shown, status=head.status))
            file = asked.keep(file_name(head), blocks)
        seen = {
            "sha256": file.sha256,
            "etag": head.headers.get("etag"),
            "last_modified": head.headers.get("last-modified"),
        }
        return Fetched(() if asked.seen.get("sha256") == file.sha256 else (file,), seen)


KIND = UrlKind()


def file_name(head: OutgoingReply) -> str:
    """Give a name for the file: that of the path, with an ending that says what it is."""
    last = PurePosixPath(unquote(urlsplit(head.url).path)).name or "data"
    if PurePosixPath(last.lower().removesuffix(".gz")).suffix in TABLE_SUFFIXES:
        return last
    kind = head.headers.get("content-type", "").partition(";")[0].strip().lower()
    return last + _ENDINGS.get(kind, ".csv")


def _look_at(url: str, allowed: Allowed) -> None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as fault:
        raise BadSourceError(_NOT_HTTPS) from fault
    schemes = {"https", "http"} if allowed.private else {"https"}
    if parts.scheme not in schemes or not host:
        raise BadSourceError(_NOT_HTTPS)
    refuse_other_hosts(host, port or _PORTS[parts.scheme], allowed)


def _conditions(seen: Mapping[str, Any]) -> dict[str, str]:
    known = {"if-none-match": seen.get("etag"), "if-modified-since": seen.get("last_modified")}
    return {name: value for name, value in known.items() if value}
