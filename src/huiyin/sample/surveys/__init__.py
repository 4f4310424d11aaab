"""One file per survey."""
