"""The read planner: a selection of the schema and the views behind it become one SQL statement with its JSON answer."""
