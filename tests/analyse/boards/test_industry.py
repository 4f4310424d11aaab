"""Industries on role boards: told by the data, first things first, answered or said why not."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.analyse.boards.contracts import TileKind
from huiyin.analyse.boards.fitting import Source, fit_board
from huiyin.analyse.boards.gallery import ORDER as ROLES
from huiyin.analyse.boards.gallery import read_plan
from huiyin.analyse.boards.industry import (
    ORDER,
    adapted,
    industries,
    industry_of,
    read_industry,
    speaks,
)
from huiyin.app.dataset import read
from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.codebook.files import load_codebook
from huiyin.collect.surveys.templates.gallery import list_templates
from huiyin.core.text import EN, ZH, Text
from huiyin.measure.catalogue import metric_catalogue
from huiyin.measure.contracts import Query, QueryError
from huiyin.sample.contracts import SampleSettings
from huiyin.sample.write import write_sample
from huiyin.store.contracts import NotFoundError

TODAY = date(2026, 6, 15)
OWN = {
    "门店满意度": "retail", "应用NPS": "saas", "银行开户": "bank", "保险理赔": "insurance",
    "物流签收": "logistics", "企业客户": "manufacturing",
}  # fmt: skip
"""Surveys of the sample company that are of an industry, by their columns."""


class Company:
    """The sample company: what boards know of its tables, and each one's corridor when asked."""

    def __init__(self, folder):
        write_sample(folder, SampleSettings(5_000, date(2026, 10, 1), 0))
        self.folder, self._open, self._ordered = folder, {}, {}
        names = sorted(one.name.split(".")[0] for one in folder.glob("*.codebook.yaml"))
        self.sources = [self._source(name) for name in names]

    def _source(self, name):
        book = load_codebook(self.folder / f"{name}.codebook.yaml")
        newest = date(2026, 6, 1) if book.first(Role.TIME) else None
        return Source(name, name, book, newest)

    def named(self, name):
        return next(one for one in self.sources if one.name == name)

    def ordered(self, industry):
        """Give the tables, those of the industry first."""
        if industry.id not in self._ordered:
            found = sorted(self.sources, key=lambda one: not speaks(industry, one, {}))
            self._ordered[industry.id] = found
        return self._ordered[industry.id]

    def corridor(self, name):
        if name not in self._open:
            place = self.folder / f"{name}.parquet"
            self._open[name] = read(place, codebook=self.folder / f"{name}.codebook.yaml")
        return self._open[name].corridor()

    def close(self):
        for one in self._open.values():
            one.close()


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    made = Company(tmp_path_factory.mktemp("company"))
    yield made
    made.close()


def board_of(company, role, industry, tiles=None):
    plan = adapted(read_plan(role), role, industry)
    plan = plan if tiles is None else {**plan, "tiles": tiles}
    return plan, fit_board(plan, role, company.ordered(industry), TODAY)


@pytest.mark.parametrize("name", ORDER)
def test_every_tile_of_an_industry_answers_or_says_why_not(company, name):
    industry, told = read_industry(name), {}
    for role in ROLES:
        plan, board = board_of(company, role, industry)
        assert (board.industry, board.role) == (name, role)
        assert industry.name[ZH] in board.about[ZH]
        assert industry.name[EN] in board.about[EN]
        numbers = [tile for tile in board.tiles if tile.kind is TileKind.NUMBER]
        told |= {(tile.view.dataset, tile.view.query.metrics): tile for tile in numbers}
        said = " ".join(one[ZH] for one in board.left_out)
        for one in plan["tiles"]:
            if one["kind"] == "number" and f"“{one['title'][0]}”" not in said:
                _, again = board_of(company, role, industry, [one])
                assert again.tiles[0].view in [tile.view for tile in numbers], one
    answered = [_answer(company, *key) for key in told]
    assert all(isinstance(one, float) or (one[ZH] and one[EN]) for one in answered)
    assert sum(isinstance(one, float) for one in answered) > 0.8 * len(answered)


def _answer(company, dataset, metrics):
    try:
        (cell,) = company.corridor(dataset).answer(Query(metrics)).cells
    except QueryError as error:
        return error.sentence
    return cell.estimate if cell.estimate is not None else Text.same(str(cell.not_estimable))


@pytest.mark.parametrize(("dataset", "name"), OWN.items())
def test_the_data_say_which_industry_they_are_of_and_its_tiles_come_first(company, dataset, name):
    assert industry_of([company.named(dataset)], {}) is read_industry(name)
    for role in {role for one in read_industry(name).tiles for role in one["roles"]}:
        _, board = board_of(company, role, read_industry(name))
        mine = [o["title"][0] for o in read_industry(name).tiles if role in o["roles"]]
        shown = [tile.title[ZH] for tile in board.tiles if tile.title.get(ZH) in mine]
        assert [tile.title[ZH] for tile in board.tiles][: len(shown)] == shown, (role, shown)


def test_some_own_tile_of_every_industry_in_the_sample_is_on_a_board(company):
    for name in OWN.values():
        own = {one["title"][0] for one in read_industry(name).tiles}
        roles = {role for one in read_industry(name).tiles for role in one["roles"]}
        boards = [board_of(company, role, read_industry(name))[1] for role in roles]
        assert own & {tile.title.get(ZH) for board in boards for tile in board.tiles}, name


def test_the_questionnaire_goes_before_the_columns(company):
    shops = company.named("门店满意度")
    assert industry_of([shops], {shops.id: "hotel"}).id == "hospitality"
    assert industry_of([company.named("应用NPS"), shops], {}).id == "saas"
    assert industry_of([], {}) is None
    bare = Source("x", "x", Codebook((Column("q", Role.OVERALL, Text.same("q")),)), None)
    assert industry_of([bare], {}) is None
    assert industry_of([bare, shops], {}).id == "retail"


def test_every_questionnaire_of_the_gallery_but_the_general_one_has_its_industry():
    known = {survey for one in industries() for survey in one.surveys}
    assert {one.industry for one in list_templates()} - known == {"service"}


def test_industries_name_metrics_and_roles_that_there_are_and_say_everything_twice():
    for one in industries():
        metrics = [*one.first, *one.goals, *(t["metrics"][0].split(":")[0] for t in one.tiles)]
        assert set(metrics) <= set(metric_catalogue())
        assert {role for tile in one.tiles for role in tile["roles"]} <= set(ROLES)
        assert all(len(tile["title"]) == len(tile["act"]) == 2 for tile in one.tiles)
    with pytest.raises(NotFoundError):
        read_industry("farming")


def test_the_targets_of_the_industry_begin_and_every_number_stays():
    plan = read_plan("operations")
    made = adapted(plan, "operations", read_industry("logistics"))
    goals = {one["metrics"][0]: one.get("goal") for one in made["tiles"] if "goal" in one}
    assert goals["on_time"] == 0.98
    assert {str(one) for one in plan["tiles"] if one["kind"] != "number"} <= {
        str(one) for one in made["tiles"]
    }
    metrics = [one["metrics"] for one in made["tiles"] if one["kind"] == "number"]
    assert all(o["metrics"] in metrics for o in plan["tiles"] if o["kind"] == "number")
    assert metrics.index(["on_time"]) < metrics.index(["satisfied:@overall,csat"])
