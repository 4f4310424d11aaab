"""What stands behind a mark of a view: the answers, and the customers who gave them.

A person sees behind a mark what their own row rule shows them, and nothing behind a mark that is
not shown to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from huiyin.analyse.concerns import Concern, Concerned, concerns_of
from huiyin.analyse.views.contracts import ViewError
from huiyin.analyse.views.said import MOST_COLUMNS, word_pattern
from huiyin.codebook.contracts import Role
from huiyin.collect.customers.contracts import CUSTOMER_COLUMN
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.bands import as_levels, rated_column
from huiyin.measure.catalogue import find_metric
from huiyin.measure.contracts import Cell, Filter, Result
from huiyin.measure.dataset import Dataset
from huiyin.measure.filters import condition
from huiyin.measure.first_answers import with_first_answers
from huiyin.measure.metric import Form
from huiyin.measure.periods import shift
from huiyin.measure.rereading import result_of
from huiyin.measure.row_values import hits_of
from huiyin.store.tables import Dataset as DatasetRow
from huiyin.web.customer_views import Part, row_json
from huiyin.web.viewing import Asked, fetch_result

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine
    from huiyin.people.contracts import Person
    from huiyin.web.system import System

PERIOD = "period"
ROW_ID = "_response_id"
PAGE_ROWS = 20
_NO_MARK = Text(
    "这个图里没有这个数。数据可能更新过，请刷新。",
    "There is no such number in this figure. The data may be newer: reload.",
)
_HIDDEN = Text(
    "这一组人太少，不显示，背后的答卷也不列出。",
    "This group is too small to be shown, and so are its answers.",
)
_NOBODY = Text(
    "按您的数据权限，这个数背后没有您能看的答卷。",
    "By what you may see, there is no answer of yours behind this number.",
)
_NO_CUSTOMERS = Text(
    "这份数据认不出客户，列不出名单。", "No customer can be told in this dataset: there is no list."
)
_NOT_COUNTED = Text(
    "“{m}”不是数人头的比例，分不出哪些答卷算在内。",
    "“{m}” is no share of answers: none are counted more than others.",
)
_NO_CONCERN = Text(
    "从原话那份答卷里看不出是不是在说“{c}”。",
    "The answers do not tell whether their comments concern “{c}”.",
)
_TOO_FEW = Text("少于 {n} 位客户，不列名单。", "Fewer than {n} customers: they are not listed.")


@dataclass(frozen=True, slots=True)
class Mark:
    """A number of a figure: its metric and its groups, as its cell has them."""

    metric: str
    by: Mapping[str, str | None]


def shown_cell(result: Result, mark: Mark) -> Cell:
    """Give the cell of a mark.

    Raises
    ------
    ViewError
        There is none, or it is not shown.
    """
    found = (c for c in result.cells if c.metric == mark.metric and dict(c.by) == dict(mark.by))
    cell = next(found, None)
    if cell is None:
        raise ViewError(_NO_MARK)
    if cell.estimate is None:
        raise ViewError(_HIDDEN)
    return cell


def _is_written(rows: Any, name: str) -> Any:
    return rows[name].cast("string").strip().length() > 0


def _concerns(known: Dataset, rows: Any, one: Concern) -> Any:
    """Plan whether an answer with words concerns something."""
    if one.band is None:
        return _is_written(rows, one.column)
    import ibis

    return ibis.and_(*(condition(known, rows, bound) for bound in one.band.filters))


def _holds(column: Any, word: str) -> Any:
    pattern, said = word_pattern(word), column.cast("string").lower()
    return said.contains(word) if pattern is None else said.re_search(pattern)


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows behind a mark, of those that a person may see."""

    asked: Asked
    mark: Mark
    part: Part
    column: str | None
    word: str | None = None
    said: bool = False
    about: str | None = None
    counted: bool = False

    @classmethod
    def of(
        cls, session: Session, system: System, person: Person, asked: Asked, mark: Mark
    ) -> Behind:
        """Find what stands behind a mark.

        Raises
        ------
        ViewError
            The mark is not there, or not shown.
        """
        result = result_of(fetch_result(system, person, asked))
        shown_cell(result, mark)
        dataset = session.get_one(DatasetRow, asked.view.dataset)
        columns = {one.metric: one.column for one in result.definition}
        return cls(asked, mark, Part(dataset, asked.sight), columns[mark.metric])

    @property
    def words(self) -> dict[str, Any]:
        """Say which of the answers are asked for; nothing where all are."""
        wanted = {
            "word": self.word,
            "said": self.said or None,
            "about": self.about,
            "counted": self.counted or None,
        }
        return {name: value for name, value in wanted.items() if value is not None}

    def rows(self, engine: Engine) -> Any:
        """Plan the rows: valid ones, of the question's conditions, of the mark's group and days.

        Raises
        ------
        ViewError
            The person may see none of them.
        """
        query = self.asked.query
        known = with_first_answers(Dataset(engine, self.asked.sight.snapshot), query)
        rows = self.part.narrowed(known.valid_rows(query))
        if rows is None or ROW_ID not in rows.columns:
            raise ViewError(_NOBODY)
        rows = rows.filter([condition(known, rows, one) for one in self._conditions()] or True)
        for column, value in self.mark.by.items():
            if value is None and column != PERIOD:
                rated = rated_column(known.codebook, column)
                name = column if rated is None else rated.name
                rows = rows.filter(rows[known.column_name(name)].isnull())
        if self.column is not None and known.has_column(self.column):
            rows = rows.filter(rows[known.column_name(self.column)].notnull())
        rows = self._counted(rows) if self.counted else rows
        rows = self._with_word(known, self._with_words(known, self._in_days(rows)))
        return rows if self.about is None else self._about(known, rows, self.about)

    def _counted(self, rows: Any) -> Any:
        """Keep the answers that a share counts: the dissatisfied of the share of these.

        Raises
        ------
        ViewError
            The metric is no share of the answers to one question.
        """
        sight, query = self.asked.sight, self.asked.query
        reading = find_metric(self.mark.metric, sight.snapshot.codebook, query, sight.rules).reading
        value = reading.values[0]
        if value.form is not Form.SHARE or value.once or value.column not in rows.columns:
            raise ViewError(_NOT_COUNTED.format(m=reading.label))
        return rows.filter(hits_of(rows, value)[0])

    def _texts(self, known: Dataset) -> list[str]:
        book = self.asked.sight.snapshot.codebook
        texts = [column.name for column in book.with_role(Role.TEXT)[:MOST_COLUMNS]]
        return [name for name in texts if known.has_column(name)]

    def _with_words(self, known: Dataset, rows: Any) -> Any:
        """Keep the answers in which something is written, if only they are asked for."""
        if not self.said and self.about is None:
            return rows
        import ibis

        written = [_is_written(rows, name) for name in self._texts(known)]
        return rows.filter(ibis.or_(*written) if written else ibis.literal(value=False))

    def _concerns(self) -> tuple[Concern, ...]:
        sight = self.asked.sight
        return concerns_of(sight.snapshot.codebook, sight.rules.cuts)

    def _about(self, known: Dataset, rows: Any, about: str) -> Any:
        """Keep the answers whose comment concerns something.

        Raises
        ------
        ViewError
            Comments of this dataset do not tell whether they do.
        """
        one = next((one for one in self._concerns() if one.column == about), None)
        if one is None:
            raise ViewError(_NO_CONCERN.format(c=about))
        return rows.filter(_concerns(known, rows, one))

    def _with_word(self, known: Dataset, rows: Any) -> Any:
        """Keep the answers that hold a word, as the word cloud counts it."""
        if self.word is None:
            return rows
        import ibis

        held = [_holds(rows[name], self.word) for name in self._texts(known)]
        return rows.filter(ibis.or_(*held)) if held else rows.filter(ibis.literal(value=False))

    def _conditions(self) -> list[Filter]:
        groups = [
            Filter(column, "=", (value,))
            for column, value in self.mark.by.items()
            if value is not None and column != PERIOD
        ]
        sight = self.asked.sight
        book, cuts = sight.snapshot.codebook, sight.rules.cuts
        asked = (*self.asked.query.where, *groups)
        return [level for one in asked for level in as_levels(book, one, cuts)]

    def _part(self) -> list[dict[str, Any]] | None:
        return self.part.view.part_beside(self._conditions())

    def _in_days(self, rows: Any) -> Any:
        since, until = self.days()
        if since is not None:
            rows = rows.filter(rows[ANSWERED_ON_COLUMN] >= since)
        return rows if until is None else rows.filter(rows[ANSWERED_ON_COLUMN] <= until)

    def days(self) -> tuple[date | None, date | None]:
        """Give the first and the last day of the mark, both included."""
        query = self.asked.query
        since, until = query.since, query.until
        start = self.mark.by.get(PERIOD)
        if start is None or query.grain is None:
            return since, until
        first = date.fromisoformat(start)
        last = shift(first, query.grain, 1) - timedelta(days=1)
        return max(first, since or first), min(last, until or last)

    def page(self, engine: Engine, offset: int) -> dict[str, Any]:
        """Give some of the answers, newest first, and how many there are."""
        rows = self.rows(engine)
        total = int(engine.run(rows.count()).column(0)[0].as_py() or 0)
        import ibis

        order = [ibis.desc(rows[ANSWERED_ON_COLUMN], nulls_first=False), rows[ROW_ID]]
        found = engine.run(rows.order_by(order).limit(PAGE_ROWS, offset=offset)).to_pylist()
        following = offset + PAGE_ROWS
        return {
            "items": [row_json(self.part, row) for row in found],
            "total": total,
            "next": str(following) if following < total else None,
            "rows_of": self._part(),
        }

    def concerned(self, engine: Engine) -> Concerned:
        """Count what the comments among the answers concern."""
        rows = replace(self, said=True).rows(engine)
        known, concerns = Dataset(engine, self.asked.sight.snapshot), self._concerns()
        counts = {f"n{i}": _concerns(known, rows, one).sum() for i, one in enumerate(concerns)}
        found = engine.run(rows.aggregate(n=rows.count(), **counts)).to_pylist()[0]
        n, *counted = (int(one or 0) for one in found.values())
        return Concerned.of(n, concerns, counted)

    def customers(self, engine: Engine) -> list[str]:
        """Give the surrogates of the customers.

        Raises
        ------
        ViewError
            None can be told, or there are fewer than the smallest group.
        """
        rows = self.rows(engine)
        if CUSTOMER_COLUMN not in rows.columns:
            raise ViewError(_NO_CUSTOMERS)
        named = rows.filter(rows[CUSTOMER_COLUMN].notnull()).select(CUSTOMER_COLUMN).distinct()
        found = [str(one) for one in engine.run(named).column(0).to_pylist()]
        if not found and self._part():
            raise ViewError(_NOBODY)
        if not found and not self._tells_customers(engine):
            raise ViewError(_NO_CUSTOMERS)
        if len(found) < self.asked.sight.minimum_n:
            raise ViewError(_TOO_FEW.format(n=self.asked.sight.minimum_n))
        return sorted(found)

    def _tells_customers(self, engine: Engine) -> bool:
        """Tell whether any answer of the dataset is known to be somebody's."""
        rows = Dataset(engine, self.asked.sight.snapshot).rows
        known = rows.filter(rows[CUSTOMER_COLUMN].notnull()).limit(1).count()
        return bool(engine.run(known).column(0)[0].as_py())
