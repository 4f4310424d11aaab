"""Whatever is done in whatever order, the table holds what a plain dict would."""

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

KEYS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 5).map(float), max_size=5)
MONTHS = st.sampled_from([None, 1, 2])
CHANGES = st.one_of(
    st.tuples(st.sampled_from(["append", "upsert", "replace"]), KEYS, MONTHS),
    st.tuples(st.just("erase"), st.sets(st.sampled_from("abcdefgh"), max_size=3)),
    st.tuples(st.just("rollback"), st.integers(0, 20)),
    st.tuples(st.sampled_from(["compact", "repeat", "vacuum"])),
)


def write(one, rows, now, change):
    verb, scores, month = change
    if verb == "append":
        scores = {k: v for k, v in scores.items() if k not in now}
    base = {} if verb == "replace" else now
    return {**base, **scores}, one.do(verb, rows(scores, month=month))


def keep(one, rows, versions, now, change):
    verb, *facts = change
    if verb == "erase":
        version = one.do("erase", "response_id", sorted(facts[0]))
        versions.clear()
        return {k: v for k, v in now.items() if k not in facts[0]}, version
    if verb == "rollback":
        target = sorted(versions)[facts[0] % len(versions)]
        return versions[target], one.do("rollback", target)
    if verb == "repeat":
        return now, one.do("replace", rows({"z": 9.0}), number=1)
    if verb == "vacuum":
        one.vacuum(dt.timedelta(hours=1))
        return now, one.table.version()
    return now, one.do("compact")


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(changes=st.lists(CHANGES, min_size=2, max_size=8))
def test_the_table_equals_a_dict(open_one, rows, changes):
    with tempfile.TemporaryDirectory(prefix="湖 ") as folder:
        one, versions = open_one(Path(folder)), {}
        for change in changes:
            now = versions[max(versions)] if versions else {}
            if change[0] in {"append", "upsert", "replace"}:
                content, version = write(one, rows, now, change)
            elif versions:
                content, version = keep(one, rows, versions, now, change)
            else:
                continue
            versions[version] = content
            assert one.contents() == content
        for version, content in versions.items():
            assert one.contents(version) == content
