"""Made anew, standings and counts are what they were; what somebody bent is put right and said. Ranks are exact."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.kernel import clock, views
from domain.progress import rules, service_rebuilding
from domain.progress.views import FACTS, NAMED, RANK
from tests.domain.progress import ground as grounds
from tests.domain.progress.ground import FIRST, NOON, Ground

PEOPLE = 8
members = st.integers(0, PEOPLE - 1)
points = st.integers(1, 3).map(lambda tens: tens * 10) | st.sampled_from([1, 89, 90, 99, 100, 101, 210])
earned = st.tuples(members, points, st.integers(0, 12))
deeds = st.lists(
    st.lists(earned, min_size=1, max_size=12) | st.tuples(st.sampled_from(("leave", "join")), members),
    min_size=1,
    max_size=12,
)
few_and_real = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


async def do(ground: Ground, made: list[list[tuple[int, int, int]] | tuple[str, int]]) -> None:
    for deed in made:
        match deed:
            case ("leave", int(number)):
                await ground.leave(number)
            case ("join", int(number)):
                await ground.join(number)
            case _:
                await ground.add(*(ground.earning(who, given, day=day) for who, given, day in deed))  # type: ignore[misc]


async def ranked(ground: Ground) -> list[tuple[int, int, bool, int]]:
    """Points, rank, whether others may read the name, and the rank by a window over everybody."""
    slots = views.Slots(FACTS, row="s")
    rank, named = RANK.format_map(slots), NAMED.format_map(slots)
    window = "1 + (select count(*) from standing o where o.is_shown and o.points > s.points)"
    rows = await ground.organisation.rows(
        f"select s.points, {rank}, {named}, {window}, rank() over (order by s.points desc) from standing s "
        "where s.is_shown order by s.minus_points, s.reached_at, s.person_id",
        *slots.values_for(ground.operator),
    )
    assert [row[3] for row in rows] == [row[4] for row in rows]
    return [(row[0], row[1], bool(row[2]), row[4]) for row in rows]


@few_and_real
@given(made=deeds)
async def test_whatever_happens_what_was_kept_is_what_is_made_anew_and_ranks_are_exact(
    database: str, made: list[list[tuple[int, int, int]] | tuple[str, int]]
) -> None:
    ground = await grounds.lay(PEOPLE)
    await do(ground, made)
    kept = await ground.everything()
    counts = {(int(str(width)), int(str(first))): int(str(people)) for width, first, people in await ground.counts()}

    wrong = await ground.rebuild()

    assert wrong == 0
    assert await ground.everything() == kept
    found = await ranked(ground)
    assert [rank for _, rank, _, _ in found] == [window for *_, window in found]
    assert [rank for _, rank, _, _ in found] == [rules.rank(one, counts) for one, *_ in found]
    assert [named for _, _, named, _ in found] == [rules.may_be_named(rank, len(found)) for _, rank, _, _ in found]


@pytest.mark.parametrize(
    "bent",
    [
        "update standing set points = points + 1",
        "update standing set is_shown = not is_shown",
        "update standing set reached_at = reached_at + interval '1 s'",
        "update standing_count set people = people + 1",
        "delete from standing_count",
        "delete from standing",
        "insert into standing_count select tenant_id, id, 1, 77, 3 from season",
    ],
)
async def test_what_somebody_bent_is_put_right_and_said(ground: Ground, bent: str) -> None:
    await ground.give(10, 10, 230)
    right = await ground.everything()
    await ground.organisation.rows(bent)

    wrong = await ground.rebuild()

    assert wrong > 0
    assert await ground.everything() == right
    assert await ground.rebuild() == 0


@pytest.mark.parametrize("portion", [1, 2, 3, 7, 8, 9])
async def test_portions_of_any_size_find_all_that_is_wrong(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    await ground.add(*(ground.earning(number, 10, day=day) for number in range(1, 7) for day in range(number % 3 + 1)))
    right = await ground.everything()
    await ground.organisation.rows("update standing set points = 7")
    # Of those who earned nothing one comes before all others, one behind.
    for number in (0, 7):
        await ground.organisation.rows(
            "insert into standing (tenant_id, season_id, person_id, points, reached_at, is_shown) "
            "select tenant_id, season_id, $1, 5, now(), true from standing limit 1",
            ground.people[number],
        )
    monkeypatch.setattr(service_rebuilding, "PORTION", portion)

    wrong = await ground.rebuild()

    assert wrong == 8
    assert await ground.everything() == right


async def test_steps_on_which_nobody_stands_any_more_are_swept_away(ground: Ground) -> None:
    await ground.give(10)
    await ground.add(ground.earning(0, 10, day=1))
    before = await ground.organisation.count("standing_count")

    wrong = await ground.rebuild()

    assert (before, wrong, await ground.organisation.count("standing_count")) == (3, 0, 2)


async def test_at_night_the_running_season_is_made_anew_where_it_is_night(ground: Ground) -> None:
    await ground.give(10)
    bent = "update standing set points = 11"

    await ground.organisation.rows(bent)
    with clock.frozen(NOON):
        await service_rebuilding.rebuild_at_night()
    by_day = await ground.standings()
    with clock.frozen(NOON + timedelta(hours=15)):
        await service_rebuilding.rebuild_at_night()

    assert (by_day, await ground.standings()) == ([(0, 11, True)], [(0, 10, True)])


async def test_without_a_season_there_is_nothing_to_make_anew(ground: Ground) -> None:
    with clock.frozen(NOON.replace(month=FIRST.month - 1)):
        assert await service_rebuilding.rebuild_running(ground.operator) == 0
