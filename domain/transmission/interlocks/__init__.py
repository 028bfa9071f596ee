"""What units promise each other: an output, until a date, measured by criteria, and whether it was kept."""
