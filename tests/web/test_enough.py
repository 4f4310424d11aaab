"""Who answered beside the base: small groups stay hidden, also those that can be subtracted."""

from huiyin.web.enough import told_groups


def rows(**groups):
    return [{"value": v, "n_base": b, "n_answered": a} for v, (b, a) in groups.items()]


def test_few_who_answered_stay_hidden_and_so_does_one_more():
    east, north, west = told_groups(rows(east=(100, 40), north=(60, 20), west=(80, 3)), 10)
    assert (east["n_answered"], east["answered_share"]) == (40, 0.4)
    assert (west["n_base"], west["n_answered"], west["answered_share"]) == (80, None, None)
    assert (north["n_base"], north["n_answered"], north["answered_share"]) == (60, None, None)


def test_a_small_group_takes_the_next_one_with_it():
    east, north, west = told_groups(rows(east=(100, 40), north=(60, 20), west=(4, 2)), 10)
    assert east["n_base"] == 100
    assert all(one[name] is None for one in (north, west) for name in ("n_base", "n_answered"))


def test_nobody_is_told_and_nothing_is_hidden_where_all_groups_are_large():
    east, west = told_groups(rows(east=(100, 40), west=(80, 0)), 10)
    assert (east["n_answered"], west["n_answered"], west["answered_share"]) == (40, 0, 0.0)
