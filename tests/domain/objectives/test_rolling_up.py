"""What is carried up change by change is what a full recompute finds, to the last digit."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tortoise.transactions import in_transaction

from domain.kernel import clock, database, relay_sets
from domain.kernel.ids import new_id
from domain.kernel.relay import Entry
from domain.objectives import service_check_ins, service_roll_up, service_roll_up_proof
from domain.objectives.terms import ObjectiveState
from tests.domain.objectives.company import Company, goal
from tests.domain.objectives.test_round_trips import asked
from tests.domain.objectives.trees import Also, Leaf, Tree, rounded

READERS = {service_roll_up.READER: service_roll_up.hear}
PROGRESS = st.none() | st.decimals(-(10**6), 10**6, places=20) | st.integers(-50, 150).map(Decimal)
STATES = st.sampled_from(list(ObjectiveState))
WEIGHTS = st.integers(0, 100)


@pytest.fixture
async def tree(company: Company) -> Tree:
    return Tree(company)


async def drift(tree: Tree) -> int:
    return await service_roll_up_proof.drift(tree.company.tenant_id)


async def test_a_change_reaches_the_top(tree: Tree) -> None:
    await tree.plant([Leaf(None), Leaf(0, weight=30), Leaf(1, progress=Decimal(40)), Leaf(0, progress=Decimal(80))])
    await tree.carry_up(2, 3)

    assert await tree.scores() == [Decimal(65), Decimal(40), Decimal(40), Decimal(80)]
    await tree.change(2, progress=Decimal(60))
    await tree.carry_up(2)

    assert await tree.scores() == [Decimal("72.5"), Decimal(60), Decimal(60), Decimal(80)] == tree.expected()
    assert await drift(tree) == 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_whatever_changes_the_sums_are_those_of_a_full_recompute(company: Company, data: st.DataObject) -> None:
    tree = Tree(company)
    numbers = range(data.draw(st.integers(1, 12), "objectives"))
    await tree.plant([data.draw(leaf_of(number), "leaf") for number in numbers])
    await tree.carry_up(*numbers)
    for _ in range(data.draw(st.integers(0, 4), "rounds")):
        touched = data.draw(st.lists(st.sampled_from(numbers), max_size=4, unique=True), "touched")
        untouched = data.draw(st.lists(st.sampled_from(numbers), max_size=2), "untouched")
        for number in touched:
            tree.think(number, **data.draw(change_of(tree, number), "change"))
        # Nothing is drawn from here on: an example that is cut off must leave nothing half done.
        for number in touched:
            await tree.change(number)
        await tree.carry_up(*touched, *untouched)

        assert await tree.scores() == tree.expected()
        assert await drift(tree) == 0


def leaf_of(number: int) -> st.SearchStrategy[Leaf]:
    parents = st.none() | st.sampled_from(range(number)) if number else st.none()
    return st.builds(Leaf, parents, WEIGHTS, STATES, PROGRESS, also_under(range(number)))


def also_under(parents: Sequence[int]) -> st.SearchStrategy[tuple[Also, ...]]:
    """Alignments to some of these, at most one to each."""
    if not parents:
        return st.just(())
    one = st.tuples(st.sampled_from(parents), st.sampled_from([0, 1, 30, 100, 1000]), st.booleans())
    return st.lists(one, max_size=3, unique_by=lambda also: also[0]).map(tuple)


def change_of(tree: Tree, number: int) -> st.SearchStrategy[dict[str, object]]:
    others = [one for one in range(len(tree.ids)) if not tree.is_above(number, one)]
    changes = {
        "parent": st.sampled_from([None, *others]),
        "weight": WEIGHTS,
        "state": STATES,
        "progress": PROGRESS,
        "also": also_under(others),
    }
    return st.fixed_dictionaries({}, optional=changes)


async def test_who_serves_two_counts_once_below_what_both_serve(tree: Tree) -> None:
    top, left, right = Leaf(None), Leaf(0), Leaf(0)
    both = Leaf(1, weight=50, progress=Decimal(40), also=((2, 100, True),))
    await tree.plant([top, left, right, both, Leaf(1, weight=50, progress=Decimal(80))])
    await tree.carry_up(3, 4)

    carried = await tree.company.organisation.value(
        "select counted_weights from roll_up where objective_id = $1", tree.ids[3]
    )
    assert carried == [Decimal(25), Decimal(25)]
    assert await tree.scores() == tree.expected()
    assert await drift(tree) == 0


async def test_thirds_of_a_weight_add_up_to_it(tree: Tree) -> None:
    thirds = ((1, 100, True), (2, 100, True))
    await tree.plant([Leaf(None), Leaf(None), Leaf(None), Leaf(0, weight=100, progress=Decimal(1), also=thirds)])
    await tree.carry_up(3)

    carried = await tree.company.organisation.value(
        "select counted_weights from roll_up where objective_id = $1", tree.ids[3]
    )
    third = Decimal("33.33333333333333333333")
    assert carried == [third + Decimal("0.00000000000000000001"), third, third]
    assert await drift(tree) == 0


async def test_what_is_shown_and_not_counted_carries_nothing_up(tree: Tree) -> None:
    await tree.plant([Leaf(None), Leaf(0, progress=Decimal(40))])
    await tree.carry_up(1)
    await tree.change(1, also=((0, 100, False),))
    await tree.carry_up(1)

    assert await tree.scores() == [None, Decimal(40)] == tree.expected()
    assert await drift(tree) == 0


async def test_looking_again_changes_nothing(tree: Tree) -> None:
    await tree.plant([Leaf(None), Leaf(0, progress=Decimal(40)), Leaf(0, progress=Decimal(1) / 3)])
    await tree.carry_up(0, 1, 2)
    before = await tree.company.organisation.rows("select * from roll_up order by objective_id")

    await tree.carry_up(2, 1, 0)

    assert await tree.company.organisation.rows("select * from roll_up order by objective_id") == before


async def test_two_statements_for_each_level_however_many_objectives(company: Company) -> None:
    few, many = Tree(company), Tree(company)
    for tree, children in ((few, 1), (many, 50)):
        await tree.plant([Leaf(None), Leaf(0), *(Leaf(1, progress=Decimal(number)) for number in range(children))])
    warm = Tree(company)
    await warm.plant([Leaf(None), Leaf(0, progress=Decimal(1))])
    await warm.carry_up(1)
    counts: list[list[str]] = []
    for tree in (few, many):
        async with asked() as seen:
            await tree.carry_up(*range(2, len(tree.ids)))
        counts.append(seen)

    level = ["insert", "with"]
    assert counts == [["begin", "select", "select", *level, *level, "insert", "commit"]] * 2
    assert await many.scores() == many.expected()


async def test_a_circle_ends(tree: Tree) -> None:
    await tree.plant([Leaf(None, progress=Decimal(1)), Leaf(0, progress=Decimal(90))])
    await tree.change(0, parent=1)

    await tree.carry_up(0, 1)

    assert await drift(tree) == 0
    assert None not in await tree.scores()


async def promised_under(company: Company, parent_id: UUID | None) -> tuple[UUID, UUID]:
    """A new promise of Dina's, and its first key result."""
    objective_id = await company.promised(goal(weight=1, parent_id=parent_id))
    return objective_id, (await company.key_results(objective_id))[0]


async def check_in(company: Company, key_result_id: UUID, value: int) -> None:
    await service_check_ins.check_in(company.actor("Dina"), key_result_id, Decimal(value), key=str(new_id()))


async def kept(company: Company, objective_id: UUID) -> object:
    return await company.organisation.value("select score from roll_up where objective_id = $1", objective_id)


async def test_everything_that_moves_an_objective_is_heard(company: Company) -> None:
    """Promised under another, checked in, the cycle closed: nothing is left that was not carried up."""
    top, moved = await promised_under(company, None)
    middle, _ = await promised_under(company, top)
    _, also_moved = await promised_under(company, middle)
    await check_in(company, moved, 75)
    await check_in(company, also_moved, 80)

    await relay_sets.show_due(READERS)
    running = await service_roll_up_proof.drift(company.tenant_id)
    await company.close()

    assert running == 0
    assert await kept(company, middle) == rounded(Fraction(60, 101))
    assert await kept(company, top) == rounded((100 * 30 + rounded_fraction(60, 101)) / 101)
    assert await company.organisation.count("journal_unread where reader = 'roll_up'") == 0
    assert await service_roll_up_proof.drift(company.tenant_id) == 0


def rounded_fraction(numerator: int, denominator: int) -> Fraction:
    return Fraction(rounded(Fraction(numerator, denominator)))


async def test_what_waits_to_be_carried_up_is_no_drift(company: Company) -> None:
    top, _ = await promised_under(company, None)
    _, moved = await promised_under(company, top)
    await relay_sets.show_due(READERS)
    before = await kept(company, top)
    await check_in(company, moved, 75)

    assert await service_roll_up_proof.prove(company.tenant_id) == 0
    assert await kept(company, top) == before
    await relay_sets.show_due(READERS)
    assert await kept(company, top) == rounded(Fraction(30, 101))


async def test_drift_is_counted_told_and_mended(tree: Tree) -> None:
    await tree.plant([Leaf(None), Leaf(0), *(Leaf(1, progress=Decimal(number)) for number in range(3))])
    await tree.carry_up(2, 3, 4)
    await tree.change(4, progress=Decimal(50))
    await tree.company.organisation.rows("update roll_up set numerator = 7 where objective_id = $1", tree.ids[0])

    with structlog.testing.capture_logs() as logs:
        mended = [await service_roll_up_proof.prove(tree.company.tenant_id) for _ in range(2)]

    assert mended == [3, 0]
    assert await tree.scores() == tree.expected()
    told = {"event": "roll_up_drifted", "log_level": "error", "tenant": str(tree.company.tenant_id), "objectives": 3}
    assert logs == [told]


async def test_what_was_never_rolled_up_is_no_drift(tree: Tree) -> None:
    await tree.plant([Leaf(None), Leaf(0, progress=Decimal(1))])

    with structlog.testing.capture_logs() as logs:
        assert await service_roll_up_proof.prove(tree.company.tenant_id) == 0

    assert await tree.scores() == tree.expected()
    assert logs == []


async def test_what_is_parked_is_drift(company: Company) -> None:
    _, moved = await promised_under(company, None)
    await relay_sets.show_due(READERS)
    await check_in(company, moved, 75)
    await company.organisation.rows("update journal_unread set parked_at = now()")

    assert await service_roll_up_proof.prove(company.tenant_id) == 1


async def test_several_workers_carry_up_what_several_people_do_at_once(company: Company) -> None:
    top, _ = await promised_under(company, None)
    key_results = [(await promised_under(company, top))[1] for _ in range(4)]
    done = asyncio.Event()

    async def work() -> None:
        while not done.is_set():
            await relay_sets.show_due(READERS, limit=5)

    workers = [asyncio.create_task(work()) for _ in range(3)]
    await asyncio.gather(*(check_in(company, one, 70 + step) for step in range(10) for one in key_results))
    done.set()
    await asyncio.gather(*workers)
    await relay_sets.show_due(READERS)

    assert await service_roll_up_proof.drift(company.tenant_id) == 0
    children = await company.organisation.rows("select progress from objective where parent_id = $1", top)
    total = sum((Fraction(row["progress"]) for row in children), Fraction())
    assert await kept(company, top) == rounded(total / (100 + len(children)))
    assert await company.organisation.count("journal_unread where reader = 'roll_up'") == 0


async def test_what_was_cut_off_before_the_commit_is_carried_up_once(company: Company) -> None:
    top, _ = await promised_under(company, None)
    _, moved = await promised_under(company, top)
    await check_in(company, moved, 75)

    async def die(entries: Sequence[Entry]) -> None:
        await service_roll_up.hear(entries)
        raise SystemExit

    with pytest.raises(SystemExit):
        await relay_sets.show_due({service_roll_up.READER: die})
    assert await company.organisation.count("roll_up") == 0
    clock.advance(timedelta(hours=1))
    await relay_sets.show_due(READERS)

    assert await service_roll_up_proof.drift(company.tenant_id) == 0
    assert await kept(company, top) == rounded(Fraction(30, 101))


async def test_a_poisoned_entry_keeps_no_other_from_being_carried_up(company: Company) -> None:
    top, moved = await promised_under(company, None)
    _, also_moved = await promised_under(company, top)
    await relay_sets.show_due(READERS)
    await check_in(company, moved, 75)
    await check_in(company, also_moved, 80)
    poisoned = await company.organisation.value("select min(id) from journal where kind = 'CheckedIn'")

    async def hear(entries: Sequence[Entry]) -> None:
        await service_roll_up.hear(entries)
        if poisoned in [entry.id for entry in entries]:
            raise RuntimeError("poisoned")

    for _ in range(9):
        await relay_sets.show_due({service_roll_up.READER: hear})
        clock.advance(timedelta(hours=2))

    [left] = await company.organisation.rows("select id, attempts from journal_unread where parked_at is not null")
    assert tuple(left) == (poisoned, 8)
    # Of what the poisoned one told nothing is lost but the time: whatever touches the objective next, finds it.
    assert await kept(company, top) == rounded((100 * 30 + Fraction(60)) / 101)


async def test_a_check_in_waits_for_no_roll_up(company: Company) -> None:
    top, moved = await promised_under(company, None)
    await promised_under(company, top)
    is_held = asyncio.Event()

    async def by_somebody() -> None:
        await is_held.wait()
        await check_in(company, moved, 75)

    task = asyncio.create_task(by_somebody())
    with database.tenant(company.tenant_id):
        async with in_transaction(), database.connection() as connection:
            await service_roll_up.carry_up(connection, company.tenant_id, [top])
            is_held.set()
            async with asyncio.timeout(20):
                await task

    assert await company.organisation.value("select progress from objective where id = $1", top) == Decimal(30)
