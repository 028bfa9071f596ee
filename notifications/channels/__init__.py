"""The ways out of the house, and what guards them."""
