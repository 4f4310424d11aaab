"""Bring an earlier version of a dataset back, as a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from huiyin.collect.datasets.changes import do_publish_again
from huiyin.collect.datasets.reading import fetch_version
from huiyin.lake.contracts import Batch
from huiyin.store.tables import Dataset

if TYPE_CHECKING:
    from huiyin.store.jobs.worker import JobContext
    from huiyin.web.system import System


def roll_back_dataset(system: System, context: JobContext) -> dict[str, Any]:
    """Restore the lake's table, then let readers see it with the codebook and flags of then."""
    dataset_id, wanted = context.payload["dataset_id"], context.payload["version"]
    with system.lake.writer(dataset_id, system.leases) as writer:
        with context.uow() as work:
            earlier = fetch_version(work.session, dataset_id, wanted)
            seen = work.session.get_one(Dataset, dataset_id).current_version
        batch = Batch.whole(f"job:{context.job_id}")
        number = writer.rollback(wanted, batch=batch, metadata={"to": str(wanted)})
        with context.uow() as work:
            do_publish_again(work, earlier, number, f"rollback:{wanted}", after=seen)
    return {"dataset_id": dataset_id, "version": number}
