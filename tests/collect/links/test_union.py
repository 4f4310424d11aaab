"""Datasets put together: columns that mean the same, flags by rule, moments of one zone."""

from dataclasses import replace
from datetime import datetime

import pyarrow as pa
import pytest

from huiyin.codebook.contracts import Codebook, Role
from huiyin.collect.links.contracts import (
    CommonColumn,
    ModelError,
    Parent,
    UnionPlan,
    UnionSource,
)
from huiyin.collect.links.union import Union, propose_columns
from huiyin.engine.contracts import FlagMeaning

NINE = datetime(2025, 3, 1, 9)  # noqa: DTZ001 -- wall-clock time, as the lake keeps it


@pytest.fixture
def survey(make, column):
    def build(dataset_id, score="推荐", *, role=Role.NPS, scale=(0, 10), zone=None, **more):
        snapshot = make(
            pa.table({"时间": [NINE, None], score: [9.0, 2.0], "城市": ["京", None]}),
            [
                column("时间", Role.TIME),
                column(score, role, scale),
                column("城市", Role.DIMENSION),
            ],
            **more,
        )
        snapshot = replace(snapshot, zone=zone or snapshot.zone, sources=(f"{dataset_id}.csv",))
        return Parent(dataset_id, f"调查{dataset_id}", 1, snapshot, {})

    return build


def union_of(engine, *parents, columns=()):
    plan = UnionPlan(tuple(UnionSource(p.dataset_id) for p in parents), tuple(columns))
    return Union(engine, plan, {p.dataset_id: p for p in parents})


def rows_of(engine, union):
    return engine.run(union.rows()).to_pylist()


def test_columns_meet_by_name_and_by_the_only_one_of_a_role(engine, survey):
    one, two = survey("a", "推荐意愿"), survey("b", "会推荐吗")
    books = {p.dataset_id: p.snapshot.codebook for p in (one, two)}
    found = {c.name: dict(c.columns) for c in propose_columns(books)}
    assert found == {
        "时间": {"a": "时间", "b": "时间"},
        "城市": {"a": "城市", "b": "城市"},
        "推荐意愿": {"a": "推荐意愿", "b": "会推荐吗"},
    }
    rows = rows_of(engine, union_of(engine, one, two))
    assert [(r["来源"], r["推荐意愿"], r["城市"]) for r in rows] == [
        ("调查a", 9.0, "京"),
        ("调查a", 2.0, None),
        ("调查b", 9.0, "京"),
        ("调查b", 2.0, None),
    ]
    assert [r["_source"] for r in rows] == [0, 0, 1, 1]


def test_another_scale_is_not_proposed_and_not_taken(engine, survey):
    one = survey("a", role=Role.CSAT, scale=(1, 5))
    two = survey("b", role=Role.CSAT, scale=(0, 10))
    names = [
        c.name for c in propose_columns({p.dataset_id: p.snapshot.codebook for p in (one, two)})
    ]
    assert names == ["时间", "城市"]
    both = CommonColumn("满意", {"a": "推荐", "b": "推荐"})
    with pytest.raises(ModelError, match=r"1–5 in 调查a, 0–10 in 调查b"):
        union_of(engine, one, two, columns=[both]).codebook()
    scored = union_of(engine, one, two, columns=[replace(both, as_score=True)])
    assert scored.codebook()["满意"].scale.maximum == 100
    assert [r["满意"] for r in rows_of(engine, scored)] == [200.0, 25.0, 90.0, 20.0]


def test_a_reversed_scale_is_another_scale(engine, survey, column):
    one, two = survey("a", role=Role.CES, scale=(1, 7)), survey("b", role=Role.CES, scale=(1, 7))
    turned = column("推荐", Role.CES, (1, 7), direction=-1)
    book = Codebook((two.snapshot.codebook["时间"], turned))
    two = replace(two, snapshot=replace(two.snapshot, codebook=book))
    both = CommonColumn("费力", {"a": "推荐", "b": "推荐"}, as_score=True)
    with pytest.raises(ModelError, match="1–7↓"):
        union_of(engine, one, two, columns=[replace(both, as_score=False)]).codebook()
    scores = [r["费力"] for r in rows_of(engine, union_of(engine, one, two, columns=[both]))]
    assert scores[1] == pytest.approx(100 / 6)
    assert scores[3] == pytest.approx(100 - 100 / 6)


def test_what_is_no_nps_does_not_become_one(engine, survey):
    one, two = survey("a"), survey("b", role=Role.CSAT)
    both = CommonColumn("推荐", {"a": "推荐", "b": "推荐"})
    for asked in (both, replace(both, as_score=True)):
        with pytest.raises(ModelError, match="an NPS goes only with an NPS"):
            union_of(engine, one, two, columns=[asked]).codebook()
    mixed = CommonColumn("x", {"a": "推荐", "b": "城市"})
    with pytest.raises(ModelError, match="a rating in 调查a and words in 调查b"):
        union_of(engine, one, two, columns=[mixed]).codebook()


def test_flags_keep_their_rule_whatever_bit_it_had(engine, survey):
    duplicate, speeder = FlagMeaning("duplicate", 1, True, 1), FlagMeaning("speeder", 2, False, 1)
    one = survey("a", legend=(duplicate, speeder), flags=[1, 2])
    two = survey("b", legend=(speeder, duplicate), flags=[1, 3])
    union = union_of(engine, one, two)
    assert [(f.rule_id, f.n_flagged) for f in union.legend()] == [("duplicate", 2), ("speeder", 2)]
    assert [r["_flags"] for r in rows_of(engine, union)] == [1, 2, 2, 3]


def test_moments_come_in_the_zone_of_the_first(engine, survey):
    union = union_of(engine, survey("a", zone="Asia/Shanghai"), survey("b", zone="UTC"))
    assert [r["时间"] and r["时间"].hour for r in rows_of(engine, union)] == [9, None, 17, None]


def test_one_dataset_alone_or_twice_is_no_union(engine, survey):
    one = survey("a")
    for sources in ([one], [one, one]):
        with pytest.raises(ModelError):
            union_of(engine, *sources).codebook()
