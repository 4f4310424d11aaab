"""The compiled functions load by themselves, and the package is whole afterwards."""

import subprocess
import sys


def says(script):
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_the_package_is_not_loaded_and_can_be_afterwards():
    assert says(
        "import sys; from huiyin.stats.ufuncs import import_ufuncs; u = import_ufuncs();"
        "print('scipy.special' in sys.modules);"
        "from scipy import special, stats; print(special.stdtrit is u.stdtrit);"
        "print(round(float(stats.t.ppf(0.975, 5)), 6), round(float(u.stdtrit(5, 0.975)), 6))"
    ) == ["False", "True", "2.570582", "2.570582"]


def test_a_package_that_is_loaded_serves():
    assert says(
        "from scipy import special; from huiyin.stats.ufuncs import import_ufuncs;"
        "print(import_ufuncs().ndtri is special.ndtri)"
    ) == ["True"]


def test_who_imports_the_package_meanwhile_gets_the_real_one():
    assert says(
        "import sys; from huiyin.stats import ufuncs;"
        "sys.modules['scipy.special'] = ufuncs._stand_in();"
        "from scipy.special import gamma; print(float(gamma(5)));"
        "import scipy.special; print(hasattr(scipy.special, '__file__'))"
    ) == ["24.0", "True"]
