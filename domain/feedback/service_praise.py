"""Use cases of praise: give it out of a monthly allowance; define and retire what the group stands for."""

from datetime import date
from uuid import UUID

from domain.feedback import events, rules, service, service_readers
from domain.feedback.errors import ValueKnown
from domain.feedback.model import CompanyValue, Praise
from domain.feedback.service_anchors import Anchored, find
from domain.feedback.terms import Anchor, NewPraise, NewThread, NewValue
from domain.feedback.views_praise import VALUE
from domain.kernel import clock, permits
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work, begin
from domain.strategy.views import STRATEGIC_OBJECTIVE


async def give(actor: Actor, new: NewPraise, *, key: str) -> UUID:
    """Praise somebody for living a value of the group; the id of the praise.

    NotFound, NotPermitted, AllowanceSpent, InvalidInput.
    """
    intent = (
        "give_praise",
        new.recipient_id,
        new.value_id,
        new.strategic_objective_id,
        new.visibility,
        *service.intent_of(new.message),
    )
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        giver_id = service_readers.person_of(actor)
        rules.check_praise(new, giver_id)
        anchored = await find(work, Anchor.PERSON, new.recipient_id)
        await _check_reason(work, new)
        month = rules.month_of(clock.today(actor.zone))
        await _spend(work, giver_id, month)
        praise = await _give(work, new, anchored, giver_id, month=month)
        work.reply(str(praise.id))
    return praise.id


async def _check_reason(work: Work, new: NewPraise) -> None:
    await work.see(VALUE, new.value_id)
    if await CompanyValue.exists(id=new.value_id, retired_at__isnull=False):
        raise InvalidInput("The group does not name this value any more.", field="value")
    if new.strategic_objective_id is not None:
        await work.see(STRATEGIC_OBJECTIVE, new.strategic_objective_id)


async def _spend(work: Work, giver_id: UUID, month: date) -> None:
    """Whoever gives twice at once is counted one after the other."""
    await work.wait_for(f"praise of {giver_id}")
    rules.check_allowance(await Praise.filter(giver_id=giver_id, month=month).count())


async def _give(work: Work, new: NewPraise, anchored: Anchored, giver_id: UUID, *, month: date) -> Praise:
    opened = NewThread(anchor=Anchor.PRAISE, anchor_id=new.recipient_id, visibility=new.visibility, message=new.message)
    thread = await service.begin_thread(work, opened, anchored, giver_id)
    praise = await Praise.create(
        id=new_id(),
        tenant_id=work.actor.tenant_id,
        thread_id=thread.id,
        giver_id=giver_id,
        recipient_id=new.recipient_id,
        value_id=new.value_id,
        strategic_objective_id=new.strategic_objective_id,
        month=month,
        given_at=clock.now(),
    )
    work.record(
        events.PraiseGiven(
            subject_id=praise.id,
            thread_id=thread.id,
            giver_id=giver_id,
            recipient_id=new.recipient_id,
            value_id=new.value_id,
            strategic_objective_id=new.strategic_objective_id,
            hearers=(giver_id, new.recipient_id),
        )
    )
    return praise


def _require_office(actor: Actor) -> None:
    is_office = Role.STRATEGY_OFFICE in actor.roles
    permits.require(Action.KEEP_VALUES, [Relation.STRATEGY_OFFICE] if is_office else [])


async def define_value(actor: Actor, new: NewValue, *, key: str) -> UUID:
    """Something more that the group stands for; its id. NotPermitted, ValueKnown, InvalidInput."""
    intent = ("define_value", new.name, new.name_zh, new.meaning, new.meaning_zh)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        _require_office(actor)
        await work.wait_for("company values")
        live = CompanyValue.filter(retired_at=None)
        rules.check_value(new, defined=await live.count())
        if await live.filter(name=new.name.strip()).exists():
            raise ValueKnown
        value = await CompanyValue.create(
            id=new_id(),
            tenant_id=actor.tenant_id,
            name=new.name.strip(),
            name_zh=new.name_zh,
            meaning=new.meaning,
            meaning_zh=new.meaning_zh,
            defined_at=clock.now(),
        )
        work.record(events.CompanyValueDefined(subject_id=value.id))
        work.reply(str(value.id))
    return value.id


async def retire_value(actor: Actor, value_id: UUID, *, key: str) -> UUID:
    """Nobody is praised for it any more, what was given stays; its id. NotFound, NotPermitted."""
    async with begin(actor, key=key, intent=("retire_value", value_id)) as work:
        if work.replay is not None:
            return value_id
        value = await work.lock(VALUE, CompanyValue, value_id)
        _require_office(actor)
        if value.retired_at is None:
            value.retired_at = clock.now()
            await value.save(update_fields=["retired_at"])
            work.record(events.CompanyValueRetired(subject_id=value_id))
        work.reply(True)
    return value_id
