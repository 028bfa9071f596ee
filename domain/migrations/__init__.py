"""The history of the database, one module per step; a house test compares its end with the models."""
