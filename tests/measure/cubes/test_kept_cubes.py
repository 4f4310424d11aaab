"""Cubes are a cache: found by the files of a version, shared, and gone when they are emptied."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from huiyin.codebook.contracts import Codebook, Role
from huiyin.codebook.groupings import Group, Grouping
from huiyin.engine.contracts import FlagMeaning
from huiyin.measure.contracts import Query, Viewer
from huiyin.measure.cubes import cube
from huiyin.measure.cubes.coded import MOST_VALUES, Kind, coded, keep_coded, kept_coded
from huiyin.measure.cubes.cube import Cubes
from huiyin.measure.cubes.drawing import code_columns
from huiyin.measure.dataset import Dataset
from huiyin.measure.run import CorridorOverSnapshot


@pytest.fixture
def snapshot(snapshots, tmp_path):
    columns = [snapshots.column("nps", Role.NPS, (0, 10)), snapshots.column("店", Role.UNIT)]
    data = {"nps": [9.0, 10.0, 3.0, None], "店": ["甲", "乙", None, "甲"]}
    days = [date(2026, 3, 1), None, date(2026, 1, 1), date(2026, 2, 1)]
    return snapshots.write_snapshot(tmp_path, data, columns, days=days)


def test_rows_stand_by_their_days_and_undated_ones_last(engine, snapshot, tmp_path):
    cube = Cubes(lambda: tmp_path / "cubes").of(snapshot)
    cube.load(Dataset(engine, snapshot), ["nps", "店"])
    nps, shop = cube.column("nps"), cube.column("店")
    words = [shop.words[code] for code in shop.codes]
    assert words == [None, "甲", "甲", "乙"]
    assert [nps.numbers[code] for code in nps.codes] == pytest.approx(
        [3.0, float("nan"), 9.0, 10.0], nan_ok=True
    )
    assert cube.day_values == (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))


def test_other_files_are_another_cube_and_views_have_none(snapshot, tmp_path):
    cubes = Cubes(lambda: tmp_path / "cubes")
    assert cubes.of(snapshot) is cubes.of(replace(snapshot, id="the same files"))
    other = replace(snapshot, files=(tmp_path / "other.parquet",))
    assert cubes.of(other) is not cubes.of(snapshot)
    assert cubes.of(replace(snapshot, view="typed")) is None


def test_made_dimensions_rules_and_roles_are_part_of_what_a_cube_is_made_from(
    snapshots, snapshot, tmp_path
):
    cubes = Cubes(lambda: tmp_path / "cubes")
    groups = tuple(
        Grouping("片区", "店", (Group("东", values=values),)) for values in (("甲",), ("乙",))
    )
    columns = (snapshots.column("nps", Role.NPS, (0, 10)), snapshots.column("店", Role.STAFF))
    others = [
        *(replace(snapshot, groupings=(one,)) for one in groups),
        replace(snapshot, legend=(FlagMeaning("speeder", 1, True, 0),)),
        replace(snapshot, legend=(FlagMeaning("speeder", 1, False, 0),)),
        replace(snapshot, codebook=Codebook(columns)),
    ]
    assert len({id(cubes.of(one)) for one in (snapshot, *others)}) == 6


def test_what_was_emptied_is_forgotten_and_made_again(engine, snapshot, tmp_path):
    cubes = Cubes(lambda: tmp_path / "cubes")
    before = cubes.of(snapshot)
    before.load(Dataset(engine, snapshot), ["nps"])
    shutil.rmtree(tmp_path / "cubes")
    after = cubes.of(snapshot)
    assert after is not before
    corridor = CorridorOverSnapshot(engine, snapshot, Viewer.owner()).with_cube(after)
    assert corridor.answer(Query(("nps",))).cells[0].n == 3


def test_all_that_questions_go_by_is_coded_at_once_and_nobodys_own_words(
    engine, snapshots, tmp_path
):
    columns = [
        snapshots.column("nps", Role.NPS, (0, 10)),
        snapshots.column("意见", Role.TEXT),
        snapshots.column("没有值", Role.DIMENSION),
    ]
    data = {"nps": [9.0, 3.0], "意见": ["好", "差"]}
    snapshot = snapshots.write_snapshot(tmp_path, data, columns)
    cubes = Cubes(lambda: tmp_path / "cubes")
    code_columns(Dataset(engine, snapshot, cube=cubes.of(snapshot)))
    kept = next((tmp_path / "cubes").iterdir())
    assert kept_coded(kept, "nps")[0]
    assert not kept_coded(kept, "意见")[0]


def test_columns_that_are_read_a_few_at_a_time_are_those_read_at_once(
    engine, snapshots, tmp_path, monkeypatch
):
    names = ("nps", "渠道", "大区")
    columns = [snapshots.column("nps", Role.NPS, (0, 10))]
    columns += [snapshots.column(name, Role.DIMENSION) for name in names[1:]]
    data = {"nps": [9.0, 3.0, None, 7.0], "渠道": ["a", None, "b", "a"], "大区": list("东南东北")}
    days = [date(2026, 1, 2), None, date(2026, 1, 1), date(2026, 1, 2)]
    snapshot = snapshots.write_snapshot(tmp_path, data, columns, days=days)
    read = []
    for cells in (cube.CELLS_AT_ONCE, 1, 9):
        monkeypatch.setattr(cube, "CELLS_AT_ONCE", cells)
        one = cube.Cube(tmp_path / f"cube{cells}")
        one.load(Dataset(engine, snapshot), names)
        read.append([one.column(name) for name in (*cube.BASE, *names)])
    held = [[[*column.words] for column in columns] for columns in read]
    assert held[0] == held[1] == held[2]
    codes = [[column.codes.tolist() for column in columns] for columns in read]
    assert codes[0] == codes[1] == codes[2]
    assert one.days.words[:2] == ("2026-01-01", "2026-01-02")


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["a", None, "b", "a"], Kind.TEXT),
        ([1.5, None, -2.0], Kind.NUMBER),
        ([date(2026, 1, 2), date(2025, 1, 1), None], Kind.DAY),
        ([datetime.fromisoformat("2026-01-02T03:04"), None], Kind.MOMENT),
        ([None, None], Kind.TEXT),
        ([], Kind.TEXT),
    ],
)
def test_a_kept_column_is_what_was_coded(tmp_path, values, kind):
    types = {Kind.TEXT: pa.string(), Kind.NUMBER: pa.float64(), Kind.DAY: pa.date32(),
             Kind.MOMENT: pa.timestamp("us")}  # fmt: skip
    column = coded(pa.chunked_array([pa.array(values, types[kind])]), kind, None)
    keep_coded(tmp_path, "列", column)
    is_kept, again = kept_coded(tmp_path, "列")
    assert is_kept
    held = (*again.values, None)
    assert [held[code] for code in again.codes] == values
    assert kept_coded(tmp_path, "other") == (False, None)


def test_what_cannot_be_told_apart_is_not_coded_and_money_is_a_number(tmp_path):
    assert coded(pa.chunked_array([pa.array([1.0, float("nan")])]), Kind.NUMBER, None) is None
    keep_coded(tmp_path, "nan", None)
    assert kept_coded(tmp_path, "nan") == (True, None)
    money = pa.chunked_array([pa.array([Decimal("1.10"), None], pa.decimal128(18, 4))])
    assert coded(money, Kind.NUMBER, None).values == (1.1,)


def test_of_very_many_values_rows_are_only_told_apart():
    many = pa.chunked_array([pa.array(range(MOST_VALUES + 1), pa.int64())])
    column = coded(many, Kind.NUMBER, None)
    assert (column.values, column.n_values) == (None, MOST_VALUES + 1)
