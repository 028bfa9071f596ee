"""A change is tried out on every level that it would reach, and nothing is kept of it."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.objectives import service_check_ins
from domain.objectives.cascading import service_previews
from domain.objectives.cascading.service_previews import Touched
from domain.objectives.cascading.whatif import Change
from tests.domain.objectives.cascading import throws
from tests.domain.objectives.cascading.test_hearing import hear
from tests.domain.objectives.cascading.throws import accept, promised, receivers, slices, throw
from tests.domain.objectives.company import Company


async def thrown(company: Company) -> dict[str, tuple[UUID, UUID]]:
    """100 of Bo's: 50 to Chen, who throws 30 of them to Dina, and 40 to Emil; everybody has promised."""
    made = {"Bo": await promised(company, "Bo")}
    await throw(company, made["Bo"][1], receivers(company, Chen=50, Emil=40), by="Bo", reserve=10)
    made["Chen"] = await taken(company, made["Bo"][1], "Chen")
    made["Emil"] = await taken(company, made["Bo"][1], "Emil")
    await throw(company, made["Chen"][1], receivers(company, Dina=30), reserve=20)
    made["Dina"] = await taken(company, made["Chen"][1], "Dina")
    for name, reached in (("Dina", 15), ("Emil", 40), ("Chen", 10)):
        await service_check_ins.check_in(company.actor(name), made[name][1], Decimal(reached), key=name)
    await hear()
    return made


async def taken(company: Company, key_result_id: UUID, name: str) -> tuple[UUID, UUID]:
    wish = throws.Wish(weight=50, title=f"Of {name}")
    both = await accept(company, (await slices(company, key_result_id))[name], by=name, wish=wish)
    await throws.approve(company, both[0], owner=name)
    return both


async def tried(company: Company, *changes: Change, by: str = "Ada") -> dict[str, Touched]:
    found = await service_previews.preview(company.actor(by), changes)
    return {one.title: one for one in found}


def scores(found: Touched) -> Sequence[Decimal | None]:
    shown = (found.before.progress, found.after.progress, found.before.score, found.after.score)
    return [None if one is None else round(one, 2) for one in shown]


async def test_a_value_is_carried_up_to_the_top(company: Company) -> None:
    made = await thrown(company)
    before = await company.everything()

    found = await tried(company, Change(key_result_id=made["Dina"][1], current=Decimal(30)))

    assert [(one.title, one.level) for one in found.values()] == [("Of Dina", 0), ("Of Chen", 1), ("Fly more", 2)]
    assert scores(found["Of Dina"]) == [Decimal(50), Decimal(100), Decimal(50), Decimal(100)]
    assert scores(found["Of Chen"]) == [Decimal(20), Decimal(20), Decimal(30), Decimal("46.67")]
    assert scores(found["Fly more"]) == [Decimal(0), Decimal(0), Decimal("32.5"), Decimal("36.67")]
    assert await company.everything() == before


async def test_what_is_tried_is_what_would_come(company: Company) -> None:
    made = await thrown(company)
    found = await tried(company, Change(key_result_id=made["Dina"][1], current=Decimal(30)))

    await service_check_ins.check_in(company.actor("Dina"), made["Dina"][1], Decimal(30), key="really")
    await hear()

    rows = await company.organisation.rows("select objective_id, score from roll_up")
    kept = {row["objective_id"]: row["score"] for row in rows}
    assert {one.objective_id: one.after.score for one in found.values()}.items() <= kept.items()


async def test_a_target_goes_down_to_the_last_level_in_proportion(company: Company) -> None:
    made = await thrown(company)

    found = await tried(company, Change(key_result_id=made["Bo"][1], target=Decimal(200)))

    targets = {title: one.figures[0][1].target for title, one in found.items()}
    assert targets == {
        "Fly more": Decimal(200),
        "Of Chen": Decimal(100),
        "Of Emil": Decimal(80),
        "Of Dina": Decimal(60),
    }
    assert scores(found["Of Emil"]) == [Decimal(100), Decimal(50), Decimal(100), Decimal(50)]
    assert scores(found["Of Dina"])[:2] == [Decimal(50), Decimal(25)]


async def test_a_target_that_is_named_below_is_not_overruled(company: Company) -> None:
    made = await thrown(company)
    both = (
        Change(key_result_id=made["Bo"][1], target=Decimal(200)),
        Change(key_result_id=made["Chen"][1], target=Decimal(70)),
    )

    found = await tried(company, *both)

    assert found["Of Chen"].figures[0][1].target == Decimal(70)
    assert found["Of Dina"].figures[0][1].target == Decimal(42)


async def test_a_weight_changes_what_is_above(company: Company) -> None:
    made = await thrown(company)

    found = await tried(company, Change(objective_id=made["Emil"][0], weight=0))

    assert scores(found["Of Emil"]) == [Decimal(100)] * 4
    assert scores(found["Fly more"]) == [Decimal(0), Decimal(0), Decimal("32.5"), Decimal(10)]


async def test_what_is_not_seen_changes_unseen(company: Company) -> None:
    made = await thrown(company)

    found = await tried(company, Change(key_result_id=made["Dina"][1], current=Decimal(30)), by="Dina")

    assert list(found) == ["Of Dina"]
    with pytest.raises(NotFound):
        await tried(company, Change(key_result_id=made["Emil"][1], current=Decimal(30)), by="Dina")
    with pytest.raises(NotFound):
        await tried(company, Change(objective_id=new_id(), weight=1))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "changes.0"),
        ({"key": True, "objective": True}, "changes.0"),
        ({"objective": True, "target": Decimal(1)}, "changes.0"),
        ({"key": True, "target": Decimal("NaN")}, "changes.0.target"),
        ({"key": True, "weight": 101}, "changes.0.weight"),
        ({"key": True, "target": Decimal(0)}, "changes.0.target"),
        ({"key": True, "target": Decimal(-1)}, "changes.0.target"),
    ],
)
async def test_a_change_that_cannot_be_says_why(company: Company, values: dict[str, object], field: str) -> None:
    objective, key_result = await promised(company, "Bo")
    ids = {"key_result_id": key_result if values.get("key") else None}
    ids |= {"objective_id": objective if values.get("objective") else None}
    named = {name: value for name, value in values.items() if name not in {"key", "objective"}}

    with pytest.raises(InvalidInput) as refused:
        await tried(company, Change(**ids, **named))  # type: ignore[arg-type]

    assert refused.value.field == field


async def test_changes_have_a_limit(company: Company) -> None:
    many = [Change(objective_id=new_id(), weight=1) for _ in range(101)]

    for some in ([], many, many[:1] * 2):
        with pytest.raises(InvalidInput):
            await tried(company, *some)
