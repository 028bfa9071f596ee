"""A company whose people talk about an objective of Dina's, by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from domain.feedback import (
    service,
    service_messages,
    service_praise,
    service_reports,
    service_requests,
    service_widening,
)
from domain.feedback.terms import (
    Anchor,
    NewMessage,
    NewPraise,
    NewRequest,
    NewThread,
    NewValue,
    ReactionKind,
    Visibility,
)
from domain.feedback.views import MESSAGE, THREAD
from domain.kernel.ids import new_id
from domain.kernel.views import View
from domain.kernel.work import visible
from domain.objectives.terms import Audience
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import NOON, Company, shared_with

EVERYBODY = ("Ada", "Bo", "Chen", "Dina", "Emil", "Hugo", "Sofia", "Aron", "Oskar", "Delia")
ALL = (*EVERYBODY, "Partner", "Stranger")


@dataclass(slots=True)
class Talk:
    """`objective_id` is promised by Dina of CREW and seen by the whole group."""

    company: Company
    objective_id: UUID

    def anchor(self, anchor: Anchor) -> UUID:
        return self.objective_id if anchor is Anchor.OBJECTIVE else self.company["Dina"]

    async def open(
        self,
        visibility: Visibility = Visibility.PARTICIPANTS,
        *,
        by: str = "Chen",
        with_: Sequence[str] = (),
        anchor: Anchor = Anchor.OBJECTIVE,
        about: UUID | None = None,
        message: NewMessage | None = None,
    ) -> UUID:
        new = NewThread(
            anchor=anchor,
            anchor_id=about or self.anchor(anchor),
            visibility=visibility,
            participants=[self.company[name] for name in with_],
            message=message or NewMessage(body="How is it going?"),
        )
        return await service.open_thread(self.company.actor(by), new, key=str(new_id()))

    async def value(self, name: str = "Courage", *, by: str = "Sofia") -> UUID:
        new = NewValue(name=name, name_zh="勇气", meaning="Says what is so.")
        return await service_praise.define_value(self.company.actor(by), new, key=str(new_id()))

    async def praise(
        self, value_id: UUID, *, by: str = "Chen", to: str = "Dina", key: str | None = None, **more: object
    ) -> UUID:
        plain: dict[str, object] = {"message": NewMessage(body="You told us in time.")}
        new = NewPraise(recipient_id=self.company[to], value_id=value_id, **plain | more)  # type: ignore[arg-type]
        return await service_praise.give(self.company.actor(by), new, key=key or str(new_id()))

    async def ask(self, *, by: str = "Dina", of: str = "Oskar", key: str | None = None, **more: object) -> UUID:
        plain: dict[str, object] = {"words": "How do I explain things?", "due_on": NOON.date() + timedelta(days=7)}
        new = NewRequest(of_id=self.company[of], **plain | more)  # type: ignore[arg-type]
        return await service_requests.ask(self.company.actor(by), new, key=key or str(new_id()))

    async def give(
        self,
        request_id: UUID,
        *,
        by: str = "Oskar",
        message: NewMessage | None = None,
        visibility: Visibility = Visibility.PARTICIPANTS,
    ) -> None:
        said = message or NewMessage(body="With patience.")
        actor = self.company.actor(by)
        await service_requests.answer(actor, request_id, said, visibility=visibility, key=str(new_id()))

    async def decline(self, request_id: UUID, *, by: str = "Oskar", reason: str = "We never met.") -> None:
        await service_requests.decline(self.company.actor(by), request_id, reason, key=str(new_id()))

    async def withdraw(self, request_id: UUID, *, by: str = "Dina") -> None:
        await service_requests.withdraw(self.company.actor(by), request_id, key=str(new_id()))

    async def report(self, message_id: UUID, *, by: str = "Dina", reason: str = "It hurts.") -> UUID:
        return await service_reports.report(self.company.actor(by), message_id, reason, key=str(new_id()))

    async def settle(self, report_id: UUID, *, by: str = "Sofia", hides: bool = True) -> None:
        actor = self.company.actor(by)
        await service_reports.settle(actor, report_id, hides=hides, answer="We talked.", key=str(new_id()))

    async def pin(self, message_id: UUID, *, by: str = "Dina", is_on: bool = True) -> None:
        await service_messages.pin(self.company.actor(by), message_id, is_on=is_on, key=str(new_id()))

    async def post(
        self,
        thread_id: UUID,
        body: str = "Well.",
        *,
        by: str = "Dina",
        visibility: Visibility | None = None,
        mentions: Sequence[str] = (),
        key: str | None = None,
    ) -> UUID:
        named = [self.company[name] for name in mentions]
        new = NewMessage(body=body, visibility=visibility, mentions=named)
        return await service.post(self.company.actor(by), thread_id, new, key=key or str(new_id()))

    async def edit(self, message_id: UUID, body: str, *, by: str = "Dina", version: int = 1) -> None:
        await service_messages.edit(self.company.actor(by), message_id, body, version=version, key=str(new_id()))

    async def delete(self, message_id: UUID, *, by: str = "Dina") -> None:
        await service_messages.delete(self.company.actor(by), message_id, key=str(new_id()))

    async def react(
        self, message_id: UUID, kind: ReactionKind = ReactionKind.THANKS, *, by: str = "Chen", is_on: bool = True
    ) -> None:
        await service_messages.react(self.company.actor(by), message_id, kind, is_on=is_on, key=str(new_id()))

    async def read(self, thread_id: UUID, messages: Sequence[UUID], *, by: str = "Dina") -> None:
        await service_messages.read(self.company.actor(by), thread_id, messages, key=str(new_id()))

    async def add(self, thread_id: UUID, name: str, *, by: str = "Chen") -> None:
        await service.add_participant(self.company.actor(by), thread_id, self.company[name], key=str(new_id()))

    async def propose(self, thread_id: UUID, visibility: Visibility, *, by: str = "Chen") -> None:
        await service_widening.propose(self.company.actor(by), thread_id, visibility, key=str(new_id()))

    async def answer(self, thread_id: UUID, *, by: str, agrees: bool = True) -> None:
        found = await self.company.organisation.value(
            "select id from feedback_widening where thread_id = $1 order by proposed_at desc, id desc limit 1",
            thread_id,
        )
        actor = self.company.actor(by)
        await service_widening.answer(actor, UUID(str(found)), agrees=agrees, key=str(new_id()))

    async def first(self, thread_id: UUID) -> UUID:
        """Its first message."""
        found = await self.company.organisation.value(
            "select id from feedback_message where thread_id = $1 order by posted_at, id limit 1", thread_id
        )
        return UUID(str(found))

    async def visibility(self, thread_id: UUID) -> str:
        return str(
            await self.company.organisation.value("select visibility from feedback_thread where id = $1", thread_id)
        )

    async def readers(self, view: View, row_id: UUID) -> set[str]:
        """By name, whoever sees the row."""
        return {name for name in ALL if await visible(view, row_id, self.company.actor(name))}

    async def readers_of_thread(self, thread_id: UUID) -> set[str]:
        return await self.readers(THREAD, thread_id)

    async def readers_of_message(self, message_id: UUID) -> set[str]:
        return await self.readers(MESSAGE, message_id)

    async def unread(self, name: str) -> int:
        found = await self.company.organisation.value(
            "select count(*) from feedback_unread where person_id = $1", self.company[name]
        )
        return int(str(found))

    async def everything(self) -> list[tuple[str, str]]:
        """All that feedback may write, so that before and after can be compared."""
        tables = (
            "feedback_thread",
            "feedback_participant",
            "feedback_message",
            "feedback_version",
            "feedback_mention",
            "feedback_reaction",
            "feedback_unread",
            "feedback_widening",
            "feedback_consent",
            "feedback_pin",
            "praise",
            "feedback_request",
            "feedback_report",
            "feedback_word",
            "company_value",
            "journal",
            "receipt",
        )
        unions = " union all ".join(
            f"select '{one}' as name, to_jsonb(t)::text as content from {one} t" for one in tables
        )
        rows = await self.company.organisation.rows(f"select * from ({unions}) found order by 1, 2")
        return [(row["name"], row["content"]) for row in rows]


async def lay() -> Talk:
    """The clock must stand at NOON."""
    company = await companies.lay()
    return Talk(company, await company.promised(shared_with(Audience.GROUP)))
