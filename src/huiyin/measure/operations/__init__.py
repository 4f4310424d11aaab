"""Operational metrics: what orders, deliveries, tickets, calls and contracts tell of a row."""
