"""One file per kind of record that is not an answer."""
