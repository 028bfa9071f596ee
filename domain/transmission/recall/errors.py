"""Refusals of recall."""

from domain.kernel.errors import DomainError


class RecallOver(DomainError):
    """The round is over."""

    code = "recall_over"
    help = "You will be asked again in another quarter."

    def __init__(self) -> None:
        super().__init__("This question is no longer open.")


class RecallSaid(DomainError):
    """The words are fixed, because the priorities were shown since."""

    code = "recall_said"
    help = "Go on by marking what you meant by the words you said."

    def __init__(self) -> None:
        super().__init__("Your words stand since the priorities were shown.")


class RecallUnsaid(DomainError):
    """The words come first."""

    code = "recall_unsaid"
    help = "Say first what you remember, then mark what you meant."

    def __init__(self) -> None:
        super().__init__("You have not said your words yet.")


class RecallAnswered(DomainError):
    """It was answered before, otherwise."""

    code = "recall_answered"

    def __init__(self) -> None:
        super().__init__("You have answered this question.")


class NobodyToAsk(DomainError):
    """Everybody there was asked this quarter, or nobody works there."""

    code = "nobody_to_ask"
    help = "A person is asked once a quarter. Ask again in the next one."

    def __init__(self) -> None:
        super().__init__("There is nobody left to ask in this unit this quarter.")


class NoPriorities(DomainError):
    """The unit's strategy has fewer priorities than are asked for."""

    code = "no_priorities"
    help = "Publish a strategy map for the unit or one above it, or ask for fewer."

    def __init__(self, found: int) -> None:
        super().__init__(f"The strategy that holds for this unit has {found} such priorities.")
