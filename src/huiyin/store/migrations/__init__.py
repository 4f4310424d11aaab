"""Migrations: every earlier store opens."""
