"""What a number is set against: other groups, an earlier time, a benchmark, a competitor."""
