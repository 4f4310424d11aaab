"""The planted truths, one file each: where it is planted, how rows show it, how it is told."""
