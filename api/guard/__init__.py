"""What stands between the network and the schema: HTTP semantics, limits, cost, trust and live streams."""
