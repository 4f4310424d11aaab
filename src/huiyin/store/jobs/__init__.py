"""Durable work: a table, a queue, a worker."""
