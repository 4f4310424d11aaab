"""A value read by itself is what the whole column makes of it."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.core.text import Text
from huiyin.engine.cells import NotByItselfError, cell_reader
from huiyin.engine.contracts import ROW_COLUMN, SOURCE_COLUMN
from huiyin.engine.typed import write_typed

LABEL = Text.same("x")
LABELS = {"a": "甲", "b": "乙"}
RATINGS = ["1", "5", " 3 ", "5分", "９", "9", "0", "7.5", "na", "很好", "", "1e1", "nan", "-1"]
TIMES = [
    "2026-11-26T23:30:00+00:00", "2026-11-26T10:00:00.250+08:00", "2026-11-26T10:00:00Z",
    "2026-11-26 10:00:00", "2026-11-26", "",
]  # fmt: skip
NUMBERS = ["31.4", "0", " 8 ", "1e3", "", "-2"]
CHOICES = ["a", "a┋b", "a┋ b ┋", "┋", "c┋a〖别的〗", "跳过", "(空)", "N/A", "", "a┋a"]
WORDS = ["a", " b ", "\u3000好\u00a0", "\n", "", "0", "没有", "🙂", "a b"]
COLUMNS = {
    "rating": (Column("rating", Role.CSAT, LABEL, Scale(1, 5)), RATINGS),
    "coded": (
        Column("coded", Role.NPS, LABEL, Scale(0, 10), missing_codes=("9", "na")), RATINGS,
    ),
    "happened": (
        Column("happened", Role.OUTCOME, LABEL, labels=LABELS, events=("乙",)),
        ["a", "b", "乙", " B ", "", "c"],
    ),
    "at": (Column("at", Role.TIME, LABEL), TIMES),
    "seconds": (Column("seconds", Role.DURATION, LABEL), NUMBERS),
    "size": (Column("size", Role.OUTCOME, LABEL), NUMBERS),
    "chosen": (Column("chosen", Role.CHOICE_SET, LABEL, separator="┋", labels=LABELS), CHOICES),
    "said": (Column("said", Role.TEXT, LABEL), WORDS),
    "group": (
        Column("group", Role.DIMENSION, LABEL, labels=LABELS, missing_codes=("没有",)), WORDS,
    ),
    "own": (Column("own", Role.META, LABEL), WORDS),
}  # fmt: skip


@pytest.mark.parametrize("name", COLUMNS)
def test_a_value_by_itself_is_what_the_column_makes_of_it(engine, tmp_path, name):
    column, values = COLUMNS[name]
    n = len(values)
    raw = pa.table(
        {
            name: pa.array([one or None for one in values], pa.string()),
            ROW_COLUMN: pa.array(range(1, n + 1), pa.int64()),
            SOURCE_COLUMN: pa.array([0] * n, pa.int32()),
        }
    )
    pq.write_table(raw, tmp_path / "raw.parquet")
    facts = write_typed(engine, [tmp_path / "raw.parquet"], Codebook((column,)), tmp_path / "t")
    typed = engine.run(engine.read_parquet(facts.files).order_by(ROW_COLUMN)).column(name)
    read = cell_reader(column, "Asia/Shanghai")
    assert [read(one) if one else None for one in values] == typed.to_pylist()


@pytest.mark.parametrize(
    ("role", "value"), [(Role.TIME, "昨天"), (Role.DURATION, "3分20秒"), (Role.OUTCOME, "1.2万")]
)
def test_what_only_the_column_tells_is_not_guessed(role, value):
    read = cell_reader(Column("x", role, LABEL), "Asia/Shanghai")
    with pytest.raises(NotByItselfError):
        read(value)


@pytest.mark.parametrize(
    "column",
    [
        Column("x", Role.AMOUNT, LABEL),
        Column("x", Role.IGNORE, LABEL),
        Column("x", Role.CHOICE_SET, LABEL),
        Column("x", Role.CHOICE_SET, LABEL, option="甲", group="g"),
        Column("x", Role.DURATION, LABEL, missing_codes=("-1",)),
    ],
)
def test_some_columns_are_read_as_a_whole_only(column):
    assert cell_reader(column, "Asia/Shanghai") is None
