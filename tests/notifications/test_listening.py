"""What the journal says is unread for the announcements is what they react to, and nothing else."""

from domain.kernel import relay
from notifications import announcements


def test_announcements_hear_of_what_they_react_to() -> None:
    assert relay.READERS[announcements.READER] == announcements._REACTIONS.keys()  # pyright: ignore[reportPrivateUsage]
