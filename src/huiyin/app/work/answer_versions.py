"""What a version of a dataset is that answers made: the first ones, or some more of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from huiyin.clean.grade import grade_dataset, grade_json
from huiyin.clean.ledger import ledger_from_plain, ledger_to_plain
from huiyin.clean.run import not_looked_at
from huiyin.collect.datasets.changes import renumbered
from huiyin.collect.datasets.contracts import APPENDED, PUSHED, ImportOptions, ImportStatus
from huiyin.collect.surveys.columns import PROFILE
from huiyin.collect.surveys.keeping import SOURCE
from huiyin.collect.surveys.typed_rows import Meaning
from huiyin.store.tables import Dataset, DatasetVersion, Import, Submission

if TYPE_CHECKING:
    from huiyin.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Place:
    """A dataset that rows may be appended to: what readers see of it, and the rows that wait.

    Where readers see nothing yet the rows are its first.
    """

    dataset: Dataset
    version: DatasetVersion | None
    meaning: Meaning
    codebook_version: int
    rows: Sequence[Submission]
    erased: int


def import_row(place: Place, import_id: str, number: int, now: datetime) -> Import:
    """Give the import of the rows: done already."""
    return Import(
        id=import_id,
        dataset_id=place.dataset.id,
        status=ImportStatus.DONE,
        source=PUSHED,
        uploads=[],
        options=asdict(ImportOptions()) | {"sources": [SOURCE]},
        profile=PROFILE,
        n_rows=len(place.rows),
        n_new=len(place.rows),
        n_updated=0,
        n_same=0,
        version=number,
        created_by=SOURCE,
        created_at=now,
        finished_at=now,
    )


def version_row(work: UnitOfWork, place: Place, import_id: str, number: int) -> DatasetVersion:
    """Give the version that holds the rows, not yet shown."""
    if place.version is None:
        return _first_version(work, place, import_id, number)
    grown = _grown_by(place, place.version, import_id, number)
    return renumbered(work, place.version, number, APPENDED, grown)


def _first_version(work: UnitOfWork, place: Place, import_id: str, number: int) -> DatasetVersion:
    """Give the version of the first rows; no rule has looked at them yet."""
    legend, ledger = not_looked_at(len(place.rows))
    grade = grade_dataset(ledger, n_doubts=len(place.meaning.book.doubts))
    return DatasetVersion(
        dataset_id=place.dataset.id,
        version=number,
        codebook_version=place.codebook_version,
        imports=[import_id],
        reason=APPENDED,
        n_rows=len(place.rows),
        snapshot_id=f"{import_id.replace('-', '')[-16:]}-{number}",
        legend=[asdict(flag) for flag in legend],
        ledger=ledger_to_plain(ledger),
        sources=[SOURCE],
        profile=PROFILE,
        grade=grade_json(grade),
        created_at=work.now,
        created_by=work.actor.name,
    )


def _grown_by(place: Place, before: DatasetVersion, import_id: str, number: int) -> dict[str, Any]:
    """Give what of the version is another with these rows; what rules found stays as it was."""
    n = len(place.rows)
    ledger = dict(before.ledger)
    ledger |= {"n_rows": ledger["n_rows"] + n, "n_valid": ledger["n_valid"] + n}
    n_doubts = len(place.meaning.book.doubts)
    grade = grade_dataset(ledger_from_plain(ledger), n_doubts=n_doubts)
    return {
        "imports": [*before.imports, import_id],
        "sources": [*before.sources, SOURCE],
        "n_rows": before.n_rows + n,
        "snapshot_id": f"{before.snapshot_id[:16]}-{number}",
        "ledger": ledger,
        "grade": grade_json(grade),
    }
