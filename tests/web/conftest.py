import pytest
from cast import Cast


@pytest.fixture
def cast(sqlite_database, tmp_path):
    return Cast(sqlite_database, tmp_path)


@pytest.fixture
def cast_on_both(database, tmp_path):
    return Cast(database, tmp_path)
