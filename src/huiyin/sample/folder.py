"""The folder of a sample: open tables, and what has been written."""

from __future__ import annotations

from contextlib import ExitStack
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
    stack: ExitStack
    files: dict[str, TableFile] = field(default_factory=dict)
    done: int = 0

    def open(self, table: Table) -> TableFile:
        """Open a table; it is closed, or removed after a fault, with the folder."""
        file = self.stack.enter_context(TableFile(self.path, table))
        self.files[table.name] = file
        return file

    def answered(self, n: int) -> None:
        """Take note of answers that were made."""
        self.done += n
        self.progress(WRITING, self.done, self.n_answers)
