"""The health of the cascade in the schema: readings, the recall question, interlocks, tested links."""
