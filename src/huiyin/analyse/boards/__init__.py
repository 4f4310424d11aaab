"""Boards: tiles on a grid, ready for a role, and what to do next by what they show."""
