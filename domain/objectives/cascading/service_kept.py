"""What was agreed of a draft stays when its owner edits it."""

from collections.abc import Sequence
from uuid import UUID

from domain.kernel.errors import InvalidInput
from domain.kernel.work import Work
from domain.objectives.terms import KeyResultDraft


async def check(work: Work, objective_id: UUID, written: Sequence[KeyResultDraft]) -> None:
    """InvalidInput where an edit would change the target of a slice that was accepted, or drop it."""
    rows = await work.connection.fetch(
        """select k.id, k.title, k.kind, k.unit_of_measure, k.target from alignment a
           join key_result k on k.tenant_id = a.tenant_id and k.id = a.child_key_result_id
           where a.tenant_id = $1 and a.child_id = $2 and a.state = 'ACCEPTED' and a.method = 'SPLIT'""",
        work.actor.tenant_id,
        objective_id,
    )
    wanted = {one.id: (one.kind, one.unit_of_measure, one.target) for one in written}
    for row in rows:
        if wanted.get(row["id"]) != (row["kind"], row["unit_of_measure"], row["target"]):
            raise InvalidInput(
                f"“{row['title']}” is a slice that you accepted: its target stays.",
                field="keyResults",
                help="Talk to who threw it down; targets are agreed by both sides.",
            )
