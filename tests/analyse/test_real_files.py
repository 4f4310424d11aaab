"""Whole files through the whole pipeline: what must come out of data as it is in the wild."""

import gzip
import shutil

import pytest

from huiyin.analyse.contracts import Quadrant
from huiyin.analyse.linkage import is_leaked
from huiyin.app.dataset import read
from huiyin.core.text import EN, ZH
from huiyin.measure.contracts import Call


def check_sentences(findings) -> None:
    assert findings.conclusions
    for conclusion in findings.conclusions:
        for tag in (ZH, EN):
            words = conclusion.sentence[tag]
            assert words
            assert not any(bad in words for bad in ("{", "nan", "None", "导致", "because"))


def test_garden_stores(shared):
    with read(shared / "data" / "garden_nps" / "nps.csv") as survey:
        findings = survey.findings()
    cells = {c.metric: c for c in findings.scorecard.cells}
    assert cells["nps:nps"].n == 13_612
    assert cells["nps:nps"].estimate == pytest.approx(53.4, abs=0.05)
    assert findings.drivers is None
    assert findings.verbatims
    assert findings.linkages[0].bands[-1].comparison.call is Call.REAL
    check_sentences(findings)


def test_test_drives(shared):
    (path,) = (shared / "data" / "ev_test_drive").glob("附录1*.xlsx")
    with read(path, overrides=["购买意愿=outcome"]) as survey:
        findings = survey.findings(purpose="repurchase")
        shares = survey.drivers(bootstrap=50).to_json()["drivers"]
    assert findings.purpose == "repurchase"
    assert sum(link.q < 0.05 for link in findings.linkages) > 4
    assert not any(is_leaked(link) for link in findings.linkages)
    assert sum(d["share"] for d in shares) == pytest.approx(1)
    check_sentences(findings)


@pytest.mark.soak
def test_airline(shared, tmp_path):
    packed = shared / "data" / "airline" / "kaggle_train.csv.gz"
    path = tmp_path / "airline.csv"
    with gzip.open(packed) as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)
    with read(path) as survey:
        findings = survey.findings()
    top = findings.drivers.drivers[0]
    assert top.column == "Online boarding"
    assert any(d.quadrant is Quadrant.FIX_FIRST for d in findings.drivers.drivers)
    worst = {g.dimension: g.worst for g in findings.groups}
    assert worst["Class"] == ("Eco", "Eco Plus")
    check_sentences(findings)


@pytest.mark.soak
def test_mobile_operator(shared):
    (path,) = (shared / "data" / "mobile_voice_csat").glob("*.xlsx")
    with read(path) as survey:
        findings = survey.findings()
    assert findings.target == "语音通话整体满意度"
    assert any("same_as_target" in d.flags for d in findings.drivers.drivers)
    assert findings.actions
    check_sentences(findings)


@pytest.mark.soak
def test_weighted_poll_without_ratings(shared):
    folder = shared / "data" / "masculinity_poll"
    with read(folder / "masculinity-survey__raw-responses.csv") as survey:
        findings = survey.findings()
    assert findings.questions
    check_sentences(findings)


@pytest.mark.soak
def test_simulated_churn_is_called_a_leak(shared, tmp_path):
    packed = shared / "data" / "telco_simulated" / "telco_merged_7043.csv.gz"
    path = tmp_path / "telco.csv"
    with gzip.open(packed) as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)
    with read(path) as survey:
        findings = survey.findings(purpose="churn")
    assert any(is_leaked(link) for link in findings.linkages)
    check_sentences(findings)
