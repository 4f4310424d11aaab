"""Memory of an answer is used again by the next one."""

import platform
import subprocess
import sys

import pytest

PROGRAM = """
import resource, sys
import numpy as np
from huiyin.app.reused_memory import reuse_memory

if sys.argv[1] == "reuse":
    reuse_memory()

def work():
    held = [np.ones(1_000_000, dtype=np.uint8) for _ in range(100)]
    return sum(int(one[0]) for one in held)

def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

work()
before = faults()
for _ in range(5):
    work()
print(faults() - before)
"""


def faults(how: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told")
def test_what_was_used_once_is_not_asked_of_the_system_again():
    assert faults("reuse") * 10 < faults("leave")
