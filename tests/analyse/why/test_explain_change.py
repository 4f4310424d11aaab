"""Why a number changed: planted groups are found, noise is not, and small groups stay hidden."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest

from huiyin.analyse.contracts import AnalysisError
from huiyin.analyse.why.present import why_json
from huiyin.analyse.why.run import explain_change
from huiyin.analyse.why.sentences import finding
from huiyin.codebook.contracts import Role
from huiyin.core.text import EN, Text
from huiyin.measure.contracts import (
    Against,
    Call,
    Cell,
    Compare,
    Comparison,
    Filter,
    Query,
    Unit,
    Viewer,
)
from huiyin.measure.run import CorridorOverSnapshot
from huiyin.stats.multiple import benjamini_hochberg

BEFORE, AFTER = date(2025, 1, 9), date(2025, 2, 9)
REGIONS, CHANNELS = ("华东", "华南", "华北", "西部"), ("门店", "网上", "电话")


@pytest.fixture
def survey(make, snapshots, engine):
    """Give a function (shift, …) -> corridor; in February 华南 moves by `shift` of the latent."""

    def build(
        shift=0.0,
        everywhere=0.0,
        n=4000,
        seed=0,
        shares=(0.25,) * 4,
        minimum=1,
        said=None,
        rated=(),
    ):
        rng = np.random.default_rng(seed)
        late = rng.random(n) < 0.5
        region = np.where(late, rng.choice(REGIONS, n, p=shares), rng.choice(REGIONS, n))
        latent = rng.normal(size=n) + late * everywhere + shift * (late & (region == "华南"))
        days = [AFTER if one else BEFORE for one in late]
        data = {
            "大区": [*region],
            "渠道": [*rng.choice(CHANNELS, n)],
            "总体": [float(x) for x in np.digitize(latent, (-1.2, -0.5, 0.3, 1.1)) + 1],
        }
        columns = [
            snapshots.column("大区", Role.DIMENSION),
            snapshots.column("渠道", Role.CHANNEL),
            snapshots.column("总体", Role.OVERALL, (1, 5)),
        ]
        if said:
            data["原话"] = [
                said(r, one, i) for i, (r, one) in enumerate(zip(region, late, strict=True))
            ]
            columns.append(snapshots.column("原话", Role.TEXT))
        for name, of in rated:
            data[name] = [float(of(i)) for i in range(n)]
            columns.append(snapshots.column(name, Role.ASPECT, (1, 5)))
        snapshot = make(data, columns, days=days)
        return CorridorOverSnapshot(engine, snapshot, Viewer("someone", minimum))

    return build


def ask(metric="score:总体", **more):
    words = {"since": date(2025, 2, 1), "until": date(2025, 2, 28)} | more
    return Query((metric,), **({"compare": Compare(Against.PREVIOUS)} | words))


@pytest.mark.parametrize(
    "against", [Compare(Against.PREVIOUS), Compare(Against.GROUP, "渠道", "网上")]
)
def test_the_other_side_has_its_own_interval(survey, against):
    corridor = survey(shift=-1.0)
    group = against.against is Against.GROUP
    own = {"where": (Filter("渠道", "=", ("门店",)),)} if group else {}
    found = explain_change(corridor, ask(compare=against, **own))
    other = found.whole_before
    assert other.estimate == pytest.approx(found.whole.comparison.reference)
    assert other.low < other.estimate < other.high
    assert other.n > 0
    assert found.to_json()["whole_before"]["n"] == other.n


@pytest.mark.parametrize(
    "metric", ["score:总体", "mean:总体", "satisfied:总体", "dissatisfied:总体"]
)
def test_a_planted_group_comes_first_whatever_the_metric(survey, metric):
    why = explain_change(survey(shift=-0.8), ask(metric))
    first = why.contributors[0]
    assert (first.dimension, first.value) == ("大区", "华南")
    assert (first.call, first.pushes) == (Call.REAL, True)
    assert why.dimensions[0].column == "大区"
    assert why.whole.comparison.call is Call.REAL
    assert "华南" in why.finding.say()
    assert "does not" not in why.finding.say(EN)
    assert why.finding.say(EN).endswith("not what brought it about.")


def test_the_groups_of_each_dimension_add_up_to_the_change_of_the_query(survey):
    why = explain_change(survey(shift=-0.8, shares=(0.4, 0.3, 0.2, 0.1)), ask())
    change = why.whole.comparison.difference
    assert len(why.dimensions) == 2
    for dimension in why.dimensions:
        assert sum(g.contribution.estimate for g in dimension.groups) == pytest.approx(change)
        assert dimension.mix.estimate + dimension.rate.estimate == pytest.approx(change)
        assert sum(g.beyond.estimate for g in dimension.groups) == pytest.approx(0, abs=1e-9)
        assert sum(g.share_after for g in dimension.groups) == pytest.approx(1)


def test_what_two_columns_say_alike_is_said_once_by_the_finer(make, snapshots, engine):
    """Each region has one site: both would stand first, and which did was chance."""
    rng = np.random.default_rng(3)
    late = rng.random(4000) < 0.5
    region = rng.choice(REGIONS, 4000)
    latent = rng.normal(size=4000) - 0.8 * (late & (region == "华南"))
    data = {
        "大区": [*region],
        "地点": [f"{one}分部" for one in region],
        "总体": [float(x) for x in np.digitize(latent, (-1.2, -0.5, 0.3, 1.1)) + 1],
    }
    columns = [
        snapshots.column("大区", Role.DIMENSION),
        snapshots.column("地点", Role.DIMENSION),
        snapshots.column("总体", Role.OVERALL, (1, 5)),
    ]
    snapshot = make(data, columns, days=[AFTER if one else BEFORE for one in late])
    corridor = CorridorOverSnapshot(engine, snapshot, Viewer.owner())
    why = explain_change(corridor, ask())
    assert [one.column for one in why.dimensions] == ["地点"]
    assert why.contributors[0].value == "华南分部"
    assert why.family == len(REGIONS)
    assert any("“大区”和“地点”" in note.say() for note in why.notes)
    named = explain_change(corridor, ask(by=("大区", "地点")))
    assert {one.column for one in named.dimensions} == {"大区", "地点"}


def test_groups_of_all_dimensions_are_one_family_with_margins_of_their_share(survey):
    found = explain_change(survey(n=4000, seed=3), ask())
    groups = [one for one in found.contributors if one.p is not None]
    assert len(groups) == found.family == len(REGIONS) + len(CHANNELS)
    corrected = benjamini_hochberg([one.p for one in groups])
    assert [one.q for one in groups] == pytest.approx(corrected)
    assert max(one.q - one.p for one in groups) > 0.01
    for one in groups:
        reach = (one.beyond.high - one.beyond.low) / 2 * 1.645 / 1.96
        margin = found.definition.delta * (one.share_before + one.share_after) / 2
        within = abs(one.beyond.estimate) + reach < margin
        assert within == (one.call is Call.STABLE), one


def test_a_fall_of_everybody_makes_nobody_stand_out(survey):
    named = 0
    for seed in range(20):
        why = explain_change(survey(everywhere=-0.4, n=1500, seed=seed), ask())
        assert why.whole.comparison.call is Call.REAL
        named += any(c.call is Call.REAL for c in why.contributors)
    assert named <= 3
    assert "没有哪一组" in why.finding.say() or named


def test_the_paradox_is_said(make, snapshots, engine):
    """Both shops rise; the weaker one answers much more often: the total falls."""
    rng = np.random.default_rng(1)
    late = np.repeat([False, True], 2000)
    weak = rng.random(4000) < np.where(late, 0.8, 0.2)
    latent = rng.normal(size=4000) - 1.5 * weak + 0.3 * late
    data = {
        "店": [*np.where(weak, "弱店", "强店")],
        "总体": [float(x) for x in np.digitize(latent, (-1.2, -0.5, 0.3, 1.1)) + 1],
    }
    columns = [
        snapshots.column("店", Role.UNIT),
        snapshots.column("总体", Role.OVERALL, (1, 5)),
    ]
    days = [AFTER if one else BEFORE for one in late]
    corridor = CorridorOverSnapshot(engine, make(data, columns, days=days), Viewer.owner())
    why = explain_change(corridor, ask())
    (dimension,) = why.dimensions
    assert why.whole.comparison.difference < 0
    assert dimension.reversed
    assert all(g.rate > 0 for g in dimension.groups)
    assert "辛普森" in why.finding.say()


def test_new_gone_and_unknown_groups_are_kept(make, snapshots, engine):
    shops = [*["旧"] * 80, *["老"] * 80, *["老"] * 80, *["新"] * 60, *[None] * 20]
    data = {"店": shops, "总体": [float(1 + i % 5) for i in range(320)]}
    columns = [
        snapshots.column("店", Role.UNIT),
        snapshots.column("总体", Role.OVERALL, (1, 5)),
    ]
    days = [BEFORE] * 160 + [AFTER] * 160
    corridor = CorridorOverSnapshot(engine, make(data, columns, days=days), Viewer.owner())
    why = explain_change(corridor, ask())
    flags = {g.value: g.flags for g in why.dimensions[0].groups}
    assert flags == {"旧": ("gone",), "老": (), "新": ("new",), None: ("new", "small_sample")}
    assert {g.value: g.before is None for g in why.dimensions[0].groups}["新"]
    assert all(g.rate == 0 for g in why.dimensions[0].groups if g.value != "老")


def test_small_groups_stand_together_and_say_so(survey):
    why = explain_change(survey(n=600, shares=(0.6, 0.36, 0.02, 0.02), minimum=10), ask())
    groups = next(d for d in why.dimensions if d.column == "大区").groups
    assert [g.value for g in groups if g.folded] == [None]
    assert groups[-1].folded >= 2
    assert all(g.n_before >= 10 and g.n_after >= 10 for g in groups)
    assert any("人数太少" in note.say() for note in why.notes)
    assert not any(c.folded for c in why.contributors)


def test_a_change_between_two_groups(survey):
    against = Compare(Against.GROUP, "大区", "华东")
    where = (Filter("大区", "=", ("华南",)),)
    corridor = survey(shift=-0.8)
    why = explain_change(corridor, Query(("score:总体",), where=where, compare=against))
    assert [d.column for d in why.dimensions] == ["渠道"]
    both = corridor.answer(Query(("score:总体",), ("大区",))).cells
    means = {cell.by["大区"]: cell.estimate for cell in both}
    assert why.whole.comparison.difference == pytest.approx(means["华南"] - means["华东"])
    assert sum(g.contribution.estimate for g in why.dimensions[0].groups) == pytest.approx(
        why.whole.comparison.difference
    )


def test_a_dimension_that_is_the_metric_by_another_name_takes_nothing_apart(
    make, snapshots, engine
):
    """“Satisfied: yes” holds every satisfied answer; “region” is where the fall really sits."""
    rng = np.random.default_rng(3)
    late, south = rng.random(3000) < 0.5, rng.random(3000) < 0.3
    happy = rng.random(3000) < np.where(late & south, 0.4, 0.8)
    data = {
        "满意吗": ["是" if one else "否" for one in happy],
        "大区": ["华南" if one else "华东" for one in south],
        "总体": [5.0 if one else 2.0 for one in happy],
    }
    columns = [
        snapshots.column("满意吗", Role.DIMENSION),
        snapshots.column("大区", Role.DIMENSION),
        snapshots.column("总体", Role.OVERALL, (1, 5)),
    ]
    snapshot = make(data, columns, days=[AFTER if one else BEFORE for one in late])
    corridor = CorridorOverSnapshot(engine, snapshot, Viewer("someone", 1))
    why = explain_change(corridor, ask("satisfied:总体"))
    assert [one.column for one in why.dimensions] == ["大区"]
    assert any("“满意吗”说的就是这个指标本身" in note.say("zh-CN") for note in why.notes)
    named = explain_change(corridor, ask("satisfied:总体", by=("满意吗",)))
    assert [one.column for one in named.dimensions] == ["满意吗"]


def test_named_dimensions_only(survey):
    why = explain_change(survey(shift=-0.8), ask(by=("渠道",)))
    assert [d.column for d in why.dimensions] == ["渠道"]


def test_voices_are_of_the_group_and_the_later_period_and_masked(survey):
    def said(region, late, i):
        return f"{region}{'后' if late else '前'}第 {i} 条，电话 13812345678"

    why = explain_change(survey(shift=-1.0, said=said), ask())
    assert why.voices
    assert {v.value for v in why.voices if v.dimension == "大区"} == {"华南"}
    assert all(v.verbatim.text.startswith("华南后") for v in why.voices)
    assert not any("13812345678" in v.verbatim.text for v in why.voices)
    assert [v.verbatim.rating for v in why.voices] == sorted(v.verbatim.rating for v in why.voices)


def test_voices_name_the_aspect_that_the_same_answer_calls_worst(survey):
    """Every third answer calls the price bad, every third the delivery, the price less so."""
    rated = (
        ("价格", lambda i: (1, 2, 5)[i % 3]),
        ("配送", lambda i: (4, 1, 5)[i % 3]),
    )
    why = explain_change(survey(shift=-1.0, said=lambda r, _, i: f"{r}第{i}条", rated=rated), ask())
    found = {(int(v.verbatim.text[3:-1]) % 3, v.concern) for v in why.voices}
    assert found <= {(0, Text.same("价格")), (1, Text.same("配送")), (2, None)}
    assert len(found) > 1
    told = {v["text"]: v["concern"] for v in why_json(why)["voices"]}
    assert told == {v.verbatim.text: dict(v.concern) if v.concern else None for v in why.voices}


def test_nothing_before_leaves_nothing_to_take_apart(survey):
    why = explain_change(survey(), ask(since=date(2025, 1, 1), until=date(2025, 1, 31)))
    assert why.not_estimable is not None
    assert why.dimensions == ()
    assert json.loads(json.dumps(why.to_json(), allow_nan=False))["not_estimable"] == "no_answers"


def test_a_side_too_small_to_be_seen_gives_nothing(survey):
    why = explain_change(survey(n=16, minimum=10), ask())
    assert why.not_estimable is not None
    assert why.contributors == ()


def test_one_question_at_a_time(survey):
    with pytest.raises(AnalysisError, match="one metric"):
        explain_change(survey(), Query(("nps", "mean")))
    with pytest.raises(AnalysisError, match="compare with"):
        explain_change(survey(), Query(("score:总体",)))


def test_the_same_question_gives_the_same_answer(survey):
    corridor = survey(shift=-0.5)
    shapes = [json.dumps(explain_change(corridor, ask()).to_json()) for _ in range(2)]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize(
    ("compare", "words"),
    [
        (Compare(Against.PREVIOUS), "NPS前后都是 +27.6，无法判断是不是真的变了。"),
        (Compare(Against.GROUP, "地区", "华东"), "NPS：+27.6，“华东”也是 +27.6，无法判断"),
    ],
)
def test_a_number_that_shows_the_same_twice_neither_rose_nor_fell(compare, words):
    compared = Comparison("x", 27.61, -0.02, -9.0, 9.0, 0.9, 0.9, 2.0, 1, Call.CANNOT_TELL)
    whole = Cell({}, "nps:推荐", Text.same("NPS"), Unit.NPS, 27.59, 19.6, 35.2, 0.95, 380, 380,
                 380.0, "t", comparison=compared)  # fmt: skip
    assert finding(whole, compare, (), ()).say().startswith(words)


def two_sides(make, snapshots, engine, values, role, ratings, said=None):
    """Give a corridor with the answers of January first, then as many of February."""
    half = len(ratings) // 2
    data = {"列": values, "总体": ratings}
    columns = [snapshots.column("列", role), snapshots.column("总体", Role.OVERALL, (1, 5))]
    if said:
        data["原话"] = said
        columns.append(snapshots.column("原话", Role.TEXT))
    days = [BEFORE] * half + [AFTER] * half
    return CorridorOverSnapshot(engine, make(data, columns, days=days), Viewer.owner())


def test_a_change_that_comes_with_other_groups_only_is_not_told_from_the_changeover(
    make, snapshots, engine
):
    """A question asked in other words from one day on: the words and the days are one."""
    ratings = [float(3 + i % 2) for i in range(200)] + [float(1 + i % 2) for i in range(200)]
    versions = ["第1版"] * 200 + ["第2版"] * 200
    found = explain_change(
        two_sides(make, snapshots, engine, versions, Role.DIMENSION, ratings), ask()
    )
    assert found.dimensions[0].replaced
    assert found.dimensions[0].mix_q is None
    assert "之前是“第1版”，之后是“第2版”）：变化和这次更换分不开" in found.finding.say()
    assert "没有哪一组" not in found.finding.say()
    stays = explain_change(
        two_sides(make, snapshots, engine, ["第1版"] * 400, Role.DIMENSION, ratings), ask()
    )
    assert "更换" not in stays.finding.say()


def test_a_change_that_comes_from_other_shares_says_which_dimension(make, snapshots, engine):
    """Two shops, each as good as ever: the weaker one answers much more often."""
    shops = [*["强店"] * 160, *["弱店"] * 40, *["强店"] * 60, *["弱店"] * 140]
    ratings = [float(4 + i % 2) if one == "强店" else float(1 + i % 2)
               for i, one in enumerate(shops)]  # fmt: skip
    found = explain_change(two_sides(make, snapshots, engine, shops, Role.UNIT, ratings), ask())
    (dimension,) = found.dimensions
    assert dimension.mix_q < 0.001
    assert dimension.mix.estimate == pytest.approx(found.whole.comparison.difference)
    assert "变化的 100% 来自各组占比变了，不是组内变了" in found.finding.say()
    same = [float(4 + i % 2) for i in range(400)]
    nothing = explain_change(two_sides(make, snapshots, engine, shops, Role.UNIT, same), ask())
    assert "占比变了" not in nothing.finding.say()


def test_by_chance_alone_hardly_any_dimension_is_said_to_have_changed_its_shares(survey):
    said = 0
    for seed in range(20):
        found = explain_change(survey(everywhere=-0.4, n=1500, seed=seed), ask())
        said += "占比变了" in found.finding.say()
    assert said <= 2


def test_where_nobody_stands_out_of_a_real_change_everybody_is_heard(survey):
    """What is said more now than before comes first, though others rate as low."""

    def said(region, late, i):
        return f"{region}第{i}位说闪退太多" if late and i % 5 == 0 else f"{region}第{i}位说一般般"

    found = explain_change(survey(everywhere=-0.6, said=said), ask())
    assert found.whole.comparison.call is Call.REAL
    assert not any(c.call is Call.REAL and c.pushes for c in found.contributors)
    assert {(v.dimension, v.value) for v in found.voices} == {("", "")}
    assert all("闪退" in v.verbatim.text for v in found.voices)
    steady = explain_change(survey(said=said), ask())
    assert steady.whole.comparison.call is not Call.REAL
    assert steady.voices == ()


def test_a_group_under_two_names_is_heard_once(make, snapshots, engine):
    """A city with one shop: the same customers are not quoted twice."""
    rng = np.random.default_rng(4)
    late = np.repeat([False, True], 1500)
    shop = rng.choice(["甲店", "乙店", "丙店"], 3000)
    latent = rng.normal(size=3000) - 1.2 * (late & (shop == "甲店"))
    data = {
        "门店": [*shop],
        "城市": ["甲城" if one == "甲店" else "乙城" for one in shop],
        "总体": [float(x) for x in np.digitize(latent, (-1.2, -0.5, 0.3, 1.1)) + 1],
        "原话": [f"第 {i} 位说东西不好" for i in range(3000)],
    }
    columns = [
        snapshots.column("门店", Role.UNIT),
        snapshots.column("城市", Role.DIMENSION),
        snapshots.column("总体", Role.OVERALL, (1, 5)),
        snapshots.column("原话", Role.TEXT),
    ]
    days = [AFTER if one else BEFORE for one in late]
    corridor = CorridorOverSnapshot(engine, make(data, columns, days=days), Viewer.owner())
    found = explain_change(corridor, ask())
    assert {c.value for c in found.contributors if c.call is Call.REAL and c.pushes} >= {
        "甲店", "甲城"
    }  # fmt: skip
    texts = [v.verbatim.text for v in found.voices]
    assert texts
    assert len(texts) == len(set(texts))
    assert len({v.value for v in found.voices}) == 1
