"""What holds for all rules together: nothing is lost, and the same data gives the same flags."""

from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from huiyin.clean.run import clean
from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.core.text import Text
from huiyin.engine.contracts import MARK_COLUMNS
from huiyin.engine.typed import write_typed


def column(name: str, role: str, **facts: object) -> Column:
    return Column(name, Role(role), Text.same(name), **facts)


TEN = Scale(0, 10, missing_codes=("99",))
COLUMNS = (
    column("id", "id"),
    column("nps", "nps", scale=TEN),
    column("why", "text"),
    column("用时", "duration"),
)


def _survey(n: int = 200) -> dict[str, list[object]]:
    draw = Random(7)  # noqa: S311 -- test data
    rows = [
        (
            str(i),
            str(draw.choice([*range(11), 99, 12])),
            draw.choice(["好", "test", "", None]),
            "90",
        )
        for i in range(n)
    ]
    rows += rows[:5]
    rows.append(("x", "9", "贵", "3"))
    return {name: [row[i] for row in rows] for i, name in enumerate(("id", "nps", "why", "用时"))}


def test_flags_never_change_the_rows(cleaned):
    raw = _survey()
    found = cleaned(raw, *COLUMNS)
    assert found.rows["_row"] == list(range(1, len(raw["id"]) + 1))
    assert found.rows["id"] == raw["id"]
    assert found.snapshot.n_rows == found.ledger.n_rows == len(raw["id"])


def test_the_ledger_counts_what_the_flags_say(cleaned):
    found = cleaned(_survey(), *COLUMNS)
    for use, flag in zip(found.ledger.rules, found.snapshot.legend, strict=True):
        rows = found.flagged(use.rule_id)
        assert use.n_flagged == flag.n_flagged == len(rows)
        assert list(use.rows) == rows[:20]
    mask = sum(1 << i for i, flag in enumerate(found.snapshot.legend) if flag.excludes)
    assert found.ledger.n_valid == sum(not flags & mask for flags in found.rows["_flags"])
    assert found.flagged("exact_duplicate") == [201, 202, 203, 204, 205]


def test_the_same_data_gives_the_same_flags_and_id(cleaned):
    one, other = (cleaned(_survey(), *COLUMNS) for _ in range(2))
    assert one.rows == other.rows
    assert one.snapshot.id == other.snapshot.id


def test_the_id_changes_with_a_cell_or_a_meaning(cleaned):
    raw = _survey()
    ids = {cleaned(raw, *COLUMNS).snapshot.id}
    ids.add(cleaned(raw, *COLUMNS[:3]).snapshot.id)
    raw["nps"][3] = "4" if raw["nps"][3] != "4" else "5"
    ids.add(cleaned(raw, *COLUMNS).snapshot.id)
    assert len(ids) == 3


def test_the_order_of_rows_does_not_matter(cleaned):
    raw = _survey()
    order = list(range(len(raw["id"])))
    Random(3).shuffle(order)  # noqa: S311 -- test data
    turned = {name: [values[i] for i in order] for name, values in raw.items()}
    one, other = cleaned(raw, *COLUMNS), cleaned(turned, *COLUMNS)
    counts = [[use.n_flagged for use in found.ledger.rules] for found in (one, other)]
    assert counts[0] == counts[1]
    assert one.ledger.n_valid == other.ledger.n_valid


@pytest.mark.parametrize(
    "raw",
    [
        {"id": ["1"], "nps": ["9"], "why": ["好"], "用时": ["60"]},
        {"id": [None] * 3, "nps": [None] * 3, "why": [None] * 3, "用时": [None] * 3},
        {"nps": ["9", "8"]},
        {"why": ["好", None]},
    ],
)
def test_degenerate_files_pass(cleaned, raw):
    found = cleaned(raw, *(c for c in COLUMNS if c.name in raw))
    assert len(found.rows["_row"]) == found.ledger.n_rows
    assert not found.flagged("exact_duplicate")


def test_a_rule_that_cannot_be_applied_says_what_is_missing(cleaned):
    found = cleaned({"nps": ["9"]}, column("nps", "nps", scale=TEN))
    for use in found.ledger.rules:
        assert use.applicable == (use.note is None)
        if use.note is not None:
            assert use.note.say("zh-CN") != use.note.say("en")
            assert use.n_flagged == 0


def test_where_nothing_is_flagged_the_typed_file_serves(cleaned):
    found = cleaned({"nps": ["9", "8"]}, column("nps", "nps", scale=TEN))
    assert found.snapshot.files[0].name == "typed.parquet"
    assert not any(found.rows["_flags"])


def test_a_view_gives_the_rows_that_files_give(engine, tmp_path):
    raw, book = tmp_path / "raw.parquet", Codebook(COLUMNS)
    pq.write_table(pa.table({n: pa.array(v, pa.string()) for n, v in _survey().items()}), raw)
    found = []
    for as_view in (False, True):
        folder = tmp_path / str(as_view)
        typed = write_typed(engine, [raw], book, folder, as_view=as_view)
        snapshot, ledger = clean(engine, typed, book, folder / "clean")
        rows = engine.run(engine.open(snapshot.files, snapshot.view).order_by("_row"))
        found.append(
            (
                rows.drop_columns([n for n in rows.column_names if n in MARK_COLUMNS]).to_pylist(),
                ledger,
                snapshot.id,
            )
        )
        assert (snapshot.view is not None) == as_view
        assert folder.joinpath("typed.parquet").exists() != as_view
    assert found[0] == found[1]
    assert any(row["_flags"] for row in found[0][0])


def _real(engine, path, folder):
    from huiyin.codebook.infer import infer_codebook
    from huiyin.collect.column_profiles import profile_columns
    from huiyin.collect.read import ReadOptions, read

    staged = read([path], ReadOptions(profile=None, sheets=None, work=folder / "staged"))
    book: Codebook = infer_codebook(profile_columns(staged, engine), profile_name=staged.profile)
    typed = write_typed(engine, staged.files, book, folder / "typed")
    assert typed.n_rows == staged.n_rows
    snapshot, ledger = clean(engine, typed, book, folder / "clean")
    return pq.ParquetFile(snapshot.files[0]).read().to_pydict(), ledger


def test_the_garden_stores_go_through(engine, shared, tmp_path):
    rows, ledger = _real(engine, shared / "data" / "garden_nps" / "nps.csv", tmp_path)
    assert ledger.n_rows == len(rows["_row"]) == 13_954
    assert sum(value is not None for value in rows["nps"]) == 13_612


def test_an_honest_poll_is_not_thrown_away(engine, shared, tmp_path):
    folder = shared / "data" / "masculinity_poll"
    rows, ledger = _real(engine, next(folder.glob("*raw-responses.csv")), tmp_path)
    assert ledger.n_valid == ledger.n_rows == len(rows["_row"]) == 1615
