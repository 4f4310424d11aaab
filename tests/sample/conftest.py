"""One sample company per seed, made once, and its datasets behind the corridor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from huiyin.app.dataset import Dataset, read
from huiyin.sample.contracts import SampleSettings
from huiyin.sample.write import write_sample

ANSWERS = 40_000
LAST_MONTH = date(2026, 6, 1)


class Company:
    """A written sample: its truths by id, its tables opened once."""

    def __init__(self, folder: Path, seed: int, answers: int = ANSWERS) -> None:
        self.folder = folder
        self.seed = seed
        self.sample = write_sample(folder, SampleSettings(answers, LAST_MONTH, seed))
        document = yaml.safe_load((folder / "truth.yaml").read_text("utf-8"))
        self.truths = {truth["id"]: truth for truth in document["truths"]}
        self._open: dict[str, Dataset] = {}

    def table(self, name: str) -> Dataset:
        if name not in self._open:
            self._open[name] = read(
                self.folder / f"{name}.parquet", codebook=self.folder / f"{name}.codebook.yaml"
            )
        return self._open[name]

    def close(self) -> None:
        for dataset in self._open.values():
            dataset.close()


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """Give the company of seed 0."""
    made = Company(tmp_path_factory.mktemp("sample"), seed=0)
    yield made
    made.close()


@pytest.fixture
def make_company(tmp_path: Path) -> Iterator[Callable[[int], Company]]:
    """Make companies of other seeds; they are closed at the end."""
    made = []

    def make(seed: int, answers: int = ANSWERS) -> Company:
        made.append(Company(tmp_path / f"{seed}-{answers}", seed, answers))
        return made[-1]

    yield make
    for company in made:
        company.close()
