"""What the group means to earn, spend and build: annual business plans, investments, and what both assume."""
