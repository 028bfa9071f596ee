"""Feedback to be read: threads of every class and anchor, edited and deleted words, reactions, an open widening."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from domain.feedback import service_praise
from domain.feedback.terms import Anchor, NewMessage, ReactionKind, Shape, Visibility
from domain.inbox import service as inbox
from domain.inbox.terms import InboxKind, Notice
from domain.kernel import clock, database
from domain.kernel.ids import public
from tests.domain.feedback.talking import Talk
from tests.domain.objectives.company import NOON

if TYPE_CHECKING:
    from tests.api.reading.world import World

ODD = '准时 ✈️ "quoted" \\ back\u2028line <b> \U0001f9d1‍✈️'
_TABLES = {"fbt": "feedback_thread", "fbm": "feedback_message", "fbv": "feedback_version", "fbw": "feedback_widening"}


async def furnish(world: "World") -> None:
    """The clock stands; what is said at once is said in one instant."""
    talk = Talk(world.company, world.objectives["odd"])
    threads = [
        await talk.open(visibility, by=by, anchor=anchor)
        for visibility in Visibility
        for by, anchor in (("Chen", Anchor.OBJECTIVE), ("Oskar", Anchor.PERSON))
    ]
    hidden = await talk.open(Visibility.GROUP, about=world.objectives["ACTIVE"], by="Bo", with_=["Chen"])
    await _of_others(talk)
    await _talk(talk, hidden, threads[-2])
    await talk.propose(threads[2], Visibility.UNIT)
    await talk.post(threads[3], ODD, by="Oskar", mentions=["Dina"])
    await talk.propose(threads[3], Visibility.GROUP, by="Dina")
    await _praise(world, talk)
    await _requests(world, talk)
    await _reports(world, talk, threads[-2])
    await _announce(world, hidden, await talk.first(threads[-2]))
    await _name(world, talk, threads)
    assert world.rival is not None
    elsewhere = Talk(world.rival, world.objectives["odd"])
    foreign = await elsewhere.open(Visibility.GROUP, by="Chen", anchor=Anchor.PERSON)
    world.ids["elsewhere feedback thread"] = public("fbt", foreign)
    world.ids["elsewhere feedback message"] = public("fbm", await elsewhere.first(foreign))


async def _of_others(talk: Talk) -> None:
    """About a check-in and a measure, which concerns nobody."""
    organisation = talk.company.organisation
    check_in = await organisation.value(
        "select id from check_in where objective_id = $1 order by id limit 1", talk.objective_id
    )
    measure = await organisation.value("select id from measure where owner_id is null order by id limit 1")
    await talk.open(Visibility.UNIT, anchor=Anchor.CHECK_IN, about=UUID(str(check_in)))
    await talk.open(Visibility.CHAIN, anchor=Anchor.MEASURE, about=UUID(str(measure)), by="Oskar")


async def _talk(talk: Talk, hidden: UUID, wide: UUID) -> None:
    said = [await talk.post(hidden, f"{ODD} {at}", visibility=at) for at in (None, *tuple(Visibility)[:-1])]
    for by in ("Chen", "Bo"):
        await talk.react(said[0], ReactionKind.THANKS, by=by)
    await talk.react(said[0], ReactionKind.AGREE, by="Bo")
    await talk.react(await talk.first(wide), ReactionKind.SUPPORT, by="Sofia")
    await talk.edit(said[1], "Only for me.")
    gone = await talk.post(hidden, "Never mind.", mentions=["Chen"])
    await talk.delete(gone)
    clock.advance(timedelta(hours=1))
    await talk.edit(said[0], "In other words.")
    await talk.edit(said[0], "In yet other words.", version=2)


async def _praise(world: "World", talk: Talk) -> None:
    live, retired = await talk.value(ODD), await talk.value("Speed")
    strategic = await world.company.organisation.value("select id from strategic_objective order by id limit 1")
    named = NewMessage(body=ODD, shape=Shape(situation="In May", behaviour=ODD, impact="On time", next_step="Again"))
    await talk.praise(retired, visibility=Visibility.PARTICIPANTS)
    await talk.praise(live, message=named, strategic_objective_id=strategic)
    await talk.praise(live, by="Dina", to="Emil", visibility=Visibility.UNIT)
    await service_praise.retire_value(world.company.actor("Sofia"), retired, key="retire")
    for prefix, table in (("prs", "praise"), ("cvl", "company_value")):
        rows = await world.company.organisation.rows(f"select id from {table} order by id")
        world.ids |= {f"{table} {at}": public(prefix, row["id"]) for at, row in enumerate(rows)}
    said = await world.company.organisation.value(
        "select m.id from feedback_message m join praise p using (tenant_id, thread_id) order by p.id limit 1"
    )
    await talk.pin(UUID(str(said)))
    world.ids["praised words"] = public("fbm", UUID(str(said)))


async def _requests(world: "World", talk: Talk) -> None:
    waits, answered, declined, withdrawn = [await talk.ask(words=ODD, of=of) for of in ("Oskar", "Bo", "Emil", "Chen")]
    await talk.ask(by="Chen", of="Dina", due_on=NOON.date())
    await talk.give(answered, by="Bo")
    await talk.decline(declined, by="Emil")
    await talk.withdraw(withdrawn)
    about = await talk.ask(of="Bo", objective_id=world.objectives["ACTIVE"])
    for name, row_id in (("waits", waits), ("answered", answered), ("about an objective", about)):
        world.ids[f"feedback request {name}"] = public("fbq", row_id)


async def _reports(world: "World", talk: Talk, wide: UUID) -> None:
    said = [await talk.post(wide, f"Words {at}", by="Bo") for at in range(3)]
    hidden, left, waits = [await talk.report(one, by="Emil") for one in said]
    await talk.report(said[2], by="Chen")
    await talk.settle(hidden)
    await talk.settle(left, hides=False)
    world.ids["feedback report waits"] = public("fbp", waits)
    world.ids["feedback report hidden"] = public("fbp", hidden)
    world.ids["reported words"] = public("fbm", said[2])


async def _announce(world: "World", thread_id: UUID, message_id: UUID) -> None:
    tenant_id = world.company.tenant_id
    with database.tenant(tenant_id):
        for name in ("Dina", "Emil"):
            for kind, subject_type, subject_id in (
                (InboxKind.FEEDBACK_POSTED, "feedback_thread", thread_id),
                (InboxKind.FEEDBACK_MENTIONED, "feedback_message", message_id),
            ):
                notice = Notice(
                    person_id=world.company[name],
                    kind=kind,
                    subject_type=subject_type,
                    subject_id=subject_id,
                    dedupe_key=f"feedback {name} {kind}",
                    actor_id=world.company["Bo"],
                )
                await inbox.announce(tenant_id, notice)


async def _name(world: "World", talk: Talk, threads: list[UUID]) -> None:
    for prefix, table in _TABLES.items():
        rows = await world.company.organisation.rows(f"select id from {table} order by id")
        world.ids |= {f"{table} {at}": public(prefix, row["id"]) for at, row in enumerate(rows)}
    group, chain = threads[-2], threads[4]
    world.ids["feedback thread"] = public("fbt", group)
    world.ids["feedback thread to be widened"] = public("fbt", chain)
    world.ids["feedback message of Chen"] = public("fbm", await talk.first(group))
    answered = await world.company.organisation.value(
        "select id from feedback_widening where thread_id = $1", threads[3]
    )
    world.ids["feedback widening of Oskar"] = public("fbw", UUID(str(answered)))
