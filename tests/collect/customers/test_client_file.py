"""A list of clients is read from what people have; a fault names its row."""

from datetime import date

import pytest
import xlsxwriter

from huiyin.collect.customers.client_file import read_clients
from huiyin.collect.customers.contracts import BadClientListError


def read_list(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "名单.csv"
    path.write_bytes(text.encode(encoding))
    return read_clients(path, tmp_path / "work")


def test_rows_of_one_client_are_its_contacts(tmp_path):
    lines = read_list(
        tmp_path,
        "客户单位,等级,合同编号,签约日期,续约日期,负责人,客户编号\n"
        "一汽,金牌,HT-1,2024/3/1,2027年3月1日,王芳,C001\n"
        "二汽,,,,,,C009、C010\n"
        "一汽,,,,,,C002\n",
        "gb18030",
    )
    first, second = lines
    assert (first.name, first.tier, first.contract, first.owner) == ("一汽", "金牌", "HT-1", "王芳")
    assert (first.contract_from, first.renewal_on) == (date(2024, 3, 1), date(2027, 3, 1))
    assert [one for _, one in first.contacts] == ["C001", "C002"]
    assert first.contacts[1][0] == "4"
    assert [one for _, one in second.contacts] == ["C009", "C010"]
    assert second.tier is None


def test_a_workbook_with_real_dates_is_read_the_same(tmp_path):
    path = tmp_path / "clients.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for n_row, row in enumerate(
            [["account id", "name", "renewal date"], ["A1", "Acme", date(2027, 3, 1)], ["A2", "B"]]
        ):
            for n_column, cell in enumerate(row):
                sheet.write(n_row, n_column, cell)
    lines = read_clients(path, tmp_path / "work")
    assert [(one.key, one.name, one.renewal_on) for one in lines] == [
        ("A1", "Acme", date(2027, 3, 1)),
        ("A2", "B", None),
    ]


@pytest.mark.parametrize(
    ("rows", "where", "what"),
    [
        ("一汽,2026-13-01\n", "2", "2026-13-01"),
        ("一汽,2026-03-01\n二汽,明年三月\n", "3", "明年三月"),
        ("一汽,2026-03-01\n,2026-03-01\n", "3", "名称"),
        ("一汽,2026-03-01\n一汽,2026-04-01\n", "3", "续约日期"),
        ("一汽,2026-03-01\n" + "汽" * 201 + ",\n", "3", "200"),
    ],
)
def test_a_fault_names_its_row(tmp_path, rows, where, what):
    with pytest.raises(BadClientListError) as fault:
        read_list(tmp_path, f"客户单位,续约日期\n{rows}")
    said = fault.value.sentence.say("zh-CN")
    assert said.startswith(f"{where} 行")
    assert what in said


def test_what_is_no_list_of_clients_is_refused(tmp_path):
    with pytest.raises(BadClientListError):
        read_list(tmp_path, "日期,得分\n2026-01-01,5\n")
