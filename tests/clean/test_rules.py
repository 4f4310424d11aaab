"""Each rule: what it must find, and what it must leave alone."""

from random import Random

import pytest

from huiyin.clean.rules import all_rules
from huiyin.codebook.contracts import Column, Role, Scale
from huiyin.core.text import Text

FIVE = Scale(1, 5)
TEN = Scale(0, 10)


def column(name: str, role: str, **facts: object) -> Column:
    return Column(name, Role(role), Text.same(name), **facts)


def _ratings(n: int, group: str | None = None):
    return [column(f"q{i}", "aspect", scale=FIVE, group=group) for i in range(n)]


def _random_answers(n_rows: int, n_questions: int, seed: int = 1) -> dict[str, list[object]]:
    draw = Random(seed)  # noqa: S311 -- test data
    return {f"q{i}": [str(draw.randint(1, 5)) for _ in range(n_rows)] for i in range(n_questions)}


def test_every_rule_has_its_own_file_and_says_where_it_comes_from():
    rules = all_rules()
    assert len({rule.id for rule in rules}) == len(rules) == 13
    for rule in rules:
        assert rule.source.say("zh-CN")
        assert rule.source.say("en")
        assert (rule.find_rows is None) != (rule.find_set is None)
    assert {r.id for r in rules if r.excludes} == {
        "bot", "exact_duplicate", "not_a_response", "test_row",
    }  # fmt: skip


def test_the_same_record_twice_is_a_duplicate_and_the_first_stays(cleaned):
    raw = {
        "id": ["1", "2", "1", "1", None, None],
        "nps": ["9", "9", "9", "8", "9", "9"],
        "why": ["好", "好", "好", "好", "好", "好"],
    }
    found = cleaned(raw, column("id", "id"), column("nps", "nps", scale=TEN), column("why", "text"))
    assert found.flagged("exact_duplicate") == [3]
    assert found.ledger.n_valid == 5


def test_a_customer_sending_the_same_answers_at_the_same_moment_is_a_duplicate(cleaned):
    raw = {
        "id": ["1", "2", "3", "4"],
        "who": ["a", "a", "a", "b"],
        "at": ["2024-01-05 10:00:01"] * 2 + ["2024-01-06 10:00:01", "2024-01-05 10:00:01"],
        "nps": ["9", "9", "9", "9"],
    }
    columns = [column("id", "id"), column("who", "customer"), column("at", "time")]
    found = cleaned(raw, *columns, column("nps", "nps", scale=TEN))
    assert found.flagged("exact_duplicate") == [2]


def test_two_equal_anonymous_rows_are_two_voices(cleaned):
    found = cleaned({"nps": ["9", "9", "9"]}, column("nps", "nps", scale=TEN))
    assert found.flagged("exact_duplicate") == []
    assert "编号" in found.use("exact_duplicate").note.say("zh-CN")
    assert found.ledger.n_valid == 3


def test_the_same_phone_again_is_warned_of_but_masked_ones_are_not(cleaned):
    raw = {
        "phone": ["13900000001"] * 2 + ["138****1234"] * 2 + [None, *"abcdefghi"],
        "nps": ["9", "3", "5", "6", "7", *"876543210"],
    }
    found = cleaned(raw, column("phone", "contact"), column("nps", "nps", scale=TEN))
    assert found.flagged("same_respondent") == [2]
    assert found.ledger.n_valid == 14


def test_customers_who_are_asked_again_and_again_are_no_repeats(cleaned):
    raw = {"who": ["a", "b"] * 10, "nps": ["9", "8"] * 10}
    found = cleaned(raw, column("who", "customer"), column("nps", "nps", scale=TEN))
    assert not found.use("same_respondent").applicable
    assert found.flagged("same_respondent") == []


def test_a_long_vector_of_answers_given_twice_is_warned_of(cleaned):
    raw = _random_answers(60, 30)
    for answers in raw.values():
        answers.append(answers[10])
    found = cleaned(raw, *_ratings(30))
    assert found.flagged("same_answers") == [61]
    assert found.ledger.n_valid == 61


@pytest.mark.parametrize("n_questions", [30, 420])
def test_copied_answers_are_found_in_narrow_and_in_wide_files(cleaned, n_questions):
    raw = _random_answers(20, n_questions)
    for i, answers in enumerate(raw.values()):
        one_apart = "12"[answers[7] == "1"] if i == n_questions - 1 else answers[7]
        too_few = answers[3] if i < 7 else None
        answers += [answers[3], one_apart, too_few, too_few, "4", "4"]
    assert cleaned(raw, *_ratings(n_questions)).flagged("same_answers") == [21]


@pytest.mark.parametrize("n_questions", [30, 420])
def test_what_neither_of_two_rows_answers_counts_as_equal(cleaned, n_questions):
    raw = _random_answers(6, 20) | {f"q{i}": [None] * 6 for i in range(20, n_questions)}
    raw["q25"] = [None, "3", None, None, "3", "2"]
    for answers in raw.values():
        answers.append(answers[1])
    assert cleaned(raw, *_ratings(n_questions)).flagged("same_answers") == [7]


def test_short_vectors_agree_by_chance(cleaned):
    found = cleaned(_random_answers(60, 8), *_ratings(8))
    assert not found.use("same_answers").applicable
    assert found.flagged("same_answers") == []


def test_how_many_agree_by_chance_is_written_as_a_person_would(cleaned):
    same = {f"q{i}": ["5"] * 400 for i in range(8)}
    note = cleaned(same, *_ratings(8)).use("same_answers").note
    assert "80,000" in note.say("zh-CN")


def test_one_rating_all_the_way_down_is_no_copied_answer(cleaned):
    raw = _random_answers(40, 30)
    for answers in raw.values():
        answers[3] = answers[7] = "5"
    assert cleaned(raw, *_ratings(30)).flagged("same_answers") == []


def test_the_whole_time_taken_counts_not_that_of_one_page(cleaned):
    raw = {
        "第一页用时": ["5秒"] + ["20秒"] * 34,
        "总用时": ["200秒"] * 30 + ["60秒", "200秒", "200秒", "200秒", "200秒"],
        "nps": ["9"] * 35,
    }
    columns = (column("第一页用时", "duration"), column("总用时", "duration"))
    found = cleaned(raw, *columns, column("nps", "nps", scale=TEN))
    assert found.flagged("speeder") == [31]


def test_speeders_took_less_than_half_the_median(cleaned):
    raw = {"用时": ["200秒"] * 30 + ["99秒", "100秒", "0", None, "5秒"], "nps": ["9"] * 35}
    found = cleaned(raw, column("用时", "duration"), column("nps", "nps", scale=TEN))
    assert found.flagged("speeder") == [31, 35]
    assert found.use("speeder").rows == (31, 35)


def test_times_of_0_are_no_durations_and_do_not_lower_the_median(cleaned):
    raw = {"用时": ["200"] * 30 + ["0"] * 40 + ["60"], "nps": ["9"] * 71}
    found = cleaned(raw, column("用时", "duration"), column("nps", "nps", scale=TEN))
    assert found.flagged("speeder") == [71]


def test_a_few_durations_make_no_speeders(cleaned):
    few = {"用时": ["200"] * 10 + ["5"], "nps": ["9"] * 11}
    found = cleaned(few, column("用时", "duration"), column("nps", "nps", scale=TEN))
    assert not found.use("speeder").applicable


@pytest.mark.parametrize(
    "name", ["通话时长", "重定向驻留时长", "省际漫游-时长（分钟）", "处理用时", "Tenure Months",
             "Arrival Delay in Minutes", "Speed of answer in seconds", "response_time"],
)  # fmt: skip
def test_stretches_of_time_that_are_not_of_answering_make_no_speeders(cleaned, name):
    found = cleaned(
        {name: ["200"] * 30 + ["5"], "nps": ["9"] * 31},
        column(name, "duration"),
        column("nps", "nps", scale=TEN),
    )
    assert not found.use("speeder").applicable


@pytest.mark.parametrize(
    "name", ["所用时间", "答题秒数", "总时长", "Duration", "Duration (in seconds)", "seconds",
             "interviewtime", "Total time", "time_taken", "Survey duration"],
)  # fmt: skip
def test_the_time_of_answering_makes_speeders(cleaned, name):
    found = cleaned(
        {name: ["200"] * 30 + ["5"], "nps": ["9"] * 31},
        column(name, "duration"),
        column("nps", "nps", scale=TEN),
    )
    assert found.flagged("speeder") == [31]


def test_a_matrix_of_equal_answers_is_a_straight_line(cleaned):
    raw = {f"q{i}": ["5", "5", "5", "3"] for i in range(6)}
    raw["q3"][1] = "4"
    raw["q3"][2] = None
    assert cleaned(raw, *_ratings(6, "m")).flagged("straight_line") == [1, 4]


@pytest.mark.parametrize("n_questions", [10, 11, 13, 20, 21, 24])
def test_a_run_of_half_the_ratings_is_found_wherever_it_begins(cleaned, n_questions):
    length = max(10, -(-n_questions // 2))
    starts = range(n_questions - length + 1)
    raw = {
        f"q{i}": [
            *("4" if start <= i < start + length else "12"[i % 2] for start in starts),
            *("4" if start <= i < start + length - 1 else "12"[i % 2] for start in starts),
        ]
        for i in range(n_questions)
    }
    found = cleaned(raw, *_ratings(n_questions)).flagged("straight_line")
    assert found == [start + 1 for start in starts]


def test_a_long_run_outside_a_matrix_is_a_straight_line(cleaned):
    raw = _random_answers(5, 14)
    for i in range(14):
        raw[f"q{i}"][0] = "4" if 2 <= i < 12 else "2"
        raw[f"q{i}"][1] = "4" if 2 <= i < 11 else "2"
        raw[f"q{i}"][2] = "1"
        raw[f"q{i}"][3] = None
    assert cleaned(raw, *_ratings(14)).flagged("straight_line") == [1, 3]


def test_a_few_equal_ratings_are_no_straight_line(cleaned):
    found = cleaned({f"q{i}": ["5", "5"] for i in range(4)}, *_ratings(4, "m"))
    assert not found.use("straight_line").applicable


def test_values_off_the_scale_and_missing_codes_are_marked(cleaned):
    scale = Scale(0, 10, missing_codes=("99",))
    raw = {"nps": ["11", "99", "10", "0", None]}
    found = cleaned(raw, column("nps", "nps", scale=scale))
    assert found.flagged("out_of_range") == [1]
    assert found.flagged("missing_code") == [2]
    assert found.rows["nps"] == [None, None, 10, 0, None]
    assert "_out_of_scale" not in found.rows


def test_a_row_without_any_answer_is_empty(cleaned):
    raw = {"id": ["1", "2", "3"], "nps": ["9", None, ""], "why": [None, " ", "贵"]}
    found = cleaned(raw, column("id", "id"), column("nps", "nps", scale=TEN), column("why", "text"))
    assert found.flagged("empty_row") == [2]


TESTS = [
    "测试",
    "测试一下",
    "test",
    "TEST123",
    "这是测试",
    "qwerty",
    "asdf",
    "测试测试",
    "Testing.",
]
HONEST = [
    "测试的时候客服很耐心", "建议多测试再上线", "I would test it again before release",
    "试用装不错", "detest", "the latest", "contest", "很满意", "没有", "好", "tasty",
]  # fmt: skip


def test_test_rows_are_found_and_sentences_about_tests_are_not(cleaned):
    found = cleaned({"why": TESTS + HONEST}, column("why", "text"))
    assert found.flagged("test_row") == list(range(1, len(TESTS) + 1))
    assert found.ledger.n_valid == len(HONEST)


def test_a_job_called_test_is_a_job(cleaned):
    found = cleaned({"您的职业": ["测试", "开发"]}, column("您的职业", "text"))
    assert not found.use("test_row").applicable


def test_previews_are_tests(cleaned):
    raw = {"Status": ["IP Address", "Survey Preview", "survey test"], "nps": ["1", "2", "3"]}
    found = cleaned(raw, column("Status", "meta"), column("nps", "nps", scale=TEN))
    assert found.flagged("test_row") == [2, 3]


GIBBERISH = [
    "啊啊啊啊啊啊啊",
    "11111111",
    "asdfghjkl",
    "sdfsdfsdf",
    "xcvbnmzx",
    "bcdfghjk",
    "阿斯顿阿萨德",
    "。。。。。。。",
]
WORDS = [
    "好好好好好好好",
    "哈哈哈哈哈哈",
    "glass",
    "salad",
    "Alaska",
    "property",
    "rhythm",
    "快递慢",
    "KFC",
    "666666",
    "ok",
    "无",
]


def test_gibberish_is_found_and_words_are_not(cleaned):
    found = cleaned({"why": GIBBERISH + WORDS}, column("why", "text"))
    assert found.flagged("gibberish") == list(range(1, len(GIBBERISH) + 1))
    assert not found.use("gibberish").excludes


def test_a_break_off_by_answers(cleaned):
    raw = {f"q{i}": ["4"] * 12 for i in range(6)}
    for i in range(2, 6):
        raw[f"q{i}"][5] = None
    raw["q5"][7] = None
    assert cleaned(raw, *_ratings(6)).flagged("half_finished") == [6]


def test_half_of_the_questions_answered_is_no_break_off(cleaned):
    raw = {f"q{i}": ["4"] * 12 for i in range(6)}
    for i in range(3, 6):
        raw[f"q{i}"][5] = raw[f"q{i}"][7] = None
    raw["q2"][7] = None
    assert cleaned(raw, *_ratings(6)).flagged("half_finished") == [8]


@pytest.mark.parametrize(
    ("name", "role", "values"),
    [
        ("Finished", "meta", ["True", "False", "1", "0"]),
        ("Progress", "meta", ["100", "50", "100", "99"]),
        ("submitdate. Date submitted", "time", ["2024-01-05", None, "2024-01-05", None]),
    ],
)
def test_a_break_off_by_what_the_file_says(cleaned, name, role, values):
    found = cleaned({name: values, "q0": ["1", "2", "3", "4"]}, column(name, role), *_ratings(1))
    assert found.flagged("half_finished") == [2, 4]


def _visits(addresses: list[str], times: list[str]):
    raw = {"来自IP": addresses, "at": times, "nps": ["9"] * len(times)}
    columns = [column("来自IP", "meta"), column("at", "time"), column("nps", "nps", scale=TEN)]
    return raw, columns


def test_a_burst_from_one_device_is_a_bot_and_a_busy_office_is_not(cleaned):
    burst = [f"2024-01-05 10:00:{i // 2 + 8:02}" for i in range(12)]
    office = [f"2024-01-05 11:{i:02}:07" for i in range(30)]
    raw, columns = _visits(["1.1.1.1"] * 12 + ["2.2.2.2"] * 30, burst + office)
    found = cleaned(raw, *columns)
    assert found.flagged("bot") == list(range(1, 13))
    assert found.ledger.n_valid == 30


def test_a_burst_is_found_where_it_ends_too(cleaned):
    quiet = [f"2024-01-05 09:{i:02}:01" for i in range(5)]
    burst = [f"2024-01-05 10:00:{i:02}" for i in range(5, 15)]
    raw, columns = _visits(["1.1.1.1"] * 20, [*quiet, *burst, *quiet])
    assert cleaned(raw, *columns).flagged("bot") == list(range(6, 16))


def test_times_without_seconds_and_masked_devices_tell_nothing(cleaned):
    raw, columns = _visits(["1.1.1.1"] * 12, ["2024-01-05"] * 12)
    assert not cleaned(raw, *columns).use("bot").applicable
    raw, columns = _visits(["1.1.*.*"] * 12, ["2024-01-05 10:00:01"] * 12)
    assert cleaned(raw, *columns).flagged("bot") == []
