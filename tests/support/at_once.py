"""Work done at the same moment by several threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier


def at_once(*works):
    """Do works at the same moment; gives what each gave, and raises what went wrong in one."""
    gate = Barrier(len(works))

    def run(work):
        gate.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
