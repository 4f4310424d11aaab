"""The folder of a sample: open tables, and what has been written."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from huiyin.core.progress import Progress
from huiyin.core.text import Text
from huiyin.sample.tables import Table, TableFile

WRITING = Text("生成示例数据", "making sample data")


@dataclass
class Folder:
    """Where the files go; counts rows and tells the progress."""

    path: Path
    progress: Progress
    n_answers: int
    files: dict[str, TableFile] = field(default_factory=dict)
    done: int = 0

    def open(self, table: Table) -> TableFile:
        """Open a table."""
        self.files[table.name] = TableFile(self.path, table)
        return self.files[table.name]

    def publish(self) -> None:
        """Finish every table, and only then give all of them their names."""
        for file in self.files.values():
            file.finish()
        for file in self.files.values():
            file.publish()

    def tidy(self) -> None:
        """Remove the drafts that a fault left behind."""
        for file in self.files.values():
            file.tidy()

    def answered(self, n: int) -> None:
        """Take note of answers that were made."""
        self.done += n
        self.progress(WRITING, self.done, self.n_answers)
