"""The chapters of a report, one file each: findings in, blocks out."""
