"""Why we are behind a competitor: the aspects, the groups, the voices; and never of too few."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from huiyin.analyse.contracts import AnalysisError
from huiyin.analyse.why.run import explain_change
from huiyin.codebook.contracts import Role
from huiyin.core.absence import Reason
from huiyin.core.text import EN
from huiyin.measure.contracts import Against, Call, Compare, Query, QueryError, Viewer, Weighting
from huiyin.measure.run import CorridorOverSnapshot
from huiyin.stats.mix_rate import mix_and_rate

RIVAL = Compare(Against.COMPETITOR)
REGIONS = ("华东", "华南", "华北", "西部")


@pytest.fixture
def survey(snapshots, engine, tmp_path):
    """Give a function (ratings of us, of the competitor by aspect, more columns) -> corridor."""

    def build(own, rival, *, minimum=1, block="竞品甲", **more):
        data, columns = {}, []
        for name, values in own.items():
            data[name] = [*values]
            columns.append(snapshots.column(name, Role.ASPECT, (1, 5), group="评价"))
        for name, values in rival.items():
            words = [None if v is None else f"{v:g}" for v in values]
            data[f"{block}{name}"] = words
            columns.append(snapshots.column(f"{block}{name}", Role.META, (1, 5), group=block))
        roles = {"原话": Role.TEXT, "客户": Role.CUSTOMER}
        for name, values in more.items():
            data[name] = [*values]
            columns.append(snapshots.column(name, roles.get(name, Role.DIMENSION)))
        snapshot = snapshots.write_snapshot(tmp_path, data, columns)
        return CorridorOverSnapshot(engine, snapshot, Viewer("someone", minimum))

    return build


def levels(latent):
    return [float(x) for x in np.digitize(latent, (-1.2, -0.5, 0.3, 1.1)) + 1]


@pytest.fixture
def planted(survey):
    """Give a company that is behind on price, most of all in 华南, and ahead on service."""

    def build(n=2400, seed=0, there=-1.2, everywhere=-0.3, **more):
        rng = np.random.default_rng(seed)
        region, mood = rng.choice(REGIONS, n), rng.normal(0, 0.6, n)
        price = mood + rng.normal(0, 0.8, n) + everywhere + there * (region == "华南")
        drawn = {
            name: mood + rng.normal(0, 0.8, n) for name in ("服务", "竞价", "竞服", "净", "竞净")
        }
        knows = rng.random(n) < 0.6

        def rated(latent):
            return [v if k else None for v, k in zip(levels(latent), knows, strict=True)]

        own = {
            "价格": levels(price),
            "服务": levels(drawn["服务"] + 0.8),
            "环境": levels(drawn["净"]),
        }
        rival = {
            "价格": rated(drawn["竞价"]),
            "服务": rated(drawn["竞服"]),
            "环境": rated(drawn["竞净"]),
        }
        channel = rng.choice(("门店", "网上"), n)
        return survey(own, rival, 大区=region, 渠道=channel, **more)

    return build


def ask(corridor, *metrics, compare=RIVAL, **words):
    return explain_change(corridor, Query(metrics, compare=compare, **words))


# Known values, worked by hand


def test_contributions_are_shares_of_the_pairs_times_their_gaps(survey):
    own = [4, 4, 2, 2, 3, 3, 5, 5, 5, 1]
    rival = [5, 5, 4, 4, 3, 4, 5, 4, None, None]  # gaps -1 -1 -2 -2 | 0 -1 0 1; two rated us alone
    why = ask(
        survey({"价格": own}, {"价格": rival}, 组=["甲"] * 4 + ["乙"] * 4 + ["甲", "乙"]),
        "mean:价格",
    )
    compared = why.whole.comparison
    assert (compared.difference, compared.n_pairs) == (pytest.approx(-0.75), 8)
    assert (why.gap.ours(why.whole), compared.reference) == (
        pytest.approx(3.5),
        pytest.approx(4.25),
    )
    (by_group,) = why.dimensions
    groups = {one.value: one for one in by_group.groups}
    assert [groups[g].contribution.estimate for g in "甲乙"] == pytest.approx([-0.75, 0.0])
    assert [groups[g].beyond.estimate for g in "甲乙"] == pytest.approx([-0.375, 0.375])
    assert [groups[g].share_after for g in "甲乙"] == [0.5, 0.5]
    assert (groups["甲"].before, groups["甲"].after) == (pytest.approx(4.5), pytest.approx(3.0))
    # The gap where one is of 甲, else 0: mean -0.75, variance 5.5/7, so an error of √(5.5/56).
    reach = stats.t.ppf(0.975, 3) * np.sqrt(5.5 / 56)
    assert groups["甲"].contribution.low == pytest.approx(-0.75 - reach)
    assert groups["甲"].contribution.high == pytest.approx(-0.75 + reach)


def test_the_error_of_what_goes_beyond_is_the_jackknife_over_people(survey):
    rng = np.random.default_rng(3)
    own, rival = rng.integers(1, 6, 40), rng.integers(1, 6, 40)
    group = rng.choice(("甲", "乙", "丙"), 40)
    why = ask(
        survey({"价格": own.astype(float)}, {"价格": rival.astype(float)}, 组=group), "mean:价格"
    )
    gaps = (own - rival).astype(float)

    def beyond(kept, value):
        inside = gaps[kept & (group == value)].sum() / kept.sum()
        return inside - (kept & (group == value)).sum() / kept.sum() * gaps[kept].mean()

    for one in why.dimensions[0].groups:
        again = np.array([beyond(np.arange(40) != i, one.value) for i in range(40)])
        error = np.sqrt(39 / 40 * ((again - again.mean()) ** 2).sum())
        reach = stats.t.ppf(0.975, (group == one.value).sum() - 1) * error
        assert one.beyond.high - one.beyond.estimate == pytest.approx(reach)


# Properties


@pytest.mark.parametrize(
    "metric", ["score:价格", "mean:价格", "satisfied:价格", "dissatisfied:价格"]
)
def test_the_planted_gap_and_its_region_are_named_first(planted, metric):
    why = ask(planted(), metric)
    first, aspects = why.contributors[0], why.gap.aspects
    worse = -1.0 if why.definition.higher_is_better else 1.0
    assert (first.dimension, first.value, first.call, first.pushes) == (
        "大区",
        "华南",
        Call.REAL,
        True,
    )
    assert first.contribution.estimate * worse > 0
    assert why.dimensions[0].column == "大区"
    assert [c.metric.partition(":")[2] for c in aspects] == ["价格", "环境", "服务"]
    assert [c.comparison.call for c in aspects][::2] == [Call.REAL, Call.REAL]
    assert {c.comparison.family for c in aspects} == {3}
    said = why.finding.say()
    assert all(words in said for words in ("“大区＝华南”", "真的比竞品甲好的是服务", "同一批人"))
    assert "no mix effect" in why.finding.say(EN)
    words = {Call.STABLE: "环境和竞品甲大致相同", Call.CANNOT_TELL: "环境还无法判断"}
    assert words[aspects[1].comparison.call] in said
    assert "真的不如竞品甲" not in said


def test_where_nothing_is_really_behind_it_says_so(planted):
    said = ask(planted(there=0.5, everywhere=0.6), "score:价格").finding.say()
    assert "没有哪一项真的不如竞品甲" in said
    assert "真的比竞品甲好的是服务" in said
    behind = ask(planted(), "score:服务").finding.say()
    assert "真的不如竞品甲的还有价格（−" in behind


def test_without_a_metric_the_aspect_furthest_behind_is_taken_apart(planted):
    why = ask(planted())
    assert why.whole.metric == "score:价格"
    assert why.contributors[0].value == "华南"
    assert ask(planted(), "score:服务", "score:环境").whole.metric == "score:环境"


def test_the_groups_of_each_dimension_add_up_to_the_gap_and_none_by_mix(planted):
    why = ask(planted(seed=4), "score:价格")
    assert len(why.dimensions) == 2
    for one in why.dimensions:
        assert sum(g.contribution.estimate for g in one.groups) == pytest.approx(
            why.whole.comparison.difference
        )
        assert sum(g.beyond.estimate for g in one.groups) == pytest.approx(0, abs=1e-9)
        assert [g.mix for g in one.groups] == [0.0] * len(one.groups)
        assert all(g.n_before == g.n_after for g in one.groups)
        assert all(g.share_before == g.share_after for g in one.groups)


def test_what_is_alike_everywhere_is_in_no_group(planted):
    real = [ask(planted(seed=s, there=0.0), "score:价格") for s in range(8)]
    assert sum(any(c.call is Call.REAL for c in why.contributors) for why in real) <= 2
    assert "没有哪一组的差距确实比所有人大" in real[0].finding.say()


def test_conditions_and_days_hold_on_both_sides(planted):
    from huiyin.measure.contracts import Filter

    only = (Filter("大区", "=", ("华南",)),)
    why = ask(planted(), "score:价格", where=only)
    whole = ask(planted(), "score:价格")
    assert why.whole.comparison.n_pairs == whole.contributors[0].n_after
    assert {one.column for one in why.dimensions} == {"渠道"}


def test_intervals_of_contributions_cover_as_often_as_they_say():
    rng = np.random.default_rng(11)
    times, n, share, gaps = 800, 80, 0.3, (-0.8, -0.2)
    hits = {"contribution": 0, "beyond": 0}
    truth = {"contribution": share * gaps[0], "beyond": share * (1 - share) * (gaps[0] - gaps[1])}
    for _ in range(times):
        inside = rng.random(n) < share
        gap = np.where(inside, *gaps) + np.where(inside, 1.2, 0.7) * rng.normal(size=n)
        theirs = rng.normal(size=n)
        at = np.stack([inside, ~inside]).astype(float)
        sums = np.stack([at * theirs, at * (theirs + gap)])
        found = mix_and_rate(np.stack([at, at]), sums)
        reach = stats.t.ppf(0.975, found.degrees_of_freedom[0])
        for name in hits:
            part = getattr(found, name)
            off = abs(part.estimate[0] - truth[name])
            hits[name] += off <= reach * part.standard_error[0]
    for name, n_hits in hits.items():
        assert 0.925 <= n_hits / times <= 0.98, name


# Degenerate input


def test_nobody_rated_both(survey):
    why = ask(
        survey({"价格": [3.0, 4.0] * 10}, {"价格": [None] * 20}, 组=["甲", "乙"] * 10), "score:价格"
    )
    assert why.not_estimable.reason is Reason.NO_ANSWERS
    assert (why.dimensions, why.voices) == ((), ())
    assert "没有人两家都评过" in why.finding.say()


def test_pairs_that_are_all_alike_have_no_error(survey):
    own = [4.0, 3.0, 5.0] * 10
    why = ask(survey({"价格": own}, {"价格": own}, 组=["甲", "乙"] * 15), "score:价格")
    assert why.not_estimable.reason is Reason.CONSTANT
    assert why.to_json()["not_estimable"] == "constant"
    assert "都一样" in why.finding.say()


def test_where_all_rate_us_alike_the_gap_is_told_where_the_competitor_s_varies(survey):
    rng = np.random.default_rng(3)
    region = rng.choice(["甲", "乙", "丙"], 600)
    rival = np.where(region == "甲", 5.0, 3.0) - rng.integers(0, 2, 600)
    own = {"价格": [4.0] * 600, "服务": rng.integers(1, 6, 600).astype(float)}
    theirs = {"价格": rival, "服务": rng.integers(1, 6, 600).astype(float)}
    why = ask(survey(own, theirs, 组=region), "score:价格")
    assert why.not_estimable is None
    assert why.whole.not_estimable.reason is Reason.CONSTANT
    shown = why.to_json()
    compared = shown["whole"]["comparison"]
    known = stats.ttest_rel(own["价格"], rival)
    half = (compared["high"] - compared["low"]) / 2 / 25  # points of 100 on a scale from 1 to 5
    assert half == pytest.approx(known.confidence_interval(0.95).high - (4 - rival.mean()))
    assert shown["gap"]["ours"] == pytest.approx(75.0)
    assert "真差异" in why.finding.say()
    aspect = next(one for one in shown["gap"]["aspects"] if one["metric"] == "score:价格")
    assert aspect["comparison"]["difference"] == compared["difference"]
    (dimension,) = shown["dimensions"]
    assert {g["value"] for g in dimension["groups"] if g["call"] == "real"} == {"甲", "乙", "丙"}


def test_one_who_rated_both_is_no_gap(survey):
    why = ask(survey({"价格": [3.0, 4.0] * 10}, {"价格": [5.0, *[None] * 19]}), "score:价格")
    assert why.not_estimable.reason is Reason.ONE_ANSWER
    assert why.dimensions == ()


def test_where_nobody_rates_the_competitor_higher_it_says_so(survey):
    rng = np.random.default_rng(2)
    rival = rng.integers(1, 4, 60).astype(float)
    own = rival + rng.integers(0, 3, 60)
    why = ask(survey({"价格": own}, {"价格": rival}, 组=["甲", "乙"] * 30), "score:价格")
    assert (why.gap.n_behind, why.voices) == (0, ())
    assert any("没有人给竞品打分更高" in note.say() for note in why.notes)


def test_those_who_rate_it_higher_are_counted_where_all_of_them_rate_us_alike(survey):
    own, rival = [2.0] * 20 + [3.0, 5.0] * 20, [4.0] * 20 + [1.0, 2.0] * 20
    why = ask(survey({"价格": own}, {"价格": rival}, 组=["甲", "乙"] * 30), "score:价格")
    assert why.gap.n_behind == 20


def test_one_group_is_said_and_not_taken_apart(survey):
    rng = np.random.default_rng(1)
    own, rival = rng.integers(1, 6, (2, 60)).astype(float)
    why = ask(survey({"价格": own}, {"价格": rival}, 组=["甲"] * 60), "score:价格", by=("组",))
    assert why.dimensions == ()
    assert any("“组”" in note.say() for note in why.notes)


def test_without_comments_it_says_so(planted):
    why = ask(planted(), "score:价格")
    assert why.voices == ()
    assert why.gap.n_behind > 0
    assert any("没有您能看的评论" in note.say() for note in why.notes)


def test_what_no_competitor_is_asked_about_is_refused(survey):
    rng = np.random.default_rng(1)
    own, rival = rng.integers(1, 6, (2, 60)).astype(float)
    corridor = survey({"价格": own, "服务": own}, {"价格": rival}, 组=["甲", "乙"] * 30)
    with pytest.raises(QueryError, match="服务"):
        ask(corridor, "score:服务")
    with pytest.raises(AnalysisError):
        ask(survey({"价格": own}, {}, 组=["甲", "乙"] * 30))


# What they say


def test_who_rates_the_competitor_higher_is_heard(survey):
    rng = np.random.default_rng(5)
    own, rival = rng.integers(1, 6, (2, 400)).astype(float)
    said = [
        f"{'太贵了' if a < b else '挺好的'} 第{i}次来"
        for i, (a, b) in enumerate(zip(own, rival, strict=True))
    ]
    why = ask(
        survey({"价格": own}, {"价格": rival}, 组=["甲", "乙"] * 200, 原话=said), "score:价格"
    )
    assert why.gap.n_behind == int((own < rival).sum())
    assert len(why.voices) == 8
    assert all("太贵" in one.verbatim.text for one in why.voices)


@pytest.mark.parametrize("n_not", [0, 5, 40])
def test_too_few_who_do_not_rate_it_higher_are_not_told_apart(survey, n_not):
    """Who knows how many rated both would take off those who rate the competitor higher."""
    n = 100
    own, rival = [1.0, 2.0] * 50, [5.0] * n
    own[:n_not] = [5.0] * n_not
    said = [f"这里有点贵 第{i}次" for i in range(n)]
    corridor = survey({"价格": own}, {"价格": rival}, 组=["甲", "乙"] * 50, 原话=said, minimum=10)
    why = ask(corridor, "score:价格")
    told = n_not == 0 or n_not >= 10
    assert (why.gap.n_behind == n - n_not) is told
    assert bool(why.voices) is told
    assert any("人太少" in note.say() for note in why.notes) is not told


# Small groups


def rated(seed, n):
    return np.random.default_rng(seed).integers(1, 6, (2, n)).astype(float)


def test_groups_of_too_few_pairs_or_too_few_beside_them_stand_together(survey):
    own, rival = rated(2, 200)
    group = ["甲"] * 50 + ["乙"] * 50 + ["丙"] * 50 + ["丁"] * 50
    rival = [*rival[:100], *rival[100:104], *[None] * 46, *rival[150:196], *[None] * 4]
    corridor = survey({"价格": own}, {"价格": rival}, 组=group, minimum=10)
    why = ask(corridor, "score:价格")
    (by_group,) = why.dimensions
    shown = {one.value for one in by_group.groups if not one.folded}
    assert {"丙", "丁"}.isdisjoint(shown)  # four pairs; four who rated us alone
    assert shown == {"甲", "乙"}
    (rest,) = (one for one in by_group.groups if one.folded)
    assert (rest.folded, rest.n_after, rest.call) == (2, 50, None)
    assert sum(g.contribution.estimate for g in by_group.groups) == pytest.approx(
        why.whole.comparison.difference
    )
    owner = ask(survey({"价格": own}, {"价格": rival}, 组=group), "score:价格")
    assert len(owner.dimensions[0].groups) == 4


@pytest.mark.parametrize("n_pairs", [6, 94])
def test_too_few_pairs_or_too_few_beside_them_as_a_whole_tell_nothing(survey, n_pairs):
    own, rival = rated(3, 100)
    some = [*rival[:n_pairs], *[None] * (100 - n_pairs)]
    corridor = survey({"价格": own}, {"价格": some}, 组=["甲", "乙"] * 50, minimum=10)
    why = ask(corridor, "score:价格")
    assert why.not_estimable.reason is Reason.SUPPRESSED
    assert (why.dimensions, why.voices, why.gap.n_behind) == ((), (), None)
    (sums,) = corridor.side_sums(Query(("score:价格",), by=("组",), compare=RIVAL))
    assert (sums.labels, sums.n.size) == ((), 0)


# Several competitors


def test_a_competitor_is_named_by_its_block_where_there_are_several(snapshots, engine, tmp_path):
    rng = np.random.default_rng(8)
    data = {
        name: rng.integers(1, 6, 300).astype(float) for name in ("价格", "服务", "乙价格", "乙服务")
    }
    data |= {
        "甲价格": np.minimum(data["价格"] + 1, 5),
        "甲服务": data["乙服务"],
        "组": ["子", "丑"] * 150,
    }
    columns = [
        *(snapshots.column(n, Role.ASPECT, (1, 5), group="评价") for n in ("价格", "服务")),
        *(
            snapshots.column(f"{b}{n}", Role.META, (1, 5), group=b)
            for b in "乙甲"
            for n in ("价格", "服务")
        ),
        snapshots.column("组", Role.DIMENSION),
    ]
    order = [c.name for c in columns]
    snapshot = snapshots.write_snapshot(tmp_path, {n: [*data[n]] for n in order}, columns)
    corridor = CorridorOverSnapshot(engine, snapshot, Viewer.owner())
    with pytest.raises(QueryError, match="甲价格"):
        ask(corridor, "score:价格")
    by_block = ask(corridor, compare=Compare(Against.COMPETITOR, "甲"))
    assert by_block.whole.metric == "score:价格"
    assert by_block.gap.rival.say() == "甲"
    assert by_block.gap.n_behind == int((data["价格"] < 5).sum())
    by_column = ask(corridor, "score:价格", compare=Compare(Against.COMPETITOR, "甲价格"))
    assert by_column.whole.comparison.difference == by_block.whole.comparison.difference
    assert len(by_column.gap.aspects) == 2


def test_customers_who_come_again_are_one_in_every_error(survey):
    """Each answer given twice by the same customer tells no more than once."""
    own, rival = rated(6, 60)
    group, who = ["甲", "乙", "丙"] * 20, [f"c{i}" for i in range(60)]
    once = ask(survey({"价格": own}, {"价格": rival}, 组=group, 客户=who), "score:价格")
    twice = survey({"价格": [*own, *own]}, {"价格": [*rival, *rival]}, 组=group * 2, 客户=who * 2)
    again = ask(twice, "score:价格")
    assert again.whole.comparison.low == pytest.approx(once.whole.comparison.low)
    for one, other in zip(once.contributors, again.contributors, strict=True):
        assert (one.value, 2 * one.n_after) == (other.value, other.n_after)
        assert one.contribution.low == pytest.approx(other.contribution.low)
        assert one.beyond.high == pytest.approx(other.beyond.high)


def test_weights_count_on_both_sides(snapshots, engine, tmp_path):
    own, rival = rated(7, 120)
    weight = np.where(np.arange(120) < 40, 3.0, 1.0)
    data = {"价格": [*own], "竞品价格": [*rival], "组": ["甲"] * 40 + ["乙"] * 80, "权": [*weight]}
    columns = [
        snapshots.column("价格", Role.ASPECT, (1, 5)),
        snapshots.column("竞品价格", Role.ASPECT, (1, 5)),
        snapshots.column("组", Role.DIMENSION),
        snapshots.column("权", Role.WEIGHT),
    ]
    corridor = CorridorOverSnapshot(
        engine, snapshots.write_snapshot(tmp_path, data, columns), Viewer.owner()
    )
    why = ask(corridor, "mean:价格", weighting=Weighting(column="权"))
    gap = own - rival
    assert why.whole.comparison.difference == pytest.approx(np.average(gap, weights=weight))
    (first,) = (one for one in why.contributors if one.value == "甲")
    assert first.share_after == pytest.approx(120 / 200)
    assert first.contribution.estimate == pytest.approx(gap[:40].sum() * 3 / 200)


@pytest.mark.parametrize("seed", range(8))
def test_no_table_of_a_gap_tells_of_fewer_than_may_be_seen(survey, seed):
    """In each group shown, and in the rest: of who rated both, and of who rated us alone."""
    rng = np.random.default_rng(seed)
    n, least = 300, 10
    shares = rng.dirichlet(np.full(8, 0.5))
    group, side = rng.choice(list("甲乙丙丁戊己庚辛"), n, p=shares), rng.choice(("子", "丑"), n)
    own, rival = rng.integers(1, 6, (2, n)).astype(float)
    both = rng.random(n) < rng.choice((0.3, 0.6, 0.95))
    some = [v if b else None for v, b in zip(rival, both, strict=True)]
    corridor = survey({"价格": own}, {"价格": some}, 组=group, 边=side, minimum=least)
    why = ask(corridor, "score:价格")
    behind = int((own < rival)[both].sum())
    if why.gap.n_behind is not None:
        assert {why.gap.n_behind, both.sum() - behind}.isdisjoint(range(1, least))
    for one in why.dimensions:
        values = {"组": group, "边": side}[one.column]
        named = [g for g in one.groups if not g.folded]
        inside = [values == g.value for g in named]
        inside.append(~np.any(inside, axis=0) if inside else np.ones(n, dtype=bool))
        for rows in inside:
            alone = (rows & ~both).sum()
            assert {(rows & both).sum(), alone}.isdisjoint(range(1, least)), (one.column, alone)
