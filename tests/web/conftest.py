import pytest
from cast import Cast

from huiyin.app.work import reporting
from huiyin.collect.datasets.changes import do_create_dataset

SETTLES_AFTER_SECONDS = 30.0
"""The report that nobody asked for is left to the test that puts its clock forward."""


@pytest.fixture(autouse=True)
def no_report_meanwhile(monkeypatch):
    """Let no worker of a test that took two seconds make a report which the test is not about."""
    monkeypatch.setattr(reporting, "SETTLE_SECONDS", SETTLES_AFTER_SECONDS)


@pytest.fixture
def cast_on_both(database, tmp_path):
    return Cast(database, tmp_path)


@pytest.fixture
def pushed_dataset_id(cast_on_both):
    """An empty dataset, to which rows are pushed."""
    with cast_on_both.uow() as uow:
        return do_create_dataset(uow, "推送").id
