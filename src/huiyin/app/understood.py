"""Files read, understood and checked: the ground that every command stands on."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from huiyin.app.settings import Settings
from huiyin.codebook.contracts import Role
from huiyin.core.progress import Progress
from huiyin.core.text import Text
from huiyin.core.work_folders import WorkFolder

if TYPE_CHECKING:
    from huiyin.clean.contracts import Ledger
    from huiyin.codebook.contracts import Codebook, ColumnProfile
    from huiyin.collect.contracts import Staged
    from huiyin.engine.contracts import Snapshot
    from huiyin.engine.duck import Engine

READING = Text("读取文件", "reading")
UNDERSTANDING = Text("辨认每一列", "understanding the columns")
CLEANING = Text("检查答卷质量", "checking the answers")
AnyPath = str | Path


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How files are read.

    Attributes
    ----------
    profile : str or None
        Layout to force; None recognises it.
    sheets : tuple of str or None
        Worksheets to read as one; None takes the one with the answers.
    codebook : Path or None
        A saved codebook to use instead of the guess.
    overrides : tuple of str
        ``COLUMN=role[:min-max]``.
    """

    profile: str | None = None
    sheets: tuple[str, ...] | None = None
    codebook: Path | None = None
    overrides: tuple[str, ...] = ()


class UnderstoodFiles:
    """One survey or feedback table: its rows as staged, its codebook, its flags and ledger.

    Temporary files live as long as the object; close it, or use it in a ``with`` block, to free
    them sooner.
    """

    def __init__(
        self, paths: Sequence[Path], how: ReadSettings, settings: Settings, progress: Progress
    ) -> None:
        self._folder = WorkFolder("huiyin-", settings.work)
        self._how = how
        self._settings = settings
        self._progress = progress
        self._done: list[tuple[Codebook, frozenset[str] | None, tuple[Snapshot, Ledger]]] = []
        self._n_asked = 0
        self.warnings: tuple[Text, ...] = ()
        self.paths = tuple(paths)
        try:
            self.staged: Staged = self._read()
        except BaseException:
            self.close()
            raise

    def _read(self) -> Staged:
        from huiyin.collect.read import ReadOptions, read

        self._progress(READING, 0, 3)
        options = ReadOptions(
            profile=self._how.profile, sheets=self._how.sheets, work=self._work / "staged"
        )
        return read(self.paths, options)

    @property
    def _work(self) -> Path:
        return self._folder.path

    @cached_property
    def engine(self) -> Engine:
        """The engine, started on first use."""
        from huiyin.engine.contracts import Limits
        from huiyin.engine.duck import Engine

        return Engine(
            Limits(
                memory=self._settings.memory,
                threads=self._settings.threads,
                seconds=self._settings.query_seconds,
                temporary=self._work / "spill",
            )
        )

    @cached_property
    def codebook(self) -> Codebook:
        """What each column means: guessed, loaded, overridden, in this order."""
        from huiyin.codebook.overrides import apply_overrides

        self._progress(UNDERSTANDING, 1, 3)
        saved = self._saved_codebook()
        first = saved or self._guessed_codebook()
        book = apply_overrides(first, self._how.overrides)
        if self._how.overrides or self._how.codebook:
            from huiyin.app.said_scales import changed_columns, held_against_answers
            from huiyin.codebook.private import refuse_shown_contacts

            refuse_shown_contacts(book, self._profiles)
            profiles = {profile.name: profile for profile in self._profiles}
            self.warnings += held_against_answers(changed_columns(first, book), profiles)
        return book

    def _guessed_codebook(self) -> Codebook:
        from huiyin.codebook.infer import infer_codebook

        return infer_codebook(self._profiles, profile_name=self.staged.profile)

    @cached_property
    def _profiles(self) -> tuple[ColumnProfile, ...]:
        from huiyin.collect.column_profiles import profile_columns

        return profile_columns(self.staged, self.engine)

    def _saved_codebook(self) -> Codebook | None:
        if self._how.codebook is None:
            return None
        from huiyin.codebook.files import load_codebook
        from huiyin.codebook.fit import fit_codebook

        return fit_codebook(load_codebook(self._how.codebook), self.staged.columns)

    def _confirmed(self, named: Mapping[str, Role]) -> Codebook:
        """Give the codebook with columns taken as numbers because a question names them."""
        from huiyin.codebook.confirm import confirm_named

        profiles = {profile.name: profile for profile in self._profiles}
        written = {self._as_written(name): role for name, role in named.items()}
        return confirm_named(self.codebook, written, profiles)

    def _as_written(self, name: str) -> str:
        """Give a column's name as the codebook has it, whatever blanks and widths were typed."""
        from huiyin.codebook.spelling import as_known

        return as_known(name, (column.name for column in self.codebook))

    def _cleaned(
        self, book: Codebook, rules: frozenset[str] | None = None, *, as_view: bool = False
    ) -> tuple[Snapshot, Ledger]:
        """Type and flag by `rules`, by all where that is None; what is done is kept.

        A view serves where little is asked: whoever asks much gets files.
        """
        for known, used, done in self._done:
            if known == book and used in {None, rules}:
                if as_view or done[0].view is None:
                    return done
                rules = used  # the files follow the view, so that the snapshot keeps its id
        done = self._clean(book, rules, as_view=as_view)
        self._done.append((book, rules, done))
        return done

    def _clean(
        self, book: Codebook, rules: frozenset[str] | None, *, as_view: bool
    ) -> tuple[Snapshot, Ledger]:
        from huiyin.clean.rules import all_rules
        from huiyin.clean.run import clean
        from huiyin.engine.typed import write_typed

        staged = self.staged
        self._progress(CLEANING, 2, 3)
        folder = self._work / f"typed-{len(self._done)}"
        folder.mkdir()
        typed = write_typed(
            self.engine,
            staged.files,
            book,
            folder / "typed.parquet",
            rows_have_numbers=not self._is_own_parquet,
            as_view=as_view,
        )
        names = [readable_name(source.path.name) for source in staged.sources]
        chosen = [rule for rule in all_rules() if rules is None or rule.id in rules]
        done = clean(self.engine, typed, book, folder, sources=names, rules=chosen)
        self._progress(CLEANING, 3, 3)
        return done

    @property
    def _is_own_parquet(self) -> bool:
        """Tell whether the files were Parquet, which is staged as itself."""
        return bool({source.path for source in self.staged.sources} & set(self.staged.files))

    @property
    def snapshot(self) -> Snapshot:
        """The typed, flagged rows that every number stands on."""
        return self._cleaned(self.codebook)[0]

    @property
    def ledger(self) -> Ledger:
        """What the cleaning rules found."""
        return self._cleaned(self.codebook, as_view=True)[1]

    @property
    def is_sample(self) -> bool:
        """Tell whether a file says of itself that its data is generated."""
        from huiyin.sample.label import is_generated

        return any(is_generated(path) for path in self.paths)

    def close(self) -> None:
        """Stop the engine and remove the temporary files."""
        if "engine" in self.__dict__:
            self.engine.close()
        self._folder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        names = ", ".join(readable_name(path.name) for path in self.paths)
        return (
            f"Dataset({names}: {self.staged.n_rows} rows, "
            f"{len(self.staged.columns)} columns, {self.staged.profile})"
        )


def bare_name(path: Path) -> str:
    """Give a file's name without its endings: ``survey`` for ``survey.csv.gz``."""
    packed = path.suffix.lower() in {".gz", ".zip"}
    return readable_name(Path(path.stem).stem if packed else path.stem)


def readable_name(name: str) -> str:
    """Read a file name whose bytes are not UTF-8, as Chinese systems packed them."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "replace")
