"""The planted delay in one region and month is what “why” names first."""

from __future__ import annotations

import pytest

from huiyin.analyse.why.run import explain_change
from huiyin.measure.contracts import Against, Call, Compare, Query

SEEDS, AT_LEAST = 20, 19


def explained(company):
    truth = company.truths["delivery_delay"]
    query = Query(
        (truth["facts"]["also"],),
        since=truth["since"],
        until=truth["until"],
        compare=Compare(Against.PREVIOUS),
    )
    return truth, explain_change(company.table("门店满意度").corridor(), query)


def found(company):
    truth, why = explained(company)
    first = why.contributors[0]
    region = truth["where"]["大区"]
    return (
        {first.dimension: first.value} == truth["where"]
        and first.call is Call.REAL
        and first.pushes
        and first.contribution.estimate < 0
        and first.rate < first.mix
        and region in why.finding.say()
        and why.dimensions[0].column == "大区"
    )


def test_the_region_is_named_first_and_its_customers_are_heard(company):
    assert found(company)
    truth, why = explained(company)
    assert {v.value for v in why.voices if v.dimension == "大区"} == {truth["where"]["大区"]}


@pytest.mark.soak
def test_over_twenty_seeds(make_company):
    hits = [seed for seed in range(SEEDS) if found(make_company(seed))]
    assert len(hits) >= AT_LEAST, f"missed: {sorted(set(range(SEEDS)) - set(hits))}"
