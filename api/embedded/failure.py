"""The one error of the embedded engines."""


class EngineError(Exception):
    """An engine cannot run; the text is one sentence that says what to do."""
