"""What names a person leaves the rows before they enter the lake.

The customer of each row becomes a surrogate, contact data goes sealed into the store, and what
people wrote is masked. Flags stand already: they are those of the rows as they came.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiyin.app.work.named_rows import NamedRows
from huiyin.codebook.contracts import Codebook
from huiyin.collect.customers.boxes import Boxes
from huiyin.collect.customers.clients import do_link_clients
from huiyin.collect.customers.contracts import CUSTOMER_COLUMN, CUSTOMERS_LEASE
from huiyin.collect.customers.enrolling import Enroller
from huiyin.collect.customers.fields import Given, Keeper
from huiyin.collect.customers.identities import (
    PEOPLE_TOGETHER,
    Identities,
    find_identities,
)
from huiyin.collect.customers.keys import blind_indexer
from huiyin.collect.identity import IMPORT_COLUMN, RESPONSE_COLUMN
from huiyin.core.masking import mask_contacts
from huiyin.engine.contracts import Snapshot
from huiyin.engine.startup import import_ibis

if TYPE_CHECKING:
    import pyarrow as pa

    from huiyin.engine.duck import Engine
    from huiyin.store.jobs.worker import JobContext
    from huiyin.store.tables import Dataset
    from huiyin.web.system import System


@dataclass(frozen=True, slots=True)
class People:
    """Who gave the rows.

    Attributes
    ----------
    owners : ibis.Table or None
        Each key of a row, and the surrogate of its ``owner``; None where no column names anybody.
    wait_until_kept : callable
        Gives back once all of them are kept in the store; raises what stopped that.
    """

    owners: Any
    wait_until_kept: Callable[[], None]


@dataclass(frozen=True)
class Protection:
    """Takes what names a person out of the rows of one dataset.

    Attributes
    ----------
    system : System
    context : JobContext
    engine : Engine
    dataset : Dataset
    folder : Path
        A work folder.
    """

    system: System
    context: JobContext
    engine: Engine
    dataset: Dataset
    folder: Path

    @contextmanager
    def people(self, typed: Path, book: Codebook, settled: Sequence[Path]) -> Iterator[People]:
        """Find who gave each row; their fields are kept while the block works on the rows.

        Parameters
        ----------
        typed : Path
            The typed rows of the dataset.
        book : Codebook
        settled : sequence of Path
            Rows of the lake that were made by this codebook. Of a row that is there already, from
            the same import, the customer is known and the fields are kept.

        Yields
        ------
        People
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        rows = NamedRows.of(self.engine.read_parquet([typed]), book)
        if not rows.fields:
            yield People(None, _nobody_waits)
            return
        keyed_path = self.folder / "keyed.parquet"
        self.engine.write_parquet(rows.keyed(), keyed_path)
        keyed = self.engine.read_parquet([keyed_path])
        known = self._settled(keyed, settled)
        if known is not None:
            keyed = keyed.anti_join(known, [RESPONSE_COLUMN, IMPORT_COLUMN])
        over = threading.Event()
        with ExitStack() as stack:
            stack.enter_context(self.system.leases.held(CUSTOMERS_LEASE))
            owners, work = self._planned(keyed, rows, over)
            if known is not None:
                both = import_ibis().union(
                    owners.select("key", "owner"), known.select("key", "owner")
                )
                owners = both.group_by("key").agg(owner=both.owner.max())
            with ThreadPoolExecutor(1) as pool:
                task = pool.submit(_done_with, stack.pop_all(), work)
                try:
                    yield People(owners, task.result)
                except BaseException:
                    over.set()
                    raise
                task.result()

    def _settled(self, keyed: Any, files: Sequence[Path]) -> Any:
        """Plan the keyed rows that are in the lake as they are, with their customers."""
        if not files:
            return None
        lake = self.engine.read_parquet(files)
        if CUSTOMER_COLUMN not in lake.columns:
            return None
        there = lake.select(RESPONSE_COLUMN, IMPORT_COLUMN, owner=CUSTOMER_COLUMN)
        met = keyed.select(RESPONSE_COLUMN, IMPORT_COLUMN, "key").join(
            there.filter(there.owner.notnull()), [RESPONSE_COLUMN, IMPORT_COLUMN]
        )
        path = self.folder / "settled.parquet"
        self.engine.write_parquet(met, path)
        return self.engine.read_parquet([path])

    def protect(self, snapshot: Snapshot, owners: Any) -> Snapshot:
        """Give the same rows with surrogates, without contact data, with masked text.

        Parameters
        ----------
        snapshot : Snapshot
            Typed and flagged.
        owners : ibis.Table or None
            Of `People`.
        """
        rows = NamedRows.of(self.engine.open(snapshot.files, snapshot.view), snapshot.codebook)
        path = self.folder / "protected.parquet"
        self.engine.write_parquet(self._without_names(rows, owners), path)
        return replace(snapshot, files=(path,), view=None)

    def _planned(
        self, keyed: Any, rows: NamedRows, over: threading.Event
    ) -> tuple[Any, Callable[[], None]]:
        """Find who is who, and give with it what writes it down: it asks the engine no more."""
        found = self._identities(keyed, rows)
        owners, keys = self.engine.from_arrow(found.owners), found.keys
        del found  # a million of them weigh
        people = keyed.join(owners, "key").rename(customer="owner").drop("key")
        given = self.engine.run(rows.latest(people).order_by("customer"))
        linked = None
        if rows.account is not None:
            linked = self.engine.run(rows.latest_account(people))

        def work() -> None:
            self._keep_fields(keys, rows, given, over)
            if linked is not None and not over.is_set():
                self._link_clients(linked)

        return owners, work

    def _identities(self, keyed: Any, rows: NamedRows) -> Identities:
        words: list[Any] = self.engine.run(keyed.select("key").distinct()).column(0).to_pylist()
        also = [(row["known"], row["first"]) for row in self._named_beside(keyed, rows)]
        with self.system.database.reading() as session:
            return find_identities(session, self._blind, words, also)

    def _named_beside(self, keyed: Any, rows: NamedRows) -> list[dict[str, str]]:
        """Give what stands beside one key only: a telephone, and the number that it is with."""
        ibis = import_ibis()
        sides = [
            keyed.filter(keyed[name].notnull() & (keyed[name] != keyed.key)).select(
                known=name, key="key"
            )
            for name in rows.known_names
        ]
        if not sides:
            return []
        together = ibis.union(*sides) if len(sides) > 1 else sides[0]
        told = together.group_by("known").agg(first=together.key.min(), last=together.key.max())
        sure = told.filter(told["first"] == told["last"]).select("known", "first")
        found: list[dict[str, str]] = self.engine.run(sure.order_by("known")).to_pylist()
        return found

    def _keep_fields(
        self, keys: pa.Table, rows: NamedRows, given: pa.Table, over: threading.Event
    ) -> None:
        enroller = Enroller(keys, Keeper(self.dataset, self._boxes, self._blind))
        for batch in given.to_batches(max_chunksize=PEOPLE_TOGETHER):
            if over.is_set() or not batch.num_rows:
                return
            self.context.check_cancelled()
            with self.context.uow() as work:
                enroller.do_enrol(work, _given(batch, rows))

    def _link_clients(self, latest: pa.Table) -> None:
        """Put each customer under the client that their newest row names."""
        for batch in latest.to_batches(max_chunksize=PEOPLE_TOGETHER):
            plain = batch.to_pydict()
            with self.context.uow() as work:
                do_link_clients(work, dict(zip(plain["customer"], plain["account"], strict=True)))

    def _without_names(self, rows: NamedRows, owners: Any) -> Any:
        """Plan the rows with surrogates, without contact data, with masked text."""
        ibis = import_ibis()
        table = rows.table
        if owners is not None:
            aside = owners.select(person_key="key", person="owner")
            table = table.mutate(_key=rows.key)
            table = table.left_join(aside, table["_key"] == aside.person_key)
        masks = self._masks(rows)
        for name in rows.texts if masks is not None else ():
            table = _with_masks(table, name, masks)
        surrogate = ibis.null("string") if owners is None else table.person
        changed = {name: rows.without_own_names(table, table[name]) for name in rows.texts}
        changed[CUSTOMER_COLUMN] = surrogate
        if rows.customer is not None:
            changed[rows.customer] = table[rows.customer].isnull().ifelse(None, surrogate)
        kept = [name for name in rows.table.columns if name not in {*rows.contacts, *changed}]
        return table.select(*kept, **changed)

    def _masks(self, rows: NamedRows) -> Any:
        """Give what people wrote and what of it may be shown, where the two differ; else None."""
        import pyarrow as pa

        said = rows.risky_texts()
        found: list[Any] = [] if said is None else self.engine.run(said).column(0).to_pylist()
        shown = [mask_contacts(words) for words in found]
        pairs = [(one, other) for one, other in zip(found, shown, strict=True) if one != other]
        if not pairs:
            return None
        kinds = pa.schema([("said", pa.string()), ("shown", pa.string())])
        columns: dict[str, list[Any]] = {
            "said": [p[0] for p in pairs],
            "shown": [p[1] for p in pairs],
        }
        return self.engine.from_arrow(pa.table(columns, kinds))

    @cached_property
    def _boxes(self) -> Boxes:
        return Boxes(self.system.key)

    @cached_property
    def _blind(self) -> Callable[[str], bytes]:
        return blind_indexer(self.system.key)


def _nobody_waits() -> None:
    """Give back at once: there is nobody to be kept."""


def _done_with(held: ExitStack, work: Callable[[], None]) -> None:
    """Work, and give up what is held afterwards."""
    with held:
        work()


def _given(batch: pa.RecordBatch, rows: NamedRows) -> Given:
    plain = batch.to_pydict()
    return Given(
        plain["customer"],
        plain["is_new"],
        {name: plain[f"value_{i}"] for i, name in enumerate(rows.fields)},
        {name: plain[f"known_{i}"] for i, name in enumerate(rows.fields)},
    )


def _with_masks(table: Any, name: str, masks: Any) -> Any:
    """Put the masked wording of one column in its place."""
    aside = masks.view()
    joined = table.left_join(aside, table[name] == aside.said)
    words = joined.shown.coalesce(joined[name])
    return joined.select(**{c: words if c == name else joined[c] for c in table.columns})
