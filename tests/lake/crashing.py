"""A writer in a process of its own, to be killed or raced: ``python crashing.py ROOT LAST ROWS``.

Change *n* makes the score of every row *n*; each is told on standard output once it stands.
"""

import sys
from contextlib import nullcontext
from pathlib import Path

import pyarrow as pa

from huiyin.engine.contracts import Limits
from huiyin.lake.contracts import Batch, WriteConflictError
from huiyin.lake.tables import Lake

DATASET = "0192f0c1-2b3c-7d4e-8f50-a1b2c3d4e5f6"


class NoLease:
    """Lets everyone in: what a lost lease would do."""

    def held(self, _name):
        return nullcontext()


def all_rows(number, n_rows):
    import datetime as dt

    days = [dt.date(2026, 1 + i % 12, 1) for i in range(n_rows)]
    return pa.table(
        {
            "response_id": [f"r{i}" for i in range(n_rows)],
            "_answered_on": pa.array(days, pa.date32()),
            "q": pa.array([float(number)] * n_rows),
        }
    )


def write_all(root, last, n_rows):
    lake = Lake(Path(root), Limits(memory="512MB", threads=1))
    for number in range(1, last + 1):
        verb = "upsert" if number % 2 else "replace"
        with lake.writer(DATASET, NoLease()) as writer:
            getattr(writer, verb)(all_rows(number, n_rows), batch=Batch("w", number), metadata={})
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def append_own(root, app, last):
    """Append a row for each number, again and again until it stands."""
    lake = Lake(Path(root), Limits(memory="256MB", threads=1))
    number = 1
    while number <= last:
        row = all_rows(number, 1).set_column(0, "response_id", pa.array([f"{app}{number}"]))
        try:
            with lake.writer(DATASET, NoLease()) as writer:
                writer.append(row, batch=Batch(app, number), metadata={})
            number += 1
        except WriteConflictError:  # the other was first
            continue


if __name__ == "__main__":
    _, what, root, *rest = sys.argv
    if what == "write":
        write_all(root, int(rest[0]), int(rest[1]))
    else:
        append_own(root, rest[0], int(rest[1]))
