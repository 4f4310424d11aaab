"""Files into datasets and questions about them, through the pages' own routes."""

from huiyin.app.wiring import build_worker


def upload(browser, *paths):
    files = [("files", (path.name, path.read_bytes())) for path in paths]
    answer = browser.post("/api/v1/uploads", files=files)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def add_dataset(cast, browser, *paths, name="门店满意度"):
    body = {"name": name, "uploads": upload(browser, *paths), "load": True}
    made = browser.post("/api/v1/datasets", json=body)
    assert made.status_code == 200, made.text
    build_worker(cast.system).run_until_idle()
    return made.json()["id"], browser.get(f"/api/v1/imports/{made.json()['import']['id']}").json()


def ask(browser, dataset_id, **words):
    answer = browser.post(f"/api/v1/datasets/{dataset_id}/query", json=words)
    assert answer.status_code == 200, answer.text
    return answer.json()
