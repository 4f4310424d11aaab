"""Bad input gets one clear sentence and exit code 2; nothing is lost, nothing is half written."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import xlsxwriter

HUIYIN = Path(sys.executable).with_name("huiyin")


def refused(done, *words):
    assert done.code == 2, (done.out, done.err)
    assert "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) == 1, done.err
    for word in words:
        assert word in done.err, done.err


def test_a_file_that_is_not_there(huiyin, tmp_path):
    refused(huiyin("query", tmp_path / "没有.csv", "-m", "nps"), "没有.csv")


def test_a_folder(huiyin, tmp_path):
    refused(huiyin("codebook", tmp_path))


@pytest.mark.parametrize("content", ["", "评分,建议\n", "\n\n\n", "   \n  \n\t\n", " , ,\n , ,\n"])
def test_nothing_in_the_file(huiyin, tmp_path, content):
    file = tmp_path / "空.csv"
    file.write_text(content, "utf-8")
    refused(huiyin("report", file, "-o", tmp_path / "out"), "空.csv")
    assert not (tmp_path / "out").exists()


def test_blanks_only_are_not_taken_for_columns(huiyin, tmp_path):
    file = tmp_path / "空白.csv"
    file.write_text("   \n  \n\t\n", "utf-8")
    refused(huiyin("query", file, "-m", "nps"), "空白.csv", "没有列，也没有数据行")
    file.write_text("  \n" * 500, "utf-8")
    refused(huiyin("query", file, "-m", "nps", "--lang", "en"), "first 60 rows", "blank")


def test_an_empty_sheet_that_is_named_is_named_in_the_answer(huiyin, survey, tmp_path):
    file = tmp_path / "两张表.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("数据")
        for row in range(40):
            sheet.write_row(row, 0, [row, row % 5 + 1] if row else ["编号", "满意度"])
        book.add_worksheet("空表")
    for named in (["空表"], ["数据", "空表"]):
        words = [word for name in named for word in ("--sheet", name)]
        refused(huiyin("codebook", file, *words), "工作表“空表”是空的")
    assert huiyin("codebook", file, "--sheet", "数据", "--sheet", "数据").code == 0
    refused(huiyin("codebook", survey, "--sheet", "数据"), "没有工作表", "数据")


def test_unknown_names_are_answered_with_close_ones(huiyin, survey):
    refused(huiyin("query", survey, "-m", "nps", "--by", "渠到"), "渠道")
    refused(huiyin("query", survey, "-m", "npss"), "nps")
    refused(huiyin("query", survey, "-m", "nps", "--where", "渠道=门占"), "门店")
    refused(huiyin("query", survey, "-m", "share:渠道=门占"), "门店")
    refused(huiyin("drivers", survey, "--target", "总体"), "总体满意度")
    refused(huiyin("query", survey, "-m", "nps", "--set", "评分=rating"), "评分")
    refused(huiyin("query", survey, "-m", "nps", "--set", "建议=stars"), "stars")


def test_names_that_nothing_is_close_to_get_no_made_up_ones(huiyin, survey):
    done = huiyin("query", survey, "-m", "nps", "--by", "zzz")
    refused(done, "zzz", "也没有相近的", "huiyin codebook")
    assert "编号" not in done.err
    refused(huiyin("query", survey, "-m", "mean:qqq"), "qqq", "huiyin codebook")
    refused(huiyin("query", survey, "-m", "nps", "--by", "态度"), "相近的列：服务态度满意度(1-5)")
    refused(huiyin("query", survey, "-m", "nps", "--where", "渠道=zzz"), "常见的值", "门店")


def test_a_question_is_found_by_its_number_where_one_column_has_it(huiyin, tmp_path):
    file = tmp_path / "编号.csv"
    rows = "\n".join(f"a{i},{i % 5 + 1},{(i * 3) % 5 + 1}" for i in range(60))
    file.write_text(f"编号,7、您对服务的满意度,Q8. 您对价格的满意度\n{rows}\n", "utf-8")
    for typed in ("7", "Q7", "第7题"):
        done = huiyin("codebook", file, "--set", f"{typed}=overall:1-5", "--json")
        assert done.code == 0, done.err
        assert [c["role"] for c in done.json["columns"]] == ["id", "overall", "aspect"]
    assert huiyin("query", file, "-m", "score:8", "--where", "Q7>=4", "--json").json["data"]["used"]
    file.write_text(f"编号,7、您对服务的满意度,7、您对价格的满意度\n{rows}\n", "utf-8")
    refused(huiyin("query", file, "-m", "mean:Q7"), "编号 Q7 的列有 2 个", "7、您对价格的满意度")


def test_unknown_options_values(huiyin, survey, tmp_path):
    refused(huiyin("query", survey, "-m", "nps", "--grain", "fortnight"), "fortnight")
    refused(huiyin("query", survey, "-m", "nps", "--since", "2024-13-40"), "2024-13-40")
    refused(huiyin("query", survey, "-m", "nps", "--level", "95"), "95")
    refused(huiyin("report", survey, "--format", "docx"), "docx")
    refused(huiyin("report", survey, "--purpose", "fun"), "fun")
    refused(huiyin("query", survey, "-m", "nps", "--lang", "fr"), "fr")
    refused(huiyin("query", survey, "-m", "nps", "--profile", "typoform"), "typoform")
    refused(huiyin("query", survey, "-m", "nps", "--codebook", tmp_path / "no.yaml"), "no.yaml")


def test_a_command_that_is_written_wrongly(huiyin, survey):
    refused(huiyin("query", survey), "还缺 --metric", "huiyin query --help")
    refused(huiyin("query", "-m", "nps", "--lang", "en"), "FILES is missing")
    refused(huiyin("query", survey, "--metrik", "nps"), "--metrik", "--metric")
    refused(huiyin("query", survey, "-m"), "选项 -m 后面要跟一个值")
    refused(huiyin("drivers", survey, "--target", "x", "--bootstrap", "many"), "--bootstrap")
    refused(huiyin("qery", survey), "没有命令“qery”，是不是 'query'")
    refused(huiyin("codebook", survey, "--set", "没有=text"), "没有")


def test_no_option_is_dropped_in_silence(huiyin, survey, tmp_path):
    twice = ("--compare", "rest", "--compare", "previous")
    refused(huiyin("query", survey, "-m", "nps", *twice), "--compare", "不止一次")
    refused(
        huiyin("report", survey, "-o", "a", "--output", "b", "--lang", "en"), "--output", "once"
    )
    table = tmp_path / "基准.csv"
    table.write_text("x\n", "utf-8")
    both = ("--compare", "渠道=门店", "--benchmarks", table)
    refused(huiyin("query", survey, "-m", "nps", *both), "渠道=门店", "只能选一个")
    alone = ("--compare", "benchmark", "--benchmarks", table)
    refused(huiyin("query", survey, "-m", "nps", *alone), "基准.csv", "没有基准")


def test_options_that_would_change_nothing_are_refused(huiyin, survey):
    asked = ("query", survey, "-m", "nps")
    refused(huiyin(*asked, "--index-weight", "价格满意度(1-5)=1"), "--index-weight", "-m index")
    refused(huiyin(*asked, "--subtotals"), "--subtotals", "--by")
    both = ("--include-flagged", "--exclude-flagged", "speeder")
    refused(huiyin(*asked, *both), "--exclude-flagged", "互相矛盾")
    refused(huiyin(*asked, "--grain", ""), "--grain")
    refused(huiyin(*asked, "--level", "abc"), "--level", "要一个数")
    refused(huiyin(*asked, "--level", "abc", "--lang", "en"), "takes a number")


def test_a_column_said_to_be_two_things_is_refused(huiyin, survey):
    said = ("--set", "渠道=text", "--set", "渠道=dimension")
    refused(huiyin("codebook", survey, *said), "渠道", "text 和 dimension")
    assert huiyin("codebook", survey, "--set", "渠道=text", "--set", "渠道=text").code == 0


def test_a_backup_of_nothing_is_refused(huiyin, tmp_path, monkeypatch):
    monkeypatch.delenv("HUIYIN_DATABASE_URL", raising=False)
    data, file = tmp_path / "none", tmp_path / "a.tar"
    refused(huiyin("backup", file, "--data", data), "none", "没有数据库")
    assert not data.exists()
    assert not file.exists()
    refused(huiyin("metrics", "import", tmp_path / "no.yaml", "--lang", "en"), "There is no file")


def test_a_file_given_twice_and_what_is_no_file_are_refused(huiyin, survey):
    refused(huiyin("query", survey, survey, "-m", "nps"), "满意度.csv", "给了两次")
    refused(huiyin("query", "/dev/zero", "-m", "nps"), "/dev/zero", "不是普通文件")


def test_files_with_other_columns_are_put_together_and_it_is_said(huiyin, survey, tmp_path):
    other = tmp_path / "别的.csv"
    other.write_text("姓名,城市\n" + "张三,北京\n" * 30, "utf-8")
    done = huiyin("query", survey, other, "-m", "nps", "--json")
    assert (done.code, done.json["cells"][0]["n"]) == (0, 240)
    assert "列不完全相同" in done.err
    assert not huiyin("query", survey, "-m", "nps", "--json").err


def test_an_ambiguous_metric_lists_what_fits(huiyin, survey):
    refused(
        huiyin("query", survey, "-m", "score", "--set", "价格满意度(1-5)=overall:1-5"),
        "价格满意度(1-5)",
        "总体满意度(1-5)",
    )


def test_all_missing_and_one_answer_are_answered_not_refused(huiyin, tmp_path):
    for answers, reason in ((["", "", ""], "no_answers"), (["5", "", ""], "one_answer")):
        file = tmp_path / f"{reason}.csv"
        rows = "\n".join(f"a{i},{a},x" for i, a in enumerate(answers))
        file.write_text(f"编号,总体满意度,渠道\n{rows}\n", "utf-8")
        done = huiyin("query", file, "-m", "mean", "--set", "总体满意度=overall:1-5", "--json")
        assert done.code == 0, done.err
        assert done.json["cells"][0]["not_estimable"] == reason
        unset = huiyin("query", file, "-m", "mean:总体满意度", "--json")
        assert unset.code == 0, unset.err
        assert unset.json["cells"][0]["not_estimable"] == reason


def test_what_needs_a_scale_is_not_estimable_on_a_column_that_nobody_answered(huiyin, tmp_path):
    file = tmp_path / "empty.csv"
    file.write_text("编号,总体满意度,渠道\na1,,x\na2,,y\na3,,x\n", "utf-8")
    metrics = {
        "satisfied": "share", "dissatisfied": "share", "score": "points", "nps": "nps",
        "ces": "scale", "easy": "share", "intent": "share",
    }  # fmt: skip
    asked = [word for metric in metrics for word in ("-m", f"{metric}:总体满意度")]
    done = huiyin("query", file, *asked, "--json")
    assert done.code == 0, done.err
    cells = {cell["metric"].partition(":")[0]: cell for cell in done.json["cells"]}
    assert {name: cell["unit"] for name, cell in cells.items()} == metrics
    assert {cell["not_estimable"] for cell in cells.values()} == {"no_answers"}
    unasked = [d["formula"] for d in done.json["definition"]]
    assert not any("量表 " in str(formula) for formula in unasked)


def test_numbers_without_a_scale_are_still_asked_about(huiyin, tmp_path):
    file = tmp_path / "numbers.csv"
    file.write_text("编号,金额\na1,120.5\na2,80\na3,99.9\n", "utf-8")
    refused(huiyin("query", file, "-m", "satisfied:金额"), "金额", "没有评分量表", "--set")


def test_a_constant_target_is_answered_not_refused(huiyin, tmp_path):
    file = tmp_path / "constant.csv"
    rows = "\n".join(f"a{i},5,{i % 5 + 1},{(i * 3) % 5 + 1}" for i in range(80))
    file.write_text(f"编号,总体满意度,服务满意度,价格满意度\n{rows}\n", "utf-8")
    done = huiyin("drivers", file, "--target", "总体满意度", "--json")
    assert done.code == 0, done.err
    assert done.json["not_estimable"] == "constant"


def test_collinear_drivers_share_alike_and_say_so(huiyin, tmp_path):
    file = tmp_path / "collinear.csv"
    rows = "\n".join(
        f"a{i},{(i * i) % 5 + 1},{i % 5 + 1},{i % 5 + 1},{(i * 3) % 5 + 1}" for i in range(200)
    )
    file.write_text(f"编号,总体满意度,服务满意度,态度满意度,价格满意度\n{rows}\n", "utf-8")
    done = huiyin(
        "drivers", file, "--target", "总体满意度", "--driver", "服务满意度",
        "--driver", "态度满意度", "--driver", "价格满意度", "--bootstrap", "20", "--json",
    )  # fmt: skip
    assert done.code == 0, done.err
    drivers = {d["column"]: d for d in done.json["drivers"]}
    if "态度满意度" in drivers and "服务满意度" in drivers:
        assert drivers["态度满意度"]["share"] == pytest.approx(
            drivers["服务满意度"]["share"], abs=1e-6
        )
    assert sum(d["share"] for d in drivers.values()) == pytest.approx(1)


def test_a_scale_with_11_and_99(huiyin, tmp_path):
    file = tmp_path / "nps.csv"
    answers = [*range(11)] * 20 + [11] * 3 + [99] * 5
    rows = "\n".join(f"a{i},{a}" for i, a in enumerate(answers))
    file.write_text(f"编号,您有多大可能推荐我们\n{rows}\n", "utf-8")
    done = huiyin("query", file, "-m", "nps", "--json")
    assert done.code == 0, done.err
    cell = done.json["cells"][0]
    assert cell["n"] == 220
    assert cell["estimate"] == pytest.approx(100 * (40 - 140) / 220)
    rules = {r["id"]: r["flagged"] for r in huiyin("check", file, "--json").json["rules"]}
    assert rules["out_of_range"] in {3, 8}


def test_a_place_that_cannot_be_written_is_refused_with_the_true_reason(huiyin, survey, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("x", "utf-8")
    for command in ("report", "codebook"):
        refused(huiyin(command, survey, "-o", taken / "deeper"), "taken", "是文件，不是文件夹")
        done = huiyin(command, survey, "-o", "/proc/nothing-of-ours", "--lang", "en")
        refused(done, "/proc/nothing-of-ours", "cannot be written")
        assert "disk" not in done.err
    refused(huiyin("codebook", survey, "-o", tmp_path), "是文件夹，不能写成文件")
    assert taken.read_text("utf-8") == "x"


def test_a_scale_that_the_answers_do_not_have_is_refused_or_said(huiyin, tmp_path):
    file = tmp_path / "百分.csv"
    rows = "\n".join(f"a{i},{i % 101},第{i}次说等太久了" for i in range(101))
    file.write_text(f"编号,得分,意见\n{rows}\n", "utf-8")
    for column, words in (("得分", "101 个回答里只有 5 个"), ("意见", "101 个回答里只有 0 个")):
        done = huiyin("query", file, "-m", f"score:{column}", "--set", f"{column}=aspect:1-5")
        refused(done, column, "1–5", words)
    said = ("query", file, "-m", "score:得分", "--set", "得分=aspect:0-60", "--json")
    done = huiyin(*said)
    assert (done.code, done.json["cells"][0]["n"]) == (0, 61)
    assert "40 个不在 0–60 的量表内" in done.err
    assert not huiyin(*said[:-2], "得分=aspect:0-100", "--json").err
    assert "40 are not on the scale of 0–60" in huiyin(*said, "--lang", "en").err


def test_formulas_are_never_executed_and_come_out_as_text(huiyin, survey, tmp_path):
    text = survey.read_text("utf-8").replace(",电话,", ",=1+1,")
    survey.write_text(text.replace("等了1分钟没人理", "=HYPERLINK(A1)，等太久"), "utf-8")
    done = huiyin("report", survey, "-o", tmp_path / "out", "--format", "xlsx,html", "--json")
    assert done.code == 0, done.err
    import zipfile

    workbook = next(Path(f) for f in done.json["files"] if f.endswith("xlsx"))
    with zipfile.ZipFile(workbook) as parts:
        words = parts.read("xl/sharedStrings.xml").decode("utf-8")
        for name in parts.namelist():
            if "worksheets/sheet" in name:
                assert b"<f>" not in parts.read(name), name
    assert "=1+1" in words


def test_a_full_disk_leaves_no_half_report(survey, tmp_path):
    out = tmp_path / "out"
    script = (
        "import resource, signal, sys;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "import huiyin as hy; d = hy.read(sys.argv[1]); f = d.findings();"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000));"
        "from huiyin.report.run import write_report; from pathlib import Path;"
        "write_report(f, Path(sys.argv[2]), formats=('html', 'xlsx'), language='zh-CN')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, survey, out], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    left = list(out.rglob("*")) if out.exists() else []
    assert not [f for f in left if f.is_file()], left


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_interrupting_says_so_and_cleans_up(survey, tmp_path, sent):
    work = tmp_path / "work"
    work.mkdir()
    environment = {**os.environ, "HUIYIN_WORK": str(work)}
    process = subprocess.Popen(
        [HUIYIN, "report", survey, "-o", tmp_path / "out"], env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(work.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(sent)
    _, said = process.communicate(timeout=60)
    assert b"Traceback" not in said, said.decode()
    assert process.returncode in {0, 130, 143}, said.decode()
    assert not list(work.iterdir())


STOPPED_IN_A_CLASS = """
import importlib, os, signal

class Field:
    def __set_name__(self, owner, name):
        os.kill(os.getpid(), signal.SIGTERM)

def app():
    class Made:
        field = Field()

main = importlib.import_module("huiyin.app.cli.main")
main.app = app
main.main()
"""


def test_a_stop_while_a_class_is_made_ends_as_any_other():
    done = subprocess.run(
        [sys.executable, "-c", STOPPED_IN_A_CLASS], capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 143
    assert done.stderr == b""


def test_what_a_killed_process_left_is_removed_by_the_next(survey, tmp_path):
    work, out = tmp_path / "work", tmp_path / "out"
    work.mkdir()
    environment = {**os.environ, "HUIYIN_WORK": str(work)}
    command = [HUIYIN, "report", survey, "-o", out]
    killed = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not list(work.glob("huiyin-*/typed-*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    killed.kill()
    assert killed.wait() == -signal.SIGKILL
    (left,) = work.iterdir()
    assert list(left.rglob("*.parquet"))
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    assert not list(work.iterdir())


@pytest.mark.parametrize("columns", [1, 5_000])
def test_one_column_and_five_thousand(huiyin, tmp_path, columns):
    file = tmp_path / "wide.csv"
    header = ",".join(f"Q{i}" for i in range(columns))
    rows = "\n".join(",".join(str((i + j) % 5 + 1) for j in range(columns)) for i in range(30))
    file.write_text(f"{header}\n{rows}\n", "utf-8")
    done = huiyin("codebook", file, "--json")
    assert done.code == 0, done.err
    assert len(done.json["columns"]) == columns
    query = huiyin("query", file, "-m", "mean:Q0", "--set", "Q0=csat:1-5", "--json")
    assert query.code == 0, query.err
    assert query.json["cells"][0]["n"] == 30
    check = huiyin("check", file, "--json")
    assert check.code == 0, check.err
    assert check.json["rows"] == 30


def test_more_questions_than_calls_can_be_nested_are_checked(huiyin, tmp_path):
    file = tmp_path / "wide.csv"
    header = ["编号", "总体满意度", *(f"门店{i}" for i in range(100))]
    header += [*(f"对服务{i}的满意度" for i in range(1100)), *(f"意见{i}" for i in range(300))]
    rows = [
        [
            f"A{i:04d}",
            1 + i % 5,
            *("甲乙丙"[(i + j) % 3] for j in range(100)),
            *(1 + i * (j % 7 + 1) % 5 for j in range(1100)),
            *(
                "测试" if (i, j) == (3, 200) else f"第{i}次来，排队{i * j % 97}分钟"
                for j in range(300)
            ),
        ]
        for i in range(30)
    ]
    file.write_text("\n".join(",".join(map(str, row)) for row in (header, *rows)) + "\n", "utf-8")
    done = huiyin("check", file, "--json")
    assert done.code == 0, done.err
    found = {rule["id"]: rule for rule in done.json["rules"]}
    assert found["test_row"]["rows"] == [4]
    assert (found["gibberish"]["flagged"], found["empty_row"]["flagged"]) == (0, 0)


def test_a_report_on_very_many_columns_is_made_of_some_and_says_so(huiyin, tmp_path):
    file = tmp_path / "wide.csv"
    header = [
        "总体满意度",
        *(f"第{i}项满意度" for i in range(150)),
        *(f"码{i}" for i in range(300)),
    ]
    rows = [
        [
            1 + i % 5,
            *(1 + i * (j % 7 + 1) % 5 for j in range(150)),
            *("甲乙丙"[(i + j) % 3] for j in range(300)),
        ]
        for i in range(60)
    ]
    file.write_text("\n".join(",".join(map(str, row)) for row in (header, *rows)) + "\n", "utf-8")
    done = huiyin("report", file, "-o", tmp_path / "out")
    assert done.code == 0, done.err
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "文件有 451 列，报告分析了其中 71 列" in page
    assert "第29项满意度" in page
    assert "第149项满意度" not in page


def test_a_nul_in_a_header_is_no_part_of_the_name(huiyin, tmp_path):
    file = tmp_path / "nul.csv"
    file.write_text("渠\0道,NPS\n" + "门店,9\n电话,3\n" * 40, "utf-8")
    done = huiyin("codebook", file, "--json")
    assert done.code == 0, done.err
    assert [column["name"] for column in done.json["columns"]] == ["渠 道", "NPS"]


def test_a_file_name_in_another_encoding_is_read_and_reported(huiyin, survey, tmp_path):
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "满意度".encode("gb18030") + b".csv"))
    file.write_bytes(survey.read_bytes())
    done = huiyin("report", file, "-o", tmp_path / "out")
    assert done.code == 0, done.err
    assert "满意度" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_a_name_with_a_line_break_is_answered_in_one_line(huiyin, survey):
    refused(huiyin("query", survey, "-m", "nps", "--by", "渠\n道"), "渠道")


def test_contact_data_is_never_shown_as_groups(huiyin, survey):
    done = huiyin("query", survey, "-m", "nps", "--by", "编号", "--set", "编号=contact")
    refused(done, "编号")
    assert "A0001" not in done.out


@pytest.fixture
def with_phones(survey):
    """Give the survey with a column of telephone numbers, two answers a number."""
    header, *rows = survey.read_text("utf-8").splitlines()
    phones = [f"{row},138{i // 2:04d}{5678 + i // 2}" for i, row in enumerate(rows)]
    survey.write_text("\n".join([f"{header},手机号", *phones]) + "\n", "utf-8")
    return survey


def test_contact_data_is_not_made_a_group_by_saying_so(huiyin, with_phones, tmp_path):
    said = ("--set", "手机号=dimension")
    refused(
        huiyin("query", with_phones, "-m", "nps", "--by", "手机号", *said), "手机号", "customer"
    )
    refused(huiyin("report", with_phones, "-o", tmp_path / "out", *said), "电话号码")
    saved = tmp_path / "codebook.yaml"
    assert huiyin("codebook", with_phones, "-o", saved).code == 0
    text = saved.read_text("utf-8")
    assert "role: contact" in text
    saved.write_text(text.replace("role: contact", "role: dimension"), "utf-8")
    refused(huiyin("query", with_phones, "-m", "nps", "--codebook", saved), "手机号")
    counted = huiyin("query", with_phones, "-m", "nps", "--set", "手机号=customer", "--json")
    assert counted.json["cells"][0]["n_customers"] == 120


def test_a_number_among_the_values_of_a_group_is_masked_everywhere(huiyin, survey, tmp_path):
    text = survey.read_text("utf-8")
    survey.write_text(text.replace(",电话,", ",电话 13812345678,"), "utf-8")
    query = huiyin("query", survey, "-m", "nps", "--by", "渠道", "--json")
    assert {cell["by"]["渠道"] for cell in query.json["cells"]} == {"门店", "电话 ***"}
    near = huiyin("query", survey, "-m", "nps", "--where", "渠道=电话 138")
    refused(near, "电话 ***")
    report = huiyin("report", survey, "-o", tmp_path / "out", "--format", "html,xlsx", "--json")
    assert report.code == 0, report.err
    import zipfile

    page, book = map(Path, report.json["files"])
    with zipfile.ZipFile(book) as parts:
        texts = [
            page.read_text("utf-8"),
            *(parts.read(n).decode("utf-8", "ignore") for n in parts.namelist()),
        ]
    assert "电话 ***" in texts[0]
    for shown in (query.out, near.err, *texts):
        assert "13812345678" not in shown
