"""Raw values and what becomes of them, in tables."""

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from huiyin.codebook.contracts import Codebook, Scale
from huiyin.engine.typed import write_typed

FIVE = Scale(
    1, 5, 1, {"非常满意": 5, "满意": 4, "一般": 3, "不满意": 2, "Very bad": 1}, ("不适用", "99")
)


def _moment(*parts: int) -> dt.datetime:
    return dt.datetime(*parts)  # noqa: DTZ001 -- local wall-clock time


def test_words_and_numbers_of_a_scale_become_level_codes(typed, column):
    raw = [
        "非常满意", " 满意 ", "　一般", "very BAD", "５", "3分", "2 - 不满意", "不适用", "99", "6",
        "0", "嗯", "", None,
    ]  # fmt: skip
    rows, facts = typed({"q": raw}, column("q", "aspect", scale=FIVE))
    assert rows["q"] == [5, 4, 3, 1, 5, 3, 2, None, None, None, None, None, None, None]
    q = facts.columns["q"]
    assert (q.n_missing_code, q.n_out_of_scale, q.n_unreadable) == (2, 2, 1)
    assert q.examples == ((10, "6"), (11, "0"), (12, "嗯"))
    assert [i for i, m in enumerate(rows["_out_of_scale"], 1) if m] == [10, 11]
    assert [i for i, m in enumerate(rows["_missing_code"], 1) if m] == [8, 9]


def test_what_only_a_program_reads_as_a_number_is_unreadable(typed, column):
    raw = ["7", "nan", "inf", "-inf", "NaN", "1_0"]
    rows, facts = typed({"q": raw}, column("q", "nps", scale=Scale(0, 10)))
    assert rows["q"] == [7, None, None, None, None, None]
    assert facts.columns["q"].n_unreadable == 5


def test_numbers_of_the_file_itself_keep_their_scale(typed, column):
    scale = Scale(0, 10, missing_codes=("99",))
    raw = {"i": [9, 99, 11, None], "f": [9.0, 99.0, 4.5, float("nan")]}
    columns = [column(n, "nps", scale=scale) for n in raw]
    rows, facts = typed(raw, *columns, types={"i": pa.int64(), "f": pa.float64()})
    assert rows["i"] == [9, None, None, None]
    assert rows["f"] == [9, None, 4.5, None]
    assert facts.columns["i"].n_out_of_scale == facts.columns["f"].n_missing_code == 1


def test_a_scale_with_more_values_than_are_looked_at_still_drops_what_lies_outside(typed, column):
    raw = [f"{i / 10:g}" for i in range(-300, 1300)]
    rows, _ = typed({"q": raw}, column("q", "csat", scale=Scale(0, 100)))
    kept = [value for value in rows["q"] if value is not None]
    assert (min(kept), max(kept), len(kept)) == (0, 100, 1001)


MOMENTS = {
    "2024-01-05": _moment(2024, 1, 5),
    "2024/1/5 9:07": _moment(2024, 1, 5, 9, 7),
    "2024-01-05T10:20:30.250": _moment(2024, 1, 5, 10, 20, 30, 250_000),
    "2024-01-05T20:00:00Z": _moment(2024, 1, 6, 4),
    "2024-01-05 20:00:00+09:00": _moment(2024, 1, 5, 19),
    "2024年1月5日": _moment(2024, 1, 5),
    "2024年1月5日 10:20": _moment(2024, 1, 5, 10, 20),
    "2024年1月5日10时20分": _moment(2024, 1, 5, 10, 20),
    "2024/1/5 下午3:20": _moment(2024, 1, 5, 15, 20),
    "2024年3月": _moment(2024, 3, 1),
    "2024.1.5": _moment(2024, 1, 5),
    "5-Jan-24": _moment(2024, 1, 5),
    "5 January 2024 08:00": _moment(2024, 1, 5, 8),
    "Jan 5, 2024": _moment(2024, 1, 5),
    "January 5th, 2024 3:04 PM": _moment(2024, 1, 5, 15, 4),
    "13/02/2024 3:04:05 PM": _moment(2024, 2, 13, 15, 4, 5),
    "20240105": _moment(2024, 1, 5),
    "20240105102030": _moment(2024, 1, 5, 10, 20, 30),
    "2024-03": _moment(2024, 3, 1),
    "2024Q3": _moment(2024, 7, 1),
    "2024": _moment(2024, 1, 1),
    "45296.5": _moment(2024, 1, 5, 12),
    "1704421230": _moment(2024, 1, 5, 10, 20, 30),
    "1704421230000": _moment(2024, 1, 5, 10, 20, 30),
    "": None,
    "昨天": None,
    "Feb 30, 2024": None,
}


def test_each_way_to_write_a_moment_in_a_column_of_its_own(typed, column):
    names = {value: f"t{i}" for i, value in enumerate(MOMENTS)}
    columns = [column(name, "opened") for name in names.values()]
    rows, facts = typed({name: [value] for value, name in names.items()}, *columns)
    assert {value: rows[name][0] for value, name in names.items()} == MOMENTS
    assert set(facts.columns) == {names["昨天"], names["Feb 30, 2024"]}


def test_all_ways_in_one_column(typed, column):
    rows, facts = typed({"t": list(MOMENTS)}, column("t", "time"))
    assert rows["t"] == list(MOMENTS.values())
    assert rows["_answered_on"] == [moment and moment.date() for moment in MOMENTS.values()]
    assert facts.columns["t"].n_unreadable == 2
    assert facts.columns["t"].examples[0] == (len(MOMENTS) - 1, "昨天")


@pytest.mark.parametrize(
    ("values", "first", "unclear"),
    [
        (["3/4/2024", "13/4/2024"], _moment(2024, 4, 3), False),
        (["3/4/2024", "3/24/2024"], _moment(2024, 3, 4), False),
        (["1/4/2024", "2/4/2024", "9/4/2024"], _moment(2024, 4, 1), False),
        (["4/1/24", "4/2/24", "4/9/24"], _moment(2024, 4, 1), False),
        (["5/5/2024"], _moment(2024, 5, 5), True),
    ],
)
def test_day_or_month_first_is_decided_once_for_a_column(typed, column, values, first, unclear):
    rows, facts = typed({"t": values}, column("t", "time"))
    assert rows["t"][0] == first
    assert all(rows["t"])
    assert bool("t" in facts.columns and facts.columns["t"].note) == unclear


def test_moments_that_the_file_stores_itself(typed, column):
    utc = dt.datetime(2024, 1, 5, 20, tzinfo=dt.UTC)
    raw = {"d": [dt.date(2024, 1, 5)], "z": [utc]}
    types = {"d": pa.date32(), "z": pa.timestamp("us", tz="UTC")}
    rows, _ = typed(raw, column("d", "opened"), column("z", "time"), types=types)
    assert rows["d"] == [_moment(2024, 1, 5)]
    assert rows["z"] == [_moment(2024, 1, 6, 4)]
    assert rows["_answered_on"] == [dt.date(2024, 1, 6)]


AMOUNTS = {
    "12": "12", "12.345678": "12.3457", "¥1,280.50": "1280.5", "￥１２": "12", "$1,000": "1000",
    "USD 5": "5", "5元": "5", "1.2万": "12000", "3亿": "300000000", "(12.5)": "-12.5", "-8": "-8",
    "-¥8.00": "-8", "人民币 66.6 元": "66.6", "1,23": None, "abc": None, "12元3": None, "": None,
}  # fmt: skip


def test_amounts_become_exact_decimals(typed, column):
    rows, facts = typed({"a": list(AMOUNTS)}, column("a", "amount"))
    assert rows["a"] == [None if v is None else Decimal(v) for v in AMOUNTS.values()]
    assert facts.columns["a"].n_unreadable == 3


def test_a_column_with_decimal_commas(typed, column):
    rows, facts = typed({"a": ["12,50", "1.234,5", "7"]}, column("a", "amount"))
    assert rows["a"] == [Decimal("12.5"), Decimal("1234.5"), Decimal(7)]
    assert not facts.columns


DURATIONS = {
    "45": 45, "23秒": 23, "3分20秒": 200, "00:03:20": 200, "03:20": 200, "1小时2分3秒": 3723,
    "1 h 5 min": 3900, "2 min": 120, "1.5h": 5400, "500ms": 0.5, "2天": 172_800,
    "12.5 seconds": 12.5,     "很久": None, "": None,
}  # fmt: skip


def test_durations_become_seconds(typed, column):
    rows, facts = typed({"d": list(DURATIONS)}, column("d", "duration"))
    assert rows["d"] == list(DURATIONS.values())
    assert facts.columns["d"].n_unreadable == 1


def test_missing_codes_of_numbers_are_missing(typed, column):
    raw = {"w": ["1.5", "99", "-9"], "d": ["30", "-1", "40"]}
    columns = [
        column("w", "weight", missing_codes=("99", "-9")),
        column("d", "duration", missing_codes=("-1",)),
    ]
    rows, facts = typed(raw, *columns)
    assert rows["w"] == [1.5, None, None]
    assert rows["d"] == [30, None, 40]
    assert facts.columns["w"].n_missing_code == 2


def test_an_outcome_in_words(typed, column):
    raw = ["是", " 是 ", "否", "", None, "不清楚"]
    rows, _ = typed({"o": raw}, column("o", "outcome", events=("是",), missing_codes=("不清楚",)))
    assert rows["o"] == [1, 1, 0, None, None, None]
    rows, _ = typed({"o": ["1", "0", "1.0"]}, column("o", "outcome", events=("1",)))
    assert rows["o"] == [1, 0, 1]


def test_words_are_trimmed_and_labelled(typed, column):
    raw = {"g": [" 1", "2", "9", "　", "7"], "t": ["　好 ", "\t", None, "a b", "\ufeffx"]}
    gender = column("g", "dimension", labels={"1": "男", "2": "女"}, missing_codes=("9",))
    rows, _ = typed(raw, gender, column("t", "text"), column("gone", "text"))
    assert rows["g"] == ["男", "女", None, None, "7"]
    assert rows["t"] == ["好", None, None, "a b", "x"]
    assert "gone" not in rows


def test_codes_stored_as_floats_find_their_labels(typed, column):
    sex = column("g", "dimension", labels={"1": "男"})
    rows, _ = typed({"g": [1.0, 2.5, None]}, sex, types={"g": pa.float64()})
    assert rows["g"] == ["男", "2.5", None]


def test_a_multi_select_in_one_cell(typed, column):
    raw = ["甲┋乙", "甲", "(空)", "", None, "其他〖很贵〗┋乙", "(跳过)"]
    rows, _ = typed({"q": raw}, column("q", "choice_set", separator="┋"))
    assert rows["q"] == [["甲", "乙"], ["甲"], None, None, None, ["其他", "乙"], None]


def test_option_numbers_in_one_cell_find_their_labels(typed, column):
    options = column("q", "choice_set", separator=",", labels={"1": "甲", "2": "乙"})
    rows, _ = typed({"q": ["1, 2", "2", "3"]}, options)
    assert rows["q"] == [["甲", "乙"], ["乙"], ["3"]]


@pytest.mark.parametrize(
    ("chosen", "not_chosen"),
    [("1", "0"), ("是", "否"), ("Checked", "Unchecked"), ("甲", "-1"), ("Yes", "No"), ("x", "0")],
)
def test_a_multi_select_with_a_column_per_option(typed, column, chosen, not_chosen):
    raw = {
        "q_1": [chosen, not_chosen, chosen, None, "(跳过)"],
        "q_2": [chosen, not_chosen, not_chosen, "", "(跳过)"],
    }
    columns = [
        column("q_1", "choice_set", group="买过", option="甲"),
        column("q_2", "choice_set", group="买过", option="乙"),
    ]
    rows, _ = typed(raw, *columns)
    assert rows["买过"] == [["甲", "乙"], [], ["甲"], None, None]
    assert "q_1" not in rows


def test_an_option_that_is_called_no_can_be_chosen(typed, column):
    raw = {"a": ["是", None], "b": [None, "否"]}
    columns = [
        column("a", "choice_set", group="g", option="是"),
        column("b", "choice_set", group="g", option="否"),
    ]
    assert typed(raw, *columns)[0]["g"] == [["是"], ["否"]]


def test_ignored_columns_are_left_out_and_rows_keep_their_numbers(typed, column):
    rows, facts = typed(
        {"a": ["x", "y"], "b": ["1", "2"]}, column("a", "ignore"), column("b", "id")
    )
    assert set(rows) == {"_row", "_source", "_flags", "_answered_on", "b"}
    assert rows["_row"] == [1, 2]
    assert rows["_flags"] == [0, 0]
    assert (facts.n_rows, facts.marks) == (2, ())


def test_rows_of_several_files_are_numbered_within_each(engine, column, tmp_path):
    files = []
    for i, values in enumerate((["a", "b"], ["c"])):
        files.append(tmp_path / f"{i}.parquet")
        pq.write_table(pa.table({"x": values}), files[-1])
    facts = write_typed(engine, files, Codebook((column("x", "text"),)), tmp_path / "t")
    rows = pq.read_table(facts.files[0]).to_pydict()
    assert list(zip(rows["_source"], rows["_row"], rows["x"], strict=True)) == [
        (0, 1, "a"), (0, 2, "b"), (1, 1, "c"),
    ]  # fmt: skip


def test_staged_row_numbers_are_kept(engine, column, tmp_path):
    path = tmp_path / "s.parquet"
    numbers = {"_row": pa.array([7, 9], pa.int64()), "_source": pa.array([1, 1], pa.int32())}
    pq.write_table(pa.table({**numbers, "x": ["a", "b"]}), path)
    facts = write_typed(engine, [path], Codebook((column("x", "text"),)), tmp_path / "t")
    assert pq.read_table(facts.files[0]).to_pydict()["_row"] == [7, 9]


def test_three_hundred_option_columns_are_planned_in_reasonable_time(typed, column):
    raw = {f"q{i}": ["1", "0", None] for i in range(300)}
    columns = [column(f"q{i}", "choice_set", group="g", option=f"o{i}") for i in range(300)]
    rows, _ = typed(raw, *columns)
    assert [None if cell is None else len(cell) for cell in rows["g"]] == [300, 0, None]


def test_typed_columns_have_the_declared_types(typed, column):
    raw = {"n": ["1"], "t": ["2024-01-05"], "a": ["1"], "d": ["1"], "o": ["是"], "c": ["x"]}
    _, facts = typed(
        raw,
        column("n", "nps", scale=Scale(0, 10, levels={"一": 1})),
        column("t", "time"),
        column("a", "amount"),
        column("d", "duration"),
        column("o", "outcome", events=("是",)),
        column("c", "choice_set", separator="|"),
    )
    kinds = {f.name: f.type for f in pq.read_schema(facts.files[0])}
    assert kinds["n"] == kinds["d"] == kinds["o"] == pa.float64()
    assert kinds["t"] == pa.timestamp("us")
    assert kinds["a"] == pa.decimal128(18, 4)
    assert pa.types.is_list(kinds["c"])
    assert (kinds["_flags"], kinds["_answered_on"]) == (pa.int64(), pa.date32())
