"""What a source is: what may be fetched, what was fetched, what can go wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from huiyin.collect.datasets.uploads import KeptFile
from huiyin.collect.refreshes.hosts import Host
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

REFRESH = Text("自动取数", "refresh")
REFRESH_JOB = "refresh_dataset"
FETCH_JOB = "import_from_sql"
REFRESHED = "refresh"
"""Source of an import that a refresh made."""
FETCHED = "sql"
"""Source of an import that was read from a database once."""

Keep = Callable[[str, Iterable[bytes]], KeptFile]
"""A name and the bytes of a file → the file, kept whole."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an administrator allowed.

    Attributes
    ----------
    folders : tuple of Path
        Absolute.
    hosts : tuple of Host
    private : bool
        Addresses of private networks too.
    own : Path
        The data folder of the installation: never a source.
    """

    folders: tuple[Path, ...]
    hosts: tuple[Host, ...]
    private: bool
    own: Path

    def host(self, name: str, port: int) -> bool:
        """Say whether a host may be asked at a port."""
        return any(known.covers(name, port) for known in self.hosts)


@dataclass(frozen=True, slots=True)
class Given:
    """What a person said of a source, looked at: `shown` may be shown again, `secret` never."""

    shown: Mapping[str, Any]
    secret: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """One fetch.

    Attributes
    ----------
    given : Given
    seen : mapping
        What the last good fetch left; empty for the first.
    allowed : Allowed
    zone : str
        The dataset's time zone.
    work : Path
        A folder for files that do not last.
    keep : Keep
    """

    given: Given
    seen: Mapping[str, Any]
    allowed: Allowed
    zone: str
    work: Path
    keep: Keep


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch gave: no files where nothing is new."""

    files: tuple[KeptFile, ...]
    seen: Mapping[str, Any]


class Kind(Protocol):
    """A kind of source.

    Attributes
    ----------
    id : str
    title : Text
    """

    id: str
    title: Text

    def checked(self, given: Mapping[str, Any], allowed: Allowed) -> Given:
        """Look at what a person said.

        Raises
        ------
        BadSourceError
            It cannot be used, or is not allowed.
        """
        ...

    def fetch(self, asked: Asked) -> Fetched:
        """Fetch what is new.

        Raises
        ------
        BadSourceError, SourceFailedError, OutgoingError
            It is not allowed any more, or does not answer.
        """
        ...


class BadSourceError(BadInputError):
    """A source cannot be used as it was given, or an administrator has not allowed it."""


class SourceFailedError(BadInputError):
    """The source does not give its rows; the dataset stays as it is."""


def required(given: Mapping[str, Any], key: str, name: Text) -> str:
    """Give one of the fields, not empty.

    Raises
    ------
    BadSourceError
        It is missing.
    """
    found = given.get(key)
    if not isinstance(found, str) or not found.strip() or "\0" in found:
        raise BadSourceError(
            Text("请填写{name}（{key}）。", "Give the {name} ({key}).").format(name=name, key=key)
        )
    return found.strip()


_HOST = Text(
    "“{host}”不在允许取数的主机里。请管理员在“系统设置”的“可以自动取数的主机”（source_hosts）里加上它。",
    "“{host}” is not among the hosts that data may be fetched from: an administrator can add it "
    "to the setting “source_hosts”.",
)


def refuse_other_hosts(host: str, port: int, allowed: Allowed) -> None:
    """Stop where an administrator has not named a host, or named it with another port.

    Raises
    ------
    BadSourceError
    """
    if not allowed.host(host, port):
        shown = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        raise BadSourceError(_HOST.format(host=shown[:100]))
