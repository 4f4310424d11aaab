"""Units (集团 → 大区 → 门店 and departments) and staff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from huiyin.core.text import Text
from huiyin.sample.company import BRANCHES, N_AGENTS, N_TEAMS, STAFF_A_SHOP
from huiyin.sample.folder import Folder
from huiyin.sample.places import COMPANY, REGIONS, SHOPS
from huiyin.sample.surveys.visit import team_names
from huiyin.sample.tables import Field, Table
from huiyin.sample.world import World

DEPARTMENTS = ("客服中心", "应用事业部", "企业客户部", "银行", "保险", "物流")
UNITS = Table(
    "units",
    Text("组织单位", "units"),
    (
        Field("单位", "unit", Text("单位", "unit")),
        Field("上级", "dimension", Text("上级", "parent")),
        Field("层级", "dimension", Text("层级", "level")),
        Field("省份", "dimension", Text("省份", "province")),
        Field("城市", "dimension", Text("城市", "city")),
    ),
)
STAFF = Table(
    "staff",
    Text("员工", "staff"),
    (
        Field("工号", "id", Text("工号", "staff number")),
        Field("姓名", "staff", Text("姓名", "name")),
        Field("单位", "unit", Text("单位", "unit")),
        Field("岗位", "dimension", Text("岗位", "job")),
        Field("邮箱", "contact", Text("邮箱", "mail")),
    ),
)
Row = tuple[str, ...]


def write_organisation(world: World, folder: Folder) -> None:
    """Write the tree of units, and who works where."""
    units = [row for rows in (_heads(), _shops(), _teams()) for row in rows]
    file = folder.open(UNITS)
    columns = list(zip(*units, strict=True))
    file.add({f.name: _column(c) for f, c in zip(UNITS.fields, columns, strict=True)})
    people = list(_people(world))
    file = folder.open(STAFF)
    columns = list(zip(*people, strict=True))
    rows = dict(zip(("姓名", "单位", "岗位"), map(_column, columns), strict=True))
    number = [f"G{i + 1:05d}" for i in range(len(people))]
    mail = [f"{n.lower()}@example.com" for n in number]
    file.add(rows | {"工号": _column(number), "邮箱": _column(mail)})


def _column(values: Sequence[str | None]) -> object:
    import pyarrow as pa

    return pa.array(values, pa.string())


def _heads() -> Iterator[tuple[str | None, ...]]:
    yield COMPANY, None, "集团", None, None
    for region in REGIONS:
        yield region, COMPANY, "大区", None, None
    for department in DEPARTMENTS:
        yield department, COMPANY, "部门", None, None


def _shops() -> Iterator[Row]:
    for place in SHOPS:
        yield place.shop, place.region, "门店", place.province, place.city


def _teams() -> Iterator[tuple[str | None, ...]]:
    for team in team_names():
        yield team, "客服中心", "班组", None, None
    for branch in BRANCHES:
        yield branch, "银行", "网点", None, None


def _people(world: World) -> Iterator[Row]:
    company, teams = world.company, team_names()
    for i, name in enumerate(company.staff_names):
        job = "店长" if i % STAFF_A_SHOP == 0 else "店员"
        yield name, SHOPS[i // STAFF_A_SHOP].shop, job
    for i in range(N_AGENTS):
        yield company.agents[i], teams[i % N_TEAMS], "坐席"
    for name in company.account_managers:
        yield name, "企业客户部", "客户经理"
    for i, name in enumerate(company.tellers):
        yield name, BRANCHES[i % len(BRANCHES)], "柜员"
