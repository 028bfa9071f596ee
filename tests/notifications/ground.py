"""A small group in a real database: an owner, her manager, a goal under review, and their phones."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.inbox import service as inbox
from domain.inbox.model import Delivery, Device, InboxItem
from domain.inbox.terms import InboxKind, Notice, PushAddress
from domain.kernel import clock, database, relay
from domain.kernel.actor import Actor
from domain.kernel.events import Event
from domain.kernel.ids import new_id
from domain.kernel.model import Tenant
from domain.kernel.relay import Entry
from domain.kernel.work import begin
from domain.objectives import events
from domain.objectives.model import Approval, Objective
from domain.objectives.terms import ApprovalState, ObjectiveState
from domain.people.model import Delegation
from notifications import announcements
from tests.notifications import push_service, rows

REASON = "The baseline is too low for my taste"
NAMES = {"owner": "Mei Tan", "manager": "Jonas Weber", "stand_in": "Aiko Mori"}


@dataclass(frozen=True, slots=True)
class Ground:
    """Ids of what is there; the goal is submitted and its request is open."""

    tenant_id: UUID
    owner_id: UUID
    manager_id: UUID
    stand_in_id: UUID
    objective_id: UUID
    approval_id: UUID
    sessions: dict[UUID, UUID]

    def actor(self, person_id: UUID) -> Actor:
        """The person, signed in."""
        return Actor(
            tenant_id=self.tenant_id,
            zone="Asia/Singapore",
            person_id=person_id,
            session_id=self.sessions[person_id],
        )

    async def submitted(self) -> None:
        """The owner submitted; the journal knows."""
        await self.record(
            self.owner_id,
            events.ObjectiveSubmitted(
                subject_id=self.objective_id,
                owner_id=self.owner_id,
                approval_id=self.approval_id,
                approver_id=self.manager_id,
                version=2,
            ),
        )

    async def submitted_again(self) -> "Ground":
        """The owner submitted once more after an answer; the ground as it is from now on."""
        await self.move(ObjectiveState.SUBMITTED, ApprovalState.DECLINED)
        with database.tenant(self.tenant_id):
            newer = replace(
                self,
                approval_id=await rows.request(
                    self.tenant_id, self.objective_id, owner_id=self.owner_id, manager_id=self.manager_id
                ),
            )
        await newer.submitted()
        return newer

    async def withdrawn(self) -> None:
        """The owner took it back."""
        await self.move(ObjectiveState.DRAFT, ApprovalState.WITHDRAWN)
        await self.record(
            self.owner_id,
            events.ObjectiveWithdrawn(
                subject_id=self.objective_id,
                owner_id=self.owner_id,
                approval_id=self.approval_id,
                approver_id=self.manager_id,
            ),
        )

    async def approved(self) -> None:
        """The manager approved."""
        await self.move(ObjectiveState.ACTIVE, ApprovalState.APPROVED)
        await self.record(self.manager_id, self.decided(events.ObjectiveApproved))

    async def declined(self) -> None:
        """The manager declined."""
        await self.move(ObjectiveState.DECLINED, ApprovalState.DECLINED)
        await self.record(self.manager_id, self.decided(events.ObjectiveDeclined))

    async def asked_back(self) -> None:
        """The manager wants to know more."""
        state = ObjectiveState.INFORMATION_REQUESTED
        await self.move(state, ApprovalState.INFORMATION_REQUESTED)
        await self.record(self.manager_id, self.decided(events.InformationRequested))

    async def rerouted(self, *, former: UUID, to: UUID) -> None:
        """Somebody else decides from now on."""
        with database.tenant(self.tenant_id):
            await Approval.filter(id=self.approval_id).update(approver_id=to)
        await self.record(
            former,
            events.ApprovalRerouted(
                subject_id=self.objective_id,
                owner_id=self.owner_id,
                approval_id=self.approval_id,
                approver_id=to,
                former_approver_id=former,
            ),
        )

    def decided(self, kind: type[events.ApprovalDecided]) -> events.ApprovalDecided:
        """The event of a decision."""
        return kind(
            subject_id=self.objective_id,
            owner_id=self.owner_id,
            approval_id=self.approval_id,
            approver_id=self.manager_id,
            version=2,
        )

    async def move(self, state: ObjectiveState, approval: ApprovalState) -> None:
        """Change the rows as the use cases of objectives do."""
        with database.tenant(self.tenant_id):
            decided = {"decided_at": clock.now(), "decided_by_id": self.manager_id}
            changes = {"state": approval, "decision_note": REASON} | decided
            await Objective.filter(id=self.objective_id).update(state=state)
            await Approval.filter(id=self.approval_id).update(**changes)

    async def record(self, person_id: UUID, event: Event) -> None:
        """Leave an event in the journal."""
        async with begin(self.actor(person_id)) as work:
            work.record(event)

    async def delegate(self, person_id: UUID, *, to: UUID, begins: date, ends: date) -> None:
        """Let somebody decide in a person's place."""
        with database.tenant(self.tenant_id):
            await Delegation.create(
                id=new_id(),
                tenant_id=self.tenant_id,
                from_id=person_id,
                to_id=to,
                created_at=clock.now(),
                valid_from=begins,
                valid_to=ends,
            )

    async def ring_by(
        self,
        person_id: UUID,
        phone: push_service.Subscription,
        *,
        key_id: str,
        locale: str = "en",
    ) -> UUID:
        """Register a phone of a person."""
        return await inbox.register_device(
            self.actor(person_id),
            PushAddress(
                endpoint=phone.endpoint,
                p256dh=phone.receiver.public_key,
                auth=phone.auth_secret,
                vapid_key_id=key_id,
                locale=locale,
                zone="Asia/Singapore",
            ),
        )

    async def told_of_everything_else(self) -> None:
        """The owner finds an item of every kind that nobody has found yet, about the goal."""
        with database.tenant(self.tenant_id):
            met = {item.kind for item in await InboxItem.all()}
            for kind in sorted(set(InboxKind) - met):
                notice = Notice(
                    person_id=self.owner_id,
                    kind=kind,
                    subject_type="objective",
                    subject_id=self.objective_id,
                    dedupe_key=kind,
                    actor_id=self.manager_id,
                )
                await inbox.announce(self.tenant_id, notice)

    async def inbox_of(self, person_id: UUID) -> list[tuple[str, str]]:
        """Kind and state of the person's items, the oldest first."""
        with database.tenant(self.tenant_id):
            items = await InboxItem.filter(person_id=person_id).order_by("created_at", "id")
        return [(item.kind, item.state) for item in items]

    async def deliveries(self) -> list[Delivery]:
        """All deliveries, the oldest first."""
        with database.tenant(self.tenant_id):
            return await Delivery.all().order_by("run_at", "id")

    async def change(self, sql: str) -> None:
        """Change rows of this tenant by hand."""
        with database.tenant(self.tenant_id):
            async with database.connection() as connection:
                await connection.execute(sql)

    async def ends(self) -> list[tuple[str, str | None]]:
        """State and reason of all deliveries."""
        return [(delivery.state, delivery.reason) for delivery in await self.deliveries()]

    async def device(self, device_id: UUID) -> Device:
        """A registered phone."""
        with database.tenant(self.tenant_id):
            return await Device.get(id=device_id)


async def show_journal() -> list[Entry]:
    """Show what is due in the journal to its readers."""
    return await relay.show_due({name: _READERS.get(name, _ignore) for name in relay.READERS})


async def _ignore(entry: Entry) -> None:
    """The other readers have nothing to do with notifications."""


_READERS = {announcements.READER: announcements.hear}


async def make() -> Ground:
    """Make a tenant of its own with everything that the tests tell about."""
    tenant_id, now = new_id(), clock.now()
    people = {role: new_id() for role in NAMES}
    with database.tenant(tenant_id):
        await Tenant.create(
            id=tenant_id,
            slug=f"group-{tenant_id}",
            name="Group",
            zone="Asia/Singapore",
            created_at=now,
        )
        sessions = {people[role]: await rows.person(tenant_id, people[role], name) for role, name in NAMES.items()}
        objective_id = await rows.goal(tenant_id, people["owner"])
        approval_id = await rows.request(
            tenant_id, objective_id, owner_id=people["owner"], manager_id=people["manager"]
        )
    return Ground(
        tenant_id=tenant_id,
        owner_id=people["owner"],
        manager_id=people["manager"],
        stand_in_id=people["stand_in"],
        objective_id=objective_id,
        approval_id=approval_id,
        sessions=sessions,
    )
