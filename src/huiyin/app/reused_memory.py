"""A web process uses memory again that it has used once, and does not give it back each time.

Answers over millions of rows take some hundred megabytes for a moment. Where every piece is given
back to the system at once, the next answer waits until the system has emptied it anew: about as
long as the sums themselves take.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

_ARENAS, _OWN_PIECE, _KEPT = -8, -3, -1
"""What `mallopt` of the GNU C library calls ``M_ARENA_MAX``, ``M_MMAP_THRESHOLD`` and
``M_TRIM_THRESHOLD``."""
_MOST_ARENAS = 2
_LARGEST_REUSED = 1 << 25
_MOST_KEPT = 1 << 27


def reuse_memory() -> None:
    """Keep up to 128 MB that is free, in pieces of up to 32 MB; elsewhere than on glibc nothing."""
    with suppress(AttributeError, OSError, TypeError):  # another C library, another system
        mallopt = ctypes.CDLL(None).mallopt
        for what, number in (
            (_ARENAS, _MOST_ARENAS),
            (_OWN_PIECE, _LARGEST_REUSED),
            (_KEPT, _MOST_KEPT),
        ):
            mallopt(what, number)
