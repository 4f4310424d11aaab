"""One file per kind of chart; each gives its `KIND`."""
