"""Where new rows come from by themselves: a folder, a database, an address."""
