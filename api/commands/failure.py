"""The error of a command that cannot do its work."""


class CommandError(Exception):
    """The text is one sentence that says what to do."""
