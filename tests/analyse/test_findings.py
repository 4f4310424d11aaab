import re
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from huiyin.analyse.contracts import Purpose
from huiyin.analyse.findings import STAGES, find_everything
from huiyin.analyse.purposes import scorecard_metrics
from huiyin.clean.contracts import Ledger, RuleUse
from huiyin.codebook.contracts import Codebook, Role
from huiyin.core.text import EN, ZH, Text

CAUSAL = re.compile(
    r"导致|因为|因此|造成|使得|引起|\bcaus|because|\blead(s|ing)? to|due to|results? in",
    re.IGNORECASE,
)


@pytest.fixture
def whole_survey(survey, rating, plain):
    """Give a corridor with every role an analysis looks at."""

    def make(seed=1, n=400):
        corridor = survey(seed=seed, n=n)
        rng = np.random.default_rng(seed + 100)
        overall = corridor.data["总体"]
        data = dict(corridor.data)
        data["推荐"] = np.clip(np.round(2 * overall + rng.normal(size=n)), 0, 10)
        data["复购"] = (rng.random(n) < 0.1 + 0.12 * overall).astype(float)
        data["花费"] = np.round(rng.gamma(3, 100, n), 2)
        start = date(2025, 1, 1)
        data["时间"] = np.array([start + timedelta(days=int(d)) for d in rng.integers(0, 240, n)])
        data["途径"] = np.empty(n, dtype=object)
        for i in range(n):
            data["途径"][i] = [o for o in ("朋友", "广告", "门店") if rng.random() < 0.4] or None
        words = [f"第{i}条意见，电话13812345678" if rng.random() < 0.5 else None for i in range(n)]
        data["意见"] = np.array(words, dtype=object)
        columns = [
            *corridor.book, rating("推荐", Role.NPS, 0, 10),
            plain("复购", Role.OUTCOME, events=("是",)),
            plain("花费", Role.AMOUNT), plain("时间", Role.TIME), plain("途径", Role.CHOICE_SET),
            plain("意见", Role.TEXT), plain("编号", Role.ID),
        ]  # fmt: skip
        data["编号"] = np.array([str(i) for i in range(n)], dtype=object)
        flagged = np.zeros(n, dtype=bool)
        flagged[:20] = True
        return replace(corridor, book=Codebook(tuple(columns)), data=data,
                       excluded={"exact_duplicate": flagged})  # fmt: skip

    return make


def ledger(n=400, out=20) -> Ledger:
    rule = RuleUse("exact_duplicate", 1, Text("整卷重复", "exact duplicate"), Text("", ""),
                   Text("", ""), excludes=True, n_flagged=out)  # fmt: skip
    return Ledger(n, n - out, (rule,))


def run(corridor, **more):
    return find_everything(
        corridor, ledger(corridor.n_rows), title="t", sources=("f.csv",), profile="plain", **more
    )


def sentences(findings) -> list[Text]:
    found = [c.sentence for c in findings.conclusions] + list(findings.notes)
    found += [a.evidence for a in findings.actions] + [a.measure for a in findings.actions]
    for part in (*findings.trends, *findings.groups, *findings.linkages):
        found += list(part.notes)
    if findings.drivers:
        found += [*findings.drivers.notes, *findings.drivers.dropped.values()]
    return found


def test_every_chapter_of_a_full_survey_is_there(whole_survey):
    findings = run(whole_survey(), generated_on=date(2026, 1, 2))
    assert findings.generated_on == "2026-01-02"
    assert findings.target == "总体"
    for part in ("scorecard", "drivers", "aspects", "trends", "linkages", "cross_tables",
                 "questions", "verbatims", "ledger_scores", "conclusions", "groups"):  # fmt: skip
        assert getattr(findings, part), part
    assert {q.column for q in findings.questions} == {
        "质量", "服务", "价格", "环境", "总体", "地区", "推荐", "复购", "花费", "途径", "意见",
    }  # fmt: skip
    assert "index" in [c.metric for c in findings.scorecard.cells]


def test_no_sentence_speaks_of_cause_and_none_is_unfilled(whole_survey):
    for text in sentences(run(whole_survey())):
        for tag in (ZH, EN):
            assert not CAUSAL.search(text[tag]), text[tag]
            assert "{" not in text[tag]
            assert not re.search(r"\bnan\b|\binf\b|None", text[tag]), text[tag]


def test_progress_counts_every_stage_up_to_the_end(whole_survey):
    seen = []
    run(whole_survey(n=300), progress=lambda _, *steps: seen.append(steps))
    assert seen == [(i, len(STAGES)) for i in range(len(STAGES) + 1)]


def test_purpose_picks_target_and_order(whole_survey):
    corridor = whole_survey(n=300)
    found = {p: run(corridor, purpose=p) for p in Purpose}
    assert found[Purpose.CHURN].target == "推荐"
    assert found[Purpose.PROCESS].target == "总体"
    assert found[Purpose.REPURCHASE].chapters[1] == "linkage"
    for findings in found.values():
        assert sorted(findings.chapters) == sorted(found[Purpose.GENERAL].chapters)


def test_a_recommendation_asked_on_1_to_10_stands_as_the_nps_it_is_named(rating):
    odd = rating("推荐", Role.NPS, 1, 10)
    assert scorecard_metrics(Codebook((odd,))) == ("nps:推荐", "score:推荐")
    assert scorecard_metrics(Codebook((rating("推荐", Role.NPS, 0, 10),))) == ("nps:推荐",)
    assert scorecard_metrics(Codebook((rating("推荐", Role.NPS, 1, 5),))) == ("score:推荐",)


def test_ledger_scores_give_the_flagged_rows_back(whole_survey):
    corridor = whole_survey()
    scores = {(s.metric, s.rule_id): s.cell for s in run(corridor).ledger_scores}
    assert scores["score:总体", None].n == 380
    assert scores["score:总体", "exact_duplicate"].n == 400


@pytest.mark.parametrize(
    "kept", [("意见",), ("质量",), ("总体",), ("地区",), ("编号",), ("时间", "总体")]
)
def test_a_file_with_little_in_it_still_gives_findings(whole_survey, kept):
    corridor = whole_survey(n=120)
    book = Codebook(tuple(c for c in corridor.book if c.name in kept))
    findings = run(replace(corridor, book=book))
    assert findings.conclusions
    assert all(text.say() for text in sentences(findings))


def test_all_missing_is_said_everywhere(whole_survey):
    corridor = whole_survey(n=60)
    data = {k: np.full(60, np.nan) if v.dtype != object else np.full(60, None)
            for k, v in corridor.data.items()}  # fmt: skip
    findings = run(replace(corridor, data=data))
    assert all(c.not_estimable for c in findings.scorecard.cells)
    assert findings.drivers.not_estimable
    assert all(q.not_estimable for q in findings.questions)
    assert findings.groups == ()


def test_verbatims_are_masked_and_spread(whole_survey):
    found = run(whole_survey()).verbatims
    assert not any("138123" in v.text for v in found)
    assert len({v.band for v in found}) >= 3
    assert len({v.by["地区"] for v in found}) == 4


def test_seeded_runs_are_equal(whole_survey):
    corridor = whole_survey(n=200)
    assert (
        run(corridor, generated_on=date(2026, 1, 1)).verbatims
        == run(corridor, generated_on=date(2026, 1, 1)).verbatims
    )


def test_a_survey_without_ratings_leads_with_its_main_answers(make_corridor, plain):
    regions = np.array(["东"] * 260 + ["西"] * 130 + ["北"] * 10, dtype=object)
    halves = np.array(["甲", "乙"] * 200, dtype=object)
    data = {"地区": regions, "半": halves, "编号": np.arange(400).astype(str)}
    corridor = make_corridor([plain("地区"), plain("半"), plain("编号", Role.ID)], data)
    findings = run(corridor)
    first, second, *rest = findings.conclusions
    assert "“地区”：选“东”的最多，占 65.0%（95% 区间 60.2% 至 69.5%" in first.sentence.say()
    assert "400 份回答" in first.sentence.say()
    assert "分不出先后" not in first.sentence.say()
    assert first.chapter == "questions"
    assert "分不出先后" in second.sentence.say()
    assert {c.kind for c in rest} <= {"quality", "caution"}
    for conclusion in findings.conclusions:
        for tag in (ZH, EN):
            assert "--set" not in conclusion.sentence[tag]
    assert any("没有找到总体评分题" in note.say() for note in findings.notes)


def test_a_rated_survey_keeps_its_scores_first_and_no_note_of_missing_ratings(whole_survey):
    findings = run(whole_survey())
    assert findings.conclusions[0].chapter == "scorecard"
    assert not any("没有找到总体评分题" in note.say() for note in findings.notes)
