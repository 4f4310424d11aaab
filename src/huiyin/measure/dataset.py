"""A snapshot open for reading: its rows, and what is looked up once and kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.codebook.missing import no_column
from huiyin.core.text import Text, listed
from huiyin.engine.contracts import FLAGS_COLUMN, ROW_COLUMN, SOURCE_COLUMN, Snapshot
from huiyin.measure.contracts import Query, QueryError
from huiyin.measure.made.groups import put_groups
from huiyin.measure.row_facts import Fact, RowSet

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine
    from huiyin.measure.cubes.cube import Cube

Kept = TypeVar("Kept")
KINDS = "kinds"
"""Begins the key of a fact: which types the columns have."""


@dataclass(slots=True)
class Dataset:
    """A snapshot and an engine; facts found once are kept as long as it lives.

    `base` is the dataset that `with_facts` was asked of: the data's own rows. With a `cube` what
    it holds is not asked of the engine. `made_by` names the facts that made further columns;
    `make_rows` plans the rows where they are not those of the snapshot's files.
    """

    engine: Engine
    snapshot: Snapshot
    _kept: dict[Hashable, Any] = field(default_factory=dict)
    base: Dataset | None = None
    cube: Cube | None = None
    made_by: tuple[str, ...] = ()
    make_rows: Callable[[], Any] | None = None

    @property
    def codebook(self) -> Codebook:
        """The codebook of the snapshot, with the dimensions that people made."""
        return self.keep("codebook", lambda: self.snapshot.asked_codebook)

    def keep(self, key: Hashable, find: Callable[[], Kept]) -> Kept:
        """Give what is kept under `key`, found by `find` the first time."""
        if key not in self._kept:
            self._kept[key] = find()
        kept: Kept = self._kept[key]
        return kept

    def fact(self, key: Hashable, find: Callable[[], Kept]) -> Kept:
        """Give a plain fact of all rows, as `keep` does; with a cube it outlives this dataset."""
        return self.keep(key, find) if self.cube is None else self.cube.known(key, find)

    def told(self, key: str, find: Callable[[], Kept]) -> Kept:
        """Give a fact as `fact` does; plain numbers and words, with a cube found once for all."""
        return self.keep(key, find) if self.cube is None else self.cube.told(key, find)

    @property
    def kinds(self) -> Mapping[str, Any]:
        """The type of each typed column."""
        keep = self.keep if self.make_rows is None and self.base is not None else self.fact
        return keep((KINDS, *self.made_by), self._kinds)

    def _kinds(self) -> Mapping[str, Any]:
        def planned() -> Mapping[str, Any]:
            return dict(self.rows.schema().items())

        return planned() if self.cube is None else self.cube.kinds(self.made_by, planned)

    def coded_name(self, typed: str) -> str:
        """Give the name of a typed column in the cube: one that facts made is named with them.

        A column that begins with the name of a fact is that fact's, whatever others there are.
        """
        if self.base is None or typed in self.base.kinds:
            return typed
        own = [name for name in self.made_by if typed.startswith(name)]
        return "\n".join((typed, max(own, key=len)) if own else (typed, *self.made_by))

    @property
    def rows(self) -> Any:
        """All rows, as an Ibis table, with the dimensions that people made."""
        return self.keep("rows", self._opened)

    def _opened(self) -> Any:
        if self.make_rows is not None:
            return self.make_rows()
        rows = self.engine.open(self.snapshot.files, self.snapshot.view)
        return put_groups(rows, self.snapshot.groupings)

    def with_facts(
        self, facts: Sequence[Fact], row_set: RowSet | None = None, query: Query | None = None
    ) -> Dataset:
        """Give the dataset with more columns, and with the rows of a row set where one is named."""
        if not facts and row_set is None:
            return self
        anew = query is not None and (row_set is None or row_set.by_query)
        unlike = (query.since, query.until, query.grain, query.compare) if query and anew else None
        key = (*(fact.name for fact in facts), row_set and (row_set.name, repr(unlike)))
        return self.keep(("with", key), lambda: self._with(facts, row_set, query))

    def _with(self, facts: Sequence[Fact], row_set: RowSet | None, query: Query | None) -> Dataset:
        def put() -> Any:
            rows = self.rows
            for fact in facts:
                rows = fact.put(self, rows)
            return rows

        names = tuple(fact.name for fact in facts)
        beside = Dataset(self.engine, self.snapshot, {}, self, self.cube, names, put)
        if row_set is None or query is None:
            return beside
        cube = None if self.cube is None else row_set.pick(beside, self.cube, query)
        names = (*names, row_set.name)
        return Dataset(
            self.engine, self.snapshot, {}, self, cube, names,
            lambda: row_set.make(self, beside.rows, query),
        )  # fmt: skip

    def valid_rows(self, query: Query) -> Any:
        """Rows that no rule leaves out of this query."""
        import ibis

        mask = self.mask(query)
        if not mask:
            return self.rows
        return self.rows.filter((self.rows[FLAGS_COLUMN] & ibis.literal(mask, type="int64")) == 0)

    def mask(self, query: Query) -> int:
        """Give the bits of the flags that leave a row out of this query.

        Raises
        ------
        QueryError
            A rule is named that the snapshot does not know.
        """
        everything = query.include_flagged is True
        kept = () if isinstance(query.include_flagged, bool) else query.include_flagged
        known = {flag.rule_id for flag in self.snapshot.legend}
        for rule in (*kept, *query.exclude_flagged):
            if rule not in known:
                raise QueryError(
                    Text("没有叫“{r}”的清洗规则。有：{k}", "No cleaning rule “{r}”. There are: {k}")
                    .format(r=rule, k=listed(sorted(known)))
                )  # fmt: skip
        return sum(
            1 << i
            for i, flag in enumerate(self.snapshot.legend)
            if flag.n_flagged
            and (
                flag.rule_id in query.exclude_flagged
                or (flag.excludes and not everything and flag.rule_id not in kept)
            )
        )

    def column_name(self, name: str) -> str:
        """Give the name of a typed column, for a column or a multi-select's group.

        Raises
        ------
        QueryError
            There is no such column.
        """
        found = self._typed(name)
        if found is not None:
            return found
        known = tuple(c for c in self.kinds if not c.startswith("_"))
        raise QueryError(no_column(name, known, may_be_left_out=True))

    def has_column(self, name: str) -> bool:
        """Say whether there is a typed column for a column or a multi-select's group."""
        return self._typed(name) is not None

    def _typed(self, name: str) -> str | None:
        if name in self.kinds:
            return name
        group = self.codebook[name].group if name in self.codebook else None
        return group if group and group in self.kinds else None

    def customer(self) -> Column | None:
        """Give the column that names the customer, if any."""
        return self.codebook.first(Role.CUSTOMER)

    def is_list(self, name: str) -> bool:
        """Tell whether a column holds several options a row."""
        return bool(self.kinds[self.column_name(name)].is_array())

    def words(self, name: str, many: int) -> list[str]:
        """Give the most frequent values of a column, as words."""
        counted = self._options(name)
        top = counted.order_by(counted["n"].desc(), counted["value"]).limit(many)
        return [str(word) for word in self.engine.run(top)["value"].to_pylist()]

    def missing_words(self, name: str, values: Sequence[str]) -> list[str]:
        """Give those of `values` that no row has."""
        held = self._held_words(name)
        if held is not None:
            return [value for value in values if value not in held]
        counted = self._options(name)
        asked = counted.filter(counted["value"].isin(list(values)))
        found = set(self.engine.run(asked)["value"].to_pylist())
        return [value for value in values if value not in found]

    def _held_words(self, name: str) -> frozenset[str] | None:
        """Give the words that a column of the cube holds; None where the rows must be asked."""
        typed = self.column_name(name)
        if self.cube is None or not self.kinds[typed].is_string():
            return None
        self.cube.load(self, [typed])
        column = self.cube.column(self.coded_name(typed))
        return None if column is None or column.values is None else column.held

    def _options(self, name: str) -> Any:
        column = self.rows[self.column_name(name)]
        words = column.unnest() if column.type().is_array() else column.cast("string")
        listed = self.rows.select(value=words)
        listed = listed.filter(listed["value"].notnull())
        return listed.group_by("value").aggregate(n=listed.count())

    def row_key(self, rows: Any) -> Any:
        """Give one BIGINT per row, different for every row, the same in every run."""
        return rows[SOURCE_COLUMN].cast("int64") * (1 << 40) + rows[ROW_COLUMN]
