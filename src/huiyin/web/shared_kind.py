"""What one kind of share link has to offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from fastapi import Response
from sqlalchemy.orm import Session

from huiyin.people.contracts import Person
from huiyin.people.share_links import Frozen, SharedView
from huiyin.web.system import System


class SharedKind(Protocol):
    """Freezes what a person sees now, and shows it later to whoever holds the link."""

    @property
    def name(self) -> str:
        """Name of the kind: ``report``, ``query``."""
        ...

    @property
    def page(self) -> str:
        """The part that a browser shows."""
        ...

    @property
    def downloads(self) -> tuple[str, ...]:
        """The parts that may be taken along."""
        ...

    def freeze(
        self,
        session: Session,
        system: System,
        person: Person,
        dataset_id: str | None,
        payload: Mapping[str, Any],
    ) -> Frozen:
        """Check what is asked for, and pin the version and the rows that the maker may see.

        Raises
        ------
        HuiyinError
            The person may not see it, or it does not exist.
        """
        ...

    def show(self, system: System, view: SharedView) -> Any:
        """Give the content as JSON."""
        ...

    def part(self, system: System, view: SharedView, part: str) -> Response | None:
        """Give one part as a page or a file; None while it is being made."""
        ...
