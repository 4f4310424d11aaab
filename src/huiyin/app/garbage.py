"""How often a process that stays looks for cycles of objects that nobody needs."""

from __future__ import annotations

import gc

_COLLECT_AFTER = (100_000, 20, 50)
"""Objects more than before, and collections of the younger ones, that make the collector look."""


def collect_garbage_seldom() -> None:
    """Let the collector of cycles leave modules alone, and wait for more than a few objects.

    An import makes millions of objects and no cycle, and an answer some dozen that are gone with
    it: to look at all modules again and again takes a third of the time of either.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)
