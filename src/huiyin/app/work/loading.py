"""Make a new version of a dataset from its imports: typed, identified, flagged, in one commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from huiyin.app.work.coding import code_unshown
from huiyin.app.work.protecting import Protection
from huiyin.app.work.repeats import latest, repeated_ids_note, what_changed
from huiyin.app.work.reporting import order_standing_report
from huiyin.app.work.shrinking import drop_unshown, empty_results
from huiyin.app.work.understanding import (
    Order,
    begin_anew,
    failing,
    fetch_order,
    fitted,
    staged_rows,
)
from huiyin.clean.contracts import Ledger
from huiyin.clean.grade import grade_dataset, grade_json
from huiyin.clean.ledger import ledger_to_plain
from huiyin.clean.run import clean
from huiyin.codebook.contracts import NEVER_EMPTY_ROLES, Codebook, Role
from huiyin.collect.customers.erasures import (
    ErasedMeanwhileError,
    erasures_seen,
    refuse_after_erasure,
)
from huiyin.collect.datasets.changes import (
    Counts,
    do_finish_import,
    do_publish_version,
    imports_of_version,
)
from huiyin.collect.datasets.contracts import DATASET, MERGED, ImportMode, ImportStatus
from huiyin.collect.datasets.reading import fetch_codebook, fetch_version
from huiyin.collect.datasets.staged import StagedRows
from huiyin.collect.identity import FIRST_COLUMN, IMPORT_COLUMN, identified
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text
from huiyin.engine.contracts import (
    ROW_COLUMN,
    SOURCE_COLUMN,
    Snapshot,
    TypedFacts,
)
from huiyin.engine.startup import import_ibis
from huiyin.engine.typed import write_typed
from huiyin.lake.contracts import Batch, VersionGoneError
from huiyin.store.tables import Dataset, DatasetVersion, Import

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine
    from huiyin.lake.writer import Writer
    from huiyin.store.jobs.worker import JobContext
    from huiyin.web.system import System

TYPING = Text("整理每一行", "reading every row")
CLEANING = Text("检查答卷质量", "checking the answers")
PROTECTING = Text("保护个人信息", "protecting personal data")
KEEPING = Text("写入数据集", "writing the dataset")
CODING = Text("为提问备好各列", "getting the columns ready for questions")
STEPS = 6


@dataclass(frozen=True, slots=True)
class Built:
    """A version that may be written; it may be committed once its customers are kept."""

    snapshot: Snapshot
    ledger: Ledger
    imports: tuple[str, ...]
    counts: Counts
    notes: tuple[Text, ...]
    wait_until_kept: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Part:
    """The typed rows of one import."""

    order: Order
    typed: TypedFacts
    sources: tuple[str, ...]
    table: Any
    notes: tuple[Text, ...]


def load_import(system: System, context: JobContext) -> dict[str, Any]:
    """Add an import to its dataset, or put it in the place of all rows."""
    import_id = context.payload["import_id"]
    begin_anew(context, import_id, ImportStatus.LOADING)
    with failing(context, import_id):
        return load_rows(system, context, import_id)


def load_rows(system: System, context: JobContext, import_id: str) -> dict[str, Any]:
    """Make the version that holds an import too; an import that is done stays as it is."""
    order = fetch_order(context, import_id)
    with system.lake.writer(order.dataset_id, system.leases) as writer:
        with context.uow() as work:
            made = work.session.get_one(Import, import_id)
            if made.status == ImportStatus.DONE:
                return {"import_id": import_id, "version": made.version}
            dataset = work.get(Dataset, order.dataset_id, DATASET)
            earlier = imports_of_version(work, dataset.id, dataset.current_version)
            kept = [] if order.mode == ImportMode.REPLACE else [one.id for one in earlier]
        maker = Maker(system, context, dataset, writer)
        version = maker.make([*kept, import_id], finishing=import_id)
    return {"import_id": import_id, "dataset_id": order.dataset_id, "version": version}


def rebuild_dataset(system: System, context: JobContext) -> dict[str, Any]:
    """Read all rows of a dataset anew, by its newest codebook."""
    dataset_id = context.payload["dataset_id"]
    with system.lake.writer(dataset_id, system.leases) as writer:
        with context.uow() as work:
            dataset = work.get(Dataset, dataset_id, DATASET)
            imports = imports_of_version(work, dataset_id, dataset.current_version)
        maker = Maker(system, context, dataset, writer)
        version = maker.make([one.id for one in imports], finishing=None)
    return {"dataset_id": dataset_id, "version": version}


def _version_row(
    dataset_id: str, number: int, codebook_version: int, built: Built, *, reason: str
) -> DatasetVersion:
    return DatasetVersion(
        dataset_id=dataset_id,
        version=number,
        codebook_version=codebook_version,
        imports=list(built.imports),
        reason=reason,
        n_rows=built.snapshot.n_rows,
        snapshot_id=built.snapshot.id,
        legend=[asdict(flag) for flag in built.snapshot.legend],
        ledger=ledger_to_plain(built.ledger),
        sources=list(built.snapshot.sources),
        profile=built.snapshot.codebook.profile,
        grade=grade_json(grade_dataset(built.ledger, n_doubts=len(built.snapshot.codebook.doubts))),
    )


class MergeRefusedError(BadInputError):
    """Imports put together would not give the same rows: they stay as they are."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "合并小批导入后行数不同，没有合并；数据没有改动。",
                "Merging the small imports would give other rows; nothing was changed.",
            )
        )


@dataclass(frozen=True, slots=True)
class Merged:
    """What a version of merged imports must be: these imports, so many rows."""

    imports: tuple[str, ...]
    n_rows: int


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes a version of one dataset."""

    system: System
    context: JobContext
    dataset: Dataset
    writer: Writer

    def make(
        self, imports: Sequence[str], *, finishing: str | None, merged: Merged | None = None
    ) -> int:
        """Build, write to the lake in one commit, and let readers see it.

        Raises
        ------
        MergeRefusedError
            Merged imports give other rows than before; nothing was written.
        ErasedMeanwhileError
            A customer was erased since it began: it must begin anew.
        """
        with self.context.uow() as work:
            book = fetch_codebook(work.session, self.dataset.id)
            erased = erasures_seen(work.session)
        settled = self._settled(book.version)
        with (
            TemporaryDirectory(prefix="load-", dir=self.system.folders.work) as folder,
            self.system.engine() as engine,
        ):
            building = _Building(self, engine, book.codebook, Path(folder), settled)
            with building.built(imports) as built:
                if merged is not None and built.snapshot.n_rows != merged.n_rows:
                    raise MergeRefusedError
                self.context.progress(KEEPING, 4, STEPS)
                number = self.writer.replace(
                    built.snapshot.files,
                    batch=Batch.whole(f"job:{self.context.job_id}"),
                    metadata={"imports": str(len(imports))},
                    before_commit=built.wait_until_kept,
                )
        reason = "import" if finishing else MERGED if merged else "rebuild"
        row = _version_row(self.dataset.id, number, book.version, built, reason=reason)
        self.context.progress(CODING, 5, STEPS)
        code_unshown(self.system, self.context, row)
        try:
            with self.context.uow() as work:
                row.created_at, row.created_by = work.now, work.actor.name
                refuse_after_erasure(work, [self.dataset.id], erased)
                do_publish_version(work, row, after=self.dataset.current_version)
                order_standing_report(work, self.dataset.id)
                for one in merged.imports if merged else ():
                    do_finish_import(work, one, number, (0, 0, 0))
                if finishing is not None:
                    do_finish_import(work, finishing, number, built.counts, built.notes)
        except ErasedMeanwhileError:
            empty_results(self.system)  # the columns just coded may hold who was erased
            raise
        drop_unshown(self.writer, self.context, self.dataset.id)
        return number

    def _settled(self, codebook_version: int) -> tuple[Path, ...]:
        """Give the files of the version that readers see, where this codebook made it.

        Who gave the rows in it is known: only of other rows it must be found out.
        """
        with self.context.uow() as work:
            current = work.session.get_one(Dataset, self.dataset.id).current_version
            if current is None:
                return ()
            version = fetch_version(work.session, self.dataset.id, current)
        if version.codebook_version != codebook_version:
            return ()
        with suppress(VersionGoneError):  # an erasure was stopped before readers saw its end
            return self.system.lake.snapshot(self.dataset.id, current).files
        return ()


@dataclass(frozen=True, slots=True)
class _Building:
    """Builds the files of one version in a work folder."""

    maker: Maker
    engine: Engine
    book: Codebook
    folder: Path
    settled: tuple[Path, ...]

    @property
    def dataset(self) -> Dataset:
        """The dataset that the version is of."""
        return self.maker.dataset

    @contextmanager
    def built(self, imports: Sequence[str]) -> Iterator[Built]:
        """Type the rows of every import, let later ones win, flag the whole.

        In the block the customers of the rows are still being written.
        """
        context = self.maker.context
        context.progress(TYPING, 0, STEPS)
        parts = self._parts(imports)
        path, counts = self._together(parts)
        context.progress(CLEANING, 2, STEPS)
        n_rows = self.engine.run(self.engine.read_parquet([path]).count()).column(0)[0].as_py()
        marks = tuple(dict.fromkeys(mark for part in parts for mark in part.typed.marks))
        typed = TypedFacts((path,), n_rows, marks=marks, zone=self.dataset.zone)
        sources = tuple(name for part in parts for name in part.sources)
        protection = Protection(
            self.maker.system, context, self.engine, self.dataset, self.folder / "protected"
        )
        with protection.people(path, self.book, self.settled) as people:
            snapshot, ledger = clean(
                self.engine, typed, self.book, self.folder / "clean", sources=sources, as_view=True
            )
            context.progress(PROTECTING, 3, STEPS)
            protected = protection.protect(snapshot, people.owners)
            notes = parts[-1].notes
            yield Built(protected, ledger, tuple(imports), counts, notes, people.wait_until_kept)

    def _parts(self, imports: Sequence[str]) -> list[_Part]:
        """Type the rows of each import; what no import has stands empty in the first.

        A question that nobody has answered yet is asked all the same: a report reads its column.
        """
        orders = [fetch_order(self.maker.context, one) for one in imports]
        staged = [
            staged_rows(self.maker.system, order, self.folder / f"staged-{number}")
            for number, order in enumerate(orders)
        ]
        had = {name for one in staged for name in one.columns}
        lacking = [
            c.name for c in self.book if c.role not in NEVER_EMPTY_ROLES and c.name not in had
        ]
        if lacking:
            staged[0] = _with_empty(staged[0], lacking, self.folder / "lacking.parquet")
        return [self._part(order, staged[number], number) for number, order in enumerate(orders)]

    def _part(self, order: Order, staged: StagedRows, number: int) -> _Part:
        self.maker.context.check_cancelled()
        named = self.book.first(Role.ID)
        # Rows with ids of their own are read once from here on: nothing is written in between.
        typed = write_typed(
            self.engine,
            staged.files,
            fitted(self.book, staged.columns),
            self.folder / f"part-{number}",
            zone=self.dataset.zone,
            as_view=named is not None,
        )
        rows = self._identified(typed, order)
        notes = repeated_ids_note(self.engine, rows, named.name) if named is not None else ()
        return _Part(order, typed, staged.sources, rows, notes)

    def _identified(self, typed: TypedFacts, order: Order) -> Any:
        ibis = import_ibis()
        table = self.engine.open(typed.files, typed.view)
        own = self.book.first(Role.ID)
        native = own.name if own is not None and own.name in table.columns else None
        rows = identified(
            self.engine, table, self.dataset.id, source=self.book.profile, native=native
        )
        return rows.mutate(**{IMPORT_COLUMN: ibis.literal(order.import_id)})

    def _together(self, parts: Sequence[_Part]) -> tuple[Path, Counts]:
        """Write the rows of all parts as one; of one identity the latest stays."""
        files, offset = [], 0
        for number, part in enumerate(parts):
            moved = part.table.mutate(
                **{SOURCE_COLUMN: (part.table[SOURCE_COLUMN] + offset).cast("int32")}
            )
            if len(parts) == 1 and FIRST_COLUMN in moved.columns:
                moved = moved.drop(FIRST_COLUMN)
            path = self.folder / f"identified-{number}.parquet"
            self.engine.write_parquet(moved, path)
            files.append(path)
            offset += len(part.sources)
        if len(files) == 1:
            return files[0], (parts[0].typed.n_rows, 0, 0)
        path = self.folder / "together.parquet"
        self.engine.write_parquet(latest(self.engine.read_parquet(files)), path)
        return path, what_changed(self.engine, files)


def _with_empty(staged: StagedRows, names: Sequence[str], path: Path) -> StagedRows:
    """Give staged rows with more columns, that no row has a value in: a file without rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    words: dict[str, Any] = dict.fromkeys(names, pa.string())
    fields = words | {ROW_COLUMN: pa.int64(), SOURCE_COLUMN: pa.int32()}
    pq.write_table(pa.schema(fields).empty_table(), path)
    return replace(staged, files=(*staged.files, path), columns=(*staged.columns, *names))
