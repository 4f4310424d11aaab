"""The whole corridor against R survey 4.1-1 on the generated survey csat_a.

Figures: svydesign(id=~store, strata=~region, weights=~w), svymean, svyby, svyciprop, svycontrast,
rake; R 4.2.2.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from huiyin.measure.contracts import Against, Compare, Margin, Query, Viewer, Weighting
from huiyin.measure.run import answer

DESIGN = {"weighting": Weighting("w"), "strata": "region", "cluster": "store"}
OWNER = Viewer.owner()
MARGINS = Path(__file__).parent / "data" / "csat_a_margins.csv"

BY_SEGMENT = {
    "basic": (1.8906623642203169, 6.269075845458769),
    "plus": (2.828633890660802, 7.4317749736011125),
    "premium": (11.703123673508252, 8.20548366507406),
}
BY_REGION_AGE = {
    ("East", "18-34"): (5.365660768600598, 11.377476314218828),
    ("North", "18-34"): (10.18199483711173, 14.655747528655393),
    ("Online", "18-34"): (16.67158238326191, 25.145230517454916),
    ("South", "35-54"): (-12.107133359825204, 6.861427581133069),
    ("West", "55+"): (26.948056109127187, 16.216336532385967),
}


def only(result):
    (cell,) = result.cells
    return cell


def close(*numbers):
    return pytest.approx(numbers if len(numbers) > 1 else numbers[0], rel=1e-8)


def test_nps_with_strata_clusters_and_weights(engine, csat_a):
    cell = only(answer(engine, csat_a, Query(("nps",), **DESIGN), OWNER))
    assert (cell.estimate, cell.standard_error) == close(4.265480993908318, 5.665122366027466)
    assert (cell.low, cell.high) == close(-7.304242375805678, 15.835204363622312)
    assert cell.degrees_of_freedom == 30


def test_share_has_the_beta_interval_of_svyciprop(engine, csat_a):
    cell = only(answer(engine, csat_a, Query(("satisfied",), **DESIGN), OWNER))
    assert cell.estimate == close(0.6501722674051525)
    assert (cell.low, cell.high) == pytest.approx(
        (0.5823811215364648, 0.7137593013923687), rel=1e-7
    )


def test_mean_and_score(engine, csat_a):
    mean, score = answer(engine, csat_a, Query(("mean", "score"), **DESIGN), OWNER).cells
    assert (mean.estimate, mean.standard_error) == close(3.8304358920516512, 0.06522453348601556)
    assert (mean.low, mean.high) == close(3.697229623838064, 3.9636421602652385)
    assert score.estimate == close((3.8304358920516512 - 1) * 25)
    assert score.standard_error == close(0.06522453348601556 * 25)


def test_domains_keep_the_design(engine, csat_a):
    result = answer(engine, csat_a, Query(("nps",), by=("segment",), **DESIGN), OWNER)
    for cell in result.cells:
        assert (cell.estimate, cell.standard_error) == close(*BY_SEGMENT[cell.by["segment"]])
        assert cell.degrees_of_freedom == 30


def test_domains_by_two_columns(engine, csat_a):
    result = answer(engine, csat_a, Query(("nps",), by=("region", "age"), **DESIGN), OWNER)
    found = {(c.by["region"], c.by["age"]): (c.estimate, c.standard_error) for c in result.cells}
    assert len(found) == 15
    for key, expected in BY_REGION_AGE.items():
        assert found[key] == close(*expected)


def test_weights_alone(engine, csat_a):
    cell = only(answer(engine, csat_a, Query(("nps",), weighting=Weighting("w")), OWNER))
    assert (cell.estimate, cell.standard_error) == close(4.265480993908318, 3.1036884297447926)
    assert cell.degrees_of_freedom == 911


def test_difference_of_groups_that_share_clusters(engine, csat_a):
    compare = Compare(Against.GROUP, "segment", "basic")
    result = answer(
        engine, csat_a, Query(("nps",), by=("segment",), compare=compare, **DESIGN), OWNER
    )
    premium = next(c.comparison for c in result.cells if c.by["segment"] == "premium")
    t_30 = 2.0422724563012373
    assert premium.difference == close(9.812461309287935)
    assert (premium.high - premium.low) / 2 / t_30 == pytest.approx(7.865543988993875, rel=1e-7)


def test_rest_is_the_complement_as_a_group_of_its_own(engine, csat_a, make, column):
    """What algebra takes out of the total is what grouping by (premium or not) would give."""
    query = Query(("nps", "satisfied"), by=("segment",), compare=Compare(Against.REST), **DESIGN)
    rest = {
        c.metric: c
        for c in answer(engine, csat_a, query, OWNER).cells
        if c.by["segment"] == "premium"
    }
    import pyarrow.parquet as pq

    table = pq.read_table(csat_a.files[0])
    two = ["premium" if s == "premium" else "other" for s in table["segment"].to_pylist()]
    kept = table.drop(["_row", "_source", "_flags", "_answered_on"])
    kept = kept.append_column("two", [two])
    from huiyin.codebook.contracts import Role

    again = make(kept, [*csat_a.codebook.columns, column("two", Role.DIMENSION)])
    compare = Compare(Against.GROUP, "two", "other")
    direct = answer(
        engine, again, Query(("nps", "satisfied"), by=("two",), compare=compare, **DESIGN), OWNER
    )
    for cell in direct.cells:
        if cell.by["two"] == "premium":
            mine, theirs = rest[cell.metric].comparison, cell.comparison
            assert mine.difference == pytest.approx(theirs.difference, rel=1e-9)
            assert (mine.low, mine.high) == pytest.approx((theirs.low, theirs.high), rel=1e-6)


def margins():
    shares: dict[str, dict[str, float]] = {}
    for row in csv.DictReader(MARGINS.read_text(encoding="utf-8").splitlines()):
        shares.setdefault(row["variable"], {})[row["level"]] = float(row["total"])
    return tuple(Margin(column, levels) for column, levels in shares.items())


def test_raking_has_the_error_of_r_rake(engine, csat_a):
    design = {**DESIGN, "weighting": Weighting("w", margins())}
    nps, mean = answer(engine, csat_a, Query(("nps", "mean"), **design), OWNER).cells
    assert (nps.estimate, nps.standard_error) == pytest.approx(
        (3.7947885237656047, 5.804693116078744), rel=1e-6
    )
    assert (mean.estimate, mean.standard_error) == pytest.approx(
        (3.8275617747037063, 0.06639162242651454), rel=1e-6
    )


def test_raking_tells_its_effect_and_the_unweighted_score(engine, csat_a):
    query = Query(("nps",), **{**DESIGN, "weighting": Weighting("w", margins())})
    weighting = answer(engine, csat_a, query, OWNER).data.weighting
    assert weighting["design_effect_of_weights"] == pytest.approx(1.4055593163863354, rel=1e-6)
    assert weighting["largest"] / weighting["smallest"] == pytest.approx(
        479.6781316041756 / 15.362544000209649, rel=1e-6
    )
    (beside,) = weighting["cells"]
    assert beside["unweighted"] == pytest.approx(7.6751946607341495)
    assert beside["design_effect"] > 1


def test_design_effect_of_the_mean_with_replacement(engine, csat_a):
    """R gives 4.36106 without replacement; n/(population) = 912/121,760 parts the two."""
    query = Query(("mean",), **DESIGN)
    (beside,) = answer(engine, csat_a, query, OWNER).data.weighting["cells"]
    assert beside["design_effect"] == pytest.approx(4.36106389670809, rel=0.01)


def test_index_with_one_aspect_is_its_score(engine, csat_a):
    query = Query(("index", "score"), index_weights={"csat": 3.0}, by=("segment",), **DESIGN)
    cells = answer(engine, csat_a, query, OWNER).cells
    for index, score in zip(cells[:3], cells[3:], strict=True):
        assert (index.estimate, index.low, index.high) == pytest.approx(
            (score.estimate, score.low, score.high)
        )


def test_index_error_is_that_of_the_weighted_sum_of_rows(engine, csat_a, make, column):
    """With both aspects answered by everyone the index is the mean of a row's weighted sum."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from huiyin.codebook.contracts import Role

    table = pq.read_table(csat_a.files[0])
    table = table.filter(pa.compute.is_valid(table["nps"]))
    table = table.drop(["_row", "_source", "_flags", "_answered_on"])
    nps, csat = table["nps"].to_numpy(), table["csat"].to_numpy()
    row = 0.75 * (csat - 1) * 25 + 0.25 * nps * 10
    table = table.append_column("both", pa.array(row))
    book = [*csat_a.codebook.columns, column("both", Role.ASPECT, (0, 100))]
    query = Query(("index", "mean:both"), index_weights={"csat": 3, "nps": 1}, **DESIGN)
    index, mean = answer(engine, make(table, book), query, OWNER).cells
    assert (index.estimate, index.standard_error) == pytest.approx(
        (mean.estimate, mean.standard_error), rel=1e-9
    )
