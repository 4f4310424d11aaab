"""Planted truths of the sample company that only linked datasets can show."""

from datetime import date, timedelta

import pytest
import yaml
from cast import Cast

from huiyin.app.wiring import build_worker
from huiyin.codebook.files import load_codebook
from huiyin.collect.datasets.changes import do_create_dataset, do_save_codebook
from huiyin.people.contracts import Role
from huiyin.sample.contracts import SampleSettings
from huiyin.sample.write import write_sample

ANSWERS = 40_000
TABLES = ("门店满意度", "orders", "deliveries")


class Sample:
    """The sample company's tables in an installation: ids by name, truths by id, a browser."""

    def __init__(self, cast, folder):
        write_sample(folder, SampleSettings(ANSWERS, date(2026, 6, 1), 0))
        truths = yaml.safe_load((folder / "truth.yaml").read_text("utf-8"))["truths"]
        self.truths = {truth["id"]: truth for truth in truths}
        self.cast, self.browser = cast, cast.signed_in(Role.ANALYST)
        self.ids = {name: self._load(folder, name) for name in TABLES}

    def _load(self, folder, name):
        with self.cast.uow() as uow:
            dataset_id = do_create_dataset(uow, name, generated=True).id
            book = load_codebook(folder / f"{name}.codebook.yaml")
            do_save_codebook(uow, dataset_id, 0, book, rebuild=False)
        path = folder / f"{name}.parquet"
        sent = self.browser.post(
            "/api/v1/uploads", files=[("files", (path.name, path.read_bytes()))]
        ).json()
        body = {"uploads": [sent["items"][0]["id"]], "load": True}
        self.browser.post(f"/api/v1/datasets/{dataset_id}/imports", json=body)
        build_worker(self.cast.system).run_until_idle()
        return dataset_id

    def linked(self, other, *take, **more):
        """Link a table to the shops' answers and give the model."""
        link = {"dataset_id": self.ids[other], "take": list(take)} | more
        body = {"name": other, "link": {"base": self.ids["门店满意度"], "links": [link]}}
        made = self.browser.post("/api/v1/models", json=body)
        assert made.status_code == 200, made.text
        build_worker(self.cast.system).run_until_idle()
        model = self.browser.get(f"/api/v1/models/{made.json()['id']}").json()
        assert model["job"]["status"] == "done", model["job"]
        return model

    def ask(self, dataset_id, metric, **words):
        answer = self.browser.post(
            f"/api/v1/datasets/{dataset_id}/query", json={"metrics": [metric]} | words
        )
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture(scope="module")
def sample(databases, tmp_path_factory):
    folder = tmp_path_factory.mktemp("linked")
    database = databases.sqlite(folder)
    yield Sample(Cast(database, folder), tmp_path_factory.mktemp("company"))
    database.close()


def test_repurchase_follows_satisfaction_in_one_segment_and_not_in_another(sample):
    truth = sample.truths["repurchase"]
    model = sample.linked(
        "orders",
        {"name": "又下单", "how": "any"},
        keys=[{"base": "客户编号", "other": "客户编号"}],
        window={"side": "after", "days": 90},
    )
    facts, rows = model["facts"][0], sample.ask(model["dataset_id"], "nps")["data"]["rows"]
    assert facts["base_rows"] == rows
    assert facts["base_incomplete"] > 0  # the last 90 days are not over
    follows, does_not = truth["where"]["客群"], truth["facts"]["without"]
    rise = {segment: slope(sample, model["dataset_id"], segment) for segment in (follows, does_not)}
    low, high = rise[follows]
    assert low < truth["size"] < high
    assert low > 0.03
    assert rise[does_not][0] < 0 < rise[does_not][1]


def slope(sample, dataset_id, segment):
    """Give the interval of the rise of repurchase for each level of satisfaction, from 2 to 5."""
    cells = {
        level: sample.ask(
            dataset_id, "share:又下单=是", where=[f"客群={segment}", f"总体满意度={level}"]
        )["cells"][0]
        for level in (2, 5)
    }
    rise = (cells[5]["estimate"] - cells[2]["estimate"]) / 3
    errors = [(c["high"] - c["low"]) / 2 / 1.96 for c in cells.values()]
    margin = 3.3 * sum(e * e for e in errors) ** 0.5 / 3
    return rise - margin, rise + margin


def test_a_delivery_delay_shows_in_the_answers_of_those_who_waited(sample):
    truth = sample.truths["delivery_delay"]
    model = sample.linked(
        "deliveries",
        {"name": "本单准时", "how": "last", "column": "是否准时"},
        {"name": "本单承运", "how": "last", "column": "承运"},
        keys=[{"base": "订单编号", "other": "订单编号"}],
    )
    assert model["facts"][0]["cardinality"] in {"1:1", "n:1"}
    region = truth["where"]["大区"]
    span = {"since": f"{truth['since']}", "until": f"{truth['until'] + timedelta(days=3)}"}
    found = sample.ask(
        model["dataset_id"], "score:交付效率", by=["本单准时"], where=[f"大区={region}"],
        compare="rest", **span,
    )  # fmt: skip
    late = next(c for c in found["cells"] if c["by"]["本单准时"] == "否")
    assert late["comparison"]["call"] == "real"
    assert late["comparison"]["difference"] < 0
    share = sample.ask(
        model["dataset_id"], "share:本单准时=否", by=["大区"], compare="rest", **span
    )
    hit = next(c for c in share["cells"] if c["by"]["大区"] == region)
    assert hit["comparison"]["call"] == "real"
    assert hit["comparison"]["difference"] > 0.3
