"""The sample company's vocabularies: what can be asked of each of its surveys."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pyarrow.parquet as pq
import pytest

from huiyin.ask.contracts import ColumnValues
from huiyin.ask.reading import ask
from huiyin.ask.vocabulary import asked_columns, build_vocabulary
from huiyin.codebook.files import load_codebook
from huiyin.sample.contracts import SampleSettings
from huiyin.sample.write import write_sample

TODAY = date(2026, 6, 15)


class Surveys:
    """Vocabularies by name of the survey, each built once."""

    def __init__(self, folder):
        self.folder = folder
        write_sample(folder, SampleSettings(10_000, date(2026, 10, 1), 0))
        self.vocabulary = cache(self._vocabulary)

    def _vocabulary(self, dataset):
        book = load_codebook(self.folder / f"{dataset}.codebook.yaml")
        values = {}
        for column in asked_columns(book):
            table = pq.read_table(self.folder / f"{dataset}.parquet", columns=[column.name])
            words = [str(v) for v in table[column.name].to_pylist() if v is not None]
            parts = [p for w in words for p in (w.split(column.separator or "\0"))]
            values[column.name] = tuple(word for word, _ in Counter(parts).most_common())
        return build_vocabulary(book, ColumnValues(values))

    def ask(self, question, dataset="门店满意度", before=None):
        return ask(question, self.vocabulary(dataset), TODAY, before)


@pytest.fixture(scope="session")
def surveys(tmp_path_factory):
    return Surveys(tmp_path_factory.mktemp("surveys"))
