"""Code the columns of a version: what every question of it stands on, found before one is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from huiyin.core.errors import HuiyinError
from huiyin.measure.cubes.drawing import code_columns
from huiyin.measure.dataset import Dataset as Measured
from huiyin.web.corridors import View, everybodys_view

if TYPE_CHECKING:
    from huiyin.store.jobs.worker import JobContext
    from huiyin.store.tables import DatasetVersion
    from huiyin.web.system import System

log = structlog.get_logger()


def code_unshown(system: System, context: JobContext, version: DatasetVersion) -> None:
    """Code the columns of a version before readers see it: nobody's first question waits for it.

    Where it cannot be done the version is shown all the same: questions code what they need, and
    the report that is ordered with it says what ails.

    Parameters
    ----------
    system : System
    context : JobContext
    version : DatasetVersion
        It lies in the lake.
    """
    with context.uow() as work:
        view = everybodys_view(work.session, system, version.dataset_id, version)
    try:
        code_view(system, view)
    except (HuiyinError, OSError) as fault:  # an erasure may empty the folder meanwhile
        log.warning("columns_not_coded", dataset=version.dataset_id, kind=type(fault).__name__)


def code_view(system: System, view: View) -> None:
    """Code the columns of what somebody sees; those that are coded already cost nothing.

    Raises
    ------
    EngineError
        As for `Engine.run`.
    """
    cube = system.cubes.of(view.snapshot)
    with system.engine() as engine:
        code_columns(Measured(engine, view.snapshot, cube=cube), view.rules)
