"""Read datasets: what there is, and a snapshot of the rows at one version."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from huiyin.codebook.contracts import Codebook
from huiyin.codebook.files import parse_codebook
from huiyin.collect.datasets.contracts import (
    DATASET,
    KeptCodebook,
    NoDataYetError,
    VersionGoneError,
)
from huiyin.engine.contracts import FlagMeaning, Snapshot
from huiyin.lake.contracts import LakeFiles
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import (
    CodebookVersion,
    Dataset,
    DatasetVersion,
    SavedReport,
    ShareLink,
)

_EMPTY = Codebook(columns=())


def fetch_dataset(session: Session, dataset_id: str) -> Dataset:
    """Give a dataset.

    Raises
    ------
    NotFoundError
        There is none of that id.
    """
    found = session.get(Dataset, dataset_id)
    if found is None:
        raise NotFoundError(DATASET, dataset_id)
    return found


def fetch_version(session: Session, dataset_id: str, version: int | None = None) -> DatasetVersion:
    """Give a version of a dataset; the one that readers see where none is named.

    Raises
    ------
    NotFoundError
        There is no such dataset.
    NoDataYetError
        Nothing has been imported yet.
    VersionGoneError
        There is no version of that number.
    """
    dataset = fetch_dataset(session, dataset_id)
    wanted = dataset.current_version if version is None else version
    if wanted is None:
        raise NoDataYetError(dataset.name)
    found = session.get(DatasetVersion, (dataset_id, wanted))
    if found is None:
        raise VersionGoneError(wanted)
    return found


def imports_in_versions(session: Session) -> set[str]:
    """Give the imports that some version of some dataset is made of."""
    return {one for found in session.scalars(select(DatasetVersion.imports)) for one in found}


def pinned_versions(session: Session, dataset_id: str, now: datetime) -> set[int]:
    """Give the versions that reports and links were made of: they show what was shown then."""
    reports = select(SavedReport.version).where(SavedReport.dataset_id == dataset_id)
    links = select(ShareLink.version).where(
        ShareLink.dataset_id == dataset_id,
        ShareLink.expires_at > now,
        ShareLink.version.is_not(None),
    )
    return {one for one in (*session.scalars(reports), *session.scalars(links)) if one is not None}


def fetch_codebook(session: Session, dataset_id: str, version: int | None = None) -> KeptCodebook:
    """Give a codebook version, the newest where none is named; version 0 is the empty one."""
    asked = select(CodebookVersion).where(CodebookVersion.dataset_id == dataset_id)
    if version is not None:
        asked = asked.where(CodebookVersion.version == version)
    found = session.scalar(asked.order_by(CodebookVersion.version.desc()).limit(1))
    if found is None:
        return KeptCodebook(0, _EMPTY)
    return KeptCodebook(found.version, parse_codebook(found.text, f"v{found.version}"))


def fetch_codebook_texts(session: Session, datasets: Collection[str]) -> dict[str, tuple[int, str]]:
    """Give number and text of the newest codebook version of each dataset that has one."""
    newest = (
        select(CodebookVersion.dataset_id, func.max(CodebookVersion.version).label("version"))
        .where(CodebookVersion.dataset_id.in_(datasets))
        .group_by(CodebookVersion.dataset_id)
        .subquery()
    )
    asked = select(CodebookVersion.dataset_id, CodebookVersion.version, CodebookVersion.text).join(
        newest,
        (CodebookVersion.dataset_id == newest.c.dataset_id)
        & (CodebookVersion.version == newest.c.version),
    )
    return {row.dataset_id: (row.version, row.text) for row in session.execute(asked)}


def snapshot_of(session: Session, version: DatasetVersion, files: LakeFiles) -> Snapshot:
    """Put a version's row and its files together as what the corridor reads."""
    dataset = fetch_dataset(session, version.dataset_id)
    kept = fetch_codebook(session, version.dataset_id, version.codebook_version)
    return Snapshot(
        id=version.snapshot_id,
        files=files.files,
        codebook=kept.codebook,
        n_rows=version.n_rows,
        legend=tuple(_flag(one) for one in version.legend),
        sources=tuple(version.sources),
        zone=dataset.zone,
    )


def _flag(plain: Mapping[str, Any]) -> FlagMeaning:
    return FlagMeaning(plain["rule_id"], plain["version"], plain["excludes"], plain["n_flagged"])
