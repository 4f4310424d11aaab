from huiyin.analyse.bands import satisfaction_bands, with_full_ends
from huiyin.codebook.contracts import Column, Role, Scale
from huiyin.core.text import Text


def test_an_end_band_that_hardly_anybody_is_in_joins_its_neighbour():
    column = Column(name="a1", role=Role.ASPECT, label=Text.same("a1"), scale=Scale(0, 100))
    bands = satisfaction_bands(column)
    codes = [5.0] + [50.0] * 40 + [90.0] * 40
    merged = with_full_ends(bands, codes)
    assert [band.words for band in merged] == ["0–80", "80–100"]
    assert all(sum(band.holds(code) for band in merged) == 1 for code in codes)
    assert with_full_ends(bands, codes + [5.0] * 30) == bands


def test_low_is_good_bands_join_too():
    column = Column(name="x", role=Role.CSAT, label=Text.same("x"), scale=Scale(1, 5, direction=-1))
    bands = satisfaction_bands(column)
    codes = [1.0] * 40 + [3.0] * 40 + [5.0]
    merged = with_full_ends(bands, codes)
    assert len(merged) == 2
    assert [sum(band.holds(code) for code in codes) for band in merged] == [41, 40]
