"""What a corridor tells of counts: nobody finds a small group from the total and the rest."""

from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Viewer
from huiyin.web.corridors import View, corridor_over, shown_counts, shown_total

WAYS = "abcde"
SIZES = st.lists(st.sampled_from([1, 3, 9, 10, 11, 25]), min_size=1, max_size=len(WAYS))


def opened(engine, snapshots, folder, sizes, minimum=10, rows=()):
    folder.mkdir(exist_ok=True)
    ways = [way for way, n in zip(WAYS, sizes, strict=False) for _ in range(n)]
    columns = [snapshots.column("way", Role.CHANNEL)]
    snapshot = snapshots.write_snapshot(folder, {"way": ways}, columns)
    viewer = Viewer("staff", minimum, rows)
    return corridor_over(engine, View(SimpleNamespace(), snapshot, viewer, viewer))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=SIZES)
def test_what_is_hidden_is_several_and_enough_together(engine, snapshots, tmp_path, sizes):
    corridor = opened(engine, snapshots, tmp_path / "-".join(map(str, sizes)), sizes)
    shown = shown_counts(corridor, "way")
    total = shown_total(corridor)
    assert set(shown) == set(WAYS[: len(sizes)])
    told = [n for n in shown.values() if n is not None]
    assert all(n >= 10 for n in told)
    if len(told) == len(shown):
        assert total == sum(told)
    elif total is not None:
        assert sum(n is None for n in shown.values()) >= 2
        assert total - sum(told) >= 10


@pytest.mark.parametrize(("n", "told"), [(9, None), (10, 10)])
def test_a_total_of_too_few_is_not_told(engine, snapshots, tmp_path, n, told):
    corridor = opened(engine, snapshots, tmp_path, [n])
    assert shown_total(corridor) == told
    assert shown_counts(corridor, "way") == {"a": told}
