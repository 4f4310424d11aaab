"""Metric rules, weight sets, targets and benchmarks through the web, on both databases."""

from __future__ import annotations

import csv
import io

import pytest

from huiyin.app.wiring import build_worker
from huiyin.measure.definitions.writing import house_text
from huiyin.people.contracts import Role

API = "/api/v1"
NPS = "您有多大可能向朋友推荐我们"
HEAD = f"编号,日期,{NPS},总体满意度,服务态度满意度,价格满意度,门店"


def edited(old="  nps: 5", new="  nps: 4"):
    return house_text().replace(old, new)


def save(browser, text, base=1, **more):
    return browser.post(f"{API}/metric-rules", json={"text": text, "base_version": base, **more})


@pytest.fixture
def analyst(cast_on_both):
    return cast_on_both.signed_in(Role.ANALYST)


def test_rules_are_saved_as_versions_and_come_back_to_the_byte(analyst):
    text = edited() + "# 尾注 \r\n"
    made = save(analyst, text, note="收紧", valid_from="2025-01-01")
    assert made.status_code == 201, made.text
    assert made.json()["version"] == 2
    assert made.json()["created_by"] == "analyst"
    assert analyst.get(f"{API}/metric-rules/2").json()["text"] == text
    file = analyst.get(f"{API}/metric-rules/2/file")
    assert file.content == b"# huiyin metrics \xc2\xb7 version 2\n" + text.encode()
    everything = analyst.get(f"{API}/metric-rules").json()
    assert [one["version"] for one in everything["items"]] == [2, 1]
    assert everything["today"] == 2
    again = save(analyst, file.text.replace("  nps: 4", "  nps: 3"), 2)
    assert again.status_code == 201, again.text
    kept = analyst.get(f"{API}/metric-rules/3").json()["text"]
    assert kept == text.replace("  nps: 4", "  nps: 3"), "the file's first line is no rule"
    wrong = save(analyst, file.text.replace("  nps: 4", "  nps: four"), 3)
    (line,) = [n for n, words in enumerate(file.text.splitlines(), 1) if words == "  nps: 4"]
    assert f"第 {line} 行" in wrong.json()["error"]["sentence"]["zh-CN"]


def test_a_save_on_an_old_version_is_a_conflict(analyst):
    assert save(analyst, edited()).status_code == 201
    late = save(analyst, edited(new="  nps: 6"))
    assert late.status_code == 409
    assert late.json()["error"]["details"]["who"] == "analyst"


def test_a_fault_names_line_and_key_before_and_at_saving(analyst):
    text = edited(new="  nps: five")
    looked = analyst.post(f"{API}/metric-rules/check", json={"text": text}).json()
    assert (looked["ok"], looked["key"]) == (False, "delta.nps")
    assert text.splitlines()[looked["line"] - 1] == "  nps: five"
    assert analyst.post(f"{API}/metric-rules/check", json={"text": edited()}).json()["ok"]
    refused = save(analyst, text)
    assert refused.status_code == 422
    assert refused.json()["error"]["sentence"] == looked["sentence"]


def test_versions_that_are_not_there(analyst):
    assert analyst.get(f"{API}/metric-rules/9").status_code == 404
    assert analyst.get(f"{API}/metric-rules/99999999999999").status_code == 422
    assert analyst.get(f"{API}/metrics", params={"rules_version": 9}).status_code == 404


def test_viewers_read_and_do_not_change(cast_on_both):
    viewer = cast_on_both.signed_in(Role.VIEWER)
    assert viewer.get(f"{API}/metrics").status_code == 200
    assert save(viewer, edited()).status_code == 403
    assert viewer.post(f"{API}/targets", json={}).status_code == 403
    assert viewer.delete(f"{API}/benchmarks", params={"table": "a"}).status_code == 403


def test_catalogue_says_what_each_metric_is_by_the_rules_of_the_day(analyst):
    one_column = "  mean: as_asked\n  mean:等待: lower"
    save(analyst, edited().replace("  mean: as_asked", one_column))
    weights = {"scene": "shop", "weights": {"服务": 1}, "base_version": 0}
    assert analyst.post(f"{API}/weight-sets", json=weights).status_code == 201
    goal = {"metric": "nps", "value": 30, "valid_from": "2025-01-01", "where": {"地区": "华东"}}
    assert analyst.post(f"{API}/targets", json=goal).status_code == 201
    items = {one["id"]: one for one in analyst.get(f"{API}/metrics").json()["items"]}
    nps, index, mean = items["nps"], items["index"], items["mean"]
    assert (nps["delta"], nps["rules_version"], nps["better"]) == (4, 2, "higher")
    assert nps["delta_words"] == {"zh-CN": "±4 点", "en": "±4 points"}
    assert nps["used_by"][0]["words"] == "nps 地区=华东"
    assert index["used_by"][0]["kind"] == "weight_set"
    assert index["formula"]["en"] == "aspect scores weighted"
    assert mean["exceptions"] == {"mean:等待": "lower"}
    assert mean["delta_words"]["en"] == "±2% of the scale’s width"
    for one in items.values():
        for words in (one["meaning"], one["formula"], one["label"]):
            assert all(words[tag] for tag in ("zh-CN", "en"))
        assert one["expression"]
    changes = {name: [(c["version"], c["keys"]) for c in one["history"]]
               for name, one in items.items()}  # fmt: skip
    assert changes["nps"] == [(2, ["delta.nps"]), (1, [])]
    assert changes["mean"] == [(2, ["better"]), (1, [])]
    assert changes["score"] == [(1, [])]
    old = analyst.get(f"{API}/metrics", params={"rules_version": 1}).json()["items"]
    assert {one["id"]: one["delta"] for one in old}["nps"] == 5


def test_catalogue_as_a_table(analyst):
    answer = analyst.get(f"{API}/metrics", params={"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["id"]: row["label.zh-CN"] for row in rows}["satisfied"] == "满意率"


def test_weight_sets(analyst):
    body = {"scene": "shop", "weights": {"服务": 3, "价格": 1}, "base_version": 0,
            "valid_from": "2025-01-01", "source": "工作坊"}  # fmt: skip
    assert analyst.post(f"{API}/weight-sets", json=body).json()["version"] == 1
    assert analyst.post(f"{API}/weight-sets", json=body).status_code == 409
    later = body | {"base_version": 1, "valid_from": "2999-01-01"}
    assert analyst.post(f"{API}/weight-sets", json=later).status_code == 201
    found = analyst.get(f"{API}/weight-sets", params={"scene": "shop"}).json()
    assert [(one["version"], one["holds"]) for one in found["items"]] == [(2, False), (1, True)]
    assert found["items"][1]["weights"][0] == {"name": "服务", "weight": 3, "share": 0.75}
    bad = body | {"scene": "online", "weights": {"服务": -1}}
    assert analyst.post(f"{API}/weight-sets", json=bad).status_code == 422
    assert analyst.get(f"{API}/weight-sets", params={"scene": "a\x00"}).status_code == 422


def test_targets_are_changed_under_guard(analyst):
    goal = {"metric": "satisfied", "value": 0.85, "valid_from": "2025-01-01"}
    made = analyst.post(f"{API}/targets", json=goal).json()
    place = f"{API}/targets/{made['id']}"
    changed = analyst.put(place, json=goal | {"value": 0.9, "revision": 1})
    assert (changed.json()["value"], changed.json()["revision"]) == (0.9, 2)
    assert analyst.put(place, json=goal | {"revision": 1}).status_code == 409
    assert analyst.delete(place, params={"revision": 1}).status_code == 409
    assert analyst.delete(place, params={"revision": 2}).status_code == 200
    assert analyst.get(f"{API}/targets").json()["total"] == 0
    assert analyst.post(f"{API}/targets", json=goal | {"value": 85}).status_code == 422


def test_benchmarks_from_a_file(analyst):
    table = "metric,value,source,n\nnps,31.5,协会,500\n"
    files = {"file": ("../../行业.csv", table.encode("gb18030"))}
    made = analyst.post(f"{API}/benchmarks", data={"name": "行业/2024"}, files=files)
    assert (made.status_code, made.json()) == (201, {"table": "行业/2024", "rows": 1})
    (row,) = analyst.get(f"{API}/benchmarks").json()["items"]
    assert (row["metric"], row["value"], row["n"], row["source"]) == ("nps", 31.5, 500, "协会")
    broken = {"file": ("a.exe", b"MZ")}
    assert analyst.post(f"{API}/benchmarks", data={"name": "a"}, files=broken).status_code == 422
    words = {"file": ("a.xlsx", b"no workbook")}
    assert analyst.post(f"{API}/benchmarks", data={"name": "a"}, files=words).status_code == 422
    gone = analyst.delete(f"{API}/benchmarks", params={"table": "行业/2024"})
    assert gone.status_code == 200
    assert analyst.get(f"{API}/benchmarks").json()["total"] == 0


@pytest.fixture
def survey(cast):
    """An analyst of a running installation with one imported survey, and its id."""
    browser = cast.signed_in(Role.ANALYST)
    rows = [
        f"{i},2025-{1 + i % 6:02d}-{1 + i % 28:02d},{(i * 7) % 11},{1 + (i * 3) % 5},"
        f"{1 + (i * 3 + i // 7) % 5},{1 + i % 5},店{i % 4}"
        for i in range(400)
    ]
    files = [("files", ("门店.csv", "\n".join([HEAD, *rows]).encode()))]
    uploads = [one["id"] for one in browser.post(f"{API}/uploads", files=files).json()["items"]]
    body = {"name": "门店", "uploads": uploads, "load": True}
    made = browser.post(f"{API}/datasets", json=body).json()
    build_worker(cast.system).run_until_idle()
    return browser, f"{API}/datasets/{made['id']}"


def ask(browser, place, path="query", **words):
    answer = browser.post(f"{place}/{path}", json=words)
    assert answer.status_code == 200, answer.text
    return answer.json()


STRICT = edited("4: 2, 5: 2, 7: 2,", "4: 2, 5: 1, 7: 2,")


def test_numbers_go_by_the_rules_of_the_day_or_of_a_version(survey):
    browser, place = survey
    words = {"metrics": ["satisfied:总体满意度"]}
    before = ask(browser, place, **words)
    assert before["definition"][0]["rules_version"] == 1
    assert save(browser, STRICT).status_code == 201
    after = ask(browser, place, **words)
    assert after["definition"][0]["rules_version"] == 2
    assert after["cells"][0]["estimate"] == pytest.approx(before["cells"][0]["estimate"] / 2)
    assert ask(browser, place, **words, rules_version=1) == before
    missing = browser.post(f"{place}/query", json=words | {"rules_version": 7})
    assert missing.status_code == 404


TREE = edited(
    "aspects: []",
    """aspects:
- name: 服务体验
  label: {zh-CN: 服务体验, en: Service}
  indicators:
  - {name: 态度, columns: [服务态度满意度]}
  - {name: 等候, columns: [等候时间满意度]}
- name: 交付
  indicators: [{name: 准时, columns: [准时满意度]}]""",
)


def test_aspects_of_the_rules_are_offered_with_what_they_are_made_of(survey):
    browser, place = survey
    assert browser.get(f"{place}/codebook").json()["aspects"] == []
    kept = save(browser, TREE)
    assert kept.status_code == 201, kept.text
    (one,) = browser.get(f"{place}/codebook").json()["aspects"]  # it has no column of the other
    assert (one["id"], one["parts"]) == ("score:服务体验", ["score:服务态度满意度"])
    assert one["label"] == {"zh-CN": "满意度得分 · 服务体验", "en": "satisfaction score · Service"}
    whole, part = (ask(browser, place, metrics=[m])["cells"][0] for m in (one["id"], *one["parts"]))
    assert whole["estimate"] == part["estimate"]


def test_as_reported_then_and_restated_now(survey):
    browser, place = survey
    words = {"metrics": ["satisfied:总体满意度"], "by": ["门店"]}
    reported = ask(browser, place, **words)
    save(browser, STRICT)
    found = ask(browser, place, "restated", **words, rules_version=1)
    assert found["then"] == reported
    assert found["now"] == ask(browser, place, **words)
    gaps = [one["now"]["estimate"] - one["then"]["estimate"] for one in found["moved"]]
    assert [one["difference"] for one in found["moved"]] == pytest.approx(gaps)
    assert len(gaps) == 4
    assert max(gaps) < 0


def test_report_is_made_by_the_rules_of_a_version(survey, cast):
    browser, place = survey
    save(browser, STRICT)
    seen = {}
    for version in (1, 2):
        asked = {"rules_version": version}
        assert browser.get(f"{place}/report", params=asked).json()["rules_version"] == version
        build_worker(cast.system).run_until_idle()
        seen[version] = browser.get(f"{place}/report/html", params=asked)
        assert seen[version].status_code == 200
    assert seen[1].content != seen[2].content
    assert "html" in browser.get(f"{place}/report").json()["ready"]


def test_index_by_the_weights_of_a_scene_and_what_they_do(survey):
    browser, place = survey
    aspects = ["服务态度满意度", "价格满意度"]
    body = {"scene": "shop", "weights": {aspects[0]: 3, aspects[1]: 1}, "base_version": 0,
            "valid_from": "2025-01-01"}  # fmt: skip
    assert browser.post(f"{API}/weight-sets", json=body).status_code == 201
    found = ask(browser, place, metrics=["index"], scene="shop")
    parts = ask(browser, place, metrics=[f"score:{name}" for name in aspects])["cells"]
    expected = 0.75 * parts[0]["estimate"] + 0.25 * parts[1]["estimate"]
    assert found["cells"][0]["estimate"] == pytest.approx(expected)
    none = browser.post(f"{place}/query", json={"metrics": ["index"], "scene": "online"})
    assert none.status_code == 404

    new = dict.fromkeys(aspects, 1)
    tried = ask(browser, place, "index-sensitivity", new=new, scene="shop")
    assert tried["old"]["estimate"] == pytest.approx(expected)
    assert tried["old"]["low"] < tried["old"]["estimate"] < tried["old"]["high"]
    assert tried["difference"] == pytest.approx(tried["new"]["estimate"] - tried["old"]["estimate"])
    assert [one["share"] for one in tried["weights"]] == [0.5, 0.5]
    assert tried["weights"][0]["moves"] == pytest.approx(-tried["weights"][1]["moves"], rel=0.1)


def test_dataset_against_its_targets(survey):
    browser, place = survey
    goals = [
        {"metric": "satisfied:总体满意度", "value": 0.2},
        {"metric": "satisfied:总体满意度", "value": 0.9, "where": {"门店": "店1"}},
        {"metric": "dissatisfied:总体满意度", "value": 0.9},
        {"metric": "score:没有这列", "value": 50},
        {"metric": "nps", "value": 30, "valid_to": "2025-02-01"},
    ]
    for goal in goals:
        made = browser.post(f"{API}/targets", json={"valid_from": "2025-01-01"} | goal)
        assert made.status_code == 201, made.text
    items = browser.get(f"{place}/targets").json()["items"]
    found = {(one["metric"], one["value"]): one for one in items}
    assert len(found) == 4
    assert found["satisfied:总体满意度", 0.2]["attainment"] == "reached"
    assert found["satisfied:总体满意度", 0.9]["attainment"] == "missed"
    assert found["satisfied:总体满意度", 0.9]["cell"]["n"] == 100
    assert found["dissatisfied:总体满意度", 0.9]["attainment"] == "reached"
    assert "没有这列" in found["score:没有这列", 50]["refused"]["zh-CN"]
    early = browser.get(f"{place}/targets", params={"on": "2025-02-01"}).json()["items"]
    assert len(early) == 5


def test_comparison_with_a_kept_benchmark_table(survey):
    browser, place = survey
    words = {"metrics": ["nps"], "compare": "benchmark"}
    none = browser.post(f"{place}/query", json=words)
    assert none.status_code == 422
    assert none.json()["error"]["sentence"]["zh-CN"].startswith("还没有基准表")
    unknown = browser.post(f"{place}/query", json=words | {"benchmark_table": "没有"})
    assert unknown.status_code == 404
    for name, value in (("行业", 10), ("竞品", 20)):
        files = {"file": ("a.csv", f"metric,value,n\nnps,{value},500\n".encode())}
        browser.post(f"{API}/benchmarks", data={"name": name}, files=files)
    found = ask(browser, place, **words, benchmark_table="竞品")["cells"][0]["comparison"]
    assert (found["against"], found["reference"]) == ("benchmark", 20)
    other = ask(browser, place, **words, benchmark_table="行业")["cells"][0]["comparison"]
    assert other["reference"] == 10


def test_answers_weighted_to_known_shares(survey):
    browser, place = survey
    parts = {c["by"]["门店"]: c for c in ask(browser, place, metrics=["nps"], by=["门店"])["cells"]}
    shares = {"店0": 0.4, "店1": 0.3, "店2": 0.2, "店3": 0.1}
    found = ask(browser, place, metrics=["nps"], margins={"门店": shares})
    assert found["query"]["margins"] == [{"column": "门店", "shares": shares}]
    expected = sum(share * parts[shop]["estimate"] for shop, share in shares.items())
    assert found["cells"][0]["estimate"] == pytest.approx(expected, abs=1e-6)
    for wrong in ({"店0": 0.4, "店1": 0.3}, {"店0": -1, "店1": 2}, {"没有这店": 1.0}):
        body = {"metrics": ["nps"], "margins": {"门店": wrong}}
        assert browser.post(f"{place}/query", json=body).status_code == 422, wrong


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_answer_is_taken_along_with_its_intervals(survey, form):
    import pandas as pd

    browser, place = survey
    words = {"metrics": ["nps"], "by": ["门店"], "compare": "门店=店0"}
    cells = {one["by"]["门店"]: one for one in ask(browser, place, **words)["cells"]}
    file = browser.post(f"{place}/query", params={"format": form, "lang": "en"}, json=words)
    assert f'filename="query.{form}"' in file.headers["content-disposition"]
    read = pd.read_csv if form == "csv" else pd.read_excel
    rows = read(io.BytesIO(file.content)).set_index("门店")
    assert set(rows.index) == set(cells)
    numbers = ["Estimate", "Interval low", "Interval high", "Answers n"]
    for shop, cell in cells.items():
        assert rows.loc[shop, numbers].tolist() == pytest.approx(
            [cell["estimate"], cell["low"], cell["high"], cell["n"]]
        )
    assert "Compared with" in rows.columns


def test_a_shared_number_keeps_the_rules_and_weights_of_its_day(survey, cast):
    browser, place = survey
    weights = {"scene": "shop", "weights": {"服务态度满意度": 1}, "base_version": 0,
               "valid_from": "2025-01-01"}  # fmt: skip
    browser.post(f"{API}/weight-sets", json=weights)
    words = {"metrics": ["satisfied:总体满意度", "index"], "scene": "shop"}
    before = ask(browser, place, **words)["cells"]
    body = {"kind": "query", "dataset_id": place.rsplit("/", 1)[1], "payload": words, "days": 7}
    made = browser.post(f"{API}/share-links", json=body)
    assert made.status_code in {200, 201}, made.text
    save(browser, STRICT)
    other = {"weights": {"价格满意度": 1}, "base_version": 1}
    browser.post(f"{API}/weight-sets", json=weights | other)
    assert ask(browser, place, **words)["cells"] != before
    secret = made.json()["url"].rsplit("/", 1)[1]
    shown = cast.browser().post(f"{API}/shared/{secret}", json={})
    assert shown.json()["content"]["cells"] == before


def test_script_in_names_stays_text(analyst):
    words = "<script>alert(1)</script>"
    body = {"scene": words, "weights": {words: 1}, "base_version": 0, "source": words}
    assert analyst.post(f"{API}/weight-sets", json=body).status_code == 201
    answer = analyst.get(f"{API}/weight-sets")
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()["items"][0]["scene"] == words
