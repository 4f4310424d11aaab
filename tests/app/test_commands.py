"""The commands do what the README says, and their JSON keeps its documented shape."""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest


def test_query_answers_with_interval_and_n(huiyin, survey):
    done = huiyin("query", survey, "--metric", "nps", "--by", "渠道", "--compare", "rest", "--json")
    assert done.code == 0, done.err
    assert set(done.json) >= {"query", "definition", "data", "cells"}
    shop, phone = sorted(done.json["cells"], key=lambda c: -c["estimate"])
    assert shop["by"] == {"渠道": "门店"}
    assert shop["estimate"] == pytest.approx(100 * 80 / 120)
    assert phone["estimate"] == pytest.approx(100 * (40 - 60) / 120)
    assert shop["low"] < shop["estimate"] < shop["high"]
    assert shop["n"] == 120
    assert shop["unit"] == "nps"
    assert shop["comparison"]["call"] == "real"
    assert shop["comparison"]["difference"] > 0 > phone["comparison"]["difference"]


def test_a_packed_file_lends_its_name_without_endings(huiyin, survey, tmp_path):
    packed = tmp_path / "回访.csv.gz"
    packed.write_bytes(gzip.compress(Path(survey).read_bytes()))
    done = huiyin("report", packed, "-o", tmp_path / "out")
    assert done.code == 0, done.err
    assert "<h1>回访</h1>" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_query_prints_a_table_a_person_can_read(huiyin, survey):
    done = huiyin("query", survey, "-m", "nps", "--by", "渠道", "--compare", "rest")
    assert done.code == 0, done.err
    assert "门店" in done.out
    assert "▲ 真差别" in done.out
    english = huiyin("query", survey, "-m", "nps", "--lang", "en")
    assert "NPS" in english.out


def test_months_compare_with_the_month_before(huiyin, survey):
    done = huiyin(
        "query", survey, "-m", "satisfied", "--grain", "month", "--compare", "previous", "--json"
    )
    cells = done.json["cells"]
    assert [c["by"]["period"] for c in cells] == [f"2024-{m:02d}-01" for m in range(1, 7)]
    assert cells[0]["comparison"] is None
    assert {c["comparison"]["call"] for c in cells[1:]} <= {"real", "stable", "cannot_tell"}


def test_why_says_where_a_change_sits_in_both_languages(huiyin, survey):
    words = ["why", survey, "-m", "nps", "--since", "2024-02", "--until", "2024-02"]
    done = huiyin(*words)
    assert done.code == 0, done.err
    assert "NPS" in done.out
    assert "带来的变化" in done.out
    english = huiyin(*words, "--lang", "en", "--by", "渠道")
    assert "contribution" in english.out
    found = huiyin(*words, "--json").json
    change = found["whole"]["comparison"]["difference"]
    for dimension in found["dimensions"]:
        parts = [group["contribution"]["estimate"] for group in dimension["groups"]]
        assert sum(parts) == pytest.approx(change)


def test_why_of_two_groups_and_its_faults(huiyin, survey):
    groups = ["why", survey, "-m", "nps", "--where", "渠道=门店", "--compare", "渠道=电话"]
    done = huiyin(*groups, "--json")
    assert done.code == 0, done.err
    assert done.json["whole"]["comparison"]["difference"] > 0
    assert [d["column"] for d in done.json["dimensions"] if d["column"] == "渠道"] == []
    for more, said in (
        ([], "--since"),
        (["--since", "2024-02", "--until", "2024-02", "--by", "没有"], "没有"),
        (["--since", "2024-02", "--until", "2024-02", "--compare", "rest"], "previous"),
    ):
        fault = huiyin("why", survey, "-m", "nps", *more)
        assert fault.code == 2
        assert said in fault.err
        assert fault.out == ""


def test_drivers_rank_and_sum_to_one(huiyin, survey):
    done = huiyin("drivers", survey, "--target", "总体满意度(1-5)", "--bootstrap", "50", "--json")
    assert done.code == 0, done.err
    drivers = done.json["drivers"]
    assert drivers[0]["column"] == "服务态度满意度(1-5)"
    assert sum(d["share"] for d in drivers) == pytest.approx(1)
    assert set(drivers[0]) >= {
        "column", "share", "low", "high", "correlation", "beta", "performance", "quadrant",
    }  # fmt: skip
    done = huiyin("drivers", survey, "--target", "总体满意度(1-5)", "--bootstrap", "50")
    assert done.code == 0
    assert "（LMG，R² 的 Shapley 值）" in done.out


def test_codebook_explains_itself_and_comes_back(huiyin, survey, tmp_path):
    done = huiyin("codebook", survey, "--json")
    columns = {c["name"]: c for c in done.json["columns"]}
    assert columns["编号"]["role"] == "id"
    assert columns["建议"]["role"] == "text"
    assert columns["总体满意度(1-5)"]["scale"] == {"min": 1, "max": 5, "direction": 1}
    assert all(c["reason"] for c in columns.values())
    saved = tmp_path / "codebook.yaml"
    assert huiyin("codebook", survey, "-o", saved).code == 0
    again = huiyin("codebook", survey, "--codebook", saved, "--json")
    roles = {c["name"]: c["role"] for c in again.json["columns"]}
    assert roles == {name: c["role"] for name, c in columns.items()}


def test_set_overrides_a_role(huiyin, survey):
    done = huiyin("codebook", survey, "--set", "价格满意度(1-5)=aspect:5-1", "--json")
    price = next(c for c in done.json["columns"] if c["name"].startswith("价格"))
    assert price["scale"] == {"min": 1, "max": 5, "direction": -1}
    assert price["confidence"] == 1


def test_check_counts_and_keeps(huiyin, survey):
    rows = survey.read_text("utf-8").splitlines()
    survey.write_text("\n".join([*rows, rows[5], rows[9]]) + "\n", "utf-8")
    done = huiyin("check", survey, "--json")
    rules = {r["id"]: r for r in done.json["rules"]}
    assert done.json["rows"] == 242
    assert rules["exact_duplicate"]["flagged"] == 2
    assert done.json["valid"] == 240
    query = huiyin("query", survey, "-m", "nps", "--json").json
    assert query["data"]["excluded"]["exact_duplicate"] == 2
    assert query["cells"][0]["n"] == 240
    kept = huiyin("query", survey, "-m", "nps", "--include-flagged", "--json").json
    assert kept["cells"][0]["n"] == 242
    assert huiyin("check", survey).code == 0


def test_report_writes_every_format(huiyin, survey, tmp_path):
    done = huiyin("report", survey, "-o", tmp_path / "out", "--format", "html,xlsx", "--json")
    assert done.code == 0, done.err
    files = [Path(f) for f in done.json["files"]]
    assert {f.suffix for f in files} == {".html", ".xlsx"}
    assert all(f.stat().st_size > 5_000 for f in files)
    assert files[0].stat().st_size < 2.5e6


def test_doctor_looks_at_the_machine(huiyin):
    done = huiyin("doctor", "--json")
    assert {c["name"] for c in done.json["checks"]} >= {"python", "engine", "charts", "font", "pdf"}
    assert all(bool(c["advice"]) != c["ok"] for c in done.json["checks"])
    assert huiyin("doctor").code == 0


def test_a_comparison_that_cannot_be_tested_says_why(huiyin, survey, tmp_path):
    table = tmp_path / "基准.csv"
    table.write_text("metric,value,year,source,n\nnps,30,2024,行业报告,\n", "utf-8")
    shown = huiyin(
        "query", survey, "-m", "nps", "--compare", "benchmark", "--benchmarks", table
    ).out  # fmt: skip
    assert shown.count("基准没有样本量，无法检验") == 1
    cell = json.loads(huiyin("query", survey, "-m", "nps", "--json").out)["cells"][0]
    assert f"{cell['estimate'] - 30:+.1f}".replace("-", "−") in shown


def test_the_table_tells_small_samples_totals_and_by_how_much_groups_differ(huiyin, survey):
    shown = huiyin(
        "query", survey, "-m", "nps", "--by", "渠道", "--subtotals", "--compare", "rest"
    ).out  # fmt: skip
    assert re.search(r"门店.*其余各组 +\+[\d.]+ \[\+", shown)
    assert re.search(r"合计", shown)
    assert "小样本" not in shown
    assert "小样本" in huiyin("query", survey, "-m", "nps", "--until", "2024-01-31").out


def test_a_table_by_time_names_its_column_in_the_language_of_the_answer(huiyin, survey):
    question = ("query", survey, "-m", "nps", "--grain", "month")
    assert "期间" in huiyin(*question).out
    assert "period" in huiyin(*question, "--lang", "en").out


def test_a_table_by_band_says_so_in_words(huiyin, survey):
    band = "band:总体满意度(1-5)"
    named = ("--by", band, "--compare", f"{band}=1–2 不满意")
    shown = huiyin("query", survey, "-m", "nps", *named).out
    assert "总体满意度(1-5)（分档）" in shown
    assert "总体满意度(1-5) 1–2 不满意" in shown
    english = huiyin("query", survey, "-m", "nps", *named, "--lang", "en").out
    assert "4–5 satisfied" in english
    assert "dissatisfied" in english
    assert "不满意" not in english
    assert band not in shown


def test_version_and_help():
    command = Path(sys.executable).with_name("huiyin")
    shown = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert shown.stdout.startswith("huiyin ")
    for name in ("codebook", "check", "query", "drivers", "report", "doctor"):
        done = subprocess.run([command, name, "--help"], capture_output=True, text=True, check=True)
        assert "--json" in done.stdout


def test_python_gives_the_same_number(huiyin, survey):
    import huiyin as hy

    with hy.read(survey) as dataset:
        cell = dataset.query("nps").cells[0]
        frame = dataset.query("nps", by=["渠道"]).to_pandas()
        html = dataset.query("nps")._repr_html_()
    shown = huiyin("query", survey, "-m", "nps", "--json").json["cells"][0]
    assert shown["estimate"] == cell.estimate
    assert len(frame) == 2
    assert "<table" in html


def test_a_rule_that_only_warns_can_leave_its_rows_out(huiyin, survey):
    lines = survey.read_text("utf-8").splitlines()
    header, rows = lines[0] + ",所用时间(秒)", [f"{row},90" for row in lines[1:]]
    rows[:6] = [row.removesuffix(",90") + ",5" for row in rows[:6]]
    survey.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    checked = huiyin("check", survey, "--json").json
    speeders = next(r for r in checked["rules"] if r["id"] == "speeder")
    assert speeders["flagged"] == 6
    assert any(score["without"] == "speeder" for score in checked["scores"])
    n = [
        huiyin("query", survey, "-m", "nps", *words, "--json").json["cells"][0]["n"]
        for words in ((), ("--exclude-flagged", "speeder"))
    ]
    assert n == [240, 234]
    unknown = huiyin("query", survey, "-m", "nps", "--exclude-flagged", "fast")
    assert unknown.code == 2


def test_all_rules_of_a_kind_used_the_other_way_are_one_line(huiyin, tmp_path):
    """Six speeders, five who answer twice; three test rows, two copies."""
    lines = ["编号,作答用时(秒),总体满意度(1-5),服务满意度(1-5),备注"]
    for i in range(200):
        seconds, who = 4 if i < 6 else 100 + i % 37, i - 50 if 60 <= i < 65 else i
        note = "test" if i >= 197 else f"第{i}条"
        lines.append(f"A{who},{seconds},{1 + i % 5},{1 + i % 4},{note}")
    lines += lines[101:103]
    file = tmp_path / "survey.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    checked = huiyin("check", file, "--json").json
    found = {rule["id"]: rule for rule in checked["rules"] if rule["flagged"]}
    warning = [name for name, rule in found.items() if not rule["excludes"]]
    assert len(warning) > 1
    assert len(found) - len(warning) > 1
    metric = checked["scores"][0]["metric"]
    score = {s["without"]: s for s in checked["scores"] if s["metric"] == metric}
    words = [word for name in warning for word in ("--exclude-flagged", name)]
    fewer = huiyin("query", file, "-m", metric, *words, "--json").json["cells"][0]
    every = huiyin("query", file, "-m", metric, "--include-flagged", "--json").json["cells"][0]
    assert score["all_warnings"]["n"] == fewer["n"] < score["speeder"]["n"] < 200
    assert score["all_warnings"]["estimate"] == fewer["estimate"]
    assert score["any_rule"]["n"] == every["n"] == 202
    shown = huiyin("check", file, "--lang", "en").out
    assert "also leaving out the rows of all rules that only warn" in shown


def test_the_same_question_twice_has_one_answer(tmp_path):
    import huiyin as hy

    path = tmp_path / "nps.csv"
    path.write_text("id,nps\n" + "".join(f"{i},{i % 11}\n" for i in range(1, 60)), "utf-8")
    with hy.read(path) as survey:
        n_valid = survey.ledger.n_valid
        first, second = (survey.query("nps") for _ in range(2))
    assert n_valid
    assert first == second


def test_rules_that_left_rows_out_are_named_in_words(huiyin, survey):
    lines = survey.read_text("utf-8").splitlines()
    survey.write_text("\n".join([*lines, "合计,,,1500,900,,,"]) + "\n", "utf-8")
    shown = huiyin("query", survey, "-m", "nps").out
    assert "未计入：不是答卷的行 1" in shown
    assert "not_a_response" not in shown
    assert "Left out: not a response 1" in huiyin("query", survey, "-m", "nps", "--lang", "en").out
