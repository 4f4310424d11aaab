import pytest

from huiyin.analyse.bands import satisfaction_bands, with_full_ends
from huiyin.codebook.contracts import Column, Role, Scale
from huiyin.core.text import Text


def test_an_end_band_that_hardly_anybody_is_in_joins_its_neighbour():
    column = Column(name="a1", role=Role.ASPECT, label=Text.same("a1"), scale=Scale(0, 100))
    bands = satisfaction_bands(column)
    codes = [5.0] + [50.0] * 40 + [90.0] * 40
    merged = with_full_ends(bands, codes)
    assert [band.words for band in merged] == ["0–<80", "80–100"]
    assert all(sum(band.holds(code) for band in merged) == 1 for code in codes)
    assert with_full_ends(bands, codes + [5.0] * 30) == bands


def test_bands_of_a_fine_scale_say_where_the_cut_itself_belongs():
    column = Column(name="a1", role=Role.ASPECT, label=Text.same("a1"), scale=Scale(0, 100))
    bands = satisfaction_bands(column)
    assert [band.words for band in bands] == ["0–20", ">20–<80", "80–100"]
    assert [[band.holds(code) for code in (20.0, 20.1, 79.9, 80.0)] for band in bands] == [
        [True, False, False, False],
        [False, True, True, False],
        [False, False, False, True],
    ]
    joined = with_full_ends(bands, [10.0] * 40 + [70.0] * 40 + [90.0])
    assert [band.words for band in joined] == ["0–20", ">20–100"]


@pytest.mark.parametrize(
    ("role", "ends", "words"),
    [
        (Role.NPS, (0, 10), ["0–6", "7–8", "9–10"]),
        (Role.CSAT, (1, 2), ["1", "2"]),
        (Role.CSAT, (1, 5), ["1–2", "3", "4–5"]),
        (Role.CSAT, (1, 7), ["1–2", "3–5", "6–7"]),
    ],
)
def test_bands_say_which_codes_they_hold(role, ends, words):
    column = Column(name="x", role=role, label=Text.same("x"), scale=Scale(*ends))
    bands = satisfaction_bands(column)
    assert [band.words for band in bands] == words
    for band in bands:
        codes = [code for code in range(ends[0], ends[1] + 1) if band.holds(code)]
        first, _, last = band.words.partition("–")
        assert (codes[0], codes[-1]) == (int(first), int(last or first))


def test_low_is_good_bands_join_too():
    column = Column(name="x", role=Role.CSAT, label=Text.same("x"), scale=Scale(1, 5, direction=-1))
    bands = satisfaction_bands(column)
    codes = [1.0] * 40 + [3.0] * 40 + [5.0]
    merged = with_full_ends(bands, codes)
    assert len(merged) == 2
    assert [sum(band.holds(code) for code in codes) for band in merged] == [41, 40]
