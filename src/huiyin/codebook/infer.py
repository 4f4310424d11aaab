"""From column profiles to a codebook: a guess for each column, with reason and confidence."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.codebook.blocks import see_neighbours
from huiyin.codebook.contracts import Codebook, ColumnProfile
from huiyin.codebook.facts import as_column, find_facts
from huiyin.codebook.rules import guess_role
from huiyin.core.text import EN, ZH

_CJK = range(0x4E00, 0xA000)


def infer_codebook(profiles: Sequence[ColumnProfile], *, profile_name: str) -> Codebook:
    """Say what each column of a file means.

    Parameters
    ----------
    profiles : sequence of ColumnProfile
        What is known of each column, in file order.
    profile_name : str
        Layout of the file: ``wjx_text``, ``qualtrics``, ``plain``…

    Returns
    -------
    Codebook
        One column per profile, in the same order. A guess below
        ``contracts.ACCEPT_CONFIDENCE`` is among `Codebook.doubts`.

    Examples
    --------
    >>> infer_codebook([], profile_name="plain").columns
    ()
    """
    facts = [find_facts(profile) for profile in profiles]
    guesses = [guess_role(each) for each in facts]
    guesses = see_neighbours(facts, guesses, profile_name=profile_name)
    columns = tuple(as_column(f, g) for f, g in zip(facts, guesses, strict=True))
    return Codebook(columns=columns, profile=profile_name, language=_language(profiles))


def _language(profiles: Sequence[ColumnProfile]) -> str:
    texts = [(p.hint and p.hint.question) or p.name for p in profiles]
    chinese = sum(any(ord(c) in _CJK for c in text) for text in texts)
    return ZH if 2 * chinese >= len(texts) else EN
