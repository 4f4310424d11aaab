"""What one kind of share link has to offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

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

    def freeze(
        self,
        session: Session,
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

    def show(self, system: System, view: SharedView, part: str | None) -> Any:
        """Give the content as JSON, or as a `Response` for a named `part` (a download)."""
        ...
