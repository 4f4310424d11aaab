"""How many columns of real files get the right role; no id, phone, time or free text as a rating.

Run: ``python benchmarks/role_accuracy.py [SHARED]``. Truths stand in ``benchmarks/codebooks``.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from huiyin.codebook.contracts import RATING_ROLES, Codebook, Column, ColumnProfile, Role
from huiyin.codebook.infer import infer_codebook
from huiyin.collect.column_profiles import profile_columns
from huiyin.collect.contracts import ReadOptions
from huiyin.collect.read import read
from huiyin.core.errors import HuiyinError
from huiyin.engine.duck import Engine

TRUTHS = Path(__file__).parent / "codebooks"
GOAL = 0.95
NEVER_RATINGS = frozenset(
    {Role.ID, Role.TIME, Role.TEXT, Role.CONTACT, Role.CUSTOMER, Role.ACCOUNT, Role.ORDER,
     Role.TICKET, Role.OPENED, Role.RESOLVED, Role.PROMISED, Role.DELIVERED, Role.FIRST_RESPONSE}
)  # fmt: skip
ALL_SETS = ("tune", "held_out")


class OwnKeysFirst(yaml.SafeLoader):
    """YAML whose merged keys stand after a mapping's own: the first fitting key counts."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        own = [pair for pair in node.value if pair[0].tag != "tag:yaml.org,2002:merge"]
        names = {key.value for key, _ in own}
        super().flatten_mapping(node)
        merged = node.value[: len(node.value) - len(own)]
        node.value = own + [pair for pair in merged if pair[0].value not in names]


@dataclass
class Score:
    """Counts over columns."""

    n: int = 0
    right: int = 0
    scales: int = 0
    scales_right: int = 0
    doubtful: int = 0
    never: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in ("n", "right", "scales", "scales_right", "doubtful"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.never += other.never
        self.wrong += other.wrong

    def line(self) -> str:
        share = self.right / self.n if self.n else float("nan")
        scales = f"scales {self.scales_right}/{self.scales}" if self.scales else ""
        return f"{self.right:5d}/{self.n:<5d} {share:6.1%}  to check {self.doubtful:4d}  {scales}"


@dataclass(frozen=True)
class Truth:
    """What a person says of one column."""

    roles: frozenset[str]
    scales: tuple[tuple[float, float], ...]


def read_truth(words: str) -> Truth:
    roles, _, scales = words.partition(" ")
    ends = re.findall(r"(-?\d+)-(\d+)", scales)
    pairs = tuple((float(low), float(high)) for low, high in ends)
    return Truth(frozenset(Role(role).value for role in roles.split("|")), pairs)


def find_truth(name: str, columns: Mapping[str, str]) -> Truth | None:
    if name in columns:
        return read_truth(columns[name])
    for key, words in columns.items():
        if key.startswith("~") and re.search(key[1:], name):
            return read_truth(words)
    return None


def truths() -> Iterator[tuple[str, dict[str, object]]]:
    for path in sorted(TRUTHS.glob("*.yaml")):
        book = yaml.load(path.read_text(encoding="utf-8"), OwnKeysFirst)  # noqa: S506 -- a SafeLoader
        for file in book["files"]:
            yield book["set"], file


def infer_file(path: Path, sheet: str | None) -> tuple[Codebook, tuple[ColumnProfile, ...]]:
    with tempfile.TemporaryDirectory() as work, Engine() as engine:
        options = ReadOptions(profile=None, sheets=(sheet,) if sheet else None, work=Path(work))
        staged = read([path], options)
        profiles = profile_columns(staged, engine)
    return infer_codebook(profiles, profile_name=staged.profile), profiles


def score_file(path: Path, file: dict[str, object]) -> Score:
    book, profiles = infer_file(path, file.get("sheet"))  # type: ignore[arg-type]  # YAML
    columns: dict[str, str] = file["columns"]  # type: ignore[assignment]  # YAML
    score = Score()
    for column, profile in zip(book, profiles, strict=True):
        score_column(score, path.name, column, profile, find_truth(column.name, columns))
    return score


def score_column(
    score: Score, file: str, column: Column, profile: ColumnProfile, truth: Truth | None
) -> None:
    score.n += 1
    score.doubtful += not column.usable
    plain = profile.n_distinct <= 1 and column.role is Role.IGNORE
    place = f"{file}: {column.name[:70]} → {column.role} {column.confidence}"
    if truth is None:
        score.wrong.append(f"{place} (no truth)")
        return
    expected = "|".join(sorted(truth.roles))
    if column.role in truth.roles or plain:
        score.right += 1
    else:
        score.wrong.append(f"{place}, is {expected}")
    rated = column.role in RATING_ROLES
    if rated and truth.roles <= NEVER_RATINGS:
        score.never.append(f"{place}, is {expected}")
    if rated and column.role in truth.roles and truth.scales and column.scale:
        score.scales += 1
        ends = (column.scale.minimum, column.scale.maximum)
        score.scales_right += ends in truth.scales
        if ends not in truth.scales:
            score.wrong.append(f"{place}: scale {ends}, is {truth.scales}")


def run(shared: Path, sets: tuple[str, ...] = ALL_SETS) -> bool:
    """Print accuracy by file and in all; True if the goals are met."""
    totals = {name: Score() for name in ALL_SETS}
    for set_name, file in truths():
        if set_name not in sets:
            continue
        path = shared / "data" / str(file["path"])
        if not path.exists():
            print(f"{file['path']}: absent, left out")
            continue
        try:
            score = score_file(path, file)
        except HuiyinError as fault:
            print(f"{set_name:9s} {file['path']}: cannot be read: {fault}")
            continue
        print(f"{set_name:9s} {score.line()}  {file['path']}")
        totals[set_name].add(score)
    return report(totals)


def report(totals: Mapping[str, Score]) -> bool:
    everything = Score()
    for score in totals.values():
        everything.add(score)
    for line in everything.wrong:
        print("  wrong:", line)
    for line in everything.never:
        print("  NEVER:", line)
    for name, score in (*totals.items(), ("all", everything)):
        print(f"{name:9s} {score.line()}")
    print(f"ids, contact data, times, free text taken for a rating: {len(everything.never)}")
    share = everything.doubtful / max(1, everything.n)
    print(f"columns under “please check”: {share:.1%}")
    reached = everything.right >= GOAL * everything.n and not everything.never
    print(f"goal {GOAL:.0%} and none of the last: {'met' if reached else 'missed'}")
    return reached


if __name__ == "__main__":
    default = Path(__file__).resolve().parents[2] / "shared"
    sys.exit(not run(Path(sys.argv[1]) if len(sys.argv) > 1 else default))
