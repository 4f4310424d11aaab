"""What people make for a dataset without code: named groups, metrics of other metrics."""
