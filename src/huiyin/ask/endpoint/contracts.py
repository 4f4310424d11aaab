"""A language model of the company's choice that helps to read a question; off by default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from huiyin.core.errors import BadInputError, HuiyinError

SETTING = "ask_endpoint"
REPLY_BYTES = 64 * 1024
REPLY_SECONDS = 20.0
MOST_VALUES = 60
"""Of one column that are sent; of a longer column the most frequent."""


class EndpointSettings(BaseModel):
    """Where the model is asked, by the protocol of chat completions.

    `url` is the address before ``/chat/completions``, as in ``https://llm.example.com/v1``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: bool = False
    url: Annotated[str, Field(max_length=500, pattern=r"^https?://\S+$")]
    model: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^\S[^\r\n]*$")]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What a request needs; `key` is plain here and nowhere else."""

    settings: EndpointSettings
    key: str
    allow_private: bool


class EndpointError(HuiyinError):
    """The model did not answer, or not by the protocol."""


class DroppedReadingError(BadInputError):
    """What the model answered is no query that this data can be asked."""
