"""The metric catalogue: one file a metric, found by scanning this package."""
