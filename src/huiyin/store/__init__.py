"""The store: tables, units of work, jobs, migrations; the only place that commits."""
