"""One file per noun, each with a `router`; a new file here is found by itself."""
