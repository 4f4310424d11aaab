"""What happened when, and whether low scores coincide with it."""
