"""Files that cannot be read get one sentence that names the file and what to do."""

import errno
import os
import struct
import subprocess
import sys
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from huiyin.collect.contracts import NoRowsError, UnknownProfileError, UnreadableFileError
from huiyin.collect.faults import faults_as_sentences
from huiyin.collect.files import packed
from huiyin.collect.files.delimited import DelimitedTable
from huiyin.core.errors import HuiyinError
from huiyin.engine.contracts import EngineError


def refused(staged, says, path, *words, kind=UnreadableFileError):
    with pytest.raises(kind) as caught:
        staged(path)
    says(caught, path.name, *words)
    return caught.value.say("en")


def test_an_empty_file(staged, says, write):
    assert "empty" in refused(staged, says, write("空.csv", ""))


@pytest.mark.parametrize("content", ["评分,建议\n", "评分,建议", "\n\n\n", "﻿评分,建议\r\n"])
def test_headers_only_or_blank_lines(staged, says, write, content):
    refused(staged, says, write("头.csv", content), kind=NoRowsError)


def test_a_workbook_with_headers_only_or_nothing(staged, says, workbook):
    refused(staged, says, workbook("头.xlsx", S=[["a", "b"]]), kind=NoRowsError)
    refused(staged, says, workbook("空.xlsx", S=[]), kind=NoRowsError)


def test_no_such_file_and_a_folder(staged, says, tmp_path):
    refused(staged, says, tmp_path / "没有.csv")
    folder = tmp_path / "文件夹"
    folder.mkdir()
    assert "folder" in refused(staged, says, folder)


def test_no_file_at_all(staged):
    with pytest.raises(UnreadableFileError):
        staged()


def test_a_truncated_workbook(staged, says, workbook, write):
    whole = workbook("w.xlsx", S=[["a", "b"], *[[i, i] for i in range(500)]]).read_bytes()
    for share in (0.3, 0.6, 0.95):
        cut = write("断.xlsx", whole[: int(len(whole) * share)])
        assert "cut off" in refused(staged, says, cut)


def test_a_workbook_broken_inside(staged, says, workbook, write):
    whole = bytearray(workbook("w.xlsx", S=[["a"], *[[i] for i in range(2000)]]).read_bytes())
    with zipfile.ZipFile(workbook("w.xlsx", S=[["a"], *[[i] for i in range(2000)]])) as inside:
        start = inside.getinfo("xl/worksheets/sheet1.xml").header_offset
    whole[start + 200 : start + 400] = b"\0" * 200
    assert "broken" in refused(staged, says, write("坏.xlsx", bytes(whole)))


def test_a_workbook_locked_by_a_password(staged, says, write):
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
    container += "EncryptedPackage".encode("utf-16-le") + b"\0" * 3000
    assert "password" in refused(staged, says, write("密.xlsx", container))


def test_an_old_workbook_broken_inside(staged, says, write):
    refused(staged, says, write("坏.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\7" * 3000))


def test_a_zip_bomb(staged, says, tmp_path):
    path = tmp_path / "炸弹.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<x/>")
        with bomb.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(120):
                sheet.write(b"0" * 2**20)
    assert "zip bomb" in refused(staged, says, path)


def test_a_zip_bomb_that_understates_its_size(staged, says, tmp_path):
    path = tmp_path / "谎.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<x/>")
        with bomb.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(150):
                sheet.write(b"0" * 2**20)
    true_size, small = struct.pack("<L", 150 * 2**20), struct.pack("<L", 1000)
    path.write_bytes(path.read_bytes().replace(true_size, small))
    assert "declares" in refused(staged, says, path)


def test_a_full_sheet_of_one_word_is_no_bomb(workbook):
    packed.refuse_bomb(workbook("many.xlsx", S=[["满意"] * 50 for _ in range(600)]))


def test_locked_out(staged, says, write):
    path = write("锁.csv", "a\n1\n")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("the superuser may read everything")
    refused(staged, says, path)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "PDF"), ("a.csv", b"\x89PNG\r\n\x1a\n...", "PNG"),
        ("a.json", b'{"a": [1, 2]}', "JSON"), ("a.lss", b"<?xml version='1.0'?><document/>", "XML"),
        ("a.Rd", b"\\name{mobi}", "Rd"),
    ],
)  # fmt: skip
def test_other_kinds_of_files_are_named(staged, says, write, name, content, what):
    refused(staged, says, write(name, content), what)


def test_word_documents_and_other_zips(staged, says, tmp_path):
    for member, what in (("word/document.xml", "Word"), ("data.json", "ZIP")):
        path = tmp_path / f"{what}.docx"
        with zipfile.ZipFile(path, "w") as out:
            out.writestr(member, "x")
        refused(staged, says, path, what)


def test_binary_junk(staged, says, write):
    refused(staged, says, write("垃圾.csv", bytes(range(256)) * 40))
    refused(staged, says, write("零.csv", b"\0" * 5000))


def test_a_broken_gzip(staged, says, write):
    refused(staged, says, write("坏.csv.gz", b"\x1f\x8b\x08\0" + b"\7" * 100))


def test_a_broken_parquet_and_a_broken_sav(staged, says, write, tmp_path):
    whole = tmp_path / "w.parquet"
    pq.write_table(pa.table({"a": [1, 2, 3]}), whole)
    refused(staged, says, write("断.parquet", whole.read_bytes()[:-20]))
    refused(staged, says, write("断.sav", b"$FL2@(#) SPSS DATA FILE" + b"\0" * 40))


def test_an_unknown_profile_lists_the_known_ones(staged, says, write):
    with pytest.raises(UnknownProfileError) as caught:
        staged(write("a.csv", "a,b\n1,2\n"), profile="typoform")
    says(caught, "typoform", "wjx_text", "wjx_index", "surveymonkey", "qualtrics", "plain")


def test_a_file_that_vanishes_while_it_is_read(staged, says, write, monkeypatch):
    path = write("走.csv", "a,b\n1,2\n")
    stage = DelimitedTable.stage

    def stage_after_it_is_gone(table, plan):
        path.unlink()
        return stage(table, plan)

    monkeypatch.setattr(DelimitedTable, "stage", stage_after_it_is_gone)
    assert "vanished" in refused(staged, says, path)


def test_a_file_that_grows_while_it_is_read(staged, says, write, monkeypatch):
    path = write("长.csv", "a,b\n1,2\n")
    stage = DelimitedTable.stage

    def stage_while_it_grows(table, plan):
        with path.open("a") as more:
            more.write("3,4\n")
        return stage(table, plan)

    monkeypatch.setattr(DelimitedTable, "stage", stage_while_it_grows)
    assert "changed" in refused(staged, says, path)


FULL_DISK = """
import resource, signal, sys, pathlib
from huiyin.collect.contracts import ReadOptions
from huiyin.collect.read import read
from huiyin.core.errors import HuiyinError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    read([pathlib.Path(sys.argv[1])], ReadOptions(None, None, pathlib.Path(sys.argv[2])))
except HuiyinError as fault:
    print(type(fault).__name__, fault.say("en"))
"""


def test_a_full_disk_while_staging(write, tmp_path):
    path = write("大.csv", "k,v\n" + "".join(f"{i},{i * 7919 % 99991}\n" for i in range(200_000)))
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path), str(tmp_path / "work")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.startswith("EngineError"), (done.stdout, done.stderr)
    assert "full" in done.stdout
    assert str(tmp_path / "work") in done.stdout


def test_faults_of_disk_and_file_are_told_apart(tmp_path):
    for number, kind in ((errno.ENOSPC, EngineError), (errno.EIO, UnreadableFileError)):
        with pytest.raises(kind), faults_as_sentences(tmp_path):
            raise OSError(number, "said the system", "x.csv")
    with pytest.raises(EngineError), faults_as_sentences(tmp_path):
        raise OSError("[Errno 28] Error writing bytes to file")


PEAK = """
import sys, pathlib
from huiyin.collect.contracts import ReadOptions
from huiyin.collect.read import read
staged = read([pathlib.Path(sys.argv[1])], ReadOptions(None, None, pathlib.Path(sys.argv[2])))
status = pathlib.Path("/proc/self/status").read_text()  # ru_maxrss would count the parent too
print(staged.n_rows, int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""


def peak_of(path, work):
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(path), str(work)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return map(int, done.stdout.split())


def test_memory_does_not_grow_with_the_file(tmp_path):
    row = "12345,很满意,2024-01-31 09:05:00," + "5," * 20 + "还可以，就是有点慢\n"
    peaks = []
    for n in (60_000, 360_000):
        path = tmp_path / f"{n}.csv"
        path.write_text("id,答,时间," + ",".join(f"q{i}" for i in range(20)) + ",建议\n" + row * n)
        n_rows, peak = peak_of(path, tmp_path / "work")
        assert n_rows == n
        peaks.append(peak)
    assert peaks[1] < 700
    assert peaks[1] < peaks[0] + 250


@pytest.mark.soak
def test_a_csv_of_three_gigabytes_streams(tmp_path):
    row = "12345,很满意,2024-01-31 09:05:00," + "5," * 20 + "还可以，就是有点慢\n"
    path = tmp_path / "3GB.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write("id,答,时间," + ",".join(f"q{i}" for i in range(20)) + ",建议\n")
        for _ in range(300):
            out.write(row * 100_000)
    assert path.stat().st_size > 3 * 10**9
    n_rows, peak = peak_of(path, tmp_path / "work")
    assert n_rows == 30_000_000
    assert peak < 1200


def test_every_fault_is_one_of_ours(staged, write):
    """Whatever bytes come, it is a table or a sentence, never a traceback."""
    import random

    random_ = random.Random(11)  # noqa: S311 -- nothing secret
    seeds = [
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PAR1",
        b"$FL2",
        b"<table>",
        b"a,b\n",
    ]
    sentences = []
    for number in range(60):
        start = seeds[number % len(seeds)]
        path = write(f"{number}.xlsx", start + random_.randbytes(random_.randrange(1, 400)))
        try:
            staged(path)
        except HuiyinError as fault:
            sentences.append(fault.say("zh-CN"))
    assert all(sentences)


def test_the_limits_are_sane():
    assert packed.MAX_UNPACKED_BYTES > 2.5 * 2**30
    assert 100 < packed.MAX_RATIO < packed.DEFLATE_BEST
