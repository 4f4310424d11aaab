"""What leads an agent to the pages of one call: sealed, so that nobody else makes or changes it."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from huiyin.people.sealing import UnsealError, seal, unseal

HOLDS = timedelta(hours=12)
_PURPOSE = "telephone call"
_PLAIN, _SAFE = "+/=", "-_~"
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Call:
    """One call: by which link, to whose invitation (None: nobody chosen), by which agent."""

    code: str
    invitation_id: str | None
    response_id: str
    agent: str
    at: float


def seal_call(key: bytes, call: Call) -> str:
    """Give a call as part of an address."""
    sealed = seal(key, json.dumps(astuple(call)), _PURPOSE)
    return sealed.translate(str.maketrans(_PLAIN, _SAFE))


def open_call(key: bytes, words: str, now: datetime) -> Call | None:
    """Read what `seal_call` gave; None where it is not ours, or of a day long past."""
    if len(words) > _LONGEST:
        return None
    try:
        facts = unseal(key, words.translate(str.maketrans(_SAFE, _PLAIN)), _PURPOSE)
    except UnsealError:
        return None
    call = Call(*json.loads(facts))
    return call if now.timestamp() - call.at < HOLDS.total_seconds() else None
