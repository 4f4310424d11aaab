"""What a running server holds; built in `app`, found by routes as ``request.app.state.system``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from fastapi import Request

from huiyin.core.clock import Clock, system_clock
from huiyin.engine.contracts import Limits
from huiyin.lake.held import HeldFiles
from huiyin.measure.cubes.cube import CUBES, Cubes
from huiyin.store.database import Database
from huiyin.store.folders import Folders
from huiyin.store.leases import Leases
from huiyin.web.engines import EnginePool
from huiyin.web.last_seen import LastSeen
from huiyin.web.memory import Memory

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine
    from huiyin.lake.contracts import LakeFiles
    from huiyin.lake.tables import Lake

QUERY_SECONDS = 60.0
"""How long one run of a question may take where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class System:
    """The parts that routes and the worker use.

    Attributes
    ----------
    database : Database
    folders : Folders
    key : bytes
        The installation's key, 32 bytes: seals what must not be read from a stolen database.
    clock : Clock
    version : str
    memory : str
        What one engine may use, say ``2GB``.
    threads : int or None
        Threads of one engine; None leaves it to the engine.
    query_seconds : float
        How long one run of a question may take.
    answers_ahead : bool
        Whether the worker answers boards before somebody opens them.
    engines : EnginePool
        What answers questions.
    files : HeldFiles
        The files of versions of the lake.
    cubes : Cubes
        Columns of datasets coded for quick sums, shared by all processes.
    remembered : Memory
        What requests read again and again.
    last_seen : LastSeen
        Which sessions were used of late.
    """

    database: Database
    folders: Folders
    key: bytes
    clock: Clock = system_clock
    version: str = ""
    memory: str = "4GB"
    threads: int | None = None
    query_seconds: float = QUERY_SECONDS
    answers_ahead: bool = False
    engines: EnginePool = field(init=False)
    files: HeldFiles = field(init=False, default_factory=HeldFiles)
    cubes: Cubes = field(init=False)
    remembered: Memory = field(init=False)
    last_seen: LastSeen = field(init=False, default_factory=LastSeen)

    def __post_init__(self) -> None:
        limits = Limits(self.memory, self.threads, self.query_seconds)
        object.__setattr__(self, "engines", EnginePool(limits))
        object.__setattr__(self, "cubes", Cubes(lambda: self.folders.cache / CUBES))
        object.__setattr__(self, "remembered", Memory(self.database))

    @property
    def lake(self) -> Lake:
        """The tables of facts."""
        from huiyin.lake.tables import Lake

        return Lake(self.folders.lake)

    def files_of(self, dataset_id: str, version: int) -> LakeFiles:
        """List the files of a version, as `Lake.snapshot` does; held for requests.

        Raises
        ------
        NoTableError, VersionGoneError
            There is no such version, or an erasure came after it.
        """
        return self.files.of(self.lake.table(dataset_id), version)

    @property
    def leases(self) -> Leases:
        """Who may write a table of the lake."""
        return Leases(self.database, self.clock)

    @contextmanager
    def engine(self, *, seconds: float | None = None) -> Iterator[Engine]:
        """Open an engine for one piece of work; `seconds` limits each of its runs."""
        from huiyin.engine.duck import Engine

        with TemporaryDirectory(prefix="engine-", dir=self.folders.work) as spill:
            limits = Limits(self.memory, self.threads, seconds, Path(spill))
            with Engine(limits) as engine:
                yield engine


def system_of(request: Request) -> System:
    """Give the system of a request."""
    system: System = request.app.state.system
    return system


async def the_system(request: Request) -> System:
    """Give the system of a request; a dependency that needs no thread."""
    return system_of(request)
