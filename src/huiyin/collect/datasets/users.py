"""Who uses a dataset: questionnaires that fill it, mailings that go to its customers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.core.errors import BadInputError
from huiyin.core.text import EN, ZH, Text
from huiyin.store.tables import Mailing, Survey

_RUNNING = "running"
_SURVEY = Text("问卷“{name}”", "the questionnaire “{name}”")
_MAILING = Text("发送“{name}”", "the mailing “{name}”")


class AskedIntoError(BadInputError):
    """Questionnaires fill it, or running mailings go to its customers."""

    def __init__(self, name: str, surveys: Sequence[str], mailings: Sequence[str]) -> None:
        users = [_SURVEY.format(name=one) for one in surveys]
        users += [_MAILING.format(name=one) for one in mailings]
        super().__init__(
            Text(
                "“{name}”还不能删，{users}在用它。请先归档问卷、停掉发送。",
                "“{name}” cannot be deleted while it is used by {users}: archive the questionnaire "
                "and stop the mailing first.",
            ).format(name=name, users=_listed(users))
        )


def _listed(users: Sequence[Text]) -> Text:
    return Text("、".join(one.say(ZH) for one in users), ", ".join(one.say(EN) for one in users))


def refuse_asked(session: Session, name: str, datasets: Collection[str]) -> None:
    """Refuse to delete datasets that questionnaires in use fill, or running mailings read.

    Parameters
    ----------
    session : Session
    name : str
        What the person calls what is to be deleted.
    datasets : collection of str

    Raises
    ------
    AskedIntoError
    """
    filled = select(Survey).where(Survey.dataset_id.in_(datasets))
    surveys = list(session.scalars(filled.order_by(Survey.name)))
    own = {one.id for one in surveys}
    running = select(Mailing).where(Mailing.status == _RUNNING).order_by(Mailing.name)
    mailings = [
        one.name
        for one in session.scalars(running)
        if one.survey_id in own or _audience(one.plan) in datasets
    ]
    named = [one.name for one in surveys if one.archived_at is None]
    if named or mailings:
        raise AskedIntoError(name, named, mailings)


def _audience(plan: Any) -> str | None:
    found: str | None = (plan.get("audience") or {}).get("dataset_id")
    return found
