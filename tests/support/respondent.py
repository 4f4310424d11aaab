"""Somebody who answers a questionnaire, and what they are asked."""

import re
from dataclasses import replace

from sqlalchemy import select

from huiyin.collect.surveys.changes import LinkKind, do_create_survey, do_open_link, do_publish
from huiyin.collect.surveys.definition import Definition
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import Submission
from huiyin.web.answer.tokens import Signer
from huiyin.web.answer.words import WORDS

NPS = {"kind": "nps", "id": "rec", "title": {"zh-CN": "您会推荐我们吗？"}, "required": True}
WHY = {
    "kind": "text", "id": "why", "title": {"zh-CN": "为什么？"}, "required": True,
    "show_if": {"question": "rec", "op": "at_most", "value": 6},
}  # fmt: skip
PAGE = {"id": "p1", "questions": [NPS, WHY]}


class Respondent:
    """Somebody with a browser and a link, in no hurry."""

    def __init__(self, cast, *pages, link=None, **more):
        self.cast, self.browser = cast, cast.browser()
        definition = {"title": {"zh-CN": "试"}, "pages": pages or [PAGE], **more}
        with cast.uow() as uow:
            survey = do_create_survey(uow, "试", Definition.model_validate(definition))
            do_publish(uow, survey.id, survey.revision)
            link = do_open_link(uow, survey.id, LinkKind.QR, "一店", **(link or {}))
            self.survey, self.address = survey, f"/s/{link.code}"

    def open(self, query=""):
        self.page = self.browser.get(self.address + query)
        return self.page

    def field(self, name):
        return re.search(f'name="{name}" value="([^"]*)"', self.page.text)[1]

    def send(self, *, again=True, files=None, **answers):
        hidden = {name: self.field(name) for name in ("token", "page", "seen", *self.kept())}
        self.page = self.browser.post(self.address, data=hidden | answers, files=files)
        if again and any(one in self.page.text for one in WORDS["confirm"].values()):
            return self.send(again=False, **answers)
        return self.page

    def kept(self):
        """The fields that say which files were sent before."""
        return re.findall(r'name="([^"]*\.kept)"', self.page.text)

    def rows(self):
        return open_rows(self.cast, self.survey.dataset_id)


def open_rows(cast, dataset_id):
    """What was answered, as whoever holds the key reads it."""
    seal = RowSeal(cast.system.key)
    with cast.database.reading() as session:
        kept = session.scalars(select(Submission).where(Submission.dataset_id == dataset_id))
        return [seal.open(one.id, one.payload) for one in kept]


def asked_again(key, token):
    """The token of a page that was sent too fast and is to be sent once more."""
    signer = Signer(key)
    return signer.sign(replace(signer.read(token), asked_again=True))
