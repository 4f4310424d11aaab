"""What people write as YAML or send as JSON, and get back the same: views, boards."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

LONGEST_WORDS = 4096
_LONGEST_FIELD = 80
_AT = Text("“{field}”", "“{field}”: ")
_FAULTS: Mapping[str, Text] = {
    "missing": Text("没有写", "it is missing"),
    "extra_forbidden": Text("不认识这一项", "it is unknown"),
    "too_short": Text("至少要一个", "it needs at least one"),
    "too_long": Text("太多了", "there are too many"),
    "string_too_long": Text("太长", "it is too long"),
}
_OTHER = Text("的值不对", "its value does not fit")


class Part(BaseModel):
    """What every part of a document is: frozen, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=LONGEST_WORDS)


class Document(Part):
    """A whole one."""

    def to_document(self) -> dict[str, Any]:
        """Give what was said, and nothing of what holds without being said."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def to_yaml(self) -> str:
        """Write it as YAML; reading that gives the same document back."""
        return yaml.safe_dump(self.to_document(), allow_unicode=True, sort_keys=False, width=100)


D = TypeVar("D", bound=Document)


@dataclass(frozen=True, slots=True)
class DocumentFaults:
    """How one kind of document says what cannot be read.

    Attributes
    ----------
    fault : class of BadInputError
    no_yaml, no_document : Text
    unreadable : Text
        With ``{where}`` and ``{fault}``.
    """

    fault: type[BadInputError]
    no_yaml: Text
    no_document: Text
    unreadable: Text


def read_yaml(kind: type[D], words: str, longest: int, faults: DocumentFaults) -> D:
    """Read a document from YAML; whoever wrote it need not be trusted.

    Raises
    ------
    BadInputError
        Of the kind that `faults` names: one sentence that says what cannot be read.
    """
    if len(words) > longest:
        raise faults.fault(faults.no_document)
    try:
        document = yaml.safe_load(words)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise faults.fault(faults.no_yaml) from error
    return read_document(kind, document, faults)


def read_document(kind: type[D], document: object, faults: DocumentFaults) -> D:
    """Read a document from what JSON or YAML gave; days that YAML reads as dates are words.

    Raises
    ------
    BadInputError
        As `read_yaml`.
    """
    if not isinstance(document, Mapping):
        raise faults.fault(faults.no_document)
    plain = {str(key): value for key, value in document.items()}
    try:
        return kind.model_validate_json(json.dumps(plain, default=str))
    except ValidationError as error:
        raise faults.fault(_sentence(error, faults)) from error


def _sentence(error: ValidationError, faults: DocumentFaults) -> Text:
    fault = error.errors(include_url=False)[0]
    field = ".".join(str(one) for one in fault["loc"])[:_LONGEST_FIELD]
    where = _AT.format(field=field) if field else Text.same("")
    return faults.unreadable.format(where=where, fault=_FAULTS.get(fault["type"], _OTHER))
