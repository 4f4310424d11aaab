"""What the server counts about itself, for Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import func, select

from huiyin.store.database import Database
from huiyin.store.tables import Job

BUCKETS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class ServerNumbers:
    """The counters of one web process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "huiyin_requests", "Requests answered.", ("method", "route", "status"),
            registry=self.registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "huiyin_request_seconds", "Time to answer.", ("route",),
            buckets=BUCKETS, registry=self.registry,
        )  # fmt: skip
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self.jobs = Gauge("huiyin_jobs", "Jobs by status.", ("status",), registry=self.registry)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Take note of one answer; `route` is the template, never the address itself."""
        key = (method, route, status)
        known = self._known.get(key)
        if known is None:  # looked up once: the names are few, the requests many
            known = self.requests.labels(method, route, str(status)), self.seconds.labels(route)
            self._known[key] = known
        known[0].inc()
        known[1].observe(seconds)

    def page(self, database: Database) -> bytes:
        """Give the page that Prometheus reads."""
        with database.reading() as session:
            rows = session.execute(select(Job.status, func.count()).group_by(Job.status)).all()
        self.jobs.clear()
        for status, n_jobs in rows:
            self.jobs.labels(status).set(n_jobs)
        return generate_latest(self.registry)
