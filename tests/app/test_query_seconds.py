"""How long one answer may take is a setting of the environment, for the server and for files."""

import pytest

from huiyin.app.settings import BadSettingError, Settings
from huiyin.app.understood import ReadSettings, UnderstoodFiles
from huiyin.app.warming import warm_up
from huiyin.app.wiring import opened_system
from huiyin.core.progress import no_progress
from huiyin.web.system import QUERY_SECONDS


def settings(tmp_path, **given):
    return Settings.from_environment({"HUIYIN_DATA": str(tmp_path / "data"), **given})


def test_the_server_stops_where_the_setting_says_or_after_a_minute(tmp_path):
    for given, seconds in (({}, QUERY_SECONDS), ({"HUIYIN_QUERY_SECONDS": "2.5"}, 2.5)):
        with opened_system(settings(tmp_path, **given)) as system:
            assert system.query_seconds == seconds
            assert system.engines.limits.seconds == seconds


@pytest.mark.parametrize("said", ["0", "-1", "nan", "inf", "一分钟"])
def test_what_is_no_time_is_refused_with_a_sentence(tmp_path, said):
    with pytest.raises(BadSettingError, match="HUIYIN_QUERY_SECONDS"):
        settings(tmp_path, HUIYIN_QUERY_SECONDS=said)


def test_a_file_has_an_end_only_where_the_setting_gives_one(tmp_path):
    path = tmp_path / "推荐.csv"
    path.write_text("推荐分\n" + "\n".join(str(i % 11) for i in range(40)), "utf-8")
    for given, seconds in (({}, None), ({"HUIYIN_QUERY_SECONDS": "90"}, 90.0)):
        with UnderstoodFiles([path], ReadSettings(), settings(tmp_path, **given), no_progress) as f:
            assert f.engine.limits.seconds == seconds


def test_a_limit_that_stops_everything_does_not_keep_the_server_from_starting(tmp_path):
    with opened_system(settings(tmp_path, HUIYIN_QUERY_SECONDS="1e-9")) as system:
        warm_up(system)
