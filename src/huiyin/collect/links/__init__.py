"""Datasets made from others: rows linked by key and time, or one metric over several surveys."""
