"""Files as people really have them: what is read, what is asked about, what is not counted."""

import pytest
import xlsxwriter

import huiyin as hy
from huiyin.core.text import ZH

N = 40


def table(header, *columns):
    """Put a table together: every column repeats its values."""
    return [header, *([c[i % len(c)] for c in columns] for i in range(N))]


@pytest.fixture
def reading(tmp_path):
    """Read rows written as a text table, as the program does."""
    opened = []

    def go(rows, sep=",", name="odd.csv"):
        path = tmp_path / name
        path.write_text("\n".join(sep.join(map(str, row)) for row in rows) + "\n", "utf-8")
        opened.append(hy.read(path))
        return opened[-1]

    yield go
    for dataset in opened:
        dataset.close()


@pytest.fixture
def workbook(tmp_path):
    """Write sheets, some of them hidden, and read the file."""
    opened = []

    def go(hidden=(), **sheets):
        path = tmp_path / "odd.xlsx"
        with xlsxwriter.Workbook(path) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
                if title in hidden:
                    sheet.hide()
        opened.append(hy.read(path))
        return opened[-1]

    yield go
    for dataset in opened:
        dataset.close()


def scale_of(column):
    return (column.scale.minimum, column.scale.maximum) if column.scale else None


def estimate(dataset, metric, **words):
    (cell,) = dataset.query(metric, **words).cells
    return cell.estimate, cell.n


def rule(dataset, rule_id):
    return next(use for use in dataset.ledger.rules if use.rule_id == rule_id)


def test_decimal_commas_are_numbers_where_the_column_shows_it(reading):
    rows = table(
        ["编号", "满意度", "服务评分", "金额"],
        range(1, N + 1), ["4,5", "3,5", "5", "2,5"], ["4,25", "3,5"],
        ["1.200,50", "80,25", "99,9", "12,00", "7,5", "1.300"],
    )  # fmt: skip
    found = reading(rows, ";")
    assert [c.role for c in found.codebook] == ["id", "csat", "aspect", "amount"]
    assert scale_of(found.codebook["满意度"]) == (1, 5)
    assert estimate(found, "mean:满意度") == (pytest.approx(3.875), N)
    assert estimate(found, "mean:服务评分") == (pytest.approx(3.875), N)
    amounts = [1200.5, 80.25, 99.9, 12.0, 7.5, 1300.0]
    expected = sum(amounts[i % 6] for i in range(N)) / N
    assert estimate(found, "mean:金额") == (pytest.approx(expected), N)


def test_thousands_stay_thousands(reading):
    rows = table(["编号", "满意度", "金额"], range(1, N + 1), [5, 4, 3],
                 ["1,200", "2,300", "12,000", "950", "1,050"])  # fmt: skip
    found = reading(rows, ";")
    assert found.codebook["金额"].role == "amount"
    assert found.codebook["金额"].usable
    assert estimate(found, "mean:金额") == (
        pytest.approx((1200 + 2300 + 12000 + 950 + 1050) / 5),
        N,
    )


def test_what_fits_thousands_and_decimals_is_asked_about_beside_decimal_commas(reading):
    rows = table(["编号", "满意度", "金额"], range(1, N + 1), ["4,5", "3,75"],
                 ["1,200", "2,300", "3,125", "4,750", "9,500"])  # fmt: skip
    column = reading(rows, ";").codebook["金额"]
    assert not column.usable
    assert "1.25" in column.reason.say(ZH)


def test_codes_of_several_options_are_no_decimal_numbers(reading):
    rows = table(["编号", "满意度", "来源（可多选）"], range(1, N + 1), [5, 4, 3],
                 ["1,3", "2,4", "1,2", "3", "2,3"])  # fmt: skip
    column = reading(rows, ";").codebook["来源（可多选）"]
    assert column.role in {"dimension", "choice_set"}
    assert column.scale is None


@pytest.mark.parametrize("typed", ["城市", "城 市", "城\u00a0市", "城\u200b市"])
def test_a_header_with_unseen_signs_is_found_however_it_is_typed(reading, typed):
    rows = table(["\u200b编号", "满意\u200b度", "ＮＰＳ评分", "城\u00a0市"],
                 range(1, N + 1), [5, 4], range(11), ["北京", "上海"])  # fmt: skip
    found = reading(rows)
    assert [c.name for c in found.codebook] == ["编号", "满意度", "ＮＰＳ评分", "城 市"]
    assert [c.role for c in found.codebook] == ["id", "csat", "nps", "dimension"]
    cells = found.query("nps:nps评分", by=[typed], where=[f"{typed}=北京"]).cells
    assert [cell.by for cell in cells] == [{"城 市": "北京"}]


def test_overrides_and_saved_codebooks_find_a_header_however_it_is_written(reading, tmp_path):
    from huiyin.codebook.files import save_codebook
    from huiyin.codebook.overrides import apply_overrides

    rows = table(["编号", "满意 度", "ＮＰＳ"], range(1, N + 1), [5, 4], range(11))
    found = reading(rows)
    book = apply_overrides(found.codebook, ["满意度=overall:1-5", "nps=nps"])
    assert [c.role for c in book] == ["id", "overall", "nps"]
    save_codebook(book, tmp_path / "book.yaml")
    rows[0] = ["编号", "满意\u3000度", "NPS"]
    again = reading(rows, name="again.csv").paths[0]
    with hy.read(again, codebook=tmp_path / "book.yaml") as read_again:
        assert [c.name for c in read_again.codebook] == ["编号", "满意 度", "NPS"]
        assert read_again.codebook["NPS"].role == "nps"


def test_totals_means_and_notes_under_a_table_are_nobodys_answers(workbook):
    rows = table(["门店", "称呼", "满意度", "推荐分(0-10)", "消费金额"],
                 ["一店", "二店"], "甲乙丙", [5, 4, 3], range(11), range(50, 90))  # fmt: skip
    clean = estimate(workbook(答卷=rows), "mean:满意度")
    under = [["合计", "", 160, 199, 2780], ["平均", "", 3.9, 4.97, 69.5], [],
             ["注：以上数据不含退单"], ["制表人：张三"]]  # fmt: skip
    found = workbook(答卷=[*rows, *under])
    assert rule(found, "not_a_response").rows == (41, 42, 43, 44)
    assert found.ledger.n_valid == N
    assert estimate(found, "mean:满意度") == clean
    groups = {cell.by["门店"] for cell in found.query("nps", by=["门店"]).cells}
    assert groups == {"一店", "二店"}


def test_totals_in_english_count_only_where_a_number_tells(reading):
    rows = table(["store", "service", "nps"], ["A", "B"], ["Good", "Average", "Poor"], range(11))
    assert rule(reading(rows), "not_a_response").n_flagged == 0
    words = table(["service", "nps"], ["Good", "Poor", "Very good", "Fair"], range(11))
    assert rule(reading([*words, ["Average", 7]]), "not_a_response").n_flagged == 0
    ended = reading(
        [*rows, ["Total", "", 199], ["Average", "", 4.97], ["Note: no refunds", "", ""]]
    )
    assert rule(ended, "not_a_response").rows == (41, 42, 43)


def test_a_header_that_comes_again_is_nobodys_answer(reading):
    rows = table(["门店", "满意度", "推荐分"], ["一店", "二店"], [5, 4], range(11))
    found = reading([*rows, rows[0], *rows[1:]])
    assert rule(found, "not_a_response").rows == (N + 1,)
    assert found.ledger.n_valid == 2 * N


def test_a_shop_named_like_a_total_stays_where_it_is_common(reading):
    rows = table(["门店", "满意度"], ["总和", "二店"], [5, 4])
    assert rule(reading(rows), "not_a_response").n_flagged == 0


def test_hidden_sheets_are_not_read_unless_named(workbook):
    shown = table(["编号", "满意度"], range(1, N + 1), [5, 4])
    wide = [["a", "b", "c", "d"], *([[1, 2, 3, 4]] * 200)]
    found = workbook(hidden=["底稿"], 答卷=shown, 底稿=wide)
    assert [c.name for c in found.codebook] == ["编号", "满意度"]
    assert "底稿" in found.staged.notes[0].say(ZH)


def test_a_hidden_sheet_that_holds_all_the_data_is_read_and_said(workbook):
    data = [["编号", "满意度"], *([i, 1 + i % 5] for i in range(400))]
    found = workbook(hidden=["数据"], 看板=[["合计", 400], ["均分", 3]], 数据=data)
    assert found.staged.n_rows == 400
    assert "隐藏的工作表" in found.staged.notes[-1].say(ZH)


def test_full_width_digits_are_digits(reading):
    rows = table(["编号", "满意度", "推荐意愿", "金额", "日期"], range(1, N + 1), "１２３４５",
                 ["１０", "９", "０"], ["１２０", "３５０", "￥８００", "７０", "￥６０．５"],
                 ["２０２４－０５－０１", "２０２４－０６－１２"])  # fmt: skip
    found = reading(rows)
    assert [c.role for c in found.codebook] == ["id", "csat", "nps", "amount", "time"]
    assert estimate(found, "mean:满意度") == (pytest.approx(3.0), N)
    assert estimate(found, "mean:金额")[0] == pytest.approx(280.1)
    days = [cell.by["period"] for cell in found.query("nps", grain="month").cells]
    assert days == ["2024-05-01", "2024-06-01"]


@pytest.mark.parametrize(
    ("written", "month"),
    [("2024年5月3日 下午3点20分", "2024-05"), ("2024/5/3 下午15:20:00", "2024-05"),
     ("2024年第二季度", "2024-04"), ("2024年二季度", "2024-04"), ("5/31/2024 3:20 PM", "2024-05"),
     ("2024-05-03上午9:20", "2024-05")],
)  # fmt: skip
def test_moments_as_people_write_them(reading, written, month):
    rows = table(
        ["编号", "提交时间", "推荐分"], range(1, N + 1), [written, "2024-05-01"], range(11)
    )
    found = reading(rows)
    assert found.codebook["提交时间"].role == "time"
    periods = [cell for cell in found.query("nps", grain="month").cells if cell.n]
    assert sum(cell.n for cell in periods) == N
    assert {cell.by["period"] for cell in periods} == {f"{month}-01", "2024-05-01"}


def test_words_for_nothing_among_ratings_are_no_answers(reading):
    rows = table(["编号", "满意度", "推荐分"], range(1, N + 1), [5, 4, 3, "无", 2],
                 [10, "None", 9, 0, "inf"])  # fmt: skip
    found = reading(rows)
    assert [c.role for c in found.codebook] == ["id", "csat", "nps"]
    assert all(c.usable for c in found.codebook)
    assert estimate(found, "mean:满意度") == (pytest.approx(3.5), 32)
    assert rule(found, "missing_code").n_flagged > 0


@pytest.mark.parametrize(
    ("header", "values", "scale"),
    [("满意度", ["5", "满意", "4分", "非常满意", "3", "2"], (1, 5)),
     ("满意度", ["80%", "90%", "100%"], (0, 100)), ("满意度", ["0.5", "0.75", "1"], (0, 1)),
     ("推荐分", ["9", "10分", "8/10", "七", "6"], (0, 10))],
)  # fmt: skip
def test_ratings_written_in_a_mixed_way_are_asked_about(reading, header, values, scale):
    column = reading(table(["编号", header], range(1, N + 1), values)).codebook[header]
    assert scale_of(column) == scale
    assert not column.usable
    assert "请核对" in column.reason.say(ZH)


@pytest.mark.parametrize(
    ("values", "codes"),
    [(["A.非常满意", "B.满意", "C.一般", "D.不满意", "E.非常不满意"], [5, 4, 3, 2, 1]),
     (["A、好", "B、中", "C、差"], [3, 2, 1]),
     (["3 一般", "5 非常满意", "1 非常不满意"], [3, 5, 1])],
)  # fmt: skip
def test_letters_and_numbers_before_levels(reading, values, codes):
    column = reading(table(["编号", "满意度"], range(1, N + 1), values)).codebook["满意度"]
    assert column.usable
    assert [column.scale.levels[value] for value in values] == codes


def test_numbers_that_lost_their_digits_tell_nobody_apart(reading):
    rows = table(["手机号", "提交时间", "满意度"], ["1.38E+10", "1.39E+10", "1.86E+10"],
                 ["2024-05-01"], [5, 4])  # fmt: skip
    found = reading(rows)
    assert found.codebook["手机号"].role == "meta"
    assert "科学计数法" in found.codebook["手机号"].reason.say(ZH)
    assert found.ledger.n_valid == N


def test_ticks_say_whether_it_happened(reading):
    column = reading(table(["编号", "是否复购"], range(1, N + 1), ["√", "×"])).codebook["是否复购"]
    assert (column.role, column.events) == ("outcome", ("√",))


def test_days_without_a_year_are_no_free_text(reading):
    rows = table(
        ["编号", "日期", "满意度"], range(1, N + 1), [f"5月{d}日" for d in range(1, 31)], [5, 4]
    )
    assert reading(rows).codebook["日期"].role == "meta"


def test_a_title_over_a_table_with_an_empty_first_column_is_no_question(workbook):
    rows = table(
        ["", "编号", "满意度", "", "推荐分"], [""], range(1, N + 1), [5, 4], [""], range(11)
    )
    found = workbook(答卷=[["某公司2024年满意度调查"], [], *rows])
    assert [c.name for c in found.codebook if c.role != "ignore"] == ["编号", "满意度", "推荐分"]


def test_ratings_out_of_ten_are_asked_on_the_usual_scale(reading):
    rows = table(["编号", "推荐意愿"], range(1, N + 1), ["9/10", "10/10", "5/10"])
    assert scale_of(reading(rows).codebook["推荐意愿"]) == (0, 10)


def test_a_cell_merged_over_rows_stands_in_each(tmp_path):
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("答卷")
        sheet.write_row(0, 0, ["门店", "编号", "满意度"])
        for i in range(N):
            sheet.write_row(i + 1, 1, [i, (5 if i < 10 else 3) - i % 2])
        for k in range(4):
            sheet.merge_range(1 + 10 * k, 0, 10 + 10 * k, 0, f"店{k}")
    with hy.read(path) as found:
        cells = found.query("mean:满意度", by=["门店"]).cells
        assert {c.by["门店"]: (c.estimate, c.n) for c in cells} == {
            "店0": (4.5, 10), "店1": (2.5, 10), "店2": (2.5, 10), "店3": (2.5, 10),
        }  # fmt: skip


def test_sheets_with_the_same_columns_in_another_order_are_one_survey(workbook):
    first = table(["编号", "满意度", "推荐分"], range(N), [5, 4], range(11))
    second = table(["编号", "推荐分", "满意度", "备注"], range(100, 100 + N), [10], [1], ["好"])
    other = table(["门店", "店长"], ["一店"], ["甲"])
    found = workbook(一月=first, 二月=second, 门店=other)
    assert found.staged.n_rows == 2 * N
    assert estimate(found, "mean:满意度") == (pytest.approx(2.75), 2 * N)
    assert any("门店" in note.say(ZH) for note in found.staged.notes)


def test_amounts_with_units_and_gaps(reading):
    rows = table(["编号", "消费金额"], range(N), ["1.2万", "3500元", "¥800", "2千", "12 000"])
    found = reading(rows, ";")
    assert found.codebook["消费金额"].role == "amount"
    assert estimate(found, "mean:消费金额")[0] == pytest.approx(
        (12e3 + 3500 + 800 + 2e3 + 12e3) / 5
    )


@pytest.mark.parametrize(
    ("header", "values", "role", "scale"),
    [("满意度", ["五分", "四分"], "csat", (1, 5)),
     ("滿意度", ["非常滿意", "滿意", "普通", "不滿意"], "csat", (1, 5)),
     ("推薦意願", range(11), "nps", (0, 10)), ("满意度", ["😀", "😐", "😡"], "csat", (1, 3)),
     ("总体评价", ["好评", "中评", "差评"], "overall", (1, 3)),
     ("好评率", [95, 88.5], "meta", None), ("满意度", ["满意", "不满意"], "csat", (0, 1)),
     ("日期", ["45413", "45414.5"], "time", None), ("月份", ["202404", "202405"], "time", None),
     ("created_at", [1714550400, 1714554000], "time", None),
     ("是否复购", [0, 1, 2], "dimension", None)],
)  # fmt: skip
def test_columns_that_were_taken_for_something_else(reading, header, values, role, scale):
    column = reading(table(["编号", header], range(1, N + 1), values)).codebook[header]
    assert (column.role, scale_of(column)) == (role, scale)


def test_a_judgement_below_and_above_nothing_is_a_scale_of_both_sides(reading):
    names = ["服务评价", "产品评价", "价格评价"]
    rows = table(["编号", *names], range(1, N + 1), *([[-2, -1, 0, 1, 2]] * 3))
    book = reading(rows).codebook
    assert [(book[name].role, scale_of(book[name])) for name in names] == [("aspect", (-2, 2))] * 3


def test_two_levels_of_one_end_are_not_satisfied_or_not(reading):
    rows = table(["编号", "满意度"], range(1, N + 1), ["非常满意", "满意"])
    column = reading(rows).codebook["满意度"]
    assert not column.usable
    assert column.scale.levels["满意"] > column.scale.minimum
