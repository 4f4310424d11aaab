"""What a running server holds; built in `app`, found by routes as ``request.app.state.system``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fastapi import Request

from huiyin.core.clock import Clock, system_clock
from huiyin.store.database import Database


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things lie below the data folder."""

    data: Path

    def of(self, name: str) -> Path:
        """Give a folder below the data folder, made if it is not there."""
        folder = self.data / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


@dataclass(frozen=True, slots=True)
class System:
    """The parts that routes use.

    Attributes
    ----------
    database : Database
    folders : Folders
    key : bytes
        The installation's key, 32 bytes: seals what must not be read from a stolen database.
    clock : Clock
    version : str
    """

    database: Database
    folders: Folders
    key: bytes
    clock: Clock = system_clock
    version: str = ""


def system_of(request: Request) -> System:
    """Give the system of a request; a dependency."""
    system: System = request.app.state.system
    return system
