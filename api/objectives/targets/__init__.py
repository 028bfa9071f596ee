"""The rule of exceeding, its exemptions and shares of contribution in the schema."""
