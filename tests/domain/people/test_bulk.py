"""Many cost as many statements as one."""

from domain.kernel.work import begin
from domain.people import service_moves, service_persons
from domain.people.service_moves import Move
from tests.domain.organisations import START, Organisation


async def hired(organisation: Organisation, number: int) -> int:
    """How many statements it takes to hire so many."""
    team = [organisation.joining(f"{number}-{at}", unit="CREW", manager="Chen") for at in range(number)]
    statements: list[str] = []
    async with begin(organisation.operator) as work:
        work.connection.add_query_logger(listen := lambda record: statements.append(record.query))
        await service_persons.hire_within(work, team)
        work.connection.remove_query_logger(listen)
    return len(statements)


async def moved(organisation: Organisation, number: int) -> int:
    """How many statements it takes to give so many another manager."""
    moves = [
        Move(person_id=organisation[f"{number}-{at}"], on=START, manager_id=organisation["Bo"]) for at in range(number)
    ]
    statements: list[str] = []
    async with begin(organisation.operator) as work:
        work.connection.add_query_logger(listen := lambda record: statements.append(record.query))
        await service_moves.move_within(work, moves)
        work.connection.remove_query_logger(listen)
    return len(statements)


async def test_a_crowd_is_hired_and_moved_in_as_many_statements_as_one_person(organisation: Organisation) -> None:
    assert [await hired(organisation, number) for number in (1, 200)] == [11, 11]
    assert [await moved(organisation, number) for number in (1, 200)] == [12, 12]
