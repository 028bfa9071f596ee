"""The board of the season in the schema."""
