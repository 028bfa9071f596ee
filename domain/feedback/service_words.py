"""Under which words a message is found."""

from uuid import UUID

from domain.feedback.terms import Shape
from domain.kernel.work import Work


async def index(work: Work, message_id: UUID, body: str, shape: Shape) -> None:
    """Have the message found by these words, and by no others any more."""
    await forget(work, message_id)
    parts = [body, shape.situation, shape.behaviour, shape.impact, shape.next_step]
    await work.connection.execute(
        """insert into feedback_word (tenant_id, word, message_id)
           select $1, unnest(search_words($3)), $2""",
        work.actor.tenant_id,
        message_id,
        "\n".join(part for part in parts if part),
    )


async def forget(work: Work, message_id: UUID) -> None:
    """Have nobody find it any more."""
    await work.connection.execute(
        "delete from feedback_word where tenant_id = $1 and message_id = $2", work.actor.tenant_id, message_id
    )
