"""Which datasets answers may simply join: read for several at once, all of one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.app.work.answer_versions import Place
from huiyin.collect.customers.erasures import erasures_seen
from huiyin.collect.datasets.pushed import fetch_waiting_rows
from huiyin.collect.datasets.reading import fetch_codebook_texts
from huiyin.collect.surveys.columns import PROFILE
from huiyin.collect.surveys.halves import RESTS
from huiyin.collect.surveys.keeping import FINISHED_IDS, SOURCE
from huiyin.collect.surveys.typed_rows import NotPlainError, meaning_of
from huiyin.store.tables import Dataset, DatasetVersion, Submission

MOST_ROWS = 5_000
"""More at once are read quicker by the engine."""
_OF_A_MOMENT = 7
"""Version of the UUIDs that say when they were made."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows that wait, and what readers see of their dataset."""

    dataset: Dataset
    version: DatasetVersion | None
    codebook: tuple[int, str]
    rows: list[Submission]
    erased: int

    def place(self, now: datetime) -> Place:
        """Give the place where the rows may join.

        Raises
        ------
        NotPlainError
            They must be read with their whole dataset.
        """
        number, text = self.codebook
        version = self.version
        if version is None and self.dataset.current_version is not None:
            raise NotPlainError
        if version is not None and version.codebook_version != number:
            raise NotPlainError
        if not 0 < len(self.rows) <= MOST_ROWS or not all(_is_plain(r, now) for r in self.rows):
            raise NotPlainError
        meaning = meaning_of(text, f"v{number}", self.dataset.zone)
        if meaning.book.profile != PROFILE:
            raise NotPlainError
        return Place(self.dataset, version, meaning, number, self.rows, self.erased)


def fetch_waiting_places(session: Session, datasets: Sequence[str]) -> list[Waiting]:
    """Read what waits for some datasets whose leases are held, in that order."""
    erased = erasures_seen(session)  # before the rows: one that ends meanwhile is noticed
    rows = fetch_waiting_rows(session, datasets, MOST_ROWS + 1)
    texts = fetch_codebook_texts(session, datasets)
    asked = (
        select(Dataset, DatasetVersion)
        .outerjoin(
            DatasetVersion,
            (DatasetVersion.dataset_id == Dataset.id)
            & (DatasetVersion.version == Dataset.current_version),
        )
        .where(Dataset.id.in_(datasets))
    )
    shown = {one.id: (one, version) for one, version in session.execute(asked)}
    return [
        Waiting(*shown[one], texts.get(one, (0, "")), rows[one], erased)
        for one in datasets
        if one in shown
    ]


def _is_plain(row: Submission, now: datetime) -> bool:
    """Tell whether nothing of this answer can be in the lake already.

    A half-finished answer is, once it has rested for a day: whoever finishes so long after they
    began may take the place of one.
    """
    if row.source != SOURCE or row.id >= FINISHED_IDS:
        return False
    own = UUID(row.id)
    if own.version != _OF_A_MOMENT:
        return True  # another system named it: it is never handed on half-finished
    began = datetime.fromtimestamp((own.int >> 80) / 1000, UTC)
    return now - began < RESTS / 2
