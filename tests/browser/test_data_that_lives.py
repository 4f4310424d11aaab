"""Data on its way: an import waits, versions are compared and brought back, a job is cancelled."""

import threading
from datetime import timedelta

import pytest
from cast import Cast
from importing import add_dataset, upload
from in_browser import visited
from playwright.sync_api import expect

from huiyin.app.wiring import build_worker
from huiyin.core.text import Text
from huiyin.people.contracts import Role
from huiyin.people.settings import do_change_setting
from huiyin.store.jobs.worker import Worker
from huiyin.store.tables import Dataset, DatasetVersion, Import, Job

pytestmark = pytest.mark.browser
API = "/api/v1"


def write(path, n, first=0):
    rows = "\n".join(f"{first + i},{i % 11},{1 + i % 5},{1 + i * 3 % 5}" for i in range(n))
    head = "编号,您有多大可能推荐我们,服务态度满意度(1-5),价格满意度(1-5)"
    path.write_text(f"{head}\n{rows}\n", "utf-8")
    return path


@pytest.fixture
def house(sqlite_database, tmp_path):
    cast = Cast(sqlite_database, tmp_path / "data")
    cast.root = cast.signed_in(Role.ADMINISTRATOR, "root", name="李明")
    cast.dataset, _ = add_dataset(cast, cast.root, write(tmp_path / "一月.csv", 120))
    cast.more = write(tmp_path / "二月.csv", 60, first=1000)
    return cast


def work(cast):
    build_worker(cast.system).run_until_idle()


def an_import_that_waits_shows_an_empty_bar(page, address, house):
    body = {"uploads": upload(house.root, house.more), "load": True, "mode": "update"}
    assert house.root.post(f"{API}/datasets/{house.dataset}/imports", json=body).status_code == 200
    page.goto(f"{address}/datasets/{house.dataset}")
    job = page.get_by_role("status").filter(has=page.get_by_role("progressbar"))
    job.get_by_text("排队").wait_for()
    assert job.get_by_role("progressbar").get_attribute("aria-valuenow") == "0"
    assert filled(job) == 0
    work(house)
    page.get_by_text("180", exact=True).first.wait_for()


def filled(job):
    """How much of the bar is drawn full, from 0 to 1, as the eye has it."""
    return job.evaluate("""(job) => {
      const bar = job.querySelector('.ant-progress-track, .ant-progress-bg')
      const rail = job.querySelector('.ant-progress-rail, .ant-progress-inner')
      return bar ? bar.getBoundingClientRect().width / rail.getBoundingClientRect().width : 0
    }""")


def a_job_that_is_tried_again_waits_too(page, address, house):
    """What a first try had done is not shown as done."""
    with house.uow() as uow:
        job_id = uow.enqueue("tidy_files", {})
        job = uow.session.get_one(Job, job_id)
        job.done, job.total, job.stage = 4, 5, dict(Text("清理文件", "tidying"))
        job.run_at = uow.now + timedelta(hours=1)
        uow.session.get_one(Dataset, house.dataset)
    page.goto(f"{address}/settings/jobs")
    row = page.get_by_role("row").filter(has_text="排队").first
    row.wait_for()
    assert row.get_by_role("progressbar").count() == 0


def versions_are_compared_and_one_comes_back(page, address, house):
    page.goto(f"{address}/datasets/{house.dataset}?tab=versions")
    page.get_by_role("row").filter(has_text="120").filter(has_text="180").first.wait_for()
    page.get_by_role("columnheader", name="第 1 版").wait_for()
    with page.expect_response("**/rollback"):
        page.get_by_role("button", name="退回到这版").click()
    work(house)
    back = page.get_by_role("row").filter(has_text="第 1 版").filter(has_text="当前")
    back.wait_for()
    expect(back).to_contain_text("120")


def a_running_job_is_cancelled(page, address, house):
    """A job that goes on until somebody stops it."""
    with house.uow() as uow:
        uow.enqueue("make_report", {})
    begun = threading.Event()

    def go_on(context):
        while True:
            begun.set()
            context.progress(Text("画图", "drawing"), 1, 4)
            begun.wait(0.05)

    worker = Worker(house.database, {"make_report": go_on})
    thread = threading.Thread(target=worker.run_until_idle)
    thread.start()
    begun.wait()
    page.goto(f"{address}/settings/jobs")
    row = page.get_by_role("row").filter(has_text="画图")
    row.get_by_role("button", name="取消").click()
    thread.join()
    page.get_by_role("row").filter(has_text="已取消").first.wait_for()


def a_dataset_that_gets_nothing_more_is_said(page, address, house):
    with house.uow() as uow:
        uow.session.get_one(Dataset, house.dataset).expected_every_days = 1
        uow.session.query(DatasetVersion).update({"created_at": uow.now - timedelta(days=3)})
        uow.session.query(Import).update({"finished_at": uow.now - timedelta(days=3)})
    page.goto(f"{address}/datasets")
    page.get_by_role("row").filter(has_text="门店满意度").get_by_text("数据停了").wait_for()
    page.goto(f"{address}/datasets/{house.dataset}")
    page.get_by_text("数据停了").first.wait_for()
    page.get_by_role("button", name="English").click()
    page.get_by_text("stopped arriving").first.wait_for()


def a_fetch_that_failed_says_why(page, address, house):
    folder = house.more.parent / "取数"
    folder.mkdir()
    (folder / "坏.csv").write_bytes(bytes(range(32)))
    with house.uow() as uow:
        do_change_setting(uow, "source_folders", str(folder), 0)
    body = {"kind": "folder", "source": {"folder": str(folder)}}
    made = house.root.post(f"{API}/datasets/{house.dataset}/refreshes", json=body)
    assert made.status_code == 200, made.text
    house.root.post(f"{API}/datasets/{house.dataset}/refreshes/{made.json()['id']}/run")
    work(house)
    page.goto(f"{address}/datasets/{house.dataset}?tab=refresh")
    fetches = page.get_by_role("tabpanel", name="自动取数")
    fetches.get_by_role("alert").filter(has_text="坏.csv").wait_for()
    (folder / "坏.csv").unlink()
    write(folder / "好.csv", 9, first=5000)
    house.root.post(f"{API}/datasets/{house.dataset}/refreshes/{made.json()['id']}/run")
    work(house)
    page.goto(f"{address}/datasets/{house.dataset}")
    page.get_by_text("自动取数 · 9 行").wait_for()


def weights_are_tried_before_they_are_kept(page, address, house):
    page.goto(f"{address}/metrics?tab=weights&dataset={house.dataset}")
    page.get_by_role("button", name="从数据集的维度开始").click()
    weights = page.get_by_role("spinbutton")
    expect(weights).to_have_count(2)
    weights.first.fill("3")
    page.get_by_role("button", name="试算").click()
    found = page.locator(".panel").filter(has_text="服务态度")
    found.first.wait_for()
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("cell", name="75%", exact=False).or_(page.get_by_text("75%")).first.wait_for()


def test_data_on_its_way_is_seen_and_steered(house, visitor):
    page = visitor()
    with visited(house, page, house.root) as address:
        an_import_that_waits_shows_an_empty_bar(page, address, house)
        versions_are_compared_and_one_comes_back(page, address, house)
        a_running_job_is_cancelled(page, address, house)
        a_job_that_is_tried_again_waits_too(page, address, house)
        a_fetch_that_failed_says_why(page, address, house)
        weights_are_tried_before_they_are_kept(page, address, house)
        a_dataset_that_gets_nothing_more_is_said(page, address, house)
