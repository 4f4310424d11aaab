"""The files: equal for equal settings, whole, marked, consistent with each other."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest
import yaml

from huiyin.analyse.outcomes import find_outcomes
from huiyin.app.dataset import read
from huiyin.codebook.files import load_codebook
from huiyin.core.masking import mask_contacts
from huiyin.measure.contracts import Call, Query
from huiyin.sample.company import SEGMENT_WEIGHTS, SEGMENTS
from huiyin.sample.contracts import (
    SampleSeedError,
    SampleSettings,
    SampleSizeError,
    SampleYearError,
    last_complete_month,
)
from huiyin.sample.label import is_generated
from huiyin.sample.months import BUSY
from huiyin.sample.workbook import N_ROWS, NAME
from huiyin.sample.world import SHARES
from huiyin.sample.write import write_sample

FEW = 5_000
LAST_MONTH = date(2026, 6, 1)


@pytest.fixture(scope="module")
def sql(company):
    connection = duckdb.connect()

    def ask(words):
        return connection.execute(
            words.replace("{", f"'{company.folder}/").replace("}", ".parquet'")
        )

    return ask


def small(folder: Path, seed: int = 0, last_month: date = LAST_MONTH):
    return write_sample(folder, SampleSettings(FEW, last_month, seed))


def contents(folder: Path):
    files = sorted(folder.iterdir())
    return {f.name: f.read_bytes() for f in files if f.suffix != ".xlsx"}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """Give a small sample that no test changes."""
    folder = tmp_path_factory.mktemp("base")
    small(folder)
    return folder


def test_equal_settings_give_equal_files(base, tmp_path):
    told = []
    settings = SampleSettings(FEW, LAST_MONTH)
    write_sample(tmp_path, settings, lambda _stage, done, total: told.append((done, total)))
    assert contents(tmp_path) == contents(base)
    with read(base / NAME) as first, read(tmp_path / NAME) as second:
        assert first.query("nps").cells[0].estimate == second.query("nps").cells[0].estimate
    assert told == sorted(told)
    assert told[-1] == (FEW, FEW)


def test_another_seed_or_month_gives_other_answers(base, tmp_path):
    small(tmp_path / "b", seed=1)
    small(tmp_path / "c", last_month=date(2025, 12, 31))
    folders = (base, tmp_path / "b", tmp_path / "c")
    answers = [pq.read_table(folder / "门店满意度.parquet") for folder in folders]
    assert not answers[0].equals(answers[1])
    assert not answers[0].equals(answers[2])


def test_answers_add_up(company):
    surveys = (
        "门店满意度",
        "应用NPS",
        "售后回访",
        "企业客户",
        "银行开户",
        "保险理赔",
        "物流签收",
        "竞品对比",
    )
    counts = [company.sample.rows[name] for name in surveys]
    assert sum(counts) == 40_000
    assert counts == pytest.approx([40_000 * share for share in SHARES.values()], abs=1)
    for name, n in company.sample.rows.items():
        assert pq.read_metadata(company.folder / f"{name}.parquet").num_rows == n


def test_every_file_says_that_it_is_generated(company):
    for file in company.folder.iterdir():
        if file.suffix in {".parquet", ".xlsx"}:
            assert is_generated(file), file.name
        else:
            assert "生成的示例" in file.read_text("utf-8"), file.name
    assert yaml.safe_load((company.folder / "truth.yaml").read_text("utf-8"))["generated"] is True


def test_a_file_of_somebody_else_carries_no_mark(tmp_path, root):
    plain = tmp_path / "a.xlsx"
    plain.write_bytes(b"no workbook")
    assert not is_generated(plain)
    assert not is_generated(root / "examples" / "ev_test_drive" / "test_drive.xlsx")
    assert not is_generated(root / "examples" / "garden_nps" / "nps.csv")


def test_a_report_on_the_sample_says_so(company):
    with read(company.folder / NAME) as survey:
        page = survey.report(company.folder.parent / "report")[0].read_text("utf-8")
    assert "生成的示例数据" in page


def test_every_codebook_fits_its_table(company):
    for name in company.sample.rows:
        book = load_codebook(company.folder / f"{name}.codebook.yaml")
        columns = pq.read_schema(company.folder / f"{name}.parquet").names
        assert [column.name for column in book] == columns
        assert not book.doubts


def test_marginals_are_as_planned(sql):
    shares = sql("select 客群, count(*) / sum(count(*)) over () from {门店满意度} group by 1")
    by_segment = dict(shares.fetchall())
    for segment, weight in zip(SEGMENTS, SEGMENT_WEIGHTS, strict=True):
        assert by_segment[segment] == pytest.approx(weight, abs=0.02)
    months = sql(
        "select month(提交时间), count(*) from {门店满意度} group by 1 order by 1"
    ).fetchall()
    counts = np.array([n for _, n in months], dtype=float)
    assert counts / counts.sum() == pytest.approx(np.array(BUSY) / sum(BUSY), abs=0.002)
    first, last = sql("select min(提交时间), max(提交时间) from {门店满意度}").fetchone()
    assert (first.date(), last.date()) == (date(2024, 7, 1), date(2026, 6, 30))


def test_sixty_shops_in_a_tree(sql):
    shops = sql("select count(*), count(distinct 上级) from {units} where 层级 = '门店'").fetchone()
    assert shops == (60, 7)
    lost = sql("select 单位 from {units} where 上级 not in (select 单位 from {units})").fetchall()
    assert lost == []
    homeless = sql(
        "select 姓名 from {staff} where 单位 not in (select 单位 from {units})"
    ).fetchall()
    assert homeless == []
    strangers = sql("select 店员 from {门店满意度} where 店员 not in (select 姓名 from {staff})")
    assert strangers.fetchall() == []


def test_answers_fit_their_customers_and_orders(sql):
    odd = sql("""
        select count(*) from {门店满意度} a left join {customers} c using (客户编号)
        left join {orders} o using (订单编号)
        where c.客群 is distinct from a.客群 or c.常去门店 is distinct from a.门店
           or o.客户编号 is distinct from a.客户编号 or o.下单时间 > a.提交时间
           or o.金额 is distinct from a.本单金额""")
    assert odd.fetchone() == (0,)
    for table, key in (("应用NPS", "客户编号"), ("售后回访", "客户编号"), ("售后回访", "工单编号")):
        other = "customers" if key == "客户编号" else "tickets"
        asked = f"{key} from {{{table}}} where {key} not like 'CX%'"
        unknown = sql(f"select {asked} except select {key} from {{{other}}}")  # noqa: S608 -- names from above
        assert unknown.fetchall() == []


def test_buying_again_is_seen_in_the_orders(sql):
    """Orders after the answer, within 90 days, say the same as the column of the survey."""
    differing = sql("""
        with later as (
            select a.答卷编号, any_value(a."90天内复购") as said, count(o.订单编号) > 0 as bought
            from (select distinct 答卷编号, 客户编号, 提交时间, "90天内复购" from {门店满意度}) a
            left join {orders} o on o.客户编号 = a.客户编号 and o.下单时间 > a.提交时间
                and o.下单时间 <= a.提交时间 + interval 90 days
            group by 1)
        select count(*) from later where said is not null and (said = '是') <> bought""")
    assert differing.fetchone() == (0,)
    open_windows = sql(
        """select min(提交时间) from {门店满意度} where "90天内复购" is null"""
    ).fetchone()[0]
    assert open_windows.date() >= date(2026, 6, 30) - timedelta(days=90)


def test_the_next_renewal_is_what_the_survey_says(sql):
    differing = sql("""
        select count(*) from {企业客户} a left join (
            select b.答卷编号, arg_min(r.是否续约, r.到期日) as renewed
            from {企业客户} b join {renewals} r
            on r.客户单位 = b.客户单位 and r.到期日 > b.提交时间 group by 1) r using (答卷编号)
        where a.是否续约 is distinct from r.renewed""")
    assert differing.fetchone() == (0,)
    late = sql("""
        select count(*) from {renewals} r join {renewals} s using (客户单位)
        where r.是否续约 = '否' and s.到期日 > r.到期日""")
    assert late.fetchone() == (0,)


def test_on_time_means_delivered_by_the_promise(sql):
    wrong = sql(
        "select count(*) from {deliveries} where (是否准时 = '是') <> (签收时间 <= 承诺时间)"
    )
    assert wrong.fetchone() == (0,)


def test_errors_are_known_of_what_was_delivered(sql):
    odd = sql("select count(*) from {deliveries} where (是否出差错 is null) <> (签收时间 is null)")
    assert odd.fetchone() == (0,)
    shares = sql(
        "select 承运, avg((是否出差错 = '是')::int) from {deliveries} group by 1"
    ).fetchall()
    assert dict(shares) == pytest.approx(
        {"自营配送": 0.010, "快运甲": 0.012, "快运乙": 0.030}, abs=0.006
    )


def test_a_lead_is_won_where_its_last_step_was_done(sql):
    odd = sql("""
        select count(*) from {leads} l left join (
            select 商机编号, arg_max(环节, 开始时间) as last, max(开始时间) as begun,
                bool_or(完成时间 is null) as running, max(完成时间) as ended
            from {lead_steps} group by 1) s using (商机编号)
        where l.阶段 is distinct from coalesce(s.last, '需求沟通')
           or (l.结果 = '进行中') <> (l.关闭时间 is null)
           or (l.结果 = '进行中') <> (l.是否成交 is null)
           or (l.结果 = '赢单') <> coalesce(l.是否成交 = '是', false)
           or l.结果 = '赢单' and s.last <> '签约'
           or l.关闭时间 is not null and (s.running or s.ended <> l.关闭时间)
           or s.begun < l.创建时间""")
    assert odd.fetchone() == (0,)
    counts = dict(sql("select 结果, count(*) from {leads} group by 1").fetchall())
    assert counts["赢单"] > 100
    assert counts["进行中"] > 10


def test_who_referred_is_told_by_the_leads(sql):
    odd = sql("""
        with won as (select distinct 介绍单位 from {leads} where 来源 = '老客户介绍'
            and 结果 = '赢单' and 关闭时间 >= timestamp '2025-07-01')
        select count(*) from {accounts} a left join won w on w.介绍单位 = a.客户单位
        where a.是否转介绍 is distinct from
            case when a.到期日 is null then null when w.介绍单位 is null then '否' else '是' end""")
    assert odd.fetchone() == (0,)
    strangers = sql("""select count(*) from {leads}
        where (来源 = '老客户介绍') <> (介绍单位 is not null)
            or (来源 = '老客户增购') <> (客户单位 in (select 客户单位 from {accounts}))""")
    assert strangers.fetchone() == (0,)


@pytest.mark.parametrize(
    ("table", "case", "rated"),
    [("ticket_steps", "工单编号", "满意度"), ("lead_steps", "商机编号", "满意度"),
     ("internal_steps", "工单编号", "null")],
)  # fmt: skip
def test_steps_follow_each_other(sql, table, case, rated):
    odd = sql(f"""
        with steps as (
            select *, lag(完成时间) over (partition by {case} order by 开始时间) as before,
            row_number() over (partition by {case} order by 开始时间) as nth from {{{table}}})
        select count(*) from steps where 完成时间 < 开始时间 or nth > 1 and (before is null
            or before > 开始时间) or 完成时间 is null and {rated} is not null""")  # noqa: S608 -- names from above
    assert odd.fetchone() == (0,)


def test_the_steps_of_a_request_end_where_it_was_solved(sql):
    odd = sql("""
        with steps as (select 工单编号, min(开始时间) as first, max(完成时间) as last,
            bool_or(环节 = '确认') as done from {internal_steps} group by 1)
        select count(*) from {internal_tickets} t left join steps s using (工单编号)
        where s.first is distinct from t.首次响应时间 or (t.状态 = '已解决') <> s.done
            or t.状态 = '已解决' and abs(epoch(s.last) - epoch(t.解决时间)) > 2""")
    assert odd.fetchone() == (0,)


def test_satisfied_leads_are_won_more_often_and_sooner(company):
    found = find_outcomes(company.table("leads").corridor(), None, Query(()))
    assert found.rating.name == "跟进满意度"
    for metric, direction in (("conversion", 1), ("sales_cycle", -1)):
        happy = next(
            cell.comparison
            for table in found.tables
            for cell in table.cells
            if cell.metric == metric and str(cell.by["band:跟进满意度"]).startswith("4")
        )
        assert happy.call is Call.REAL
        assert happy.difference * direction > 0


def test_contact_data_is_masked_whole(sql):
    rows = sql("select 手机, 邮箱 from {customers} limit 2000").fetchall()
    for mobile, mail in rows:
        assert mask_contacts(f"电话{mobile}") == "电话***"
        assert mask_contacts(f"写信到 {mail}") == "写信到 ***"


def test_comments_are_not_the_same_over_and_over(sql):
    for table, column in (("门店满意度", "意见"), ("应用NPS", "原因"), ("公开评论", "评论")):
        asked = f"count({column}), count(distinct {column}) from {{{table}}}"
        n, different = sql(f"select {asked}").fetchone()
        assert n > 2000
        assert different > 0.8 * n
    left_open = sql("select count(*) from {公开评论} where contains(评论, chr(123))")
    assert left_open.fetchone() == (0,)


def test_reposts_repeat_an_earlier_review(sql):
    n, equal = sql("""
        select count(*), count(*) filter (r.评论 = o.评论 and r.星级 is not distinct from o.星级)
        from {公开评论} r join {公开评论} o on r.转发自 = o.评论编号
        where o.评论编号 < r.评论编号 and o.转发自 is null""").fetchone()
    assert n == sql("select count(转发自) from {公开评论}").fetchone()[0] > 50
    assert equal == n


def test_the_workbook_reads_as_an_export_of_wjx(company):
    with read(company.folder / NAME) as survey:
        assert survey.staged.profile == "wjx_text"
        assert survey.staged.n_rows == N_ROWS
        assert not survey.codebook.doubts
        assert survey.is_sample


def test_months_before_today():
    assert last_complete_month(date(2026, 3, 1)) == date(2026, 2, 1)
    assert last_complete_month(date(2026, 1, 31)) == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({"answers": 10}, SampleSizeError),
        ({"answers": 200_000_000}, SampleSizeError),
        ({"last_month": date(2051, 1, 1)}, SampleYearError),
        ({"seed": -1}, SampleSeedError),
    ],
)
def test_impossible_samples_are_refused(words, fault):
    with pytest.raises(fault) as caught:
        SampleSettings(**({"answers": FEW, "last_month": LAST_MONTH} | words))
    assert caught.value.say("zh-CN")
    assert "{" not in caught.value.say("en")


def test_a_fault_replaces_no_table_and_leaves_no_draft(base, monkeypatch):
    before = contents(base)

    def full(*_words):
        raise OSError("the disk is full")

    monkeypatch.setattr("huiyin.sample.write.write_events", full)
    with pytest.raises(OSError, match="full"):
        small(base, seed=1)
    assert contents(base) == before


def test_pieces_do_not_change_what_a_month_holds(tmp_path, monkeypatch):
    """More pieces a month: other draws, the same counts, and still every truth's numbers add up."""
    monkeypatch.setattr("huiyin.sample.world.CHUNK", 50)
    made = small(tmp_path / "pieces")
    whole = SampleSettings(FEW, LAST_MONTH)
    assert made.rows["门店满意度"] == round(whole.answers * SHARES["shop"])
    table = pq.read_table(tmp_path / "pieces" / "门店满意度.parquet")
    ids = table["答卷编号"].to_pylist()
    planted = made.truths[-1].facts["planted"]["门店满意度"]["exact_duplicate"]
    assert len(ids) - len(set(ids)) == planted
