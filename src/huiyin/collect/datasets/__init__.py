"""Datasets: made, filled by imports, read as snapshots, rolled back."""
