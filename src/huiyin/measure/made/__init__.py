"""What people make without code: dimensions of a column's values, metrics of other metrics."""
