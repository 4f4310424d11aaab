"""Definitions kept in the store: metric rules as text, weight sets, targets, benchmarks."""
