"""The codebook as a file that people read and edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from huiyin.codebook.contracts import (
    RATING_ROLES,
    Codebook,
    CodebookError,
    Column,
    Role,
    Scale,
)
from huiyin.core.places import whole_file
from huiyin.core.text import EN, ZH, Text
from huiyin.core.text_files import UnreadableTextError, read_words, shown_name
from huiyin.core.yaml_faults import yaml_fault

_HEAD = """\
# 码本：每一列是什么。改好后用 --codebook 带上它。
# role 角色：{roles}
# scale 量表：min、max、direction（1 高分好，-1 低分好）、levels（文字: 分值）、
# missing（算作未回答的值）
# confidence 把握（0–1）：低于 0.6 的列不参与计算；核对无误后改成 1 或删掉这一行
#
# Codebook: what each column is. Use the edited file with --codebook.
# scale: min, max, direction (1: high is good, -1: low is good), levels (word: code), missing
# confidence below 0.6 means the column is not used; once checked, set it to 1 or drop the line
"""
_COLUMN_KEYS = frozenset(
    ["name", "role", "label", "scale", "confidence", "reason", "group", "option", "separator",
     "labels", "events", "missing"]
)  # fmt: skip
_SCALE_KEYS = frozenset(["min", "max", "direction", "levels", "missing"])


_NO_YAML = Text(
    "不是正确的 YAML（第 {column} 列：{why}）", "not valid YAML (column {column}: {why})"
)


def save_codebook(codebook: Codebook, path: Path) -> None:
    """Write a codebook as YAML, with a head that explains it.

    Parameters
    ----------
    codebook : Codebook
    path : Path
        Written whole or not at all.

    Raises
    ------
    PlaceError
        The place cannot be written to.
    NoRoomError
        The disk is full.
    """
    with whole_file(path) as draft:
        draft.write_text(codebook_text(codebook), encoding="utf-8")


def codebook_text(codebook: Codebook) -> str:
    """Give a codebook as YAML, with a head that explains it."""
    import yaml

    plain = {
        "profile": codebook.profile,
        "language": codebook.language,
        "columns": [_column_to_plain(column) for column in codebook.columns],
    }
    body = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=110)
    return _HEAD.format(roles=", ".join(Role)) + body


def _column_to_plain(column: Column) -> dict[str, Any]:
    plain: dict[str, Any] = {"name": column.name, "role": column.role.value}
    if column.scale is not None:
        plain["scale"] = _scale_to_plain(column.scale)
    plain["label"] = _text_to_plain(column.label)
    if column.confidence != 1.0:
        plain["confidence"] = column.confidence
    if any(column.reason.values()):
        plain["reason"] = _text_to_plain(column.reason)
    for key in ("group", "option", "separator"):
        if getattr(column, key) is not None:
            plain[key] = getattr(column, key)
    lists = {
        "labels": dict(column.labels),
        "events": list(column.events),
        "missing": list(column.missing_codes),
    }
    return plain | {key: value for key, value in lists.items() if value}


def _scale_to_plain(scale: Scale) -> dict[str, Any]:
    plain: dict[str, Any] = {"min": _short(scale.minimum), "max": _short(scale.maximum)}
    plain["direction"] = scale.direction
    if scale.levels:
        plain["levels"] = {word: _short(code) for word, code in scale.levels.items()}
    if scale.missing_codes:
        plain["missing"] = list(scale.missing_codes)
    return plain


def _short(number: float) -> float | int:
    return int(number) if number == int(number) else number


def _text_to_plain(text: Text) -> str | dict[str, str]:
    by_tag = dict(text)
    same = set(by_tag) == {ZH, EN} and by_tag[ZH] == by_tag[EN]
    return by_tag[ZH] if same else by_tag


def load_codebook(path: Path) -> Codebook:
    """Read a codebook that `save_codebook` wrote and a person may have edited.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Codebook
        A column without `confidence` counts as checked.

    Raises
    ------
    CodebookError
        The file is missing or no YAML, or names an unknown role, scale or field; the sentence
        gives the line.
    """
    try:
        words = read_words(path)
    except UnreadableTextError as fault:
        raise CodebookError(
            Text("码本：{why}", "Codebook: {why}").format(why=fault.sentence)
        ) from fault
    return parse_codebook(words, shown_name(path))


@lru_cache(maxsize=256)
def parse_codebook(words: str, place: str) -> Codebook:
    """Understand a codebook's text; `place` names it in complaints. Equal texts are read once.

    Raises
    ------
    CodebookError
        As for `load_codebook`.
    """
    import yaml

    try:
        root = yaml.compose(words, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        found = yaml_fault(error, words)
        why = found.why
        if found.line:
            why = _NO_YAML.format(column=found.column, why=why)
        raise _fault(place, found.line, why) from error
    if root is None:
        raise _fault(place, 0, Text("是空的", "it is empty"))
    return _Reader(place).codebook(root)


def _fault(place: str, line: int, why: Text) -> CodebookError:
    at = Text(" 第 {line} 行", ", line {line}").format(line=line) if line else Text.same("")
    return CodebookError(
        Text(
            "码本 {place}{at}：{why}。请改正后再试。",
            "Codebook {place}{at}: {why}. Please mend it and try again.",
        ).format(place=place, at=at, why=why)
    )


def _is_there(key: Any, pairs: Sequence[tuple[Any, Any]]) -> bool:
    return any(key.value == earlier.value for earlier, _ in pairs)


class _Reader:
    """Walks the YAML nodes, so that each complaint can name its line."""

    def __init__(self, place: str) -> None:
        self._place = place

    def codebook(self, root: Any) -> Codebook:
        fields = self._mapping(root, frozenset({"profile", "language", "columns"}))
        if "columns" not in fields:
            raise self._error(root, "缺少 columns", "`columns` is missing")
        columns = tuple(self._column(node) for node in self._items(fields["columns"]))
        self._no_twins(columns, fields["columns"])
        profile = self._text(fields["profile"]) if "profile" in fields else "plain"
        language = self._text(fields["language"]) if "language" in fields else ZH
        return Codebook(columns=columns, profile=profile, language=language)

    def _no_twins(self, columns: tuple[Column, ...], node: Any) -> None:
        seen: set[str] = set()
        for column, item in zip(columns, node.value, strict=True):
            if column.name in seen:
                raise self._error(item, f"“{column.name}”写了两次", f"“{column.name}” stands twice")
            seen.add(column.name)

    def _column(self, node: Any) -> Column:
        fields = self._mapping(node, _COLUMN_KEYS)
        if "name" not in fields or "role" not in fields:
            raise self._error(
                node, "每列都要有 name 和 role", "each column needs `name` and `role`"
            )
        name, role = self._text(fields["name"]), self._role(fields["role"])
        scale = self._scale(fields["scale"]) if "scale" in fields else None
        if role in RATING_ROLES and scale is None:
            zh, en = f"“{name}”是评分，要写 scale", f"“{name}” is a rating and needs a `scale`"
            raise self._error(node, zh, en)
        confidence = self._number(fields["confidence"]) if "confidence" in fields else 1.0
        if not 0 <= confidence <= 1:
            raise self._error(fields["confidence"], "confidence 应在 0–1", "confidence lies in 0–1")
        get = self._optional(fields)
        return Column(
            name=name,
            role=role,
            scale=scale,
            label=self._words(fields["label"]) if "label" in fields else Text.same(name),
            confidence=confidence,
            reason=self._words(fields["reason"]) if "reason" in fields else Text("", ""),
            group=get("group"),
            option=get("option"),
            separator=get("separator"),
            labels=self._labels(fields.get("labels")),
            events=self._strings(fields.get("events")),
            missing_codes=self._strings(fields.get("missing")),
        )

    def _optional(self, fields: Mapping[str, Any]) -> Callable[[str], str | None]:
        return lambda key: self._text(fields[key]) if key in fields else None

    def _role(self, node: Any) -> Role:
        word = self._text(node)
        try:
            return Role(word)
        except ValueError as fault:
            zh = f"没有角色“{word}”，可用的有：{'、'.join(Role)}"
            en = f"there is no role “{word}”; roles are {', '.join(Role)}"
            raise self._error(node, zh, en) from fault

    def _scale(self, node: Any) -> Scale:
        fields = self._mapping(node, _SCALE_KEYS)
        if "min" not in fields or "max" not in fields:
            raise self._error(node, "scale 要有 min 和 max", "a scale needs `min` and `max`")
        low, high = self._number(fields["min"]), self._number(fields["max"])
        if low >= high:
            raise self._error(node, "min 应小于 max", "`min` must be less than `max`")
        direction = self._number(fields["direction"]) if "direction" in fields else 1.0
        if direction not in {1.0, -1.0}:
            raise self._error(fields["direction"], "direction 是 1 或 -1", "direction is 1 or -1")
        levels = self._mapping(fields["levels"], None) if "levels" in fields else {}
        return Scale(
            minimum=low,
            maximum=high,
            direction=int(direction),
            levels={word: self._number(code) for word, code in levels.items()},
            missing_codes=self._strings(fields.get("missing")),
        )

    def _labels(self, node: Any) -> dict[str, str]:
        if node is None:
            return {}
        return {key: self._text(value) for key, value in self._mapping(node, None).items()}

    def _strings(self, node: Any) -> tuple[str, ...]:
        return tuple(self._text(item) for item in self._items(node)) if node is not None else ()

    def _words(self, node: Any) -> Text:
        if isinstance(node.value, str):
            return Text.same(node.value)
        return Text.of({k: self._text(v) for k, v in self._mapping(node, None).items()})

    def _number(self, node: Any) -> float:
        word = self._text(node)
        try:
            number = float(word)
        except ValueError as fault:
            raise self._error(node, f"“{word}”不是数字", f"“{word}” is no number") from fault
        if not -1e15 < number < 1e15:  # noqa: PLR2004 -- catches nan and infinities too
            raise self._error(node, f"“{word}”不能用", f"“{word}” cannot be used")
        return number

    def _text(self, node: Any) -> str:
        if not isinstance(node.value, str):
            raise self._error(node, "这里应是一个词", "a single word is expected here")
        return node.value

    def _items(self, node: Any) -> list[Any]:
        if not isinstance(node.value, list) or (node.value and isinstance(node.value[0], tuple)):
            raise self._error(node, "这里应是列表", "a list is expected here")
        return list(node.value)

    def _mapping(self, node: Any, known: frozenset[str] | None) -> dict[str, Any]:
        pairs = getattr(node, "value", None)
        if not isinstance(pairs, list) or not all(isinstance(p, tuple) for p in pairs):
            raise self._error(node, "这里应是“名称: 值”", "`name: value` lines are expected here")
        fields = {self._text(key): value for key, value in pairs}
        if len(fields) < len(pairs):
            twice = next(key for n, (key, _) in enumerate(pairs) if _is_there(key, pairs[:n]))
            zh, en = (
                f"“{twice.value}”写了两次，请只留一处",
                f"“{twice.value}” stands twice, keep one",
            )
            raise self._error(twice, zh, en)
        for key, _ in pairs:
            if known is not None and key.value not in known:
                listed = ", ".join(sorted(known))
                zh, en = (
                    f"没有字段“{key.value}”（可用：{listed}）",
                    f"no field “{key.value}” ({listed})",
                )
                raise self._error(key, zh, en)
        return fields

    def _error(self, node: Any, zh: str, en: str) -> CodebookError:
        line = node.start_mark.line + 1 if node is not None else 0
        return _fault(self._place, line, Text(zh, en))
