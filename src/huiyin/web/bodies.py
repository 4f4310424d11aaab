"""What bodies share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

LARGEST_NUMBER = 2**31 - 1
VersionNumber = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
"""A version of something kept: what every database can hold."""


class Body(BaseModel):
    """A body: unknown fields are refused, texts have an end."""

    model_config = ConfigDict(extra="forbid", str_max_length=4096)


class Revision(Body):
    """The state that an edit was made on."""

    revision: int
