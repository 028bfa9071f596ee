"""Refusals of feedback."""

from domain.kernel.errors import DomainError


class MessageGone(DomainError):
    """The message was deleted."""

    code = "message_gone"

    def __init__(self) -> None:
        super().__init__("This message was deleted.")


class WideningUnderWay(DomainError):
    """The authors are being asked already."""

    code = "widening_under_way"
    help = "Wait for their answers; one refusal ends it."

    def __init__(self) -> None:
        super().__init__("The authors in this thread are asked already whether it may become wider.")


class WideningSettled(DomainError):
    """It was widened or refused meanwhile."""

    code = "widening_settled"

    def __init__(self) -> None:
        super().__init__("This is settled, and waits for no answer any more.")


class AllowanceSpent(DomainError):
    """The person has praised as often as they may this month."""

    code = "allowance_spent"
    help = "Say it in a thread: words of thanks have no limit. Next month begins a new allowance."

    def __init__(self, allowance: int) -> None:
        super().__init__(f"You have given praise {allowance} times this month, which is all.")


class ValueKnown(DomainError):
    """There is a value of this name."""

    code = "value_known"

    def __init__(self) -> None:
        super().__init__("The group has a value of this name already.")


class RequestSettled(DomainError):
    """The request was answered, declined or withdrawn."""

    code = "request_settled"

    def __init__(self) -> None:
        super().__init__("This request waits for no answer any more.")


class MessageHidden(DomainError):
    """A moderator hid the message."""

    code = "message_hidden"

    def __init__(self) -> None:
        super().__init__("This message was hidden after a report.")


class AlreadyReported(DomainError):
    """The person reported the message before."""

    code = "already_reported"

    def __init__(self) -> None:
        super().__init__("You have reported this message.")


class ReportSettled(DomainError):
    """Somebody settled the report meanwhile."""

    code = "report_settled"

    def __init__(self) -> None:
        super().__init__("This report is settled.")
