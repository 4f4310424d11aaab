"""``huiyin sample`` on the command line."""


def test_it_writes_a_folder_and_says_what_is_in_it(huiyin, tmp_path):
    folder = tmp_path / "示例 公司"
    done = huiyin("sample", "--answers", 5000, "-o", folder, "--until", "2026-06")
    assert done.code == 0
    assert "门店满意度" in done.out
    assert "truth.yaml" in done.out
    assert "生成的示例数据" in (folder / "README.md").read_text("utf-8")
    asked = huiyin("query", folder / "门店满意度.parquet", "--metric", "nps", "--json",
                   "--codebook", folder / "门店满意度.codebook.yaml")  # fmt: skip
    assert asked.json["cells"][0]["n"] > 2000


def test_it_speaks_json(huiyin, tmp_path):
    done = huiyin("sample", "--answers", 5000, "-o", tmp_path, "--until", "2026-06", "--json")
    assert done.json["generated"] is True
    assert sum(done.json["rows"].values()) > 5000
    assert "queue_system" in done.json["truths"]


def test_what_it_cannot_do_is_said(huiyin, tmp_path):
    few = huiyin("sample", "--answers", 5, "-o", tmp_path)
    assert (few.code, "5,000" in few.err) == (2, True)
    month = huiyin("sample", "-o", tmp_path, "--until", "soon")
    assert (month.code, "YYYY-MM" in month.err) == (2, True)
    file = tmp_path / "file"
    file.write_text("x", "utf-8")
    place = huiyin("sample", "--answers", 5000, "-o", file)
    assert (place.code, "文件夹" in place.err) == (2, True)
