# ruff: noqa: E501, PLR2004 -- patterns and sentences read best unbroken; the shares and counts of the rules stand where they are explained
"""What the values of a column look like: contact data, coordinates, code numbers, free text, lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from huiyin.codebook.dates import is_clock_time, is_compact_date, is_lapse
from huiyin.codebook.facts import Facts
from huiyin.core.patterns import later

SURE_SHARE = 0.8
"""Share of the sampled values that must look alike."""
_EMAIL = later(r"[^@\s]+@[^@\s]+\.[a-z*]{2,}", re.IGNORECASE)
_IP = later(
    r"(?:\d{1,3}|\*{1,3})(?:\.(?:\d{1,3}|\*{1,3})){3}(?:\s*[(（].*[)）])?|(?:[0-9a-f]{1,4}:){3,7}:?[0-9a-f]{1,4}",
    re.IGNORECASE,
)
_PHONE = later(
    r"(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}|\*{4})[- ]?\d{4}|\+\d{1,3}[- ]?(?:\(?\d{1,4}\)?[- ]?){2,4}\d{2,4}|"
    r"\(?0\d{2,3}\)?[- ]\d{7,8}(?:-\d{1,5})?|\(?\d{3}\)?[- .]\d{3}[- .]\d{4}"
)
_CITIZEN_NUMBER = r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx]"
_CITIZEN = later(_CITIZEN_NUMBER)
_PERSONAL = later(
    r"[\w.+-]+@[\w-]+\.[a-z]{2,}|(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
    rf"|(?<!\d){_CITIZEN_NUMBER}(?!\d)|(?:微信|vx|qq)号?[:：]?\s*[a-z0-9_-]{{6,}}",
    re.ASCII | re.IGNORECASE,
)
_PAIR = later(r"[(\[]?-?\d{1,3}\.\d{3,}\s*[,; ]\s*-?\d{1,3}\.\d{3,}[)\]]?")
_CODE = later(
    r"(?=.*\d)[A-Za-z0-9]+(?:[-_./:#][A-Za-z0-9]+)*|[A-Za-z0-9]{12,}|[0-9a-f]{8}-[0-9a-f-]{20,}"
)
_URL = later(r"https?://\S+|www\.\S+", re.IGNORECASE)
_LONG = 25
_WORDY = 12
SEPARATORS = ("┋", "┊", "|", ";", "；", "、", ", ", "，", ",", "\n", "/")
"""What stands between the options of a multi-select in one cell, most telling first."""
_MOST_OPTIONS = 60
_LOOKED_AT = 50


def looked_at(facts: Facts) -> tuple[str, ...]:
    """Give some fifty of the sampled values, spread over the file, to try patterns on."""
    sample = facts.profile.sample
    return sample[:: max(1, len(sample) // _LOOKED_AT)]


def mostly(values: Sequence[str], meets: Callable[[str], object]) -> bool:
    """Tell whether at least `SURE_SHARE` of the values meet a condition, some values there are.

    Looking ends with the value that decides.
    """
    if not values:
        return False
    left = len(values) - SURE_SHARE * len(values)
    for value in values:
        if not meets(value):
            left -= 1
            if left < -_ROUNDING:
                return False
    return True


_ROUNDING = 1e-9


def _alike(facts: Facts, pattern: re.Pattern[str]) -> bool:
    return mostly(looked_at(facts), pattern.fullmatch)


def tells_contacts(facts: Facts) -> bool:
    """Tell whether any value, among other words, holds somebody's number, address or account."""
    shown = dict.fromkeys((*facts.labels, *facts.profile.sample))
    return _PERSONAL.search(_BETWEEN.join(shown)) is not None


_BETWEEN = "\0"
"""Joins values that are searched together: no pattern goes beyond it."""


def contact_kind(facts: Facts) -> str | None:
    """Name the kind of contact data the values are, or None."""
    kinds = (("email", _EMAIL), ("ip", _IP), ("phone", _PHONE), ("citizen id", _CITIZEN))
    return next((kind for kind, words in kinds if _alike(facts, words)), None)


def is_coordinate_pair(facts: Facts) -> bool:
    """Tell whether the values are “latitude, longitude”."""
    return _alike(facts, _PAIR)


def is_url(facts: Facts) -> bool:
    """Tell whether the values are web addresses."""
    return _alike(facts, _URL)


def is_code(facts: Facts) -> bool:
    """Tell whether the values look like issued codes: digits and letters without blanks."""
    return _alike(facts, _CODE)


def are_dates(facts: Facts) -> bool:
    """Tell whether the values are dates; bare digits need more than half different years' forms."""
    return facts.profile.date_share >= SURE_SHARE


def are_bare_digits(facts: Facts) -> bool:
    """Tell whether dates are written as digits only, as a code can be."""
    values = looked_at(facts)
    return bool(values) and all(map(is_compact_date, values))


def are_clock_times(facts: Facts) -> bool:
    """Tell whether the values are times of day or hours:minutes:seconds."""
    return mostly(looked_at(facts), is_clock_time)


def are_lapses(facts: Facts) -> bool:
    """Tell whether the values are stretches of time: ``125秒``, ``0:02:33``."""
    return mostly(looked_at(facts), is_lapse)


def is_prose(facts: Facts) -> bool:
    """Tell whether people wrote the values freely."""
    if facts.numeric or facts.n_distinct < 3 or not _are_sentences(facts):
        return False
    length = _display_length(facts)
    if length >= _LONG * 2 and facts.unique_share > 0.3:
        return facts.n_distinct >= 8 or facts.unique_share > 0.9
    return (
        length >= _WORDY
        and facts.n_distinct >= 10
        and facts.unique_share > 0.5
        and not is_code(facts)
    )


def _are_sentences(facts: Facts) -> bool:
    """Tell whether values hold blanks or Chinese, as anything people write does."""
    values = looked_at(facts)
    spoken = sum(any(c == " " or ord(c) > 0x2E7F for c in value) for value in values)
    return 2 * spoken >= len(values)


def is_long(facts: Facts) -> bool:
    """Tell whether the values are whole sentences."""
    return _are_sentences(facts) and _display_length(facts) >= _LONG * 2


def is_varied_wording(facts: Facts) -> bool:
    """Tell whether values differ enough to be typed by people rather than chosen."""
    return not facts.numeric and facts.n_distinct > 20 and facts.unique_share > 0.25


def _display_length(facts: Facts) -> float:
    values = looked_at(facts)
    n_wide = len(_WIDE.findall("".join(values)))
    return (sum(map(len, values)) + n_wide) / len(values) if values else 0.0


_WIDE = later("[^\0-\u2e7f]")
"""Signs that are shown as wide as two letters."""


def find_separator(facts: Facts, *, asked: bool = False) -> str | None:
    """Find what separates several chosen options in one cell; None for anything else.

    A list of options shows in few pieces that come back again and again while their
    combinations vary. Where the question asks for several options (`asked`), few joint answers do.
    """
    values = [(value, count) for value, count in facts.values if value]
    if facts.numeric or len(values) < 3 or are_dates(facts):
        return None
    cells = list(dict.fromkeys((*(v for v, _ in values), *facts.profile.sample)))
    everything = _BETWEEN.join(cells)
    found = (s for s in SEPARATORS if s in everything and _splits(facts, cells, s, asked=asked))
    return next(found, None)


def _splits(facts: Facts, cells: list[str], separator: str, *, asked: bool) -> bool:
    least = 1 if asked else max(2, 0.25 * len(cells))
    if sum(separator in cell for cell in cells) < least:
        return False
    values = [(value, count) for value, count in facts.values if value]
    split = [[p.strip() for p in cell.split(separator) if p.strip()] for cell in cells]
    several = [pieces for pieces in split if len(pieces) > 1]
    if len(several) < least:
        return False
    answered = sum(n for v, n in values) or 1
    joint = sum(n for v, n in values if separator in v) / answered
    repeated = sum(len(pieces) != len(set(pieces)) for pieces in several)
    if joint < 0.1 and not asked and separator not in "┋┊":
        return False
    if repeated > 0.05 * len(several):
        return False
    if asked and separator != "/":
        return True
    return _few_pieces(split, facts, separator)


def _few_pieces(split: list[list[str]], facts: Facts, separator: str) -> bool:
    seen: dict[str, int] = {}
    for pieces in split:
        for piece in pieces:
            seen[piece] = seen.get(piece, 0) + 1
    total = sum(seen.values())
    common = [n for n in seen.values() if n >= 3]
    covered = sum(common) / total
    if separator in "┋┊":
        return True
    lengths = [len(piece) for piece in seen]
    short = sum(lengths) / len(lengths) <= 60 and not all(p.isdigit() for p in seen)
    few = len(common) <= _MOST_OPTIONS and len(common) >= 2
    return short and few and covered >= 0.6 and facts.n_filled >= 5
