"""Stores and backups from before the first release open with all their rows, in today's tables."""

import hashlib
import io
import json
import tarfile

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from cast import Cast
from guests import add_customer
from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    LargeBinary,
    MetaData,
    String,
    UniqueConstraint,
    insert,
    select,
    text,
)
from sqlalchemy.schema import Table as SqlTable

from huiyin.app import backup as whole
from huiyin.app import restoring
from huiyin.core.ids import new_id
from huiyin.store.contracts import OldStoreError
from huiyin.store.tables import CustomerField, Refresh, Setting, Table, Target
from huiyin.store.types import UtcDateTime

LATER = ("tile_comments", "board_versions", "boards", "visits", "views", "ask_words", "logos")


@pytest.fixture
def cast(database, tmp_path):
    return Cast(database, tmp_path / "data")


@pytest.fixture
def rows(cast):
    """A store with customers, a target and a refresh; gives all its rows."""
    with cast.uow() as work:
        known = add_customer(work, "13800000001", "a@example.com")
        field = work.session.scalars(select(CustomerField).filter_by(customer_id=known)).first()
        more = {"customer_id": known, "dataset_id": field.dataset_id, "ciphertext": b"sealed"}
        work.session.add(
            CustomerField(
                **more, field="name", blind_index=b"n", found_by=b"n",
                consent="unknown", collected_at=work.now,
            )
        )  # fmt: skip
        work.session.add(a(Target, metric="nps", value=30.0, higher_is_better=True, now=work.now))
        refresh = {"dataset_id": field.dataset_id, "kind": "folder", "options": {"folder": "in"}}
        work.session.add(a(Refresh, **refresh, now=work.now))
    return all_rows(cast)


def a(table, now, **values):
    """A row with something in each column that must not be empty."""
    plain = {"String": "x", "Boolean": False, "Integer": 1, "Float": 1.0, "Date": now.date()}
    plain["UtcDateTime"] = now
    needed = {
        one.name: plain.get(type(one.type).__name__, {})
        for one in table.__table__.columns
        if not one.nullable and one.default is None
    }
    return table(**needed | values)


def all_rows(cast):
    with cast.database.reading() as session:
        return {
            one.name: sorted(map(repr, session.execute(select(one)).all()))
            for one in Table.metadata.sorted_tables
        }


def rebuilt(connection, name, changed):
    """Give a table columns that it had before, with the values that they had."""
    today = Table.metadata.tables[name]
    rows = [dict(one) for one in connection.execute(select(today)).mappings()]
    today.drop(connection)
    metadata = MetaData()
    for one in Table.metadata.sorted_tables:
        if one.name != name:
            one.to_metadata(metadata)
    was = SqlTable(name, metadata, *changed)
    was.create(connection)
    if rows:
        own = {*was.columns.keys()}
        connection.execute(
            insert(was),
            [_ids(was) | {k: v for k, v in one.items() if k in own} for one in rows],
        )


def _ids(table):
    return {"id": new_id()} if "id" in table.columns else {}


def columns_of(name, *without):
    return [one.copy() for one in Table.metadata.tables[name].columns if one.name not in without]


def make_older(connection):
    """Give the tables the shapes that they had in the first days."""
    for name in LATER:
        connection.execute(text(f"DROP TABLE {name}"))
    connection.execute(text("CREATE INDEX ix_customers_last_seen_at ON customers (last_seen_at)"))
    rebuilt(
        connection,
        "customer_fields",
        [
            Column("id", String(36), primary_key=True),
            Column("customer_id", String(36), ForeignKey("customers.id"), nullable=False),
            Column("field", String, nullable=False),
            Column("dataset_id", String(36), ForeignKey("datasets.id")),
            Column("ciphertext", LargeBinary, nullable=False),
            Column("blind_index", LargeBinary, index=True),
            Column("purpose", String),
            Column("consent", String, nullable=False),
            Column("consent_at", UtcDateTime),
            Column("collected_at", UtcDateTime, nullable=False),
            UniqueConstraint("customer_id", "field", "dataset_id"),
        ],
    )
    rebuilt(
        connection,
        "customer_keys",
        [
            Column("id", String(36), primary_key=True),
            Column("kind", String, nullable=False),
            Column("blind_index", LargeBinary, nullable=False),
            Column("customer_id", String(36), ForeignKey("customers.id"), nullable=False),
            UniqueConstraint("kind", "blind_index"),
        ],
    )
    rebuilt(connection, "refreshes", columns_of("refreshes", "seen", "pending"))
    strict = Column("higher_is_better", Boolean, nullable=False)
    rebuilt(connection, "targets", [*columns_of("targets", "higher_is_better"), strict])


def test_a_store_of_the_first_days_opens_with_all_its_rows(cast, rows):
    with cast.database.writer.begin() as connection:
        make_older(connection)
    cast.database.migrate()
    assert all_rows(cast) == rows
    assert len(rows["customer_fields"]) == 3
    with cast.database.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
    cast.database.migrate()
    assert all_rows(cast) == rows


def test_a_table_without_rows_takes_todays_shape_whatever_it_had(cast):
    with cast.database.writer.begin() as connection:
        connection.execute(text("ALTER TABLE data_models DROP COLUMN parents"))
        connection.execute(text("ALTER TABLE data_models ADD COLUMN colour VARCHAR"))
    cast.database.migrate()
    with cast.database.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []


def test_rows_in_columns_that_nobody_knows_are_told_in_a_sentence_and_left_alone(cast):
    with cast.database.writer.begin() as connection:
        connection.execute(text("DROP TABLE views"))
        connection.execute(text("ALTER TABLE settings ADD COLUMN colour VARCHAR"))
        connection.execute(
            text(
                "INSERT INTO settings (key, value, revision, created_at, updated_at, colour) "
                "VALUES ('company_name', '\"回音\"', 1, '2026-01-01', '2026-01-01', 'red')"
            )
        )
    with pytest.raises(OldStoreError, match="settings"):
        cast.database.migrate()
    with cast.database.writer.connect() as connection:
        assert not cast.database.writer.dialect.has_table(connection, "views")
        assert connection.execute(text("SELECT colour FROM settings")).scalar() == "red"


def aged(path, to, change):
    """Rewrite a backup as an earlier build would have made it: `change` gives lines, or None."""
    with tarfile.open(path) as tar:
        files = {one.name: tar.extractfile(one).read() for one in tar if one.isfile()}
    manifest = json.loads(files.pop(whole.MANIFEST))
    for name in list(manifest["rows"]):
        inside = f"store/{name}.jsonl"
        lines = change(name, [json.loads(one) for one in files[inside].splitlines()])
        if lines is None:
            del files[inside], manifest["rows"][name]
        else:
            files[inside] = b"".join(json.dumps(one).encode() + b"\n" for one in lines)
    manifest["sha256"] = {name: hashlib.sha256(one).hexdigest() for name, one in files.items()}
    files[whole.MANIFEST] = json.dumps(manifest).encode()
    with tarfile.open(to, "w") as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return to


def of_the_first_days(name, lines):
    if name in LATER:
        return None
    without = {"customer_fields": {"found_by"}, "refreshes": {"seen", "pending"}}
    new = name in ("customer_fields", "customer_keys")
    kept = [
        {key: value for key, value in one.items() if key not in without.get(name, ())}
        for one in lines
    ]
    return [{"id": new_id()} | one for one in kept] if new else kept


def test_a_backup_of_the_first_days_comes_back_with_all_its_rows(cast, rows, tmp_path):
    whole.backup(cast.system, tmp_path / "b.tar")
    older = aged(tmp_path / "b.tar", tmp_path / "older.tar", of_the_first_days)
    with cast.uow() as work:
        work.session.query(Target).delete()
        work.session.add(Setting(key="company_name", value="后来"))
    restoring.restore(cast.system, older)
    found = all_rows(cast)
    for name in ("customers", "customer_keys", "customer_fields", "targets", "refreshes"):
        assert found[name] == rows[name]
    assert not any("后来" in one for one in found["settings"])


def test_a_backup_with_a_table_of_a_newer_version_is_not_restored(cast, rows, tmp_path):
    whole.backup(cast.system, tmp_path / "b.tar")
    path = tmp_path / "newer.tar"
    aged(tmp_path / "b.tar", path, lambda _, lines: lines)
    with tarfile.open(path) as tar:
        manifest = json.load(tar.extractfile(whole.MANIFEST))
        files = {one.name: tar.extractfile(one).read() for one in tar if one.isfile()}
    manifest["rows"]["thoughts"] = 0
    files["store/thoughts.jsonl"] = b""
    manifest["sha256"]["store/thoughts.jsonl"] = hashlib.sha256(b"").hexdigest()
    files[whole.MANIFEST] = json.dumps(manifest).encode()
    with tarfile.open(path, "w") as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    with pytest.raises(whole.BadBackupError, match="another version"):
        restoring.restore(cast.system, path)
    assert all_rows(cast)["targets"] == rows["targets"]
