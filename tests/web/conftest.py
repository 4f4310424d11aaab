import pytest
from cast import Cast

from huiyin.collect.datasets.changes import do_create_dataset


@pytest.fixture
def cast_on_both(database, tmp_path):
    return Cast(database, tmp_path)


@pytest.fixture
def pushed_dataset_id(cast_on_both):
    """An empty dataset, to which rows are pushed."""
    with cast_on_both.uow() as uow:
        return do_create_dataset(uow, "推送").id
