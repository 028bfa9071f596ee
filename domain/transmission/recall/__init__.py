"""What people name of a strategy when nobody prompts them, and how much of it that is, without telling who said it."""
