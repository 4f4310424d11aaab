"""Each template can be sent as it is."""

from pathlib import Path

import pytest
import yaml

from huiyin.codebook.contracts import Role
from huiyin.collect.surveys.checks import check
from huiyin.collect.surveys.columns import build_codebook, name_columns
from huiyin.collect.surveys.contracts import SurveyError
from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.logic import find_way
from huiyin.collect.surveys.minutes import expect_minutes
from huiyin.collect.surveys.references import words_of
from huiyin.collect.surveys.templates import gallery
from huiyin.collect.surveys.templates.gallery import ASPECTS, list_templates, load_template
from huiyin.collect.surveys.wording import check_wording
from huiyin.core.text import LANGUAGES

INDUSTRIES = {
    "saas", "retail", "manufacturing", "bank", "insurance", "ecommerce", "logistics", "hotel",
    "restaurant", "internal_admin", "internal_it", "employee", "aftersales",
}  # fmt: skip
BOTH = [(name, rival) for name in sorted(INDUSTRIES) for rival in (False, True)]
INSIDE = {"internal_admin", "internal_it", "employee"}


def test_the_gallery_is_whole():
    assert {template.id for template in list_templates()} == INDUSTRIES
    for template in list_templates():
        for text in (template.name, template.purpose):
            assert set(text) == set(LANGUAGES)
            assert all(text.values())
        assert template.minutes.expected <= 4
        assert template.competitor == (template.id not in INSIDE)


@pytest.mark.parametrize(("name", "rival"), BOTH)
def test_nothing_is_found_and_it_is_short(name, rival):
    survey = load_template(name, competitor=rival)
    assert check(survey) == ()
    assert check_wording(survey) == ()
    for language in LANGUAGES:
        assert expect_minutes(survey, language).longest <= 5
    assert Definition.model_validate_json(survey.model_dump_json()) == survey


@pytest.mark.parametrize(("name", "rival"), BOTH)
def test_both_languages_are_complete(name, rival):
    survey = load_template(name, competitor=rival)
    around = (survey.title, survey.intro, survey.thanks, survey.privacy)
    asked = (words for question in survey.questions for words in words_of(question) if words)
    for words in (*around, *asked):
        assert set(words) == set(LANGUAGES)
        assert all(words.values())
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in words["en"])


@pytest.mark.parametrize("name", sorted(INDUSTRIES))
def test_the_codebook_needs_no_guessing(name):
    survey = load_template(name, competitor=True)
    book = build_codebook(survey, name_columns(survey, []))
    assert book.doubts == ()
    roles = [column.role for column in book]
    for role in (Role.NPS, Role.OVERALL, Role.CES):
        assert roles.count(role) == 1
    aspects = [column.label.say() for column in book if column.role is Role.ASPECT]
    assert len(aspects) >= 15
    assert len(set(aspects)) == len(aspects)
    assert Role.TEXT in roles
    if name not in INSIDE:
        assert set(ASPECTS) <= set(aspects)


@pytest.mark.parametrize("name", sorted(INDUSTRIES))
def test_each_of_five_aspects_has_its_indicators(name):
    files = Path(gallery.__file__).parent
    plan = yaml.safe_load((files / f"{name}.yaml").read_text("utf-8"))
    assert len(plan["aspects"]) == 5
    assert plan["details"].keys() == plan["aspects"].keys()
    assert all(len(indicators) >= 2 for indicators in plan["details"].values())
    asked = [row.code for row in load_template(name).question("details").rows]
    assert asked == [code for one in plan["details"].values() for code in one]


@pytest.mark.parametrize("name", sorted(INDUSTRIES - INSIDE))
def test_a_competitor_is_asked_about_and_never_counted_as_us(name):
    without, with_it = load_template(name), load_template(name, competitor=True)
    assert without.question("rival") is None
    rival = with_it.question("rival")
    assert [row.code for row in rival.rows] == [r.code for r in with_it.question("aspects").rows]
    book = build_codebook(with_it, name_columns(with_it, []))
    assert all(book[f"rival_{row.code}"].role is Role.META for row in rival.rows)


def test_why_is_asked_in_the_words_of_the_segment():
    survey = load_template("saas")
    for level, reason in (
        (0, "low"),
        (6, "low"),
        (7, "mid"),
        (8, "mid"),
        (9, "high"),
        (10, "high"),
    ):
        stops = find_way(survey, {"nps": level}, {}).stops
        asked = next(stop.questions for stop in stops if stop.page == "recommend")
        assert asked == ("nps", f"why_{reason}")


def test_contact_is_asked_of_who_agreed():
    survey = load_template("retail")
    for agreed in (True, False):
        last = find_way(survey, {"nps": 3, "follow_up": agreed}, {}).stops[-1]
        assert ("contact" in last.questions) is agreed


def test_employees_stay_anonymous():
    survey = load_template("employee")
    assert survey.anonymous
    assert survey.question("contact") is None
    assert survey.fields == ()


def test_an_unknown_template_gets_a_sentence():
    with pytest.raises(SurveyError, match="no template"):
        load_template("../shared")
    with pytest.raises(SurveyError):
        load_template("shared")
