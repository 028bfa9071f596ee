"""What waits for whom, in the schema."""
