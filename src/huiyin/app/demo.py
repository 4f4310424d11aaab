"""Fill an empty installation with the sample company and with files of one's own choice."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from huiyin.core.text import Text

if TYPE_CHECKING:
    from huiyin.core.progress import Progress
    from huiyin.store.jobs.worker import Worker
    from huiyin.store.unit_of_work import UnitOfWork
    from huiyin.web.system import System

LOADING = Text("装入“{name}”", "loading “{name}”")
LOGIN_FILE = "demo-login.json"
ADMINISTRATOR = ("demo", Text("演示管理员", "demo administrator"))
MANAGER = ("manager", Text("华东区经理", "manager, East China"))
REGION_COLUMN, REGION = "大区", "华东"
DEMO_ANSWERS = 20_000
RECORD_NAMES = {
    "orders": "订单",
    "deliveries": "配送",
    "invitations": "邀请记录",
    "calls": "通话",
    "tickets": "工单",
    "internal_tickets": "内部工单",
    "internal_steps": "内部工单流转",
    "accounts": "客户单位",
    "renewals": "续约",
    "leads": "商机",
    "lead_steps": "商机跟进",
    "ticket_steps": "工单流转",
    "customers": "客户",
    "units": "组织",
    "staff": "员工",
    "events": "大事记",
    "incidents": "故障",
    "measures": "改进措施",
}
"""What the tables of records are called on a page."""

BENCHMARKS = {
    "零售基准.csv": ("零售行业基准", "门店满意度"),
    "银行基准.csv": ("银行同业基准", "银行开户"),
}
"""Benchmark tables of the sample company: file → name, and the dataset that they are about."""

ACCOUNTS, UNITS = "accounts.parquet", "units.parquet"
CLIENT_COLUMNS = {
    "客户单位": "key",
    "名称": "name",
    "客户等级": "tier",
    "签约日": "contract_from",
    "到期日": "renewal_on",
}
"""What the accounts of the sample company tell of a client."""


@dataclass(frozen=True, slots=True)
class DemoFile:
    """A file to load, its name as a dataset, and the codebook that a person has checked."""

    path: Path
    name: str
    codebook: Path | None = None
    generated: bool = True


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """How to sign in to the demo."""

    login: str
    password: str
    manager: str


def load_demo(
    system: System,
    own: Sequence[DemoFile],
    progress: Progress,
    *,
    answers: int = DEMO_ANSWERS,
    only: Collection[str] | None = None,
) -> DemoLogin:
    """Make people and load every file, unless that was done before.

    Parameters
    ----------
    system : System
        Of an installation that nobody uses yet.
    own : sequence of DemoFile
        Loaded beside the sample company.
    progress : Progress
    answers : int
        Of all surveys of the sample company together.
    only : collection of str, optional
        Names of the tables of the sample company to load; all by default.

    Returns
    -------
    DemoLogin
        Its password is made at random and kept in the data folder, readable by its owner.
    """
    from huiyin.app.demo_calendar import put_into_calendar
    from huiyin.app.wiring import build_worker

    login = _people(system)
    today = system.clock().date()
    worker = build_worker(system)
    with TemporaryDirectory(prefix="sample-", dir=system.folders.work) as folder:
        made = (
            _sample_files(Path(folder), today, answers, progress) if _is_empty(system) else iter(())
        )
        files = [one for one in made if only is None or one.name in only]
        files += own if files else []
        datasets = {}
        for number, file in enumerate(files):
            progress(LOADING.format(name=file.name), number, len(files))
            datasets[file.name] = _load(system, worker, file)
        put_into_calendar(system, Path(folder), datasets)
        _keep_benchmarks(system, Path(folder), datasets)
        told = {file.path.name: file.path for file in files}
        if ACCOUNTS in told:
            _name_clients(system, told[ACCOUNTS])
        if UNITS in told:
            _build_units(system, told[UNITS])
    return login


def _people(system: System) -> DemoLogin:
    from huiyin.people.contracts import Role
    from huiyin.people.staff import StaffFields, do_add_staff
    from huiyin.store.contracts import Actor
    from huiyin.store.tables import RowRule
    from huiyin.store.unit_of_work import unit_of_work

    kept = system.folders.root / LOGIN_FILE
    if kept.exists():
        return DemoLogin(**json.loads(kept.read_text("utf-8")))
    login = DemoLogin(ADMINISTRATOR[0], secrets.token_urlsafe(9), MANAGER[0])
    with unit_of_work(system.database, Actor.system(), clock=system.clock) as work:
        for (name, title), role in ((ADMINISTRATOR, Role.ADMINISTRATOR), (MANAGER, Role.MANAGER)):
            fields = StaffFields(login=name, name=title.say(), role=role)
            staff = do_add_staff(work, fields, login.password)
        work.session.add(RowRule(staff_id=staff.id, column=REGION_COLUMN, values=[REGION]))
    kept.touch(mode=0o600)
    kept.write_text(json.dumps(asdict(login)), "utf-8")
    return login


def _is_empty(system: System) -> bool:
    from sqlalchemy import select

    from huiyin.store.tables import Dataset

    with system.database.reading() as session:
        return session.scalar(select(Dataset.id).limit(1)) is None


def _sample_files(
    folder: Path, today: date, answers: int, progress: Progress
) -> Iterator[DemoFile]:
    from huiyin.sample.contracts import SampleSettings, last_complete_month
    from huiyin.sample.write import write_sample

    made = write_sample(folder, SampleSettings(answers, last_complete_month(today)), progress)
    for table in reversed(made.rows):  # what came last stands first on the page
        name = RECORD_NAMES.get(table, table)
        yield DemoFile(folder / f"{table}.parquet", name, folder / f"{table}.codebook.yaml")


def _load(system: System, worker: Worker, file: DemoFile) -> str:
    from huiyin.collect.datasets.changes import do_start_import
    from huiyin.collect.datasets.contracts import ImportOptions
    from huiyin.collect.datasets.uploads import do_keep_upload, keep_file
    from huiyin.store.contracts import Actor
    from huiyin.store.unit_of_work import unit_of_work

    with file.path.open("rb") as stream:
        chunks = iter(lambda: stream.read(1 << 20), b"")
        kept = keep_file(system.folders, system.key, file.path.name, chunks)
    with unit_of_work(system.database, Actor.system(), clock=system.clock) as work:
        upload = do_keep_upload(work, kept)
        dataset_id = _dataset(work, file)
        do_start_import(work, dataset_id, [upload.id], ImportOptions(), load=True)
    worker.run_until_idle()
    return dataset_id


def _keep_benchmarks(system: System, folder: Path, datasets: Collection[str]) -> None:
    """Keep the benchmark tables of what was loaded."""
    from huiyin.measure.definitions.benchmarks import do_replace_benchmarks
    from huiyin.measure.outside import read_benchmarks
    from huiyin.store.contracts import Actor
    from huiyin.store.unit_of_work import unit_of_work

    with unit_of_work(system.database, Actor.system(), clock=system.clock) as work:
        for file, (name, dataset) in BENCHMARKS.items():
            if dataset in datasets and (folder / file).exists():
                do_replace_benchmarks(work, name, read_benchmarks(folder / file))


def _name_clients(system: System, accounts: Path) -> None:
    """Tell name, tier, contract date and renewal of the clients, as a list of them would."""
    import pyarrow.parquet as pq

    from huiyin.collect.customers.client_changes import (
        Sight,
        do_apply_clients,
        fetch_client_changes,
    )
    from huiyin.collect.customers.client_file import ClientLine
    from huiyin.store.contracts import Actor
    from huiyin.store.unit_of_work import unit_of_work

    rows = pq.read_table(accounts, columns=list(CLIENT_COLUMNS)).to_pylist()
    lines = [
        ClientLine(
            str(number),
            **{CLIENT_COLUMNS[name]: value for name, value in row.items()},
        )
        for number, row in enumerate(rows, start=1)
    ]
    everybody = Sight(None, set)
    with unit_of_work(system.database, Actor.system(), clock=system.clock) as work:
        seen = fetch_client_changes(work.session, system.key, lines, everybody)
        do_apply_clients(work, system.key, lines, everybody, seen.fingerprint)


def _build_units(system: System, table: Path) -> None:
    """Make the organisation of the sample company, and put the manager where they belong."""
    import pyarrow.parquet as pq
    from sqlalchemy import select

    from huiyin.people.contracts import Role
    from huiyin.people.staff import StaffFields, do_change_staff
    from huiyin.people.units import UnitFields, do_add_unit
    from huiyin.store.contracts import Actor
    from huiyin.store.tables import Staff
    from huiyin.store.unit_of_work import unit_of_work

    ids: dict[str | None, str | None] = {None: None}
    with unit_of_work(system.database, Actor.system(), clock=system.clock) as work:
        for row in pq.read_table(table, columns=["单位", "上级"]).to_pylist():
            fields = UnitFields(row["单位"], ids[row["上级"]])
            ids[row["单位"]] = do_add_unit(work, fields).id
        manager = work.session.scalars(select(Staff).where(Staff.login == MANAGER[0])).one()
        placed = StaffFields(
            login=manager.login, name=manager.name, role=Role.MANAGER, unit_id=ids[REGION]
        )
        do_change_staff(work, manager.id, placed, manager.revision)


def _dataset(work: UnitOfWork, file: DemoFile) -> str:
    from huiyin.codebook.files import load_codebook
    from huiyin.collect.datasets.changes import do_create_dataset, do_save_codebook

    dataset = do_create_dataset(work, file.name, generated=file.generated)
    if file.codebook is not None:
        book = load_codebook(file.codebook)
        do_save_codebook(work, dataset.id, 0, book, rebuild=False)
    return dataset.id
