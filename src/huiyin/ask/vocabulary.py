"""What can be said of one dataset: its columns, their values, the metrics that fit, and our words.

Built once for each version of a dataset and each viewer; the values are those that the viewer may
see.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from huiyin.ask.contracts import Calculated, ColumnValues
from huiyin.ask.dictionary import Words
from huiyin.ask.dictionary import words as our_words
from huiyin.ask.own.contracts import OwnWord
from huiyin.ask.own.meaning import means_of
from huiyin.ask.spelling import is_han, normal, one_left_out, sounds, stem, syllables
from huiyin.codebook.contracts import GROUP_ROLES, Codebook, Column, Role

MOST_VALUES = 2_000
"""Values of one column that are looked for; of a longer column the most frequent."""
LONGEST_VALUE = 40
SHORTEST_SOUND, SHORTEST_SLIP, SHORTEST_LETTERS = 2, 4, 5
RATED = (Role.NPS, Role.CSAT, Role.CES, Role.OVERALL, Role.INTENT, Role.ASPECT)
AMOUNTS = (Role.AMOUNT, Role.COST, Role.DURATION)
GROUPS = GROUP_ROLES | {Role.ACCOUNT, Role.OUTCOME}
OWN_METRIC = {Role.NPS: "nps", Role.CES: "ces", Role.INTENT: "intent"}
OF_STARS = {
    "好评率": "satisfied", "好评比例": "satisfied", "好评占比": "satisfied",
    "差评率": "dissatisfied", "差评比例": "dissatisfied", "差评占比": "dissatisfied",
    "share of good reviews": "satisfied", "share of bad reviews": "dissatisfied",
}  # fmt: skip
"""What public reviews are counted by: stars 4-5 and 1-2."""
YES, NO = "是", "否"
FOUR = 4
AS_A_WHOLE = ("总体", "整体", "综合", "overall")
ENDINGS = ("店", "支行", "分行", "组", "网点", "地区")
NEVER_ALONE = frozenset({"其他", "其它", "是", "否", "有", "无", "未知", "other", "yes", "no"})
WEAK_ELSEWHERE = frozenset(
    {"普通", "会员", "物流", "应用", "电话", "客服", "支付", "示例公司", "首页", "赔付", "报案"}
)
"""Values of some surveys whose names are everyday words: elsewhere they say nothing."""


class Sort(StrEnum):
    """What a word means."""

    METRIC = "metric"
    RATING = "rating"
    AMOUNT = "amount"
    RATE = "rate"
    COLUMN = "column"
    GENERIC = "generic"
    ASPECTS = "aspects"
    VALUE = "value"
    YES_NO = "yes_no"
    SIGNAL = "signal"
    FILLER = "filler"
    NO_METRIC = "no_metric"
    NO_COLUMN = "no_column"
    NO_VALUE = "no_value"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word may mean: `columns` and `value` where it is about data, `name` else."""

    sort: Sort
    name: str = ""
    columns: tuple[str, ...] = ()
    value: str | None = None


ORDER = {sort: at for at, sort in enumerate(
    (Sort.VALUE, Sort.YES_NO, Sort.RATE, Sort.RATING, Sort.AMOUNT, Sort.METRIC, Sort.COLUMN,
     Sort.GENERIC, Sort.ASPECTS, Sort.LOOSE, Sort.SIGNAL, Sort.NO_METRIC, Sort.NO_COLUMN,
     Sort.NO_VALUE, Sort.FILLER))}  # fmt: skip
CONTENT = frozenset(
    {
        Sort.METRIC, Sort.RATING, Sort.AMOUNT, Sort.RATE, Sort.COLUMN, Sort.GENERIC, Sort.ASPECTS,
        Sort.VALUE, Sort.YES_NO,
    }
)  # fmt: skip
"""Words about the data."""
RATED_TARGETS = (Role.OVERALL, Role.NPS, Role.INTENT, Role.ASPECT, Role.CSAT)
SOUNDED = frozenset(
    {Sort.VALUE, Sort.YES_NO, Sort.RATE, Sort.RATING, Sort.AMOUNT, Sort.METRIC, Sort.COLUMN}
)


@dataclass(slots=True)
class Vocabulary:
    """Words → meanings, and what is needed to forgive a slip.

    Attributes
    ----------
    exact : mapping of str to list of Meaning
    sound : how Chinese words sound → the words
    slip : sounds, or letters, with one left out → the words
    columns : the dataset's columns by name
    values : column → its values
    operations : ids of the operational metrics that the dataset can give
    calculated : id → what people made of others
    """

    codebook: Codebook
    exact: dict[str, list[Meaning]] = field(default_factory=dict)
    sound: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    slip: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    letters: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    stems: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    longest: int = 1
    starts: frozenset[str] = frozenset()
    operations: frozenset[str] = frozenset()
    calculated: Mapping[str, Calculated] = field(default_factory=dict)

    def overall(self) -> Column | None:
        """Give the one question that says how satisfied a customer is in all."""
        for role in (Role.OVERALL, Role.CSAT):
            found = self.codebook.with_role(role)
            if len(found) == 1:
                return found[0]
        return None

    def only(self, role: Role) -> Column | None:
        """Give the column of a role, where there is one."""
        found = self.codebook.with_role(role)
        return found[0] if len(found) == 1 else None

    def aspects(self) -> tuple[Column, ...]:
        """List the columns that rate one aspect each."""
        return self.codebook.with_role(Role.ASPECT)

    def names_staff(self, meaning: Meaning) -> bool:
        """Tell whether a word is somebody's name: it is taken as it is written, or not at all."""
        column = meaning.columns[0] if meaning.sort is Sort.VALUE and meaning.columns else None
        return column is not None and self.codebook[column].role is Role.STAFF

    def meanings(self, word: str) -> tuple[Meaning, ...]:
        """Give what a word means, the most telling first."""
        return tuple(self.exact.get(word, ()))


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
        Operational metrics that the dataset can give. Where customers rate something, a word
        like 续约率 means the column, and these are not asked.
    calculated : iterable of Calculated
        Metrics that people made, each known by its name.
    own : sequence of OwnWord
        The company's own words for words that are known here.
    """
    said = words or our_words()
    rated = codebook.with_role(*RATED)
    kept = {name: found[:MOST_VALUES] for name, found in values.by_column.items()}
    asked = frozenset() if rated else frozenset(operations)
    made = {one.metric: one for one in calculated}
    vocabulary = Vocabulary(codebook, values=kept, operations=asked, calculated=made)
    adding = _Adding(vocabulary)
    for word, meaning in _all_words(vocabulary, said):
        adding.add(word, meaning)
    for word, meant in means_of(own, vocabulary.exact, kept).items():
        vocabulary.exact[word] = [*vocabulary.exact[meant]]
    adding.finish()
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
    yield from ((word, Meaning(Sort.ASPECTS)) for word in said.aspects_all)
    yield from _words_of_elsewhere(vocabulary, said)
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
        for word in dict.fromkeys(
            [column.name, *_labels(column), *said.columns.get(column.name, ())]
        ):
            yield word, meaning
    for role, spoken in said.roles.items():
        found = [c for c in by_role.get(role, ()) if _sort_of(c) is Sort.COLUMN]
        if len(found) == 1:
            yield from ((word, Meaning(Sort.COLUMN, columns=(found[0].name,))) for word in spoken)


def _labels(column: Column) -> Iterator[str]:
    for words in column.label.values():
        if 1 < len(words) <= 30:  # noqa: PLR2004 -- whole questions are not how people call a column
            yield words


def _sort_of(column: Column) -> Sort | None:
    if column.role in RATED:
        return Sort.RATING
    if column.role in AMOUNTS:
        return Sort.AMOUNT
    if column.role in GROUPS or column.role is Role.CHOICE_SET:
        return Sort.COLUMN
    return None


def _value_words(vocabulary: Vocabulary, said: Words) -> Iterator[tuple[str, Meaning]]:
    short: dict[str, set[tuple[str, str]]] = defaultdict(set)
    whole: set[str] = set()
    for column, values in vocabulary.values.items():
        cities = {v for c, vs in vocabulary.values.items() if c != column for v in vs if len(v) > 1}
        for value in values:
            if len(value) > LONGEST_VALUE or value in NEVER_ALONE:
                continue
            meaning = Meaning(Sort.VALUE, columns=(column,), value=value)
            spoken = dict.fromkeys([value, *said.values.get(value, ())])
            whole.update(map(normal, spoken))
            yield from ((word, meaning) for word in spoken)
            for part in (*_short_forms(value, cities), *_with_column(value, column)):
                short[normal(part)].add((column, value))
    for word, meant in short.items():
        if len(meant) == 1 and word not in whole and word not in said.fillers:
            ((column, value),) = meant
            yield word, Meaning(Sort.VALUE, columns=(column,), value=value)


def _with_column(value: str, column: str) -> Iterator[str]:
    """Give a value with half of its column's name: 华为手机, 金卡会员."""
    if len(column) == FOUR and value not in column:
        yield from (f"{value}{column[:2]}", f"{value}{column[2:]}")


NUMBERED = re.compile(r"^(?P<name>\D+?)(?P<zeros>0*)(?P<n>\d+)$")
GROUP_NUMBER = re.compile(r"^(?P<name>\D+)(?P<n>\d)(?P<end>组|队|班)$")
HAN_DIGITS = "零一二三四五六七八九"


def _short_forms(value: str, cities: set[str]) -> Iterator[str]:
    """Give how a value is called for short: without its city, its ending, its number's zeros."""
    forms = {value}
    for city in cities:
        if value.startswith(city) and len(value) - len(city) > 1:
            forms.add(value[len(city) :])
    for form in [*forms]:
        for ending in ENDINGS:
            bare = form.removesuffix(ending)
            if bare != form and len(bare) >= 2:  # noqa: PLR2004
                forms.add(bare)
    numbered = NUMBERED.match(value)
    if numbered:
        name, n = numbered["name"], numbered["n"]
        forms |= {
            f"{name}{n}",
            f"{n}号{name}",
            f"{name}{n}号",
            f"{name}{n.zfill(2)}",
            f"{numbered['zeros']}{n}号{name}",
        }
        if len(name) > 1 and is_han(name[-1]):
            forms.add(name)
    group = GROUP_NUMBER.match(value)
    if group:
        n = HAN_DIGITS[int(group["n"])]
        end = group["end"]
        forms |= {
            f"{group['name']}{n}{end}",
            f"{group['n']}{end}",
            f"{n}{end}",
            f"第{n}{end}",
            f"team {group['n']}",
        }
    yield from forms - {value}


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
            yield from (
                (word, Meaning(sort, columns=(column.name,), value=value)) for word in words
            )
        for word in _labels(column):
            yield word, Meaning(Sort.YES_NO, columns=(column.name,), value=YES)


def _metric_words(vocabulary: Vocabulary, said: Words) -> Iterator[tuple[str, Meaning]]:
    there = {name: said.operations.get(name, ()) for name in sorted(vocabulary.operations)}
    overall = vocabulary.overall()
    if overall is not None and overall.role is Role.CSAT:
        yield from ((word, Meaning(Sort.METRIC, name)) for word, name in OF_STARS.items())
    for name, spoken in (*said.metrics.items(), *there.items()):
        yield from ((word, Meaning(Sort.METRIC, name)) for word in spoken)


def _generic_words(vocabulary: Vocabulary, said: Words) -> Iterator[tuple[str, Meaning]]:
    for spoken, candidates in said.generic_columns.items():
        there = tuple(name for name in candidates if name in vocabulary.codebook)
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


def _words_of_elsewhere(vocabulary: Vocabulary, said: Words) -> Iterator[tuple[str, Meaning]]:
    """Give words that other surveys know: here they name something that there is not."""
    rated = RATED_NAMES
    for name, spoken in said.columns.items():
        if name in vocabulary.codebook:
            continue
        sort = Sort.NO_METRIC if name in rated else Sort.NO_COLUMN
        yield from ((word, Meaning(sort, name)) for word in {name, *spoken})
    here = {value for values in vocabulary.values.values() for value in values}
    for value in said.values:
        if value not in here and value not in WEAK_ELSEWHERE:
            yield value, Meaning(Sort.NO_VALUE, value)
    for column, told in said.yes_no.items():
        if column not in vocabulary.codebook:
            yield from ((w, Meaning(Sort.NO_METRIC, w)) for w in (*told.rate, *told.not_rate))
    yield from ((word, Meaning(Sort.NO_METRIC, word)) for word in said.unknown_metrics)
    yield from ((word, Meaning(Sort.NO_COLUMN, word)) for word in said.no_columns)
    yield from ((word, Meaning(Sort.NO_VALUE, word)) for word in said.places)


_RATED = (
    "推荐意愿 总体满意度 服务满意度 产品质量 服务体验 价格感知 交付效率 售后支持 收银效率 "
    "环境整洁 再来意愿 续约意愿 购买意愿 本单金额 合同金额 答题秒数 响应速度 专业程度 处理结果 "
    "应用功能 稳定流畅 界面易用 等候时间 资料要求 办理效率 柜员态度 报案便捷 定损合理 赔付速度 "
    "客服支持 送达时效 包装完好 快递员态度 星级"
)
RATED_NAMES = frozenset(_RATED.split(" "))
"""Of the columns that `words.yaml` knows, those that are rated or measured."""


class _Adding:
    """Puts words into a vocabulary, and what they sound like."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._into = vocabulary

    def add(self, word: str, meaning: Meaning) -> None:
        plain = normal(word)
        if not plain:
            return
        known = self._into.exact.setdefault(plain, [])
        if meaning not in known:
            known.append(meaning)

    def finish(self) -> None:
        into = self._into
        for word, known in into.exact.items():
            known.sort(key=lambda one: (one.name not in into.calculated, ORDER[one.sort]))
            if known[0].sort in SOUNDED and not into.names_staff(known[0]):
                self._sounds(word)
            if word[0].isascii() and word[0].isalpha():
                into.stems[stems_of(word)].add(word)
        into.longest = max(map(len, into.exact), default=1)
        into.starts = frozenset(word[0] for word in into.exact)

    def _sounds(self, word: str) -> None:
        into = self._into
        if all(map(is_han, word)):
            heard = sounds(word)
            if heard and len(heard) >= SHORTEST_SOUND:
                into.sound[heard].add(word)
                if len(heard) >= SHORTEST_SLIP:
                    for rest in one_left_out(heard):
                        into.slip[rest].add(word)
                spelled = "".join(syllables(word) or ())
                self._letters(spelled, word)
        elif re.fullmatch(r"[a-z' -]+", word):
            self._letters(stem(word.replace(" ", "")), word)

    def _letters(self, spelled: str, word: str) -> None:
        into = self._into
        into.letters[spelled].add(word)
        if len(spelled) >= SHORTEST_LETTERS + 1:
            for rest in one_left_out(tuple(spelled)):
                into.slip[rest].add(word)


def stems_of(phrase: str) -> str:
    """Write an English phrase without its plain endings."""
    return " ".join(stem(word.removesuffix("'s")) for word in phrase.split())
