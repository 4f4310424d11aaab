"""What bodies share."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Body(BaseModel):
    """A body: unknown fields are refused, texts have an end."""

    model_config = ConfigDict(extra="forbid", str_max_length=4096)


class Revision(Body):
    """The state that an edit was made on."""

    revision: int
