"""What the soak wrote of one piece stays whole when another is written."""

from benchmarks import soak


def test_headings_that_a_benchmark_prints_part_no_piece(monkeypatch, tmp_path):
    monkeypatch.setattr(soak, "PAGE", tmp_path / "soak.md")
    told = {"server": "# Benchmarks\n\n## The server\nhome: 0.1 s", "answers": "## Answers\n5 /s"}
    soak._write(told)
    soak._write(soak._known() | {"memory": "0.2 GiB"})
    found = soak._known()
    assert {name: found[name] for name in told} == told
    assert found["memory"] == "0.2 GiB"
