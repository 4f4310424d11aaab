"""One module for each file format: open it, show its first rows, stage all of them."""
