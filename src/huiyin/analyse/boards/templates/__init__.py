"""Boards to start from."""
