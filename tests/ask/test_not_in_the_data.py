"""What the data cannot tell is refused for its reason; what lies beside it is answered."""

from __future__ import annotations

from datetime import date

import pytest
from gold_queries import parts_of

from huiyin.ask.contracts import Answerable, AskBack, Missing, Refusal, Why

SHOPS, CALLS, APP, FIRMS, BANK = "门店满意度", "售后回访", "应用NPS", "企业客户", "银行开户"


def reason(surveys, question, dataset=SHOPS):
    found = surveys.ask(question, dataset)
    assert isinstance(found, AskBack | Refusal), found
    return found.reason


@pytest.mark.parametrize(
    "question",
    [
        "NPS下降是涨价造成的吗",
        "复购率上升是促销带来的吧",
        "促销能提高复购率吗",
        "送赠品会拉高NPS吗",
        "排队系统是不是满意度提高的原因",
        "缺货是NPS低的主要原因吗",
        "能说明降价使满意率上升了吗",
        "假设环境整洁到90分，满意度是多少",
        "If checkout improves by 5 points, how much will satisfaction rise?",
        "Is the queue system the cause of better checkout scores?",
    ],
)
def test_no_cause_is_shown_by_data_that_only_watches(surveys, question):
    assert reason(surveys, question) is Why.CAUSAL


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("价格感知差会导致总体满意度低吗", "relation"),
        ("服务体验能提高复购率吗", "relation"),
        ("要是按会员等级看满意度呢", "number"),
    ],
)
def test_what_customers_rate_is_related_and_no_cause(surveys, question, kind):
    assert parts_of(surveys.ask(question, SHOPS))["kind"] == kind


@pytest.mark.parametrize(
    "question",
    [
        "帮我改一下问卷",
        "给门店改个名",
        "把满意度调高一点",
        "帮我回复一下这些差评",
        "帮我生成一份报告",
        "把权限开给我",
        "放首歌听听",
        "今天星期几",
        "今天天气怎么样",
        "call the unhappy customers",
        "reply to these reviews",
    ],
)
def test_nobody_is_sent_on_an_errand(surveys, question):
    assert reason(surveys, question) is Why.OUT_OF_SCOPE


@pytest.mark.parametrize(
    ("question", "dataset"),
    [
        ("城北支行的NPS", BANK),
        ("NPS in the Southeast region", SHOPS),
        ("中南大区的NPS", SHOPS),
        ("铂金会员的复购率", SHOPS),
        ("客服9组的满意度", CALLS),
        ("坐席099的满意度", CALLS),
        ("7.0版的差评", APP),
        ("D级客户的NPS", FIRMS),
        ("拼多多渠道的NPS", SHOPS),
    ],
)
def test_a_name_close_to_one_that_there_is_stays_another(surveys, question, dataset):
    assert reason(surveys, question, dataset) is Why.NO_SUCH_VALUE


@pytest.mark.parametrize(
    ("question", "dataset", "where"),
    [
        ("华冻的NPS", SHOPS, [("大区", "=", ["华东"])]),
        ("北京望津店的NPS", SHOPS, [("门店", "=", ["北京望京店"])]),
        ("northeast china NPS", SHOPS, [("大区", "=", ["东北"])]),
        ("客服3组的满意度", CALLS, [("班组", "=", ["客服3组"])]),
        ("坐席14的满意度", CALLS, [("坐席", "=", ["坐席014"])]),
        ("A级客户的NPS", FIRMS, [("客户等级", "=", ["A 级"])]),
        (
            "45岁以上的NPS",
            SHOPS,
            [("年龄段", "=", ["46-55岁", "56岁以上"])],
        ),
    ],
)
def test_a_slip_of_the_pen_is_still_forgiven(surveys, question, dataset, where):
    assert parts_of(surveys.ask(question, dataset))["where"] == where


@pytest.mark.parametrize(
    "question",
    [
        "运费多少",
        "广告花了多少钱",
        "客户一年来几次",
        "每个坐席接了多少电话",
        "上个月新增会员多少",
        "店员的工资是多少",
        "Which employee earns most?",
    ],
)
def test_no_number_is_made_of_what_is_not_collected(surveys, question):
    assert reason(surveys, question) is Why.NO_SUCH_METRIC


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("前段日子满意度怎么样", Missing.PERIOD),
        ("早些时候的NPS", Missing.PERIOD),
        ("NPS over the past while", Missing.PERIOD),
        ("上季度打了多少分", Missing.METRIC),
        ("看一下整体情况", Missing.WHAT),
        ("客户整体感觉怎么样，五月份", Missing.METRIC),
        ("帮我看看有没有问题", Missing.WHAT),
        ("我要看报表", Missing.WHAT),
        ("哪部分客户最不满意", Missing.COLUMN),
        ("满意率较高的是什么人群", Missing.COLUMN),
    ],
)
def test_what_is_open_is_asked_first(surveys, question, missing):
    assert reason(surveys, question) is missing


def test_points_settle_what_percent_left_open(surveys):
    before = surveys.ask("NPS5月降了8%对吗", SHOPS)
    assert before.reason is Missing.RELATIVE_OR_ABSOLUTE
    assert parts_of(surveys.ask("我是说8个点", SHOPS, before))["compare"] == "previous"


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("分区看满意度", Missing.COLUMN),
        ("那时候的满意率", Missing.PERIOD),
        ("近一阵子的复购率", Missing.PERIOD),
        ("最拉垮的五家店", Missing.METRIC),
        ("谁最近给了差评", Why.PERSONAL),
        ("打差评的人叫什么", Why.PERSONAL),
        ("哪个店员收到的差评最多", Missing.METRIC),
        ("Was it the promotion that raised NPS?", Why.CAUSAL),
        ("涨价对满意度有没有影响", Why.CAUSAL),
        ("天气对满意度有影响吗", Why.NO_SUCH_COLUMN),
        ("若服务体验升5分，复购率升多少", Why.CAUSAL),
        ("假如不做促销，NPS是多少", Why.CAUSAL),
        ("通知店长们开会", Why.OUT_OF_SCOPE),
        ("今年开了几家店", Why.NO_SUCH_METRIC),
        ("人均消费频次", Why.NO_SUCH_METRIC),
        ("外星人手机用户的满意度", Why.NO_SUCH_VALUE),
        ("知道了，谢谢", Why.NOT_A_QUESTION),
    ],
)
def test_each_is_told_why_in_its_own_way(surveys, question, missing):
    assert reason(surveys, question) is missing


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("服务体验对NPS有影响吗", "relation"),
        ("如果不看短信渠道，NPS是多少", "number"),
        ("要是只看家庭客，满意度多少", "number"),
        ("帮我拉下各个店上个季度的服务分，我要做汇报", "number"),
        ("按大区看满意度", "number"),
    ],
)
def test_what_the_data_tells_is_not_refused(surveys, question, kind):
    assert parts_of(surveys.ask(question, SHOPS))["kind"] == kind


def test_the_month_of_the_thread_is_compared_with_the_one_before(surveys):
    may = surveys.ask("5月NPS", SHOPS)
    compared = parts_of(surveys.ask("比上个月呢", SHOPS, may))
    assert (compared["since"], compared["compare"]) == (date(2026, 5, 1), "previous")
    june = surveys.ask("本月NPS", SHOPS)
    assert parts_of(surveys.ask("比上个月呢", SHOPS, june))["since"] == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("dataset", "question", "word"),
    [
        ("企业客户", "IT行业NPS", "it行业"),
        ("企业客户", "金融客户的满意度", "金融"),
        ("门店满意度", "POS渠道的满意度", "pos渠道"),
        ("应用NPS", "5版本的NPS", "5"),
        ("售后回访", "六组的解决率", "六"),
    ],
)
def test_what_stands_right_before_a_column_is_one_of_its_values(surveys, dataset, question, word):
    found = surveys.ask(question, dataset)
    assert (found.reason, found.word) == (Why.NO_SUCH_VALUE, word)


@pytest.mark.parametrize(
    ("dataset", "question"),
    [("应用NPS", "app版本NPS"), ("应用NPS", "NPS最差的3个版本"), ("门店满意度", "NPS大区排名")],
)
def test_the_name_of_a_metric_or_a_count_before_a_column_is_no_value(surveys, dataset, question):
    assert surveys.ask(question, dataset).query.by


def test_a_verb_before_a_kind_is_not_left_out(surveys):
    assert isinstance(surveys.ask("维修类的解决率", "售后回访"), AskBack)


def test_what_may_become_of_a_number_is_the_future(surveys):
    assert reason(surveys, "以后NPS会越来越好吗") is Why.FUTURE
    assert isinstance(surveys.ask("换招牌以后NPS"), AskBack)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("差异最大的是哪两个大区，满意率", Missing.WHAT),
        ("哪怕是最差的店，NPS也有30吗", Missing.WHAT),
        ("西南和西北合起来比东北高吗，复购率", Missing.WHAT),
        ("比上月高、比去年低的大区，NPS", Missing.WHAT),
        ("NPS连续三个月下滑的大区", Missing.WHAT),
        ("不满意的原因里价格占几成", Missing.WHAT),
        ("regions where NPS is below 40 but repurchase is not", Missing.WHAT),
        ("average NPS of the top three regions", Missing.WHAT),
        ("NPS higher than last month but lower than last year, which regions", Missing.WHAT),
        ("只有华北在跌吗，满意率，五月", Missing.WHAT),
        ("is only the North below 40 NPS", Missing.WHAT),
        ("which stores got worse but are still above 50 NPS", Missing.WHAT),
        ("NPS有没有到过60", Missing.WHAT),
        ("谁在拖华东的后腿", Missing.METRIC),
        ("谁在拖后腿，收银效率", Missing.COLUMN),
        ("有差评的门店有哪些", Missing.METRIC),
        ("shops with the most complaints", Missing.METRIC),
        ("家庭客里推荐者占多少", Missing.METRIC),
        ("恢复到去年水平了吗，NPS", Missing.PERIOD),
        ("has NPS recovered to last year's level", Missing.PERIOD),
        ("样本不足30的店不要，哪家店NPS最高", Why.NO_SUCH_METRIC),
        ("NPS of shops with at least 30 answers", Why.NO_SUCH_METRIC),
        ("周一的NPS", Why.NO_SUCH_COLUMN),
        ("peak hours NPS", Why.NO_SUCH_COLUMN),
        ("guess the NPS of June", Why.FUTURE),
        ("猜一下6月NPS", Why.FUTURE),
        ("按季度还是按月看NPS比较好", Why.OUT_OF_SCOPE),
        ("NPS能当指标用吗", Why.OUT_OF_SCOPE),
        ("is NPS a good metric", Why.OUT_OF_SCOPE),
        ("what is normal for satisfaction", Why.OUT_OF_SCOPE),
        ("audit the satisfaction survey for me", Why.OUT_OF_SCOPE),
        ("禁止吸烟影响环境整洁了吗", Why.CAUSAL),
    ],
)
def test_what_only_looks_like_a_plain_number(surveys, question, missing):
    assert reason(surveys, question) is missing


def test_how_they_rated_is_no_share_of_what_they_met(surveys):
    assert reason(surveys, "登录不上的人中贬损者占几成", APP) is Missing.METRIC
    assert reason(surveys, "食堂之外哪项最差", "内部服务") is Missing.WHAT


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("anything but the mini program: NPS", [("渠道", "!=", ["小程序"])]),
        ("everyone but families: NPS", [("客群", "!=", ["家庭客"])]),
        ("上班族，不，家庭客，复购率", [("客群", "=", ["家庭客"])]),
        ("gold, or rather black gold: NPS", [("会员等级", "=", ["黑金"])]),
    ],
)
def test_who_is_left_out_or_taken_back(surveys, question, where):
    assert parts_of(surveys.ask(question, SHOPS))["where"] == where


def test_one_of_those_that_are_left_is_asked_for(surveys):
    found = parts_of(surveys.ask("政企不算的话，谁的续约意愿最低", FIRMS))
    assert (found["kind"], found["by"]) == ("ranking", ["行业"])
    assert parts_of(surveys.ask("与其看NPS不如看复购率，各省", SHOPS))["metrics"] == [
        "share:90天内复购=是"
    ]


def test_a_split_that_is_not_wanted_is_none(surveys):
    assert "by" not in parts_of(surveys.ask("不看渠道差异，NPS多少", SHOPS))
    assert reason(surveys, "不带图的评论", "公开评论") is Missing.WHAT
    assert parts_of(surveys.ask("有没有NPS超过50的城市", SHOPS))["kind"] == "threshold"
    found = parts_of(surveys.ask("除了梁雪梅，客户经理里续约率最低的", FIRMS))
    assert (found["kind"], found["by"]) == ("ranking", ["客户经理"])


def test_what_must_not_be_passed_is_the_other_side(surveys):
    found = parts_of(surveys.ask("不满意率不要超过10%的店有哪些", SHOPS))
    assert (found["kind"], found["threshold"]) == ("threshold", ("<=", 0.1))


@pytest.mark.parametrize(
    ("dataset", "words"),
    [
        ("门店满意度", "贵宾 四五十岁的人 年过五十的客人 四十岁以上 银发族 直辖市 中西部 江浙沪"),
        ("企业客户", "战略客户 长尾客户"),
        ("应用NPS", "5.x版本 千元机"),
        ("公开评论", "社交平台"),
    ],
)
def test_a_word_that_may_be_several_values_is_asked_about(surveys, dataset, words):
    for word in words.split():
        found = surveys.ask(f"{word}的评分", dataset)
        assert found.reason is Missing.VALUE, word
        assert found.options


@pytest.mark.parametrize(
    "words",
    [
        "first-tier cities",
        "the coast",
        "people in their early thirties",
        "thirty-somethings",
        "customers over fifty",
        "the higher tiers",
        "big orders",
        "older shoppers",
    ],
)
def test_in_english_too(surveys, words):
    found = surveys.ask(f"satisfaction of {words}")
    assert found.reason is Missing.VALUE
    assert found.options


@pytest.mark.parametrize(
    "question",
    [
        "哪类人最挑剔",
        "什么类型的客人最难伺候",
        "哪个客层更满意",
        "谁给分最低",
        "哪些客人最爱抱怨",
        "什么身份的人最不满意",
        "哪儿的客户最忠诚",
        "what class of customers is most loyal",
        "which part of our customer base is least happy",
        "which cohort rates service worst",
        "where in the country is satisfaction lowest",
        "who complains the most",
        "which customers have the lowest NPS",
        "who is most likely to churn",
    ],
)
def test_of_whom_is_asked_first_where_any_column_could_tell_them_apart(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, AskBack)
    assert found.reason is Missing.COLUMN
    assert found.options


@pytest.mark.parametrize(
    "question",
    [
        "NPS在55左右的门店",
        "满意率70左右的店",
        "3月25前后的满意度",
        "which stores have NPS in the 60s",
    ],
)
def test_a_number_or_a_day_is_no_age(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, AskBack)
    assert found.reason is not Missing.VALUE


@pytest.mark.parametrize(
    "question",
    [
        "Is NPS down 5% year on year in May?",
        "Was NPS in May 10% better than in April?",
        "Is satisfaction this month 5% below last month?",
        "Did repurchase increase by a tenth in May?",
        "What percent did NPS drop in May?",
        "NPS +5% in May?",
        "We lifted satisfaction by 8% in May, right?",
        "NPS5月同比变化超过5%吗",
        "5月满意率有没有涨到10%的幅度",
    ],
)
def test_of_the_number_or_in_points_is_asked(surveys, question):
    assert reason(surveys, question) is Missing.RELATIVE_OR_ABSOLUTE


@pytest.mark.parametrize(
    "question", ["客单价5月涨了10%吗", "Did NPS drop by 5 points in May?", "NPS on May 10"]
)
def test_an_amount_moves_by_a_part_of_itself_and_points_are_plain(surveys, question):
    assert isinstance(surveys.ask(question), Answerable)


@pytest.mark.parametrize(
    ("question", "dataset"),
    [
        ("哪些人最不满意", SHOPS),
        ("满意度最低的是哪些人", SHOPS),
        ("谁最不愿意再来", SHOPS),
        ("谁对收银最不满", SHOPS),
        ("什么人复购率偏低", SHOPS),
        ("哪类客户满意度掉得最多，5月", SHOPS),
        ("哪类客户满意率不到七成", SHOPS),
        ("哪类客户怨气最大", SHOPS),
        ("哪里的客户对我们印象最差", SHOPS),
        ("哪类客户体验最差", SHOPS),
        ("各地满意度对比", SHOPS),
        ("谁的满意率不到七成", SHOPS),
        ("Who has satisfaction below 60?", SHOPS),
        ("Tell me which customers are least satisfied", SHOPS),
        ("The lowest NPS comes from which kind of customers?", SHOPS),
        ("Who rates us lowest?", SHOPS),
        ("Who is dragging NPS down?", SHOPS),
        ("compare satisfaction between customer groups", SHOPS),
        ("Which audience is happiest with the interface?", APP),
    ],
)
def test_which_people_are_meant_is_asked(surveys, question, dataset):
    assert reason(surveys, question, dataset) is Missing.COLUMN


@pytest.mark.parametrize(
    ("question", "dataset"),
    [
        ("年龄偏大的客户5月满意度", SHOPS),
        ("岁数小的NPS", SHOPS),
        ("卡等级高的会员的复购率", SHOPS),
        ("高客单客户的NPS", SHOPS),
        ("前两个版本的NPS", APP),
        ("高等级客户的NPS", FIRMS),
        ("Why did NPS of the over 50s fall in May?", SHOPS),
        ("satisfaction of the under-30s", SHOPS),
        ("NPS of at least gold", SHOPS),
        ("NPS of card holders", SHOPS),
        ("NPS of the top tier", FIRMS),
    ],
)
def test_which_values_are_meant_is_asked(surveys, question, dataset):
    assert reason(surveys, question, dataset) is Missing.VALUE


@pytest.mark.parametrize("kind", ["好", "差", "大型", "落后", "主要", "个人", "平均水平"])
def test_some_shops_are_not_all_of_them(surveys, kind):
    assert isinstance(surveys.ask(f"5月{kind}门店NPS多少"), AskBack | Refusal)


@pytest.mark.parametrize(
    ("question", "by"),
    [
        ("要选一家店做典范，NPS最好的是谁", ["门店"]),
        ("In which regions is NPS highest?", ["大区"]),
    ],
)
def test_who_is_one_of_the_groups_that_are_named(surveys, question, by):
    found = surveys.ask(question)
    assert isinstance(found, Answerable)
    assert list(found.query.by) == by


@pytest.mark.parametrize(
    "question",
    [
        "帮我请假",
        "我还有几天年假",
        "工资什么时候发",
        "怎么导出数据",
        "打印这个表",
        "设个提醒，NPS低于50通知我",
        "给店员涨工资",
        "换个店长",
        "开一家新店",
        "把差评隐藏",
        "回复差评",
        "联系那些不满意的客户",
        "数据从哪来的",
        "国贸店怎么走",
        "门店地址",
        "比特币价格",
        "帮我算下123乘456",
        "切换成英文",
        "how do I export data",
        "who do I ask about my salary",
        "how many vacation days do I have left",
        "what's our share price",
        "set NPS to 60",
        "raise the score",
        "open a ticket for the Chengdu store",
        "close the worst store",
        "alert me when NPS drops below 50",
        "I can't log in",
        "is the data reliable",
        "who is the president",
        "what's 2+2",
        "email me this every Monday",
    ],
)
def test_errands_and_other_matters_are_none_of_the_data(surveys, question):
    assert reason(surveys, question) is Why.OUT_OF_SCOPE


@pytest.mark.parametrize(
    ("question", "dataset"),
    [
        ("换成满意率看", SHOPS),
        ("把低于50的店找出来，看NPS", SHOPS),
        ("NPS怎么走的", SHOPS),
        ("我要各大区满意率", SHOPS),
        ("刷新一下：本月至今的总体满意度", SHOPS),
        ("发票问题解决率", CALLS),
        ("登录不上的用户NPS", APP),
        ("remind me what NPS was in East China in May", SHOPS),
        ("phone brands whose owners spend more than 300 on average", SHOPS),
        ("make a ranking of stores by NPS", SHOPS),
        ("find me a store with NPS below 20", SHOPS),
        ("I want a breakdown of satisfaction by tier", SHOPS),
    ],
)
def test_what_only_sounds_like_an_errand_is_answered(surveys, question, dataset):
    assert isinstance(surveys.ask(question, dataset), Answerable)


@pytest.mark.parametrize(
    "metric",
    [
        "曝光量",
        "粉丝数",
        "营销费用",
        "答题人数",
        "价格指数",
        "会员增长数",
        "招聘周期",
        "工单积压量",
    ],
)
@pytest.mark.parametrize("frame", ["5月{}", "{}最高的门店", "{}和NPS有关系吗"])
def test_counts_and_costs_of_other_systems_are_no_metric_here(surveys, metric, frame):
    assert reason(surveys, frame.format(metric)) is Why.NO_SUCH_METRIC


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("what is our bounce rate", "no_such_metric"),
        ("how did share of wallet develop this year", "no_such_metric"),
        ("number of new customers by region", "no_such_metric"),
        ("expected average order value in July", "future"),
        ("extrapolate the service score to the end of the year", "future"),
        ("satisfaction outlook", "future"),
        ("what effect did the relaunch have on NPS", "causal"),
        ("has the price increase hurt NPS", "causal"),
        ("what did the new manager do for NPS", "causal"),
        ("show customer ids with score 1", "personal"),
        ("identify the customers who left", "personal"),
    ],
)
def test_english_refusals_in_other_words(surveys, question, reason):
    assert surveys.ask(question).reason == reason


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("NPS还会跌吗", Why.FUTURE),
        ("满意度什么时候能恢复", Why.FUTURE),
        ("估计华东NPS能涨到多少", Why.FUTURE),
        ("展望一下NPS", Why.FUTURE),
        ("7月NPS会不会更高", Why.FUTURE),
        ("提醒我明天看NPS", Why.OUT_OF_SCOPE),
        ("明天的日程", Why.OUT_OF_SCOPE),
        ("帮我投诉", Why.OUT_OF_SCOPE),
        ("把差评客户列出来", Why.PERSONAL),
        ("最不满意的那位客户是谁", Why.PERSONAL),
        ("朋友圈渠道的NPS", Why.NO_SUCH_VALUE),
        ("几点的满意度最高", Why.NO_SUCH_COLUMN),
        ("分类看NPS", Missing.COLUMN),
        ("NPS拆开看", Missing.COLUMN),
        ("按类型看满意度", Missing.COLUMN),
        ("NPS人群差异", Missing.COLUMN),
        ("什么人老给差评", Missing.COLUMN),
        ("哪些用户评价最差", Missing.COLUMN),
        ("哪里的客户不满意", Missing.COLUMN),
        ("哪一档意见最大", Missing.WHAT),
        ("改版后NPS", Missing.PERIOD),
    ],
)
def test_chinese_turns_that_no_number_answers(surveys, question, told):
    assert reason(surveys, question) is told
