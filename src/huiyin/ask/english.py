"""English words by their plain form: the endings of verbs and adjectives are made here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from huiyin.ask.dictionary import loaded, parted
from huiyin.ask.meanings import Meaning, Sort, Vocabulary
from huiyin.codebook.contracts import Role

VOWELS = "aeiou"
ONE_SYLLABLE = re.compile(r"^[^aeiou]*[aeiou]+[^aeiou]*(?:e|ly|y)?$")
IRREGULAR = re.compile(r"^(?P<plain>[^(]+?)(?: \((?P<others>[^)]+)\))?$")
ENDS = {"good": ("best", "worst"), "bad": ("worst", "best")}
"""Which end of a ranking the most, and the least, of a quality is."""


def verb_forms(said: str) -> tuple[str, ...]:
    """Give the forms of a verb, others than plain ones in brackets after it.

    Examples
    --------
    >>> verb_forms("slip")
    ('slip', 'slips', 'slipping', 'slipped')
    >>> verb_forms("fall off (fell fallen)")
    ('fall off', 'falls off', 'falling off', 'fell off', 'fallen off')
    """
    match = IRREGULAR.match(said.strip())
    plain, others = (match["plain"], match["others"]) if match else (said, None)
    verb, _, rest = plain.partition(" ")
    past = others.split() if others else [_ending(verb, "ed")]
    forms = [verb, _with_s(verb), _ending(verb, "ing"), *past]
    return tuple(f"{form} {rest}".strip() for form in dict.fromkeys(forms))


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2] not in VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _ending(word: str, ending: str) -> str:
    """Put an ending on: slipping, improved, cleaner, dirtiest."""
    if word.endswith("e"):
        return (word[:-1] if ending[0] == "e" or word[-2] not in "eo" else word) + ending
    if word.endswith("ey") and ending != "ing":
        return word[:-2] + "i" + ending  # pricier
    if word.endswith("y") and ending != "ing" and word[-2] not in VOWELS:
        return word[:-1] + "i" + ending
    short = ONE_SYLLABLE.match(word) and re.search(r"[^aeiou][aeiou][^aeiouwxy]$", word)
    return word + (word[-1] if short else "") + ending


def degrees(word: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Give what says more of a quality, the most of it, and the least of it.

    Examples
    --------
    >>> degrees("grumpy")
    (('more grumpy', 'less grumpy', 'grumpier'), ('most grumpy', 'grumpiest'), ('least grumpy',))
    """
    more, most = [f"more {word}", f"less {word}"], [f"most {word}"]
    if " " not in word and (ONE_SYLLABLE.match(word) or word.endswith("y")):
        more.append(_ending(word, "er"))
        most.append(_ending(word, "est"))
    return tuple(more), tuple(most), (f"least {word}",)


def english_words(vocabulary: Vocabulary) -> Iterator[tuple[str, Meaning]]:
    """Give the English words of ``english.yaml`` in all their forms, with what they mean here."""
    known = loaded("english.yaml")
    for name, said in known["verbs"].items():
        forms = (form for verb in said.split(",") for form in verb_forms(verb))
        yield from ((f, Meaning(Sort.SIGNAL, name)) for f in forms if not _is_value(f, vocabulary))
    yield from _feelings(known["feelings"])
    if vocabulary.only(Role.CES):
        yield from _efforts(known["efforts"])
    for columns, ends in known["qualities"].items():
        there = [one for one in parted(columns) if one in vocabulary.codebook]
        if len(there) == 1:
            yield from _qualities(ends, Meaning(Sort.RATING, columns=tuple(there)))
        elif there:  # which is meant is said beside it: a fast checkout
            words = (word for said in ends.values() for word in parted(said))
            forms = (form for word in words for form in (word, *degrees(word)[0]))
            yield from ((form, Meaning(Sort.FILLER)) for form in forms)
    yield from _loose(known["loose"], vocabulary)
    for column, said in known["units"].items():
        if column in vocabulary.codebook:
            yield from ((word, Meaning(Sort.FILLER)) for word in parted(said))


def _is_value(word: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a verb is what a value is called: a crash of the app moves no number."""
    return any(meaning.sort is Sort.VALUE for meaning in vocabulary.meanings(word))


def _loose(
    known: Mapping[str, Mapping[str, str]], vocabulary: Vocabulary
) -> Iterator[tuple[str, Meaning]]:
    """Give what means some of a column's values, not which: the big stores."""
    for column, said in known.items():
        if column not in vocabulary.codebook:
            continue
        adjectives = parted(said["of"])
        some = [f"{one} {noun}" for one in adjectives for noun in parted(said.get("are", ""))]
        for word in (*some, *parted(said.get("words", ""))):
            if not _is_value(word, vocabulary):
                yield word, Meaning(Sort.LOOSE, word, (column,))
        kinds = [f"{one} {noun}" for one in adjectives for noun in parted(said.get("kinds", ""))]
        yield from (
            (word, Meaning(Sort.NO_COLUMN, word))
            for word in kinds
            if not _is_value(word, vocabulary)
        )


def _efforts(ends: Mapping[str, str]) -> Iterator[tuple[str, Meaning]]:
    """Give how hard something is: easier than asks for effort, and is no rating's own word."""
    asks = Meaning(Sort.SIGNAL, "effort_word")
    for word in (word for said in ends.values() for word in parted(said)):
        more, *_ = degrees(word)
        yield word, asks
        yield from ((form, m) for form in more for m in (asks, Meaning(Sort.SIGNAL, "by_degree")))


def _feelings(ends: Mapping[str, str]) -> Iterator[tuple[str, Meaning]]:
    asks = Meaning(Sort.SIGNAL, "satisfied_word")
    for end, level in (("good", "high"), ("bad", "low")):
        for word in parted(ends[end]):
            yield word, Meaning(Sort.SIGNAL, level)
            yield f"how {word}", asks
            yield from _by_degree(word, end, (asks,))


def _qualities(ends: Mapping[str, str], rated: Meaning) -> Iterator[tuple[str, Meaning]]:
    for end in ENDS:
        for word in parted(ends[end]):
            yield word, rated
            if end == "bad":
                yield word, Meaning(Sort.SIGNAL, "bad_end")
            yield from _by_degree(word, end, (rated,))


def _by_degree(word: str, end: str, meant: Iterable[Meaning]) -> Iterator[tuple[str, Meaning]]:
    more, most, least = degrees(word)
    signals = [(more, "by_degree"), *zip((most, least), ENDS[end], strict=True)]
    for forms, signal in signals:
        for form in forms:
            yield from ((form, one) for one in (*meant, Meaning(Sort.SIGNAL, signal)))
