"""How much of the strategy arrives: carried shares, line of sight, recall, promises between units, tested links."""
