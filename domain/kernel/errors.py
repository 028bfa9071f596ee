"""Expected refusals: each has a stable code, a sentence, and what would help."""

from uuid import UUID


class DomainError(Exception):
    """A refusal that a person can act on. Nothing was changed when it is raised out of a unit of work."""

    code = "refused"
    help: str | None = None

    def __init__(self, message: str, *, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if help is not None:
            self.help = help


class NotFound(DomainError):
    """The row does not exist, or the actor may not know that it does."""

    code = "not_found"

    def __init__(self, what: str = "This") -> None:
        super().__init__(f"{what} does not exist or is not shared with you.")


class NotPermitted(DomainError):
    """The actor may see the row, but not do this with it."""

    code = "not_permitted"


class InvalidInput(DomainError):
    """A value is out of its range; `field` names it as the schema does."""

    code = "invalid_input"

    def __init__(self, message: str, *, field: str | None = None, help: str | None = None) -> None:
        super().__init__(message, help=help)
        self.field = field


class StaleVersion(DomainError):
    """Somebody changed the row since the actor read it; `current` is its id, to be read again."""

    code = "stale_version"
    help = "Look at what changed, then decide again."

    def __init__(self, current: UUID) -> None:
        super().__init__("This was changed since you opened it.")
        self.current = current


class KeyReused(DomainError):
    """The idempotency key came before with another request."""

    code = "key_reused"
    help = "Send a new key with a new request."

    def __init__(self) -> None:
        super().__init__("This idempotency key was used for another request.")
