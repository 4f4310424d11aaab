"""Drafts, versions and links, on both databases."""

import pytest

from huiyin.codebook.contracts import Role
from huiyin.collect.datasets.reading import fetch_codebook
from huiyin.collect.surveys.changes import (
    LinkKind,
    Status,
    do_close_link,
    do_create_survey,
    do_open_link,
    do_publish,
    do_save_draft,
    do_set_status,
)
from huiyin.collect.surveys.contracts import SurveyError
from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.reading import definition_of, fetch_links, fetch_versions, find_link
from huiyin.store.contracts import Actor, EditConflictError
from huiyin.store.tables import Dataset, QuotaPlaces
from huiyin.store.unit_of_work import unit_of_work

NPS = {"kind": "nps", "id": "rec", "title": {"zh-CN": "推荐吗"}}
WHY = {"kind": "text", "id": "why", "title": {"zh-CN": "为什么"}}
QUOTA = {
    "id": "one", "name": {"zh-CN": "名额"}, "most": 5,
    "where": {"question": "rec", "op": "answered"},
}  # fmt: skip


def define(*questions, **more):
    return Definition.model_validate(
        {"title": {"zh-CN": "试"}, "pages": [{"id": "p", "questions": questions}], **more}
    )


@pytest.fixture
def work(database):
    return lambda: unit_of_work(database, Actor.system())


def test_the_first_publication_makes_dataset_codebook_quotas_and_an_open_link(work):
    with work() as uow:
        survey = do_create_survey(uow, " 门店 ", define(NPS, quotas=[QUOTA]))
        version = do_publish(uow, survey.id, survey.revision)
        session = uow.session
        assert (version.version, survey.status, survey.name) == (1, Status.OPEN, "门店")
        assert session.get(Dataset, survey.dataset_id).name == "门店"
        assert fetch_codebook(session, survey.dataset_id).codebook["rec"].role is Role.NPS
        assert session.get(QuotaPlaces, (survey.id, "one")).taken == 0
        (link,) = fetch_links(session, survey.id)
        assert find_link(session, link.code) is link


def test_what_is_wrong_is_not_published_and_said(work):
    never = WHY | {"show_if": {"question": "rec", "op": "at_least", "value": 11}}
    with work() as uow:
        survey = do_create_survey(uow, "试", define(NPS, never))
        with pytest.raises(SurveyError, match="not on the scale"):
            do_publish(uow, survey.id, survey.revision)


def test_a_version_stays_as_it_was_asked(work):
    with work() as uow:
        survey_id = do_create_survey(uow, "试", define(NPS)).id
    with work() as uow:
        do_publish(uow, survey_id, 1)
    with work() as uow:
        survey = do_save_draft(uow, survey_id, 2, "试", define(WHY))
    with work() as uow:
        do_publish(uow, survey_id, survey.revision)
        first, second = fetch_versions(uow.session, survey_id)
        assert definition_of(first.document) == define(NPS)
        assert definition_of(second.document) == define(WHY)
        book = fetch_codebook(uow.session, survey.dataset_id).codebook
        assert "rec" in book
        assert "why" in book
        assert len(fetch_links(uow.session, survey_id)) == 1


def test_the_second_of_two_who_edit_is_told(work):
    with work() as uow:
        survey = do_create_survey(uow, "试", define(NPS))
    with work() as uow:
        do_save_draft(uow, survey.id, survey.revision, "甲", define(NPS))
    with pytest.raises(EditConflictError), work() as uow:
        do_save_draft(uow, survey.id, survey.revision, "乙", define(WHY))


def test_nothing_to_ask_is_not_published_and_an_unpublished_one_not_paused(work):
    with work() as uow:
        survey = do_create_survey(uow, "试", define())
    with pytest.raises(SurveyError), work() as uow:
        do_publish(uow, survey.id, survey.revision)
    with pytest.raises(SurveyError), work() as uow:
        do_set_status(uow, survey.id, survey.revision, Status.PAUSED)


def test_a_link_carries_facts_and_can_be_closed(work):
    with work() as uow:
        survey = do_create_survey(uow, "试", define(NPS))
        link = do_open_link(uow, survey.id, LinkKind.QR, "一店", {"shop": "一店"})
    with work() as uow:
        found = do_close_link(uow, link.survey_id, link.id, link.revision, closed=True)
        assert found.closed_at is not None
        assert found.fields == {"shop": "一店"}
