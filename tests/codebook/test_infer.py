"""Roles and scales of columns as files have them."""

import random

import pytest

from huiyin.codebook.contracts import RATING_ROLES, Role, UnknownColumnError

RNG = random.Random(20240601)  # noqa: S311 -- no secrets: the same columns on each run
N = 300


def some(values, n=N):
    return [RNG.choice(list(values)) for _ in range(n)]


def whole(low, high, n=N):
    return [str(RNG.randint(low, high)) for _ in range(n)]


FIVE = ["非常满意", "满意", "一般", "不满意", "非常不满意"]
PHONES = [f"13{RNG.randint(100000000, 999999999)}" for _ in range(N)]
STAMPS = [
    f"2024-0{RNG.randint(1, 9)}-{RNG.randint(10, 28)} 10:0{RNG.randint(0, 9)}:00" for _ in range(N)
]

ROLES = {
    "答卷编号": ([f"WJ{i:05d}" for i in range(N)], {"id"}),
    "会员卡号": (whole(62_000_000, 62_999_999), {"customer"}),
    "OrderNumber": ([f"SO-{i}" for i in range(N)], {"order"}),
    "工单编号": ([f"GD{i:05d}" for i in range(N)], {"ticket"}),
    "手机号": (PHONES, {"contact"}),
    "Contact Email": ([f"a{i}@example.org" for i in range(N)], {"contact"}),
    "来自IP": ([f"10.0.{i % 250}.{i % 199}(广东-深圳)" for i in range(N)], {"contact"}),
    "身份证号": ([f"11010119{50 + i % 40}0101{1000 + i}" for i in range(N)], {"contact"}),
    "提交时间": (STAMPS, {"time"}),
    "所用时间": ([f"{RNG.randint(20, 500)}秒" for _ in range(N)], {"duration"}),
    "AvgTalkDuration": (
        [f"00:0{RNG.randint(1, 9)}:{RNG.randint(10, 59)}" for _ in range(N)],
        {"duration"},
    ),
    "门店名称": (some(["人民路店", "万达店"]), {"unit"}),
    "客户单位": (some(["一汽", "二汽", "东风"]), {"account"}),
    "所属单位": (some(["一部", "二部"]), {"unit"}),
    "处理人": (some(["张三", "李四"]), {"staff"}),
    "渠道": (some(["电话", "微信"]), {"channel"}),
    "终端品牌": (some(["苹果", "华为"]), {"product"}),
    "业务环节": (some(["开户", "理财"]), {"stage"}),
    "order_status": (some(["delivered", "canceled"]), {"status"}),
    "Currency": (some(["EUR", "USD"]), {"currency"}),
    "消费金额（元）": ([f"{RNG.uniform(1, 900):.2f}" for _ in range(N)], {"amount"}),
    "Unit Cost": ([f"{RNG.uniform(1, 90):.2f}" for _ in range(N)], {"cost"}),
    "weight": ([f"{RNG.uniform(0, 3):.3f}" for _ in range(N)], {"weight"}),
    "stratum": (whole(1, 8), {"strata"}),
    "SDMVPSU": (whole(1, 2), {"cluster"}),
    "latitude": ([f"{RNG.uniform(-90, 90):.5f}" for _ in range(N)], {"meta"}),
    "Age": (whole(18, 80), {"dimension", "meta"}),
    "Churn Label": (some(["Yes", "No"]), {"outcome"}),
    "是否复购": (some(["是", "否"]), {"outcome"}),
    "资费投诉": (some(["0", "0", "1"]), {"outcome"}),
    "脱网次数": (whole(0, 160), {"meta"}),
    "意见建议": ([f"物流很慢，第{i}次等了好几天" for i in range(N)], {"text"}),
    "6、兴趣爱好": (some(["运动┋美食", "运动", "美食┋旅游", "旅游┋运动"]), {"choice_set"}),
    "empty": ([""] * N, {"ignore"}),
    "constant": (["x"] * N, {"ignore", "meta"}),
    "zip code": (whole(10000, 99999), {"meta", "dimension"}),
    "Churn Score": (whole(5, 100), {"meta"}),
    "客户星级标识": (some(["一星", "二星", "三星", "银卡"]), {"dimension"}),
}


@pytest.mark.parametrize("name", ROLES)
def test_role_of_a_column_by_itself(infer, name):
    values, expected = ROLES[name]
    column = infer({name: values})[name]
    assert column.role.value in expected, column.reason.say("en")
    assert column.reason.say("zh-CN")
    assert column.reason.say("en")


RATINGS = {
    "您对本次服务的总体满意度": (some(FIVE), "overall", (1, 5, 1)),
    "satisfaction": (whole(0, 10), "csat", (0, 10, 1)),
    "star": (some(["5.0", "4.0", "3.0", "1.0"]), "csat", (1, 5, 1)),
    "nps": (whole(1, 10), "nps", (0, 10, 1)),
    "How likely are you to recommend us to a friend?": (whole(0, 10), "nps", (0, 10, 1)),
    "您愿意推荐我们吗？": ([*whole(2, 10), "1"], "nps", (0, 10, 1)),
    "您有多大可能推荐我们？": ([*whole(1, 10), *["1"] * 6], "nps", (1, 10, 1)),
    "推荐意愿": (whole(1, 5), "nps", (1, 5, 1)),
    "客户费力度": (whole(1, 7), "ces", (1, 7, -1)),
    "客户费力度（1-7分）": (whole(1, 7), "ces", (1, 7, -1)),
    "解决问题费力吗（1=非常费力，7=非常轻松）": (whole(1, 7), "ces", (1, 7, 1)),
    "The company made it easy for me to handle my issue": (
        some(
            [
                "Strongly agree",
                "Agree",
                "Neither agree nor disagree",
                "Disagree",
                "Strongly disagree",
            ]
        ),
        "ces",
        (1, 5, 1),
    ),
    "续购意愿": (whole(1, 5), "intent", (1, 5, 1)),
    "满意度(1=非常满意,5=非常不满意)": (whole(1, 5), "csat", (1, 5, -1)),
    "满意度评分（满分10分）": (whole(6, 9), "csat", (1, 10, 1)),
}


@pytest.mark.parametrize("name", RATINGS)
def test_rating_with_its_scale_and_direction(infer, name):
    values, role, ends = RATINGS[name]
    column = infer({name: values})[name]
    assert column.role.value == role, column.reason.say("en")
    scale = column.scale
    assert (scale.minimum, scale.maximum, scale.direction) == ends
    assert column.usable


def test_codes_for_no_answer_and_out_of_range_values_stay_out_of_the_scale(infer):
    nps = infer({"nps": [*whole(0, 10), "11", "99", "99", "-1"]})["nps"]
    assert (nps.scale.minimum, nps.scale.maximum) == (0, 10)
    assert set(nps.scale.missing_codes) == {"99", "-1"}


def test_a_scale_that_the_question_states_stands_against_many_answers_outside(infer):
    nps = infer({"推荐意愿(0-10)": [*whole(0, 10), *["11", "99"] * 20]})["推荐意愿(0-10)"]
    assert (nps.role, nps.scale.minimum, nps.scale.maximum) == (Role.NPS, 0, 10)


@pytest.mark.parametrize(
    ("name", "role"), [("您有多大可能推荐我们", Role.NPS), ("满意度", Role.CSAT), ("nps", Role.NPS)]
)
def test_elevens_and_99s_make_no_scale_of_0_to_100(infer, name, role):
    answers = [*map(str, range(11))] * 10
    column = infer({name: [*answers, *["11"] * 11, *["99"] * 11]})[name]
    assert (column.role, column.scale.minimum, column.scale.maximum) == (role, 0, 10)
    assert column.scale.missing_codes == ("99",)
    assert column.usable
    assert "11 不在量表内" in column.reason.say("zh-CN")


def test_levels_that_may_be_1_to_11_are_asked_about(infer):
    answers = [*map(str, range(1, 11))] * 10
    column = infer({"满意度": [*answers, *["11"] * 10, *["99"] * 10]})["满意度"]
    assert column.role is Role.CSAT
    assert not column.usable
    assert "1–11" in column.reason.say("en")


def test_answers_between_the_ends_are_on_0_to_100(infer):
    answers = ["0", "5", "10", "60", "75", "80", "99", "100"] * 15
    column = infer({"满意度": answers})["满意度"]
    assert (column.scale.minimum, column.scale.maximum) == (0, 100)
    assert column.scale.missing_codes == ()


def test_words_that_hold_contact_data_are_text_and_never_groups(infer):
    for told in (
        "请打13812345678找我",
        "邮箱foo.bar@qq.com",
        "微信wx_abc123",
        "身份证110101199003071234",
    ):
        column = infer({"其他说明": [told, "好", "一般"] * 80})["其他说明"]
        assert column.role is Role.TEXT, told
    shops = ["人民路1号店", "400-800-1234", "中山路2号店"] * 60
    assert infer({"门店": shops})["门店"].role is not Role.TEXT


def test_a_few_zeros_under_a_one_to_five_scale_are_not_applicable(infer):
    column = infer({"service rating": [*whole(1, 5), "0", "0", "0"]})["service rating"]
    assert column.scale.minimum == 1
    assert "0" in column.scale.missing_codes


def test_hundred_points_with_an_outlier(infer):
    values = [f"{RNG.uniform(40, 100):.1f}" for _ in range(N)]
    values[7] = "753"
    column = infer({"产品满意度": values})["产品满意度"]
    assert (column.scale.minimum, column.scale.maximum) == (0, 100)


def test_a_matrix_of_unnamed_kind_is_told_by_its_neighbours(infer):
    names = ["Seat comfort", "Food and drink", "Cleanliness", "Leg room service", "Gate location"]
    book = infer({name: whole(0, 5) if name == "Gate location" else whole(1, 5) for name in names})
    assert {book[name].role for name in names} == {Role.ASPECT}
    assert {book[name].scale.minimum for name in names} == {1}
    assert "0" in book["Gate location"].scale.missing_codes


def test_profile_codes_are_left_to_a_person_not_taken_for_ratings(infer):
    book = infer({"B1": whole(1, 3), "B3": whole(1, 6), "B5": whole(1, 8), "B9": whole(1, 5)})
    assert not [column for column in book if column.role in RATING_ROLES and column.usable]
    assert len(book.doubts) == 4


def test_options_spread_over_columns_belong_to_one_question(infer):
    book = infer({"Q6(运动)": some("01"), "Q6(阅读)": some("01"), "Q6(旅游)": some("01")})
    assert {column.role for column in book} == {Role.CHOICE_SET}
    assert {column.group for column in book} == {"Q6"}
    assert [column.option for column in book] == ["运动", "阅读", "旅游"]


def test_options_coded_by_their_number_or_minus_one(infer):
    book = infer(
        {"居民小区": some(["-1", "1"]), "办公室": some(["-1", "2"]), "高校": some(["-1", "3"])}
    )
    assert {column.role for column in book} == {Role.CHOICE_SET}
    assert len({column.group for column in book}) == 1


def test_polarity_keeps_not_mentioned_apart(infer):
    values = some(["-2", "-2", "-1", "0", "1"])
    book = infer({f"service_{part}": values for part in ("speed", "attitude", "wait_time")})
    assert {column.role for column in book} == {Role.ASPECT}
    assert {(c.scale.minimum, c.scale.maximum, c.scale.missing_codes) for c in book} == {
        (-1, 1, ("-2",))
    }


def test_unused_levels_are_learnt_from_the_neighbour(infer):
    book = infer(
        {
            "Staff": some(["Excellent", "Good", "Fair", "Poor", "Very good"]),
            "Rooms": some(["Excellent", "Good", "Very good"]),
        }
    )
    assert book["Rooms"].scale == book["Staff"].scale


def test_comma_inside_options_is_a_doubt(infer):
    options = ["Search sites, such as Google", "Colleagues", "Social media, blogs, or forums"]
    values = [", ".join(RNG.sample(options, RNG.randint(1, 3))) for _ in range(N)]
    column = infer({"Where do you look? (check all that apply)": values}).columns[0]
    assert column.role is Role.CHOICE_SET
    assert not column.usable


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("满意度调查编号", [str(i) for i in range(N)]),
        ("rating_id", whole(1, 10**6)),
        ("满意度回访电话", PHONES),
        ("推荐人手机号", PHONES),
        ("评分时间", STAMPS),
        ("nps_date", [f"202403{RNG.randint(10, 28)}" for _ in range(N)]),
        ("satisfaction comment", [f"Great service number {i}, thank you" for i in range(N)]),
        ("推荐理由", [f"质量好，第{i}次买了" for i in range(N)]),
        ("score_time", [str(1_700_000_000 + 3600 * i) for i in range(N)]),
    ],
)
def test_rating_words_never_make_a_rating_of_ids_phones_times_or_text(infer, name, values):
    assert infer({name: values})[name].role not in RATING_ROLES


def test_question_rated_two_ways_keeps_words_of_satisfaction(infer):
    column = infer({"satisfaction": some(["satisfied", "neutral or dissatisfied"])})["satisfaction"]
    assert column.role is Role.CSAT
    assert column.scale.levels == {"satisfied": 1.0, "neutral or dissatisfied": 0.0}


def test_a_tenth_of_zeros_is_still_not_applicable(infer):
    column = infer({"service rating": [*whole(1, 5), *["0"] * 35]})["service rating"]
    assert (column.scale.minimum, column.scale.maximum) == (1, 5)
    assert "0" in column.scale.missing_codes


def test_frequent_zeros_are_no_level_where_the_matrix_starts_at_one(infer):
    names = ["Seat comfort", "Food and drink", "Cleanliness", "Leg room service"]
    columns = {name: whole(1, 5) for name in names}
    columns["Food and drink"] = [*whole(1, 5)[:200], *["0"] * 100]
    column = infer(columns)["Food and drink"]
    assert column.scale.minimum == 1
    assert "0" in column.scale.missing_codes


def test_a_column_half_in_words_is_no_rating_in_numbers(infer):
    values = [*whole(1, 5)[:150], *some(["bus", "train", "plane", "bike"], 150)]
    assert infer({"score": values}).columns[0].role not in RATING_ROLES


def test_words_repeated_in_a_cell_are_no_options(infer):
    values = some(["好, 好, 好", "贵, 贵, 快", "慢, 慢", "好, 贵, 好", "快, 快"])
    assert infer({"标签": values}).columns[0].role is not Role.CHOICE_SET


def test_comments_of_which_few_differ_are_asked_to_be_checked(infer):
    said = [f"{what}有点{how}" for what in ("排队", "价格", "环境", "服务") for how in "慢贵乱"]
    column = infer({"还有什么意见": [said[i % 12] for i in range(400)]})["还有什么意见"]
    assert column.please_check
    assert "开放题原话" in column.reason.say()
    groups = infer({"大区": [f"{'东南西北中'[i % 5]}区" for i in range(400)]})["大区"]
    assert not groups.please_check


def test_a_comment_column_that_two_people_filled_is_text(infer):
    """Two comments are no two groups, whatever their words."""
    comments = ["", "Great staff"] + [""] * (N - 3) + ["Too slow"]
    columns = {"Overall satisfaction": whole(1, 5), "Comments": comments}
    assert infer(columns)["Comments"].role is Role.TEXT


def test_points_under_the_name_of_a_rating_are_the_number_and_not_minutes(infer):
    answers = [f"{i % 11}分" for i in range(60) if i % 11 != 4]
    book = infer(
        {"NPS": answers, "通话时长": answers, "满意度评分": [f"{i % 5 + 1}星" for i in range(60)]}
    )
    assert book["NPS"].role is Role.NPS
    assert (book["NPS"].scale.minimum, book["NPS"].scale.maximum) == (0, 10)
    assert book["NPS"].scale.levels == {f"{i}分": i for i in range(11)}
    assert book["NPS"].confidence >= 0.8
    assert book["通话时长"].role is Role.DURATION
    assert book["满意度评分"].scale.levels["5星"] == 5


def test_near_columns_are_listed_as_the_language_does(infer):
    book = infer({"city a": ["x", "y"], "city b": ["x", "y"]})
    with pytest.raises(UnknownColumnError) as caught:
        book["city"]
    assert "city a, city b" in caught.value.sentence.say("en").replace(
        "city b, city a", "city a, city b"
    )
    assert "、" not in caught.value.sentence.say("en")


def orders_with(**more):
    names = {
        "订单编号": [f"SO{i:05d}" for i in range(N)],
        "客户编号": [f"C{i % 80:04d}" for i in range(N)],
    }
    return {**names, **more}


@pytest.mark.parametrize(
    "name", ["下单时间", "下单日期", "订单创建时间", "order date", "purchase date"]
)
def test_the_moment_of_a_purchase_is_the_day_of_an_order(infer, name):
    book = infer(orders_with(**{name: STAMPS, "订单状态": some(["已完成", "已取消"])}))
    assert book[name].role is Role.TIME
    assert "订单" in book[name].reason.say("zh-CN")


def test_beside_a_day_of_the_rating_a_purchase_stays_a_fact_of_the_order(infer):
    rated = orders_with(下单时间=STAMPS, 评价时间=STAMPS, 满意度评分=whole(1, 5))
    book = infer(rated)
    assert (book["下单时间"].role, book["评价时间"].role) == (Role.OPENED, Role.TIME)
    ticket = {"工单编号": [f"GD{i:05d}" for i in range(N)], "创建时间": STAMPS}
    assert infer(orders_with(**ticket))["创建时间"].role is Role.OPENED


def test_cases_and_deals_are_dated_by_their_beginning(infer):
    """So they have a course by month; what ends them stays what it is."""
    codes = [f"T{i:05d}" for i in range(N)]
    for number, begun, ended in (
        ("工单编号", "创建时间", "解决时间"),
        ("商机编号", "进线时间", "成交时间"),
        ("工单号", "开始时间", "办完时间"),
    ):
        book = infer({number: codes, begun: STAMPS, ended: STAMPS})
        assert (book[begun].role, book[ended].role) == (Role.TIME, Role.RESOLVED)
    assert infer(orders_with(成交时间=STAMPS))["成交时间"].role is Role.TIME
