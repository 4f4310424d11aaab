"""What a comment sounds like goes with what its writer thinks of the whole."""

import numpy as np

from huiyin.sample.comments import Tone, topics
from huiyin.sample.ratings import Rated

ALL = np.zeros(3, dtype=bool)


def rated(**levels):
    level = {name: np.array(given) for name, given in levels.items()}
    leaning = {name: given - 3.0 for name, given in level.items()}
    return Rated(leaning, level, dict.fromkeys(level, ALL), np.zeros(3))


def test_nobody_praises_below_a_low_rating_or_complains_below_a_high_one():
    """The third has only what clashes to write of, and does it neither way."""
    for seed in range(20):
        answers = rated(品质=[5, 1, 5], 服务=[2, 4, 5], 总体=[1, 5, 2])
        about, tone = topics(np.random.default_rng(seed), answers, ("品质", "服务"), "总体")
        assert about[:2].tolist() == [1, 1]
        assert tone.tolist() == [Tone.BAD, Tone.GOOD, Tone.SO_SO]
