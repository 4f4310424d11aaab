"""Builds the running system from the settings: for the server, the worker and the commands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from huiyin.app.settings import Settings
from huiyin.core.errors import HuiyinError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from huiyin.store.jobs.worker import Handler, Worker
    from huiyin.web.system import System


def build_system(settings: Settings) -> System:
    """Open the store and the folders of an installation, brought to this version."""
    from huiyin import __version__
    from huiyin.app.builds import forget_other_builds, this_build
    from huiyin.app.held_key import held_key
    from huiyin.app.restoring import settle_restore
    from huiyin.store.database import Database
    from huiyin.store.folders import Folders
    from huiyin.web.system import QUERY_SECONDS, System

    folders = Folders(settings.data.absolute())
    url = settings.database_url
    database = Database(url) if url else Database.in_folder(folders.root)
    database.migrate()
    try:
        key = held_key(database, settings.key_file)
    except HuiyinError:
        database.close()
        raise
    system = System(
        database=database,
        folders=folders,
        key=key,
        version=__version__,
        memory=settings.memory,
        threads=settings.threads,
        query_seconds=settings.query_seconds or QUERY_SECONDS,
        answers_ahead=settings.answers_ahead,
    )
    settle_restore(system)
    forget_other_builds(folders, this_build())
    return system


@contextmanager
def opened_system(settings: Settings) -> Iterator[System]:
    """Open the system for a command, and close it."""
    system = build_system(settings)
    try:
        yield system
    finally:
        system.database.close()


def web_application() -> FastAPI:
    """Build the application of one web process from the environment; uvicorn calls it.

    It takes requests when it can answer them at once: the engine is warm.
    """
    from huiyin.app.garbage import collect_garbage_seldom
    from huiyin.app.reused_memory import reuse_memory
    from huiyin.app.warming import warm_up
    from huiyin.web.application import build_application
    from huiyin.web.logs import set_up_logs

    set_up_logs()
    reuse_memory()
    system = build_system(Settings.from_environment())
    warm_up(system)
    application = build_application(system)
    collect_garbage_seldom()
    return application


def all_handlers(system: System) -> dict[str, Handler]:
    """Give what does each kind of job."""
    from huiyin.app.work.deleting import delete_dataset
    from huiyin.app.work.erasing import erase_customer
    from huiyin.app.work.foreseeing import foresee
    from huiyin.app.work.housekeeping import (
        TIDY_FILES_JOB,
        TIDY_LAKE_JOB,
        hand_on_answers,
        tidy_files,
        tidy_lake,
    )
    from huiyin.app.work.linking import build_model_job
    from huiyin.app.work.loading import load_import, rebuild_dataset
    from huiyin.app.work.merging import merge_pushed_imports
    from huiyin.app.work.refreshing import import_from_sql, refresh_dataset
    from huiyin.app.work.reporting import (
        STANDING_REPORT_JOB,
        make_report,
        make_standing_report,
    )
    from huiyin.app.work.retaining import keep_retention
    from huiyin.app.work.returning import read_bounces
    from huiyin.app.work.rolling_back import roll_back_dataset
    from huiyin.app.work.sending import plan_mailing, send_mailing
    from huiyin.app.work.settling import SETTLE_JOB, settle_answers
    from huiyin.app.work.syncing import sync_pushed_rows
    from huiyin.app.work.understanding import understand_files
    from huiyin.collect.customers.contracts import ERASE_JOB, RETENTION_JOB
    from huiyin.collect.datasets.contracts import (
        LOAD_JOB,
        MERGE_JOB,
        REBUILD_JOB,
        ROLLBACK_JOB,
        SYNC_JOB,
        UNDERSTAND_JOB,
    )
    from huiyin.collect.datasets.removal import DELETE_JOB
    from huiyin.collect.links.contracts import BUILD_JOB
    from huiyin.collect.refreshes.contracts import FETCH_JOB, REFRESH_JOB
    from huiyin.collect.sending.contracts import BOUNCE_JOB, PLAN_JOB, SEND_JOB
    from huiyin.collect.surveys.halves import HAND_ON_JOB
    from huiyin.web.ahead import FORESEE_JOB
    from huiyin.web.reports import REPORT_JOB

    return {
        ERASE_JOB: partial(erase_customer, system),
        DELETE_JOB: partial(delete_dataset, system),
        RETENTION_JOB: partial(keep_retention, system),
        UNDERSTAND_JOB: partial(understand_files, system),
        LOAD_JOB: partial(load_import, system),
        REBUILD_JOB: partial(rebuild_dataset, system),
        ROLLBACK_JOB: partial(roll_back_dataset, system),
        SYNC_JOB: partial(sync_pushed_rows, system),
        BUILD_JOB: partial(build_model_job, system),
        MERGE_JOB: partial(merge_pushed_imports, system),
        SETTLE_JOB: partial(settle_answers, system),
        TIDY_LAKE_JOB: partial(tidy_lake, system),
        TIDY_FILES_JOB: partial(tidy_files, system),
        HAND_ON_JOB: partial(hand_on_answers, system),
        REFRESH_JOB: partial(refresh_dataset, system),
        FETCH_JOB: partial(import_from_sql, system),
        REPORT_JOB: partial(make_report, system),
        PLAN_JOB: partial(plan_mailing, system),
        SEND_JOB: partial(send_mailing, system),
        BOUNCE_JOB: partial(read_bounces, system),
        STANDING_REPORT_JOB: partial(make_standing_report, system),
        FORESEE_JOB: partial(foresee, system, last=_last()),
    }


def build_worker(system: System) -> Worker:
    """Build the worker of one process; what nobody waits for comes after all else."""
    from huiyin.app.work.understanding import note_given_up
    from huiyin.collect.datasets.contracts import LOAD_JOB, UNDERSTAND_JOB
    from huiyin.collect.refreshes.contracts import FETCH_JOB
    from huiyin.store.jobs.worker import Worker

    failed = dict.fromkeys((UNDERSTAND_JOB, FETCH_JOB, LOAD_JOB), note_given_up)
    return Worker(system.database, all_handlers(system), system.clock, _last(), failed)


def _last() -> frozenset[str]:
    """Give the kinds of jobs that nobody waits for."""
    from huiyin.app.work.reporting import STANDING_REPORT_JOB
    from huiyin.app.work.settling import SETTLE_JOB
    from huiyin.collect.datasets.contracts import MERGE_JOB
    from huiyin.web.ahead import FORESEE_JOB

    return frozenset({STANDING_REPORT_JOB, FORESEE_JOB, SETTLE_JOB, MERGE_JOB})


def plan_housekeeping(system: System) -> None:
    """Make sure that housekeeping comes back every night; two workers do it once."""
    from huiyin.app.work.housekeeping import do_plan_housekeeping
    from huiyin.store.contracts import Actor, LeaseTakenError
    from huiyin.store.unit_of_work import unit_of_work

    with (
        suppress(LeaseTakenError),
        system.leases.held("housekeeping"),
        unit_of_work(system.database, Actor.system(), clock=system.clock) as work,
    ):
        do_plan_housekeeping(work)


def order_boards_ahead(system: System) -> None:
    """Have boards answered ahead once a server has started: after an update little is kept."""
    from huiyin.store.contracts import Actor
    from huiyin.store.unit_of_work import unit_of_work
    from huiyin.web.ahead import order_all_ahead

    with unit_of_work(system.database, Actor.system(), clock=system.clock) as work:
        order_all_ahead(work, system)
