"""A questionnaire of every kind of question, people who answer it, and a worker that looks."""

from datetime import UTC, datetime, timedelta

import pyarrow.parquet as pq

from huiyin.app.wiring import build_worker
from huiyin.app.work import taking_in
from huiyin.app.work.taking_in import take_in_answers
from huiyin.collect.datasets.reading import fetch_version
from huiyin.collect.surveys.changes import do_create_survey, do_publish
from huiyin.collect.surveys.columns import Kept, build_row, name_columns
from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.keeping import SOURCE
from huiyin.core.clock import system_clock
from huiyin.core.ids import new_id
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import Job, Submission
from huiyin.web.system import System


def words(zh):
    return {"zh-CN": zh}


OPTIONS = [{"code": code, "label": words(f"选项{code}")} for code in ("a", "b", "other")]
QUESTIONS = [
    {"kind": "nps", "id": "rec", "title": words("推荐吗")},
    {"kind": "csat", "id": "sat", "title": words("满意吗"), "points": 5},
    {"kind": "ces", "id": "easy", "title": words("费力吗"), "points": 7},
    {"kind": "single", "id": "one", "title": words("哪个"), "options": OPTIONS},
    {"kind": "single", "id": "gone", "title": words("还会来吗"), "options": OPTIONS,
     "role": "outcome", "events": ["b"]},
    {"kind": "multiple", "id": "why", "title": words("哪些"), "options": OPTIONS},
    {"kind": "ranking", "id": "top", "title": words("排序"), "options": OPTIONS},
    {"kind": "matrix", "id": "m", "title": words("各方面"), "not_applicable": True,
     "rows": [{"code": "fast", "label": words("速度")}, {"code": "kind", "label": words("态度")}]},
    {"kind": "slider", "id": "mark", "title": words("多少分"), "maximum": 1000},
    {"kind": "text", "id": "say", "title": words("想说什么")},
    {"kind": "date", "id": "day", "title": words("哪天")},
]  # fmt: skip


class Asked:
    """A questionnaire of every kind, and people who answer it."""

    def __init__(self, cast, **more):
        self.cast, self.late = cast, timedelta(0)
        pages = [{"id": "p", "questions": QUESTIONS}]
        self.definition = Definition.model_validate(
            {"title": words("试"), "pages": pages, "fields": ["shop"], **more}
        )
        self.named = name_columns(self.definition, [])
        with cast.uow() as work:
            survey = do_create_survey(work, "试", self.definition)
            do_publish(work, survey.id, survey.revision)
            self.dataset_id = survey.dataset_id

    def answer(self, answers, own=None, *, row_id=None, **facts):
        one = new_id()
        known = {"fields": {"shop": "一店"}, "seconds": 31.4} | facts
        at = datetime.now(UTC).isoformat(timespec="seconds")
        kept = Kept(one, at, "qr", "self", "zh-CN", 1, finished=True, **known)
        row = build_row(self.definition, self.named, answers, own or {}, kept)
        self.keep(row_id or one, row)
        return one

    def keep(self, place, row):
        seal = RowSeal(self.cast.system.key)
        made = Submission(
            id=place, dataset_id=self.dataset_id, native_id=row["response_id"],
            payload=seal.close(place, row), source=SOURCE, received_at=datetime.now(UTC), epoch=1,
        )  # fmt: skip
        with self.cast.uow() as work:
            work.session.add(made)

    def begin(self):
        """Send the first answer: from then on there is a dataset to join."""
        self.answer({"rec": 9})
        assert self.look() == 1
        self.work()

    def look(self):
        """Look as the worker does, some time later."""
        self.late += taking_in.APART
        return take_in_answers(self.system)

    @property
    def system(self):
        late = self.late
        return System(
            self.cast.database,
            self.cast.system.folders,
            self.cast.system.key,
            clock=lambda: system_clock() + late,
        )

    def work(self):
        build_worker(self.system).run_until_idle()

    def settle(self):
        self.late += timedelta(minutes=2)
        self.work()

    def version(self):
        with self.cast.database.reading() as session:
            return fetch_version(session, self.dataset_id)

    def rows(self):
        version = self.version()
        files = self.cast.system.lake.snapshot(self.dataset_id, version.version)
        with self.cast.system.engine() as engine:
            found = engine.run(engine.read_parquet(files.files)).to_pylist()
        assert len(found) == version.n_rows == files.n_rows
        return {row.pop("response_id"): row for row in found}

    def types(self):
        files = self.cast.system.lake.snapshot(self.dataset_id, self.version().version).files
        fields = [field for file in files for field in pq.read_schema(file)]
        assert len({field.name for field in fields}) == len({(f.name, f.type) for f in fields})
        return {field.name: field.type for field in fields}

    def jobs(self, kind):
        with self.cast.database.reading() as session:
            return session.query(Job).filter_by(kind=kind).count()
