"""Rows that come by themselves, from a folder, a database, an address; never by a back door."""

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import psycopg
import pytest
from cast import Cast
from relays import tcp_in_front_of
from serving import loopback_server
from sqlalchemy import select

from huiyin.app.wiring import build_worker
from huiyin.collect.datasets.changes import do_create_dataset
from huiyin.people.contracts import Role
from huiyin.store.tables import AuditRow, Dataset, Import, Job, Refresh, Schedule, Setting, Upload

NPS = "您有多大可能向朋友推荐我们"
PASSWORD = "s3cret-pw"  # noqa: S105 -- of nobody


@pytest.fixture
def outside(tmp_path):
    """A folder of the server beside the installation's own."""
    folder = tmp_path / "drop"
    folder.mkdir()
    return folder


@pytest.fixture
def analyst(cast_on_both, outside):
    allow(cast_on_both, source_folders=str(outside), source_hosts="127.0.0.1", minimum_n=1)
    return cast_on_both.signed_in(Role.ANALYST)


@pytest.fixture
def cast_on_both(database, tmp_path):
    return Cast(database, tmp_path / "data")


@pytest.fixture
def dataset_id(cast_on_both):
    with cast_on_both.uow() as uow:
        return do_create_dataset(uow, "每日回访").id


def allow(cast, **settings):
    with cast.uow() as uow:
        for key, value in settings.items():
            uow.session.merge(Setting(key=key, value=value))


def survey(n, first=0, bump=0):
    rows = [f"{first + i},{(i + bump) % 11},店{i % 3}" for i in range(n)]
    return "\n".join([f"编号,{NPS},门店", *rows]) + "\n"


def add(browser, dataset_id, kind, source, **more):
    body = {"kind": kind, "source": source, **more}
    return browser.post(f"/api/v1/datasets/{dataset_id}/refreshes", json=body)


def listed(browser, dataset_id):
    return browser.get(f"/api/v1/datasets/{dataset_id}/refreshes").json()["items"]


def run(cast, browser, refresh):
    address = f"/api/v1/datasets/{refresh['dataset_id']}/refreshes/{refresh['id']}/run"
    assert browser.post(address).status_code == 200
    build_worker(cast.system).run_until_idle()
    (found,) = listed(browser, refresh["dataset_id"])
    return found


def versions(browser, dataset_id):
    items = browser.get(f"/api/v1/datasets/{dataset_id}/versions").json()["items"]
    return [one["rows"] for one in items]


def sentence(answer):
    assert answer.status_code == 422, answer.text
    return answer.json()["error"]["sentence"]["en"]


def test_a_folder_gives_new_and_changed_files_once(cast_on_both, analyst, dataset_id, outside):
    (outside / "一月.csv").write_text(survey(50), "utf-8")
    (outside / "说明.docx").write_bytes(b"PK")
    (outside / ".隐藏.csv").write_text(survey(9, 900), "utf-8")
    made = add(analyst, dataset_id, "folder", {"folder": str(outside)})
    assert made.status_code == 200, made.text
    first = run(cast_on_both, analyst, made.json())
    assert first["last_error"] is None
    assert first["last_good_at"] is not None
    assert versions(analyst, dataset_id) == [50]
    run(cast_on_both, analyst, made.json())
    os.utime(outside / "一月.csv")
    run(cast_on_both, analyst, made.json())
    assert versions(analyst, dataset_id) == [50], "the same content makes no new version"
    (outside / "一月.csv").write_text(survey(60), "utf-8")
    (outside / "二月.csv").write_text(survey(40, 100), "utf-8")
    run(cast_on_both, analyst, made.json())
    assert versions(analyst, dataset_id) == [100, 50]
    with cast_on_both.system.database.reading() as session:
        kept = {one.id for one in session.query(Upload)}
    assert {file.name for file in cast_on_both.system.folders.uploads.iterdir()} == kept


def test_what_lies_outside_or_behind_a_link_is_refused(
    cast_on_both, analyst, dataset_id, outside, tmp_path
):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "rows.csv").write_text(survey(5), "utf-8")
    (outside / "door").symlink_to(secret)
    (outside / "link.csv").symlink_to(secret / "rows.csv")
    os.mkfifo(outside / "pipe.csv")
    own = cast_on_both.system.folders.root
    for folder in (secret, outside / ".." / "secret", f"{outside}/../secret", "drop", own, "/"):
        words = sentence(add(analyst, dataset_id, "folder", {"folder": str(folder)}))
        assert "source_folders" in words
    words = sentence(add(analyst, dataset_id, "folder", {"folder": str(outside / "door")}))
    assert "symbolic link" in words
    words = sentence(add(analyst, dataset_id, "folder", {"folder": "a\0b"}))
    assert "folder" in words
    made = add(analyst, dataset_id, "folder", {"folder": str(outside)}).json()
    assert run(cast_on_both, analyst, made)["last_error"] is None
    assert versions(analyst, dataset_id) == []
    allow(cast_on_both, source_folders=str(own.parent))
    uploads = cast_on_both.system.folders.uploads
    words = sentence(add(analyst, dataset_id, "folder", {"folder": str(uploads)}))
    assert "source_folders" in words


def test_a_failed_run_leaves_the_dataset_and_says_why(cast_on_both, analyst, dataset_id, outside):
    (outside / "一月.csv").write_text(survey(50), "utf-8")
    made = add(analyst, dataset_id, "folder", {"folder": str(outside)}).json()
    good = run(cast_on_both, analyst, made)
    (outside / "坏.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (outside / "二月.csv").write_text(survey(10, 500), "utf-8")
    failed = run(cast_on_both, analyst, made)
    assert "坏.xlsx" in failed["last_error"]["sentence"]["zh-CN"]
    assert failed["last_good_at"] == good["last_good_at"]
    assert versions(analyst, dataset_id) == [50]
    dataset = analyst.get(f"/api/v1/datasets/{dataset_id}").json()
    assert dataset["freshness"]["error"] == failed["last_error"]
    (outside / "坏.xlsx").unlink()
    assert run(cast_on_both, analyst, made)["last_error"] is None
    assert versions(analyst, dataset_id) == [60, 50]


def fill(connection, n, bump=0):
    connection.execute("DROP TABLE IF EXISTS answers")
    connection.execute("CREATE TABLE answers (id integer, nps integer, shop text, at timestamp)")
    for i in range(n):
        row = f"{i}, {(i + bump) % 11}, '店{i % 3} 100%', '2026-03-{1 + i % 28:02d} 10:00:00'"
        connection.execute(f"INSERT INTO answers VALUES ({row})")  # noqa: S608 -- numbers of ours


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request, databases, outside, cast_on_both):
    """A database of somebody else: its address, and a connection that may write."""
    if request.param == "sqlite":
        path = outside / "crm.db"
        with sqlite3.connect(path) as connection:
            yield f"sqlite:///{path}", connection
        return
    allow(cast_on_both, allow_private_addresses=True)
    made = databases.postgresql()
    plain = made.url.set(drivername="postgresql").render_as_string(hide_password=False)
    socket = f"{made.url.query['host']}/.s.PGSQL.{made.url.port or 5432}"
    with psycopg.connect(plain, autocommit=True) as connection, tcp_in_front_of(socket) as port:
        user = f"{made.url.username}:{PASSWORD}"
        yield f"postgresql://{user}@127.0.0.1:{port}/{made.url.database}", connection
    made.close()


QUERY = f"SELECT id AS 编号, nps AS \"{NPS}\", shop AS 门店, at AS 提交时间 FROM answers WHERE shop LIKE '%1%'"  # noqa: S608, E501


def test_a_query_is_read_again_and_only_changes_make_a_version(
    cast_on_both, analyst, dataset_id, elsewhere
):
    address, connection = elsewhere
    fill(connection, 80)
    if isinstance(connection, sqlite3.Connection):
        connection.commit()
    made = add(analyst, dataset_id, "sql", {"url": address, "query": QUERY})
    assert made.status_code == 200, made.text
    found = run(cast_on_both, analyst, made.json())
    assert found["last_error"] is None, found
    assert versions(analyst, dataset_id) == [80]
    run(cast_on_both, analyst, made.json())
    assert versions(analyst, dataset_id) == [80]
    fill(connection, 90, bump=3)
    if isinstance(connection, sqlite3.Connection):
        connection.commit()
    run(cast_on_both, analyst, made.json())
    assert versions(analyst, dataset_id) == [90, 80]
    columns = analyst.get(f"/api/v1/datasets/{dataset_id}/codebook").json()["columns"]
    assert {c["name"]: c["role"] for c in columns}[NPS] == "nps"


def test_a_one_off_import_from_a_database(cast_on_both, analyst, elsewhere):
    address, connection = elsewhere
    fill(connection, 40)
    if isinstance(connection, sqlite3.Connection):
        connection.commit()
    body = {"url": address, "query": QUERY, "name": "CRM", "load": True}
    made = analyst.post("/api/v1/datasets/from-sql", json=body)
    assert made.status_code == 200, made.text
    build_worker(cast_on_both.system).run_until_idle()
    done = analyst.get(f"/api/v1/imports/{made.json()['import']['id']}").json()
    assert (done["status"], done["rows"]) == ("done", 40), done
    assert versions(analyst, made.json()["id"]) == [40]
    body["query"] = QUERY + " AND id < 0"
    empty = analyst.post("/api/v1/datasets/from-sql", json=body).json()["import"]
    build_worker(cast_on_both.system).run_until_idle()
    failed = analyst.get(f"/api/v1/imports/{empty['id']}").json()
    assert failed["status"] == "failed"
    assert "no rows" in failed["error"]["sentence"]["en"]


def test_a_database_is_only_read(cast_on_both, analyst, dataset_id, elsewhere):
    """What the parser lets through, the transaction refuses."""
    address, connection = elsewhere
    fill(connection, 5)
    postgresql = address.startswith("postgresql")
    if postgresql:
        connection.execute(
            "CREATE FUNCTION spoil() RETURNS int LANGUAGE sql AS 'DELETE FROM answers RETURNING 1'"
        )
    else:
        connection.commit()
    call = "SELECT spoil()" if postgresql else "SELECT load_extension('/tmp/x')"
    made = add(analyst, dataset_id, "sql", {"url": address, "query": call}).json()
    failed = run(cast_on_both, analyst, made)
    assert "The database gave no rows" in failed["last_error"]["sentence"]["en"]
    assert PASSWORD not in str(failed)
    (n,) = connection.execute("SELECT count(*) FROM answers").fetchone()
    assert n == 5


@pytest.mark.parametrize(
    "query",
    ["DELETE FROM answers", "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE answers", "ATTACH 'x' AS y",
     "WITH gone AS (DELETE FROM answers RETURNING id) SELECT * FROM gone",
     "SELECT * INTO copied FROM answers", "SELECT * FROM answers FOR UPDATE", "PRAGMA user_version",
     "EXPLAIN ANALYZE DELETE FROM answers", "", "SELECT ' FROM"],
)  # fmt: skip
def test_anything_but_one_select_is_refused(analyst, dataset_id, outside, query):
    sqlite3.connect(outside / "crm.db").close()
    (outside / "crm.db").touch()
    source = {"url": f"sqlite:///{outside / 'crm.db'}", "query": query}
    assert sentence(add(analyst, dataset_id, "sql", source))


@pytest.mark.parametrize(
    "url",
    ["sqlite:////etc/passwd", "sqlite://", "mysql://u:p@127.0.0.1/x", "postgresql:///x",
     "postgresql://u@/x?host=/var/run", "postgresql://u:p@127.0.0.1/x?options=-cx=1",
     "postgresql://u:p@evil.example/x", "postgresql://u:p@%2Fvar%2Frun/x", "nonsense", "a\0b"],
)  # fmt: skip
def test_other_databases_are_refused(analyst, dataset_id, url):
    answer = add(analyst, dataset_id, "sql", {"url": url, "query": "SELECT 1"})
    assert answer.status_code == 422, answer.text


def test_the_own_store_is_no_source(cast_on_both, analyst, dataset_id):
    root = cast_on_both.system.folders.root
    allow(cast_on_both, source_folders=f"{root.parent};{root}")
    (root / "store.db").touch()
    source = {"url": f"sqlite:///{root / 'store.db'}", "query": "SELECT password_hash FROM staff"}
    assert "source_folders" in sentence(add(analyst, dataset_id, "sql", source))


def test_a_private_database_needs_an_administrator(cast_on_both, analyst, dataset_id):
    source = {"url": f"postgresql://u:{PASSWORD}@127.0.0.1:1/x", "query": "SELECT 1"}
    made = add(analyst, dataset_id, "sql", source).json()
    failed = run(cast_on_both, analyst, made)
    assert "private network" in failed["last_error"]["sentence"]["en"]


def test_a_password_is_sealed_and_never_shown(cast_on_both, analyst, dataset_id):
    source = {"url": f"postgresql://u:{PASSWORD}@127.0.0.1:1/x", "query": "SELECT 1"}
    made = add(analyst, dataset_id, "sql", source)
    body = {"url": source["url"], "query": "SELECT 1", "name": "x"}
    once = analyst.post("/api/v1/datasets/from-sql", json=body)
    build_worker(cast_on_both.system).run_until_idle()
    assert PASSWORD not in made.text + once.text + str(listed(analyst, dataset_id))
    with cast_on_both.system.database.reading() as session:
        kept = [
            str([getattr(row, c.key) for c in table.__table__.columns])
            for table in (Refresh, Job, AuditRow, Schedule)
            for row in session.query(table)
        ]
    assert kept
    assert PASSWORD not in "".join(kept)
    changed = {
        "kind": "sql", "source": {"query": "SELECT 2"}, "revision": made.json()["revision"],
    }  # fmt: skip
    address = f"/api/v1/datasets/{dataset_id}/refreshes/{made.json()['id']}"
    after = analyst.put(address, json=changed)
    assert after.status_code == 200, after.text
    assert after.json()["source"] == {
        "url": "postgresql://u:***@127.0.0.1:1/x",
        "query": "SELECT 2",
    }
    assert analyst.put(address, json=changed).status_code == 409


@pytest.fixture
def site():
    """A site that knows etags; `state` is what it serves, `asked` the headers it was sent."""
    state, asked = {"text": survey(30), "status": 200}, []

    def answer(_method, path, headers, _body):
        asked.append(dict(headers))
        if path.startswith("/away"):
            return 302, {"location": "http://localhost:9/x.csv"}, b""
        if headers.get("if-none-match") == f'"{hash(state["text"])}"':
            return 304, {}, b""
        tag = {"etag": f'"{hash(state["text"])}"', "content-type": "text/csv"}
        return state["status"], tag, state["text"].encode()

    with loopback_server(answer) as address:
        yield address, state, asked


def test_an_address_is_fetched_where_it_has_changed(cast_on_both, analyst, dataset_id, site):
    address, state, asked = site
    allow(cast_on_both, allow_private_addresses=True)
    source = {"url": f"{address}/export?key={PASSWORD}", "authorization": f"Bearer {PASSWORD}"}
    made = add(analyst, dataset_id, "url", source)
    assert made.json()["source"] == {"url": f"{address}/export"}
    for _ in range(2):
        assert run(cast_on_both, analyst, made.json())["last_error"] is None
    assert versions(analyst, dataset_id) == [30]
    assert asked[0]["authorization"] == f"Bearer {PASSWORD}"
    assert "if-none-match" in asked[1]
    state["text"] = survey(35)
    run(cast_on_both, analyst, made.json())
    assert versions(analyst, dataset_id) == [35, 30]
    state |= {"text": survey(36), "status": 500}
    failed = run(cast_on_both, analyst, made.json())
    assert "answered 500" in failed["last_error"]["sentence"]["en"]
    assert PASSWORD not in str(failed)
    assert versions(analyst, dataset_id) == [35, 30]


def test_addresses_that_nobody_allowed_are_refused(cast_on_both, analyst, dataset_id, site):
    address, _, asked = site
    for url in (address, "ftp://127.0.0.1/x", "file:///etc/passwd", "https://", "http://[::1"):
        assert "https://" in sentence(add(analyst, dataset_id, "url", {"url": url}))
    words = sentence(add(analyst, dataset_id, "url", {"url": "https://evil.example/x.csv"}))
    assert "source_hosts" in words
    secure = address.replace("http://", "https://")
    made = add(analyst, dataset_id, "url", {"url": secure}).json()
    assert "private" in run(cast_on_both, analyst, made)["last_error"]["sentence"]["en"]
    assert asked == []
    allow(cast_on_both, allow_private_addresses=True)
    moved = {"kind": "url", "source": {"url": f"{address}/away"}, "revision": made["revision"]}
    analyst.put(f"/api/v1/datasets/{dataset_id}/refreshes/{made['id']}", json=moved)
    assert run(cast_on_both, analyst, made)["last_error"] is not None
    assert urlsplit(address).hostname == "127.0.0.1"
    assert versions(analyst, dataset_id) == []


@pytest.mark.parametrize("listed", ["[::1]", "::1", "[0:0::1]", "[::1]:{port}"])
def test_a_host_is_listed_by_an_address_of_ipv6_too(cast_on_both, analyst, dataset_id, listed):
    def answer(*_):
        return 200, {"content-type": "text/csv"}, survey(30).encode()

    with loopback_server(answer, six=True) as address:
        hosts = listed.format(port=urlsplit(address).port)
        allow(cast_on_both, allow_private_addresses=True, source_hosts=f"a.example;{hosts}")
        made = add(analyst, dataset_id, "url", {"url": f"{address}/a.csv"})
        assert made.status_code == 200, made.text
        assert run(cast_on_both, analyst, made.json())["last_error"] is None
    assert versions(analyst, dataset_id) == [30]


def test_a_host_that_is_listed_with_a_port_is_asked_at_no_other(
    cast_on_both, analyst, dataset_id, site
):
    address, _, asked = site
    port = urlsplit(address).port
    hosts = f"127.0.0.1:{port + 1}; [::1; *.example.com:{port}"
    allow(cast_on_both, allow_private_addresses=True, source_hosts=hosts)
    for url in (
        address,
        f"http://a.example.com:{port + 1}",
        "http://[::1]/",
        "http://a.example.com",
    ):
        assert "source_hosts" in sentence(add(analyst, dataset_id, "url", {"url": url}))
    for url in (f"http://A.example.com:{port}", f"http://127.0.0.1:{port + 1}"):
        assert add(analyst, dataset_id, "url", {"url": url}).status_code == 200
    database = {"url": f"postgresql://u:p@127.0.0.1:{port}/x", "query": "SELECT 1"}
    assert "source_hosts" in sentence(add(analyst, dataset_id, "sql", database))
    assert asked == []


def test_a_schedule_runs_a_refresh_and_its_silence_is_noticed(
    cast_on_both, analyst, dataset_id, outside
):
    (outside / "一月.csv").write_text(survey(50), "utf-8")
    schedule = {"daily_at": "08:00", "zone": "Asia/Shanghai"}
    made = add(analyst, dataset_id, "folder", {"folder": str(outside)}, schedule=schedule).json()
    assert made["schedule"]["cron"] == "0 8 * * *"
    assert made["schedule"]["next_run_at"].startswith(
        ("T00:00:00",), made["schedule"]["next_run_at"].index("T")
    )
    with cast_on_both.uow() as uow:
        (kept,) = uow.session.query(Schedule).all()
        kept.next_run_at = datetime.now(UTC)
    build_worker(cast_on_both.system).run_until_idle()
    assert versions(analyst, dataset_id) == [50]

    def fresh():
        return analyst.get(f"/api/v1/datasets/{dataset_id}").json()["freshness"]

    assert (fresh()["stopped"], fresh()["error"]) == (False, None)
    with cast_on_both.uow() as uow:
        uow.session.query(Refresh).update({"last_good_at": uow.now - timedelta(days=2, hours=1)})
    assert fresh()["stopped"] is True
    with cast_on_both.uow() as uow:
        uow.session.get_one(Dataset, dataset_id).expected_every_days = 7
    assert fresh()["stopped"] is False, "what a person said counts before the schedule"


def test_a_refresh_can_be_stopped(cast_on_both, analyst, dataset_id, outside):
    schedule = {"cron": "*/5 * * * *"}
    made = add(analyst, dataset_id, "folder", {"folder": str(outside)}, schedule=schedule).json()
    bad = add(analyst, dataset_id, "folder", {"folder": str(outside)}, schedule={"cron": "often"})
    assert "five cron fields" in sentence(bad)
    zone = {"cron": "0 8 * * *", "zone": "Mars/Olympus"}
    bad = add(analyst, dataset_id, "folder", {"folder": str(outside)}, schedule=zone)
    assert "time zone" in sentence(bad)
    address = f"/api/v1/datasets/{dataset_id}/refreshes/{made['id']}"
    assert analyst.delete(address).status_code == 200
    assert listed(analyst, dataset_id) == []
    with cast_on_both.uow() as uow:
        assert uow.session.query(Schedule).count() == 0
        uow.enqueue("refresh_dataset", {"refresh_id": made["id"]})
    assert build_worker(cast_on_both.system).run_until_idle() == 1


def test_a_run_that_died_after_its_import_does_not_import_again(
    cast_on_both, analyst, dataset_id, outside
):
    (outside / "一月.csv").write_text(survey(20), "utf-8")
    made = add(analyst, dataset_id, "folder", {"folder": str(outside)}).json()
    run(cast_on_both, analyst, made)
    with cast_on_both.uow() as uow:
        kept = uow.session.query(Refresh).one()
        (done,) = uow.session.execute(select(Import.id)).one()
        uow.session.query(Refresh).update(
            {"seen": None, "pending": {"import_id": done, "seen": kept.seen}}
        )
    run(cast_on_both, analyst, made)
    assert versions(analyst, dataset_id) == [20]
