"""What can be said of one dataset: its columns, their values, the metrics that fit, and our words.

Built once for each version of a dataset and each viewer; the values are those that the viewer may
see.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from huiyin.ask.called import called, labels_of
from huiyin.ask.contracts import Calculated, ColumnValues
from huiyin.ask.dictionary import Words
from huiyin.ask.dictionary import words as our_words
from huiyin.ask.elsewhere import words_of_elsewhere
from huiyin.ask.english import english_words
from huiyin.ask.meanings import AMOUNTS, GROUPS, NO, RATED, YES, Meaning, Sort, Vocabulary
from huiyin.ask.not_there import numbered_forms
from huiyin.ask.own.contracts import OwnWord
from huiyin.ask.own.meaning import means_of
from huiyin.ask.rivals import rival_words
from huiyin.ask.short_names import FOUR, numbered_in_english, short_forms, with_column
from huiyin.ask.sounding import Adding
from huiyin.ask.spelling import is_han, normal, normal_numbered
from huiyin.ask.strays import tagged
from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.codebook.rows import are_answers

OF_SURVEYS_TOO = frozenset({"complaint_rate"})
"""Where customers rate something, who complains is told by another dataset, by no column here."""
MOST_VALUES = 2_000
"""Values of one column that are looked for; of a longer column the most frequent."""
LONGEST_VALUE = 40
OF_STARS = {
    "评分": "score", "打分": "score", "口碑": "score",
    "好评率": "satisfied", "好评比例": "satisfied", "好评占比": "satisfied",
    "差评率": "dissatisfied", "差评比例": "dissatisfied", "差评占比": "dissatisfied",
    "share of good reviews": "satisfied", "share of bad reviews": "dissatisfied",
}  # fmt: skip
"""What public reviews are counted by: stars 4-5 and 1-2."""
OF_SATISFACTION = "满意度"
AS_A_WHOLE = ("总体", "整体", "综合", "overall")
NEVER_ALONE = frozenset({"其他", "其它", "是", "否", "有", "无", "未知", "other", "yes", "no"})


def build_vocabulary(
    codebook: Codebook,
    values: ColumnValues,
    words: Words | None = None,
    *,
    operations: Iterable[str] = (),
    calculated: Iterable[Calculated] = (),
    own: Sequence[OwnWord] = (),
) -> Vocabulary:
    """Build what can be said of a dataset.

    Parameters
    ----------
    codebook : Codebook
    values : ColumnValues
        Of the columns the viewer may group by; a word that is none of them is no value.
    words : Words, optional
        Synonyms; those that come with Huiyin by default.
    operations : iterable of str
        Operational metrics that the dataset can give. Of answers to questions a word
        like 续约率 means the column, and none but those `OF_SURVEYS_TOO` are asked.
    calculated : iterable of Calculated
        Metrics that people made, each known by its name.
    own : sequence of OwnWord
        The company's own words for words that are known here.
    """
    said = words or our_words()
    kept = {name: found[:MOST_VALUES] for name, found in values.by_column.items()}
    answers = bool(codebook.with_role(*RATED)) and are_answers(codebook)
    asked = frozenset(operations) & OF_SURVEYS_TOO if answers else frozenset(operations)
    made = {one.metric: one for one in calculated}
    vocabulary = Vocabulary(codebook, values=kept, operations=asked, calculated=made)
    adding = Adding(vocabulary)
    for word, meaning in _all_words(vocabulary, said):
        adding.add(word, meaning)
    for word, meant in means_of(own, vocabulary.exact, kept).items():
        vocabulary.exact[word] = [*vocabulary.exact[meant]]
    adding.finish()
    vocabulary.numbered = numbered_forms(vocabulary)
    return vocabulary


def asked_columns(codebook: Codebook) -> tuple[Column, ...]:
    """List the columns whose values can be named in a question: groups and choices, no ids."""
    return tuple(
        column
        for column in codebook
        if column.usable and (column.role in GROUPS or column.role is Role.CHOICE_SET)
    )


def _all_words(vocabulary: Vocabulary, said: Words) -> Iterator[tuple[str, Meaning]]:
    for metric, made in vocabulary.calculated.items():
        yield made.name, Meaning(Sort.METRIC, metric)
    yield from _column_words(vocabulary, said)
    yield from _value_words(vocabulary, said)
    ours = {word for name in vocabulary.operations for word in said.operations.get(name, ())}
    for word, meaning in _yes_no_words(vocabulary, said):
        if word not in ours:  # a metric of its own is more than the share of a word
            yield word, meaning
    yield from _metric_words(vocabulary, said)
    yield from _generic_words(vocabulary, said)
    yield from _parts_of_ratings(vocabulary, said)
    yield from _loose_words(vocabulary, said)
    for name, spoken in said.signals.items():
        yield from ((word, Meaning(Sort.SIGNAL, name)) for word in spoken)
    yield from rival_words(vocabulary, said)
    yield from english_words(vocabulary)
    yield from ((word, Meaning(Sort.ASPECTS)) for word in said.aspects_all)
    yield from words_of_elsewhere(vocabulary, said)
    yield from ((word, Meaning(Sort.FILLER)) for word in said.fillers)


def _column_words(vocabulary: Vocabulary, said: Words) -> Iterator[tuple[str, Meaning]]:
    by_role: dict[str, list[Column]] = defaultdict(list)
    for column in vocabulary.codebook:
        if not column.usable:
            continue
        sort = _sort_of(column)
        if sort is None:
            continue
        by_role[column.role.value].append(column)
        meaning = Meaning(sort, columns=(column.name,))
        names = called(column) if sort is Sort.COLUMN else (column.name,)
        spoken_of = [word for name in names for word in said.columns.get(name, ())]
        for word in dict.fromkeys([column.name, *labels_of(column), *names, *spoken_of]):
            yield word, meaning
        if sort is Sort.RATING:
            yield from ((word, meaning) for word in _asked_either_way(column.name))
        rated = column.name.removesuffix(OF_SATISFACTION)
        if rated not in {column.name, "", *AS_A_WHOLE}:
            yield f"{rated}的{OF_SATISFACTION}", meaning
    for role, spoken in said.roles.items():
        found = [c for c in by_role.get(role, ()) if _sort_of(c) is Sort.COLUMN]
        if len(found) == 1:
            yield from ((word, Meaning(Sort.COLUMN, columns=(found[0].name,))) for word in spoken)


def _asked_either_way(name: str) -> Iterator[str]:
    """Give 定损合不合理 of 定损合理: what a rating is like, asked as A or not A."""
    if len(name) == FOUR and all(map(is_han, name)):
        of, first, quality = name[:2], name[2], name[2:]
        yield from (f"{of}{first}不{quality}", f"{of}{quality}不{quality}", f"{of}够不够{quality}")


def _sort_of(column: Column) -> Sort | None:
    if column.role in RATED:
        return Sort.RATING
    if column.role in AMOUNTS:
        return Sort.AMOUNT
    if column.role in GROUPS or column.role is Role.CHOICE_SET:
        return Sort.COLUMN
    return None


def _place_before(value: str) -> str:
    """Give 成都 of 成都天府店: the place that a name begins with; empty where there is none."""
    first, last, tag = tagged(value)[0]
    return value[first:last] if tag == "ns" and last < len(value) else ""


PLACED = (Role.UNIT, Role.DIMENSION)
"""Whose names may begin with where they are: 成都 of its shops, where no column tells cities."""


def _value_words(vocabulary: Vocabulary, said: Words) -> Iterator[tuple[str, Meaning]]:
    short: dict[str, set[tuple[str, str]]] = defaultdict(set)
    whole: set[str] = set()
    for column, values in vocabulary.values.items():
        unit = vocabulary.codebook[column].role is Role.UNIT
        cities = set(map(_place_before, values)) if unit else set()
        cities |= {
            v for c, vs in vocabulary.values.items() if c != column for v in vs if len(v) > 1
        }
        for value in values:
            if len(value) > LONGEST_VALUE or value in NEVER_ALONE:
                continue
            meaning = Meaning(Sort.VALUE, columns=(column,), value=value)
            spoken = dict.fromkeys([value, *said.values.get(value, ())])
            whole.update(map(normal, spoken))
            yield from ((word, meaning) for word in spoken)
            place = _place_before(value) if vocabulary.codebook[column].role in PLACED else ""
            numbered = numbered_in_english(value, said.columns.get(column, ()))
            for part in (*short_forms(value, cities), *with_column(value, column), place):
                if part:
                    short[normal(part)].add((column, value))
            for part in numbered:
                short[normal_numbered(part)].add((column, value))
    for word, meant in short.items():
        one_column = len({column for column, _ in meant}) == 1
        known = len(meant) > 1 and word in vocabulary.exact
        if one_column and not known and word not in whole and word not in said.fillers:
            for column, value in sorted(meant):
                yield word, Meaning(Sort.VALUE, columns=(column,), value=value)


def _yes_no_words(vocabulary: Vocabulary, said: Words) -> Iterator[tuple[str, Meaning]]:
    for column in vocabulary.codebook:
        values = set(vocabulary.values.get(column.name, ()))
        if not column.usable or not values or not values <= {YES, NO}:
            continue
        if column.name not in said.yes_no:
            bare = column.name.removeprefix("是否")
            yield bare, Meaning(Sort.YES_NO, columns=(column.name,), value=YES)
            yield f"{bare}率", Meaning(Sort.RATE, columns=(column.name,), value=YES)
            continue
        told = said.yes_no[column.name]
        for sort, words, value in (
            (Sort.RATE, told.rate, YES),
            (Sort.RATE, told.not_rate, NO),
            (Sort.YES_NO, told.yes, YES),
            (Sort.YES_NO, told.no, NO),
        ):
            meaning = Meaning(sort, columns=(column.name,), value=value)
            for word in words:
                yield from ((form, meaning) for form in (word, *_within_days(word, column.name)))
        for word in labels_of(column):
            yield word, Meaning(Sort.YES_NO, columns=(column.name,), value=YES)


DAYS_IN_NAME = re.compile(r"(\d+)天")
WITHIN = ("within", "in the last", "in the past", "within the last", "over the last")


def _within_days(word: str, column: str) -> Iterator[str]:
    """Give “had a fault in the last 30 days”: the days are the column's own, no period."""
    days = DAYS_IN_NAME.search(column)
    if days and word[0].isascii():
        yield from (f"{word} {within} {days[1]} days" for within in WITHIN)


def _overall_words(
    overall: Column, columns: Codebook, said: Words
) -> Iterator[tuple[str, Meaning]]:
    """Give 服务满意率 where the one overall question is 服务满意度 and no column is called 服务."""
    whose = overall.name.removesuffix(OF_SATISFACTION)
    if whose in {overall.name, "", *AS_A_WHOLE} or whose in columns:
        return
    yield whose, Meaning(Sort.METRIC, "score")
    for name in ("satisfied", "dissatisfied"):
        spoken = (word for word in said.metrics.get(name, ()) if is_han(word[0]))
        yield from ((f"{whose}{word}", Meaning(Sort.METRIC, name)) for word in spoken)


def _metric_words(vocabulary: Vocabulary, said: Words) -> Iterator[tuple[str, Meaning]]:
    there = {name: said.operations.get(name, ()) for name in sorted(vocabulary.operations)}
    overall = vocabulary.overall()
    if overall is not None and overall.role is Role.CSAT:
        yield from ((word, Meaning(Sort.METRIC, name)) for word, name in OF_STARS.items())
    if overall is not None:
        yield from _overall_words(overall, vocabulary.codebook, said)
    for name, spoken in (*said.metrics.items(), *there.items()):
        yield from ((word, Meaning(Sort.METRIC, name)) for word in spoken)


OF_PEOPLE = frozenset({"客群", "会员等级"})
TELL_APART = (Role.DIMENSION, Role.PRODUCT, Role.CHANNEL, Role.TOUCHPOINT, Role.STAGE)


def _generic_words(vocabulary: Vocabulary, said: Words) -> Iterator[tuple[str, Meaning]]:
    for spoken, candidates in said.generic_columns.items():
        there = tuple(name for name in candidates if name in vocabulary.codebook)
        if (
            not there and set(candidates) >= OF_PEOPLE
        ):  # 哪类用户, where other columns tell them apart
            groups = vocabulary.codebook.with_role(*TELL_APART)
            there = tuple(column.name for column in groups) if len(groups) > 1 else ()
        sort = Sort.GENERIC if there else Sort.NO_COLUMN
        yield from ((word, Meaning(sort, columns=there)) for word in spoken)


def _loose_words(vocabulary: Vocabulary, said: Words) -> Iterator[tuple[str, Meaning]]:
    """Give words that mean some of a column's values, not which: 年轻人."""
    for column, spoken in said.loose_values.items():
        there = column in vocabulary.codebook
        sort = Sort.LOOSE if there else Sort.NO_VALUE
        yield from ((word, Meaning(sort, word, (column,) if there else ())) for word in spoken)


def _parts_of_ratings(vocabulary: Vocabulary, said: Words) -> Iterator[tuple[str, Meaning]]:
    """Give halves of four-character ratings: 效率 of 收银效率; of several it has to be asked."""
    halves: dict[str, set[str]] = defaultdict(set)
    for column in vocabulary.codebook.with_role(*RATED):
        if len(column.name) == FOUR and all(map(is_han, column.name)):
            halves[column.name[:2]].add(column.name)
            halves[column.name[2:]].add(column.name)
    spoken = {
        w for name, words in said.columns.items() if name in vocabulary.codebook for w in words
    }
    known = spoken | {w for words in said.signals.values() for w in words} | set(AS_A_WHOLE)
    known |= {w for words in said.metrics.values() for w in words}
    for column in vocabulary.codebook:
        if _sort_of(column) is Sort.COLUMN and len(column.name) == FOUR:
            yield from ((half, Meaning(Sort.FILLER)) for half in (column.name[:2], column.name[2:]))
    for half, columns in halves.items():
        if half in known or half in vocabulary.codebook or half in said.fillers:
            continue
        if len(columns) == 1:
            yield half, Meaning(Sort.RATING, columns=tuple(columns))
        else:
            yield half, Meaning(Sort.METRIC, "plain")
