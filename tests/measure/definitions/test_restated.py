"""As reported then, restated now; and what weights do to the index."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.codebook.contracts import Role
from huiyin.codebook.cuts import Cuts
from huiyin.core.errors import BadInputError
from huiyin.measure.contracts import Query, Viewer
from huiyin.measure.definitions.contracts import DefinitionError
from huiyin.measure.definitions.restated import restated
from huiyin.measure.definitions.sensitivity import sensitivity
from huiyin.measure.metric import HOUSE_RULES, Elsewhere, LevelPoints, MetricRules
from huiyin.measure.run import CorridorOverSnapshot

STRICT = MetricRules(cuts=Cuts(satisfied={5: 1}), level_points=LevelPoints.TIMES_20, version=2)
N = 120


@pytest.fixture
def corridor(engine, make, column):
    data = {
        "服务": [float(1 + i % 5) for i in range(N)],
        "产品": [float(1 + i % 4) for i in range(N)],
        "店": [("甲", "乙")[i % 2] for i in range(N)],
    }
    columns = [
        column("服务", Role.ASPECT, (1, 5)),
        column("产品", Role.ASPECT, (1, 5)),
        column("店", Role.UNIT),
    ]
    days = [date(2025, 1, 1 + i % 28) for i in range(N)]
    return CorridorOverSnapshot(engine, make(data, columns, days=days), Viewer.owner())


def test_both_and_the_difference(corridor):
    query = Query(("satisfied:服务", "score:服务"), by=("店",))
    found = restated(corridor, query, HOUSE_RULES, STRICT)
    assert [d.rules_version for d in found.then.definition] == [1, 1]
    assert [d.rules_version for d in found.now.definition] == [2, 2]
    assert found.then.cells == corridor.answer(query).cells
    gaps = {(m.metric, m.by["店"]): m.difference for m in found.moved}
    assert set(gaps) == {(m, s) for m in query.metrics for s in ("甲", "乙")}
    assert gaps["satisfied:服务", "甲"] == pytest.approx(-0.2)
    assert gaps["score:服务", "甲"] == pytest.approx(60 - 50)


def test_old_report_comes_back_as_it_was(corridor):
    query = Query(("satisfied:服务", "score:服务"))
    reported = corridor.answer(query)
    again = restated(corridor, query, HOUSE_RULES, STRICT)
    assert again.then == reported
    same = restated(corridor, query, HOUSE_RULES, HOUSE_RULES)
    assert [m.difference for m in same.moved] == [0.0, 0.0]


def test_what_the_rules_of_then_filled_in_is_left_to_those_of_now(corridor):
    reported = corridor.answer(Query(("score:服务",)))
    assert reported.query.points == "linear"
    found = restated(corridor, reported.query, HOUSE_RULES, STRICT)
    assert found.moved[0].difference == pytest.approx(10)
    asked = Query(("score:服务",), points="graded")
    assert restated(corridor, asked, HOUSE_RULES, STRICT).moved[0].difference == pytest.approx(0)


def test_metric_that_todays_rules_refuse_says_why(engine, make, column):
    snapshot = make({"推荐": [1.0, 9.0, 10.0]}, [column("推荐", Role.NPS, (1, 10))])
    corridor = CorridorOverSnapshot(engine, snapshot, Viewer.owner())
    refusing = MetricRules(odd_nps=Elsewhere.REFUSED)
    found = restated(corridor, Query(("nps",)), HOUSE_RULES, refusing)
    assert found.now is None
    assert "0–10" in found.refused.say()
    assert [(m.now, m.difference) for m in found.moved] == [(None, None)]


def test_index_under_old_and_new_weights_and_what_each_weight_does(corridor):
    query = Query(("nps",), by=("店",), since=date(2025, 1, 1), until=date(2025, 1, 31))
    found = sensitivity(corridor, query, {"服务": 3.0, "产品": 1.0}, {"服务": 1.0, "产品": 1.0})
    service, product = 50.0, 37.5
    assert found.old.estimate == pytest.approx((service + product) / 2)
    assert found.new.estimate == pytest.approx(0.75 * service + 0.25 * product)
    assert found.new.low < found.new.estimate < found.new.high
    assert found.difference == pytest.approx(0.25 * (service - product))
    first, second = found.pushes
    assert (first.name, first.share) == ("服务", 0.75)
    lower, higher = ((w * service + product) / (w + 1) for w in (2.7, 3.3))
    assert (first.lower.estimate, first.higher.estimate) == pytest.approx((lower, higher))
    assert first.moves == pytest.approx((higher - lower) / 2)
    assert second.moves < 0 < first.moves


def test_first_set_has_nothing_before_it_and_zero_weights_are_not_pushed(corridor):
    found = sensitivity(corridor, Query(()), {"服务": 1.0, "产品": 0.0})
    assert (found.old, found.difference) == (None, None)
    assert [(p.name, p.moves) for p in found.pushes] == [("服务", pytest.approx(0))]


def test_weights_that_fit_nothing(corridor):
    with pytest.raises(DefinitionError):
        sensitivity(corridor, Query(()), {"服务": -1.0})
    with pytest.raises(BadInputError, match="物流"):
        sensitivity(corridor, Query(()), {"物流": 1.0})
