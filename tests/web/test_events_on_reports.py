"""Events on the files of a report: marked as they are now, no file is kept that lacks one."""

from __future__ import annotations

import io
import re
import zipfile

from importing import add_dataset

from huiyin.app.wiring import build_worker

OUTAGE = {"kind": "incident", "title": "支付中断", "since": "2025-03-04", "until": "2025-03-05"}


def words(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = [one for one in packed.namelist() if re.fullmatch(r"ppt/slides/\w+\.xml", one)]
        return " ".join(re.sub(r"<[^>]+>", "", packed.read(one).decode()) for one in names)


def test_a_deck_made_before_an_event_is_made_anew(cast, analyst, tmp_path):
    lines = ["编号,答题时间,大区,总体满意度"]
    lines += [
        f"{i},2025-0{1 + i % 6}-11 10:00,{'华东' if i % 2 else '华南'},{1 + i % 5}"
        for i in range(360)
    ]
    path = tmp_path / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    dataset_id = add_dataset(cast, analyst, path)[0]
    worker, address = build_worker(cast.system), f"/api/v1/datasets/{dataset_id}/report"

    def deck():
        assert analyst.get(f"{address}/pptx").status_code == 202
        worker.run_until_idle()
        answer = analyst.get(f"{address}/pptx")
        assert answer.status_code == 200
        return words(answer.content)

    assert "支付中断" not in deck()
    analyst.get(f"{address}/json")
    worker.run_until_idle()
    page = analyst.get(f"{address}/json")
    assert page.status_code == 200
    elsewhere = {**OUTAGE, "title": "别处的", "since": "2019-01-01", "until": "2019-01-02"}
    for event in (OUTAGE, elsewhere):
        assert analyst.post("/api/v1/calendar", json=event).status_code == 201
    said = deck()
    assert "1 支付中断（2025-03-04 – 2025-03-05）" in said
    assert "别处的" not in said
    assert "pptx" in analyst.get(address).json()["ready"]
    assert analyst.get(f"{address}/json").content == page.content
