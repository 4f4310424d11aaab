"""What goes if a customer is forgotten: counted before anybody decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from huiyin.collect.customers.contracts import CUSTOMER_COLUMN
from huiyin.store.tables import CustomerField, Dataset, Import, Upload

if TYPE_CHECKING:
    from huiyin.web.system import System


def erasure_preview(session: Session, system: System, customer_id: str) -> dict[str, Any]:
    """Count the rows, fields and files that go with a customer.

    Parameters
    ----------
    session : Session
    system : System
    customer_id : str

    Returns
    -------
    dict
        By dataset the rows and the files as they were sent (other rows of those stay); and the
        contact fields. Every dataset counts, whatever rows the person may see: they decide for
        all of them.
    """
    asked = select(Dataset).where(Dataset.current_version.is_not(None)).order_by(Dataset.name)
    datasets = []
    with system.engines.lent() as engine:
        for dataset in session.scalars(asked):
            files = system.lake.snapshot(dataset.id, dataset.current_version).files
            table = engine.read_parquet(files) if files else None
            if table is None or CUSTOMER_COLUMN not in table.columns:
                continue
            own = table.filter(table[CUSTOMER_COLUMN] == customer_id).count()
            n_rows = int(engine.run(own).column(0)[0].as_py())
            if n_rows:
                n_files = _count_files(session, dataset.id)
                datasets.append(
                    {"id": dataset.id, "name": dataset.name, "rows": n_rows, "files": n_files}
                )
    mine = select(func.count()).where(CustomerField.customer_id == customer_id)
    return {"datasets": datasets, "fields": session.scalar(mine) or 0}


def _count_files(session: Session, dataset_id: str) -> int:
    imports = session.scalars(select(Import.uploads).where(Import.dataset_id == dataset_id))
    named = {upload for uploads in imports for upload in uploads}
    there = select(Upload.id).where(Upload.deleted_at.is_(None))
    return len(named & {*session.scalars(there)})
