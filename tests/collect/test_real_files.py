"""Every real file becomes a sensible table or one clear sentence; no record is lost."""

import csv

import pyarrow.parquet as pq
import pytest

from huiyin.collect.contracts import ReadOptions, UnreadableFileError
from huiyin.collect.files.dialect import NONE
from huiyin.collect.files.encodings import find_encoding
from huiyin.collect.read import read
from huiyin.core.errors import BadInputError

TABLES = {".csv", ".tsv", ".gz", ".xlsx", ".xls", ".parquet", ".sav"}
REFUSED = {".docx", ".zip", ".json", ".lss", ".rd", ".rds", ".rmd", ".md", ".qsf"}

KNOWN = {
    "mobile_voice_csat/附件1语音业务用户满意度数据.xlsx": ("plain", 5433, 55),
    "mobile_voice_csat/voice_5433.csv.gz": ("plain", 5433, 55),
    "ev_test_drive/附录1 目标客户体验数据.xlsx": ("plain", 1964, 28),
    "garden_nps/nps.csv": ("plain", 13954, 9),
    "airline/kaggle_train.csv.gz": ("plain", 103904, 25),
    "asap/dev_sample.csv": ("plain", 100, 21),
    "car_aspects/train.csv": ("plain", 9947, 5),
    "chinese_reviews/online_shopping_10_cats.csv.gz": ("plain", 62774, 3),
    "patient_comments/phase_1__text_data.csv": ("plain", 10334, 8),
    "hcahps/responses.csv": ("plain", 43219, 5),
    "online_retail/online_retail_2010-12_2011-12.csv.gz": ("plain", 541909, 8),
    "online_retail/online_retail.parquet": ("plain", 541909, 8),
    "cdnow/CDNOW_master.txt": ("plain", 69659, 4),
    "cdnow/CDNOW_sample.txt": ("plain", 6919, 5),
    "ecsi_mobi/mobi.csv": ("plain", 250, 24),
    "weights/survey_apipop.csv": ("plain", 6194, 37),
    "masculinity_poll/masculinity-survey__raw-responses.csv": ("surveymonkey", 1615, 98),
    "helpdesk/pwc_Call-Center-Dataset.xlsx": ("plain", 5000, 13),
    "exports/wjx/reportgen_问卷星_800_800_0_选项文本.xls": ("wjx_text", 800, 14),
    "exports/wjx/reportgen_问卷星_800_800_2_选项序号.xls": ("wjx_index", 800, 36),
    "exports/surveymonkey/StarWars.csv": ("surveymonkey", 1186, 38),
    "exports/surveymonkey/comma-survey.csv": ("surveymonkey", 1129, 13),
    "exports/surveymonkey/steak-risk-survey.csv": ("surveymonkey", 550, 15),
    "exports/qualtrics/qualtRics/sample.csv": ("qualtrics", 1, 20),
    "exports/qualtrics/qualtRics/sample_legacy.csv": ("qualtrics", 1, 16),
    "exports/limesurvey/rse2017_de_public_data.csv": ("limesurvey", 325, 248),
    "exports/google_forms/k8s.tsv": ("google_forms", 315, 23),
    "exports/google_forms/2019__2019 English R Community Survey Responses.csv": (
        "google_forms", 1838, 52),
    "exports/google_forms/serverless2020_full-results.csv": ("two_header_rows", 581, 419),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_known_files_have_their_rows_columns_and_profile(shared, staged, name):
    found = staged(shared / "data" / name)
    assert (found.profile, found.n_rows, len(found.columns)) == KNOWN[name]


def test_every_file_is_a_table_or_a_sentence(shared, tmp_path):
    for path in sorted((shared / "data").rglob("*")):
        if not path.is_file() or path.stat().st_size > 1_700_000:
            continue
        if path.suffix.lower() in REFUSED:
            with pytest.raises(BadInputError) as caught:
                read([path], ReadOptions(None, None, tmp_path))
            assert path.name in caught.value.say("zh-CN")
            continue
        found = read([path], ReadOptions(None, None, tmp_path))
        staged_rows = sum(pq.read_metadata(file).num_rows for file in found.files)
        assert staged_rows == found.n_rows == sum(s.n_rows for s in found.sources)
        assert len(set(found.columns)) == len(found.columns)
        assert set(found.hints) <= set(found.columns)


@pytest.fixture
def long_cells():
    """Let the standard library's reader take long cells meanwhile."""
    before = csv.field_size_limit(10**8)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("long_cells")
def test_no_record_of_a_text_table_is_lost_and_no_value_changed(shared, tmp_path):
    """Against the standard library's own reader, cell by cell."""
    n_tables = 0
    for path in sorted((shared / "data").rglob("*.[ct]sv")):
        encoding = find_encoding(path).name
        if encoding == "mixed" or path.stat().st_size > 1_500_000 or "truncated" in path.name:
            continue
        found = read([path], ReadOptions(None, None, tmp_path))
        mark = "\t" if path.suffix == ".tsv" else ","
        text = path.read_bytes().decode(encoding)
        rows = [row for row in csv.reader(text.splitlines(keepends=True), delimiter=mark) if row]
        rows = rows[len(rows) - found.n_rows :]
        table = pq.read_table(found.files[0], columns=list(found.columns)).to_pydict()
        mine = list(zip(*table.values(), strict=True))
        width = len(found.columns)
        theirs = [tuple((c or None) for c in row + [""] * (width - len(row))) for row in rows]
        assert mine == theirs, path
        n_tables += 1
    assert n_tables > 60


def test_the_same_answers_as_csv_tsv_and_workbook(shared, staged, rows_of):
    stem = "2019__2019 English R Community Survey Responses"
    folder = shared / "data/exports/google_forms"
    kinds = ("csv", "tsv", "xlsx")
    by_kind = {k: rows_of(staged(folder / f"{stem}.{k}")) for k in kinds}
    csv_cells, tsv_cells, xlsx_cells = (
        [" ".join((cell or "").split()) for row in by_kind[kind] for cell in row[1:]]
        for kind in kinds
    )
    assert csv_cells == xlsx_cells
    assert sum(a != b for a, b in zip(csv_cells, tsv_cells, strict=True)) == 9  # quotes as letters


def test_both_exports_of_one_wjx_survey(shared, staged):
    found = staged(*(shared / "data/exports/wjx").glob("*.xls"))
    assert (found.n_rows, len(found.columns)) == (800, 14)
    assert found.hints["3、性别"].labels == {"1": "男", "2": "女"}


def test_contract_samples_are_recognised(shared, staged):
    samples = shared / "contracts/samples"
    for name, profile in {
        "wjx/export_90010001_3_0_by_text.xlsx": "wjx_text",
        "wjx/export_90010001_3_0_by_text_gb18030.csv": "wjx_text",
        "wjx/export_90010001_3_2_by_index.xlsx": "wjx_index",
        "surveymonkey/export_all_responses.csv": "surveymonkey",
        "qualtrics/responses_3row.csv": "qualtrics",
        "limesurvey/results.csv": "limesurvey",
    }.items():
        assert staged(samples / name).profile == profile, name


def test_scratch_sheets_without_header_are_named_not_mixed_in(shared, staged):
    path = next((shared / "data/ev_test_drive").glob("附录1*.xlsx"))
    found = staged(path)
    assert "Sheet1" in found.notes[0].say("zh-CN")
    assert staged(path, sheets=("Sheet1",)).n_rows == 15


def test_garden_shops_read_as_french(shared, staged, rows_of):
    found = staged(shared / "data/garden_nps/nps.csv")
    words = " ".join(row[5] or "" for row in rows_of(found))
    assert "2861" in found.notes[0].say("zh-CN")
    for odd in "‚ŠþÚÞ¶Ó":
        assert words.count(odd) <= 3, (odd, words.count(odd))
    assert words.count("é") > 5000


def test_the_truncated_airline_file_keeps_its_last_row(shared, staged, rows_of):
    found = staged(shared / "data/airline/Invistico_Airline_truncated_1MiB.csv")
    assert "11063" in found.notes[0].say("en")
    assert rows_of(found)[-1][-1] is None


def test_refused_files_are_named_for_what_they_are(shared, staged, says):
    with pytest.raises(UnreadableFileError) as caught:
        staged(next((shared / "data/ev_test_drive").glob("*.docx")))
    says(caught, "Word")


def test_no_delimiter_is_not_a_letter_of_any_real_file(shared):
    text = (shared / "data/chinese_reviews/waimai_10k.csv").read_text("utf-8")
    assert NONE not in text
