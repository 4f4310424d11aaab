"""Each planted truth is found by “why”, on a board, and by a question in words.

A look is given the surfaces of a company and returns True where its truth is found. One company
here; twenty in the soak, where each truth must be found on each surface in at least 19.
"""

from __future__ import annotations

import re

import pytest
from planted import NOTHING_PLANTED
from surfaces import DAY, Surfaces, real

from huiyin.analyse.views.contracts import Period
from huiyin.measure.contracts import Call

ALMOST_SURE = 3.3
"""Standard errors; a difference farther off would happen once in a thousand."""
SEEDS, FOUND_IN = range(20), 19
SHOPS, APP, CALLS, ASKED, STAFF = "门店满意度", "应用NPS", "calls", "invitations", "内部服务"
STEPS = "ticket_steps"
SITE = "办公地点"


def any_of(values):
    return "|".join(values)


def spoken(day):
    return f"{day.year}年{day.month}月{day.day}日"


def within(truth):
    return {"since": f"{truth['since']}", "until": f"{truth['until']}"}


def first_is(why, value, direction):
    """Tell whether the group that stands out most is the planted one, for real and that way.

    The whole need not have changed: one group of many may be lost in it.
    """
    first = why.contributors[0]
    return (
        first.value == value and first.call is Call.REAL and first.beyond.estimate * direction > 0
    )


def lifted(truth, comparison):
    error = (comparison.high - comparison.low) / 2 / 1.96
    return real(comparison, 1) and abs(comparison.difference - truth["size"]) < ALMOST_SURE * error


def in_shops(truth):
    shops = f"门店={any_of(truth['where']['门店'])}"
    return {"where": [shops], "compare": "year_ago"} | within(truth)


def about_shops(truth, rating):
    shops = "、".join(truth["where"]["门店"])
    return f"{shops}{spoken(truth['since'])}到{spoken(truth['until'])}的{rating}得分同比"


# Why


def why_delivery_delay(s):
    truth = s.truths["delivery_delay"]
    found = s.why(SHOPS, "score:交付效率", compare="previous", **within(truth))
    return first_is(found, truth["where"]["大区"], -1)


def why_queue_system(s):
    """The shops got better within, whoever came: no dimension says that others answered."""
    truth = s.truths["queue_system"]
    found = s.why(SHOPS, truth["metric"], **in_shops(truth))
    within_groups = all(abs(d.mix.estimate) < truth["size"] / 10 for d in found.dimensions)
    return lifted(truth, found.whole.comparison) and within_groups


def why_idle_measure(s):
    truth = s.truths["idle_measure"]
    found = s.why(SHOPS, truth["metric"], **in_shops(truth))
    return not real(found.whole.comparison, 1) and not real(found.whole.comparison, -1)


def why_begging_shop(s):
    truth = s.truths["begging_shop"]
    until = truth["since"] + 180 * DAY
    words = {"since": f"{truth['since']}", "until": f"{until}", "compare": "previous"}
    found = s.why(SHOPS, truth["metric"], by=["门店"], **words)
    return first_is(found, truth["where"]["门店"], 1)


def why_withheld_invitations(s):
    """Why are those whose matter was not solved asked less? Because of one agent."""
    truth = s.truths["withheld_invitations"]
    found = s.why(CALLS, truth["metric"], where=["是否解决=否"], compare="是否解决=是")
    return first_is(found, truth["where"]["坐席"], 1)


def why_release_theme(s):
    """It came with the new releases, and customers say the word."""
    truth = s.truths["release_theme"]
    found = s.why(APP, truth["metric"], compare="previous", **within(truth))
    said = [voice.verbatim.text for voice in found.voices]
    return (
        real(found.whole.comparison, 1)
        and "按“应用版本”看" in found.finding.say()
        and "新出现“5.0”" in found.finding.say()
        and bool(said)
        and all(truth["facts"]["theme"] in one for one in said)
    )


def why_reworded_question(s):
    """The step is not told from the other words of the question, which is what it is."""
    truth = s.truths["reworded_question"]
    found = s.why("售后回访", "ces", compare="previous", **within(truth))
    return (
        real(found.whole.comparison, -1)
        and "变化和这次更换分不开" in found.finding.say()
        and any(d.column == truth["facts"]["revision_column"] and d.replaced
                for d in found.dimensions)
    )  # fmt: skip


def why_rated_rival(s):
    """It is the price, in one region by far; the service is better, and the price is spoken of."""
    truth = s.truths["rated_rival"]
    facts = truth["facts"]
    found = s.why(SHOPS, compare=facts["compare"])
    gaps = {cell.metric: cell.comparison for cell in found.gap.aspects}
    return (
        found.whole.metric == truth["metric"]
        and real(found.whole.comparison, facts["direction"])
        and first_is(found, truth["where"]["大区"], facts["direction"])
        and near(truth["size"], found.contributors[0])
        and lifted({"size": facts["better_size"]}, gaps[facts["better"]])
        and bool(found.voices)
    )


def near(size, group):
    """Tell whether a group's own gap, by what it brings, is of the size that was planted."""
    share, part = group.share_after, group.contribution
    error = (part.high - part.low) / 2 / 1.96 / share
    return abs(part.estimate / share - size) < ALMOST_SURE * error


def why_season_sale(s):
    spans = s.truths["season_sale"]["facts"]["days"]
    return all(_fell_everywhere(s, "score:交付效率", *days) for days in spans)


def why_season_festival(s):
    spans = s.truths["season_festival"]["facts"]["days"]
    return any(_fell_everywhere(s, "score:服务体验", *days) for days in spans)


def _fell_everywhere(s, metric, since, until):
    """A season is everybody's: the whole falls for real, and by no dimension from other shares."""
    found = s.why(SHOPS, metric, since=f"{since}", until=f"{until}", compare="previous")
    fell = found.whole.comparison
    apart = all(abs(d.rate.estimate) > abs(d.mix.estimate) for d in found.dimensions)
    return real(fell, -1) and apart


def why_season_volume(s):
    """How many answered stands on both sides of each change: more in November, less in February."""
    return _more(s, "2025-11-01", "2025-11-30") > 0 > _more(s, "2026-02-01", "2026-02-28")


def _more(s, since, until):
    """Give how many more answered than before, 0 where that may be chance."""
    found = s.why(SHOPS, "nps", since=since, until=until, compare="previous", by=["大区"])
    groups = found.dimensions[0].groups
    before, after = sum(g.n_before for g in groups), sum(g.n_after for g in groups)
    return after - before if abs(after - before) > 2.5 * (after + before) ** 0.5 else 0


def why_silent_unhappy(s):
    truth = s.truths["silent_unhappy"]
    found = s.why(ASKED, "response_rate", where=["近30天故障=是"], compare="近30天故障=否")
    return first_is(found, truth["where"]["邀请渠道"], -1) and real(found.whole.comparison, -1)


def why_repurchase(s):
    """Why do the satisfied buy again more often? Because of one segment, and not of the other."""
    truth = s.truths["repurchase"]
    found = s.why(SHOPS, truth["metric"], where=["总体满意度=5"], compare="总体满意度=2")
    segments = next(d for d in found.dimensions if d.column == "客群").groups
    part = {g.value: g.contribution.estimate for g in segments}
    return (
        first_is(found, truth["where"]["客群"], 1)
        and part[truth["facts"]["without"]] < part[truth["where"]["客群"]] / 4
    )


def why_bank_opening(s):
    """Against each other business opening an account is worse, and by who answers in nothing."""
    others = ("存取款", "理财", "贷款", "转账")
    kept = [one for one in others if one in _business(s)]
    found = [s.why("银行开户", "score:总体满意度", where=["业务=开户"], compare=f"业务={one}")
             for one in kept]  # fmt: skip
    return len(kept) > 1 and all(real(one.whole.comparison, -1) for one in found)


def _business(s):
    cells = s.tile("银行开户", "score:总体满意度", by=("业务",)).result.cells
    return {cell.by["业务"] for cell in cells}


def why_slow_reimbursement(s):
    truth = s.truths["slow_reimbursement"]
    found = s.why(STAFF, truth["metric"], by=[SITE], compare="previous", **within(truth))
    return first_is(found, truth["where"][SITE], -1)


def why_slow_parts(s):
    """Why is that step over its target more often than half a year ago? Because of one region."""
    truth = s.truths["slow_parts"]
    found = s.why(
        STEPS, truth["metric"], where=[f"环节={truth['where']['环节']}"], compare="previous",
        **within(truth),
    )  # fmt: skip
    return first_is(found, truth["where"]["大区"], 1) and real(found.whole.comparison, 1)


def why_new_canteen(s):
    truth = s.truths["new_canteen"]
    found = s.why(STAFF, truth["metric"], by=[SITE], compare="year_ago", **within(truth))
    return first_is(found, truth["where"][SITE], 1)


def why_dirty_rows(s):
    shop = s.why(SHOPS, "nps", since="2026-01-01", until="2026-06-30", compare="previous")
    app = s.why(APP, "nps", since="2026-01-01", until="2026-06-30", compare="previous")
    return _left_out(s, shop.data, app.data)


def _left_out(s, shop, app):
    planted = s.truths["dirty_rows"]["facts"]["planted"]
    return (
        shop.excluded["exact_duplicate"] == planted[SHOPS]["exact_duplicate"]
        and app.excluded["bot"] == planted[APP]["bot"]
    )


# A board


def board_delivery_delay(s):
    """The board of operations, filtered to last month, on the day after: the region is listed."""
    truth = s.truths["delivery_delay"]
    region, today = truth["where"]["大区"], truth["until"] + DAY
    felt = s.to_do(*s.role_board("operations", SHOPS, today))
    late = s.to_do(*s.role_board("operations", "deliveries", today))
    return any("交付效率" in line and f"“{region}”真的比其余差" in line for line in felt) and any(
        "“准时率”真的变差了" in line for line in late
    )


def board_queue_system(s):
    truth = s.truths["queue_system"]
    told = s.tile(SHOPS, truth["metric"], **in_shops(truth))
    return lifted(truth, told.result.cells[0].comparison)


def board_idle_measure(s):
    truth = s.truths["idle_measure"]
    told = s.tile(SHOPS, truth["metric"], **in_shops(truth))
    return not real(told.result.cells[0].comparison, 1) and s.to_do(told) == []


def board_begging_shop(s):
    truth = s.truths["begging_shop"]
    told = s.tile(SHOPS, truth["metric"], by=("门店",), since=f"{truth['since']}", compare="rest")
    highest = max(told.result.cells, key=lambda cell: cell.estimate)
    return highest.by["门店"] == truth["where"]["门店"] and real(highest.comparison, 1)


def board_withheld_invitations(s):
    truth = s.truths["withheld_invitations"]
    told = s.tile(CALLS, "share:是否邀请=是", by=("坐席",), where=("是否解决=否",), compare="rest")
    worse = [cell.by["坐席"] for cell in told.result.cells if real(cell.comparison, -1)]
    lines = s.to_do(told)
    return worse == [truth["where"]["坐席"]] and len(lines) == 1 and worse[0] in lines[0]


def board_release_theme(s):
    """The board of technology names the fall; a tile of the theme rises."""
    truth = s.truths["release_theme"]
    told = s.tile(APP, truth["metric"], compare="previous", **within(truth))
    felt = s.tile(APP, "score:稳定流畅", compare="previous", **within(truth))
    return real(told.result.cells[0].comparison, 1) and "真的变差了" in s.to_do(felt)[0]


def board_reworded_question(s):
    truth = s.truths["reworded_question"]
    told = s.tile("售后回访", "ces", compare="previous", **within(truth))
    return real(told.result.cells[0].comparison, -1)


def board_season_sale(s):
    spans = s.truths["season_sale"]["facts"]["days"]
    return all(_on_the_list(s, "score:交付效率", *days) for days in spans)


def board_season_festival(s):
    spans = s.truths["season_festival"]["facts"]["days"]
    return any(_on_the_list(s, "score:服务体验", *days) for days in spans)


def _on_the_list(s, metric, since, until):
    told = s.tile(SHOPS, metric, since=f"{since}", until=f"{until}", compare="previous")
    return any("真的变差了" in line for line in s.to_do(told))


def board_season_volume(s):
    return _busiest_and_quietest(s.tile(SHOPS, "nps", grain="month").result)


def _busiest_and_quietest(result):
    counts = {cell.by["period"][:7]: cell.n for cell in result.cells}
    return max(counts, key=counts.get).endswith("-11") and min(counts, key=counts.get).endswith(
        "-02"
    )


def board_silent_unhappy(s):
    silent = s.truths["silent_unhappy"]["where"]["邀请渠道"]
    gaps = {}
    for channel in ("应用弹窗", "推送消息", "短信"):
        told = s.tile(ASKED, "response_rate", by=("近30天故障",), compare="rest",
                      where=(f"邀请渠道={channel}",))  # fmt: skip
        hit = next(c for c in told.result.cells if c.by["近30天故障"] == "是")
        gaps[channel] = hit.comparison
        listed = s.to_do(told)
        if channel == silent and not any("“是”真的比其余差" in line for line in listed):
            return False
    gap = gaps.pop(silent)
    return real(gap, -1) and all(g.difference > gap.difference / 2 for g in gaps.values())


def board_repurchase(s):
    truth = s.truths["repurchase"]
    follows, without = (
        _rise(s, truth["metric"], segment)
        for segment in (truth["where"]["客群"], truth["facts"]["without"])
    )
    return follows > 0.2 and abs(without) < follows / 2


def _rise(s, metric, segment):
    told = s.tile(SHOPS, metric, by=("总体满意度",), where=(f"客群={segment}",))
    share = {cell.by["总体满意度"]: cell.estimate for cell in told.result.cells}
    return share["5"] - share["2"]


def board_bank_opening(s):
    told = s.tile("银行开户", "score:总体满意度", by=("业务",), compare="rest")
    lines = s.to_do(told)
    return len(lines) == 1 and "：“开户”真的比其余差" in lines[0] and "；" not in lines[0]


def board_slow_reimbursement(s):
    truth = s.truths["slow_reimbursement"]
    told = s.tile(STAFF, truth["metric"], by=(SITE,), compare="rest", **within(truth))
    found = re.compile(f"[：；]“{truth['where'][SITE]}”真的比其余差")
    return any(map(found.search, s.to_do(told)))


def board_slow_parts(s):
    """The service manager's board names the bottleneck, and lists the step as liked least."""
    truth = s.truths["slow_parts"]
    step, today = truth["where"]["环节"], truth["until"] + DAY
    found = s.role_stages("service", STEPS, today).bottleneck
    lines = s.to_do(*s.role_board("service", STEPS, today, Period.LAST_3_MONTHS))
    return (
        found.sure
        and found.stage == step
        and any(re.search(f"“{step}”真的比其余差", line) for line in lines)
    )


def board_new_canteen(s):
    truth = s.truths["new_canteen"]
    site = (f"{SITE}={truth['where'][SITE]}",)
    told = s.tile(STAFF, truth["metric"], where=site, compare="year_ago", **within(truth))
    return real(told.result.cells[0].comparison, 1)


def board_rated_rival(s):
    """The competitor analyst's board lists the price, there by far the most; never the service."""
    truth = s.truths["rated_rival"]
    today = s.truths["slow_reimbursement"]["until"] + DAY
    lines = s.to_do(*s.role_board("competitors", SHOPS, today))
    region = re.compile(f"[：；]“{truth['where']['大区']}”真的比竞品差")
    return (
        any("价格感知”真的比竞品差" in line for line in lines)
        and any(map(region.search, lines))
        and not any("服务体验" in line for line in lines)
    )


def board_dirty_rows(s):
    shop, app = s.tile(SHOPS, "nps").result, s.tile(APP, "nps").result
    return _left_out(s, shop.data, app.data)


# A question


def ask_delivery_delay(s):
    truth = s.truths["delivery_delay"]
    month = f"{truth['since'].year}年{truth['since'].month}月"
    worst = s.ask(SHOPS, f"{month}交付效率最差的大区").ranking
    why = s.ask(SHOPS, f"{month}为什么交付效率下降")
    region = truth["where"]["大区"]
    return (
        worst.places[0].cell.by["大区"] == region
        and worst.n_real >= 1
        and (f"最突出的是“大区＝{region}”" in why.sentence.say())
    )


def ask_queue_system(s):
    truth = s.truths["queue_system"]
    found = s.ask(SHOPS, about_shops(truth, "收银效率"))
    return lifted(truth, found.result.cells[0].comparison)


def ask_idle_measure(s):
    truth = s.truths["idle_measure"]
    compared = s.ask(SHOPS, about_shops(truth, "服务体验")).result.cells[0].comparison
    return not real(compared, 1) and not real(compared, -1)


def ask_begging_shop(s):
    truth = s.truths["begging_shop"]
    since = f"{truth['since'].year}年{truth['since'].month}月"
    best = s.ask(SHOPS, f"{since}以来NPS最高的门店").ranking.places[0]
    return best.cell.by["门店"] == truth["where"]["门店"] and best.call is Call.REAL


def ask_withheld_invitations(s):
    truth = s.truths["withheld_invitations"]
    found = s.ask(CALLS, "没解决的，哪个坐席邀请评价的占比最低").ranking
    return found.places[0].cell.by["坐席"] == truth["where"]["坐席"] and found.n_real == 1


def ask_release_theme(s):
    truth = s.truths["release_theme"]
    days = f"{spoken(truth['since'])}到{spoken(truth['until'])}"
    found = s.ask(APP, f"{days}遇到{truth['facts']['theme']}的占比环比")
    return found.result.query.metrics == (truth["metric"],) and real(
        found.result.cells[0].comparison, 1
    )


def ask_reworded_question(s):
    truth = s.truths["reworded_question"]
    why = s.ask("售后回访", f"{spoken(truth['since'])}到{spoken(truth['until'])}为什么费力度变了")
    return "变化和这次更换分不开" in why.sentence.say()


def ask_season_sale(s):
    spans = s.truths["season_sale"]["facts"]["days"]
    return all(_asked_to_fall(s, "交付效率", *days) for days in spans)


def ask_season_festival(s):
    spans = s.truths["season_festival"]["facts"]["days"]
    return any(_asked_to_fall(s, "服务体验", *days) for days in spans)


def _asked_to_fall(s, rating, since, until):
    found = s.ask(SHOPS, f"{spoken(since)}到{spoken(until)}的{rating}得分环比").result
    assert (found.query.since, found.query.until) == (since, until)
    return real(found.cells[0].comparison, -1)


def ask_season_volume(s):
    return _busiest_and_quietest(s.ask(SHOPS, "每个月的NPS").result)


def ask_silent_unhappy(s):
    silent = s.truths["silent_unhappy"]["where"]["邀请渠道"]
    gaps = {}
    for channel in ("应用弹窗", "推送消息", "短信"):
        found = s.ask(ASKED, f"{channel}邀请里，近30天有故障的和没故障的回收率差多少").result
        gaps[channel] = next(c.comparison for c in found.cells if c.comparison)
    gap = gaps.pop(silent)
    return real(gap, -1) and all(g.difference > gap.difference / 2 for g in gaps.values())


def ask_repurchase(s):
    truth = s.truths["repurchase"]
    follows, without = (
        s.ask(SHOPS, f"{segment}的总体满意度和90天内复购有关系吗").analysis["relation"]
        for segment in (truth["where"]["客群"], truth["facts"]["without"])
    )
    return follows["low"] > 0.1 and abs(without["correlation"]) < follows["correlation"] / 2


def ask_bank_opening(s):
    found = s.ask("银行开户", "哪些业务的总体满意度得分低于70分").bounded
    return [cell.by["业务"] for cell in found.real] == ["开户"]


def ask_slow_reimbursement(s):
    return real(_asked_of_site(s, "slow_reimbursement", "报销得分环比"), -1)


def ask_slow_parts(s):
    truth = s.truths["slow_parts"]
    since = f"{truth['since'].year}年{truth['since'].month}月"
    slowest = s.ask(STEPS, f"{since}以来哪个环节最慢").ranking.places[0].cell
    worst = s.ask(
        STEPS, f"{since}以来{truth['where']['环节']}的环节超时率最高的大区"
    ).ranking.places[0]
    return (
        slowest.by["环节"] == truth["where"]["环节"]
        and worst.cell.by["大区"] == truth["where"]["大区"]
        and worst.call is Call.REAL
    )


def ask_new_canteen(s):
    return real(_asked_of_site(s, "new_canteen", "食堂得分同比"), 1)


def _asked_of_site(s, name, what):
    truth = s.truths[name]
    days = f"{spoken(truth['since'])}到{spoken(truth['until'])}"
    found = s.ask(STAFF, f"{truth['where'][SITE]}{days}的{what}").result
    assert found.query.metrics == (truth["metric"],)
    return found.cells[0].comparison


def ask_rated_rival(s):
    truth = s.truths["rated_rival"]
    prices = s.ask(SHOPS, "哪个大区的价格感知比竞品差得最多").result
    service = s.ask(SHOPS, "我们的服务体验比竞品好吗").result.cells[0].comparison
    worst = min(prices.cells, key=lambda cell: cell.comparison.difference)
    why = s.ask(SHOPS, "为什么我们不如竞品")
    return (
        worst.by == truth["where"]
        and f"差距最集中在“大区＝{truth['where']['大区']}”" in why.sentence.say()
        and bool(s.ask(SHOPS, "价格感知比竞品差的顾客怎么说").analysis["voices"])
        and real(worst.comparison, -1)
        and lifted({"size": truth["facts"]["better_size"]}, service)
    )


def ask_dirty_rows(s):
    shop, app = s.ask(SHOPS, "NPS是多少").result, s.ask(APP, "NPS是多少").result
    return _left_out(s, shop.data, app.data)


SURFACES = ("why", "board", "ask")
ON_EACH = {
    (surface, name.removeprefix(f"{surface}_")): look
    for surface in SURFACES
    for name, look in tuple(globals().items())
    if name.startswith(f"{surface}_")
}


@pytest.fixture(scope="module")
def surfaces(company):
    return Surfaces(company)


@pytest.mark.parametrize(("surface", "truth"), ON_EACH)
def test_a_planted_truth_is_found_on_each_surface(surfaces, surface, truth):
    assert ON_EACH[surface, truth](surfaces)


def test_an_outcome_by_satisfaction_is_told_band_by_band_in_either_language(surfaces):
    told = surfaces.ask("leads", "按满意度看成交周期").sentence
    assert re.search(r"1–2 不满意 .* 天.*3 一般 .* 天.*4–5 满意 .* 天.*未填 ", told.say("zh-CN"))
    assert re.search(r"1–2 dissatisfied .*4–5 satisfied .*not given ", told.say("en"))


def test_a_stage_that_nobody_was_late_in_is_ranked_with_the_others(surfaces):
    found = surfaces.ask(STEPS, "哪个环节最容易超时").ranking
    assert (found.n_groups, found.n_hidden) == (5, 0)


def test_every_planted_truth_is_looked_for_on_every_surface(surfaces):
    everywhere = {(at, truth) for at in SURFACES for truth in surfaces.truths}
    assert set(ON_EACH) == everywhere


@pytest.mark.soak
def test_no_surface_finds_what_was_not_planted(make_company, monkeypatch):
    for constant, nothing in NOTHING_PLANTED.values():
        monkeypatch.setattr(f"huiyin.sample.truths.{constant}", nothing)
    monkeypatch.setattr("huiyin.sample.months.BUSY", (1.0,) * 12)
    bare = Surfaces(make_company(0))
    bare.truths["queue_system"]["size"] = 10.0
    names = (*NOTHING_PLANTED, "season_volume")
    assert [at for at, look in ON_EACH.items() if at[1] in names and look(bare)] == []


@pytest.mark.soak
def test_over_twenty_seeds_each_truth_is_found_on_each_surface(make_company):
    missed = {at: [] for at in ON_EACH}
    for seed in SEEDS:
        company = make_company(seed)
        found = Surfaces(company)
        for at, look in ON_EACH.items():
            if not look(found):
                missed[at].append(seed)
        company.close()
    most = len(SEEDS) - FOUND_IN
    assert {at: seeds for at, seeds in missed.items() if len(seeds) > most} == {}
