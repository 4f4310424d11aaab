"""Customers: who answered, what may be known of them, and how they are forgotten."""
