"""`catchball prove` finds what has drifted, mends it, and says so."""

from io import StringIO

import pytest

from api.commands import prove
from api.commands.steps import Steps
from api.settings import Settings
from domain.kernel import clock, database
from tests.domain.objectives.company import NOON
from tests.domain.scorecards.cards import ground as grounds
from tests.domain.scorecards.cards.ground import Ground


@pytest.fixture
async def ground(settings: Settings) -> Ground:
    await database.connect(settings.database_url)
    with clock.frozen(NOON):
        ground = await grounds.lay()
        for unit in ("AIR", "OPS"):
            await ground.published(unit, ground.item("ON_TIME"))
        await ground.company.promised()
        await ground.hear()
    return ground


async def proved(settings: Settings, ground: Ground) -> tuple[int, list[str]]:
    """How much differed, and the words of each line without its seconds."""
    said = StringIO()
    slug = await ground.company.organisation.value("select slug from tenant")
    await database.close()
    with clock.frozen(NOON):
        differing = await prove.prove(settings, str(slug), Steps(said))
    await database.connect(settings.database_url)
    return differing, [" ".join(line.split()[:-2]) for line in said.getvalue().splitlines()[1:]]


async def test_what_is_right_is_said_to_be(settings: Settings, ground: Ground) -> None:
    found = await proved(settings, ground)
    await database.close()

    assert found == (0, ["objectives as kept", "scorecards 2 scored anew: as kept"])


async def test_what_drifted_is_mended(settings: Settings, ground: Ground) -> None:
    await ground.company.organisation.rows("update score set value = 1")
    await ground.company.organisation.rows("update roll_up set score = 1")
    first, again = await proved(settings, ground), await proved(settings, ground)
    await database.close()

    assert first == (
        3,
        ["objectives 1 objectives had drifted, mended", "scorecards 2 scored anew: 2 scorecards had drifted, mended"],
    )
    assert again == (0, ["objectives as kept", "scorecards 2 scored anew: as kept"])


@pytest.mark.parametrize(
    ("done", "total", "drawn"),
    [
        (0, 4, "[....................] 0 of 4"),
        (3, 4, "[###############.....] 3 of 4"),
        (1500, 1500, "[####################] 1,500 of 1,500"),
        (0, 0, "[####################] 0 of 0"),
    ],
)
def test_how_far_it_is_is_drawn(done: int, total: int, drawn: str) -> None:
    assert prove.bar(done, total) == drawn
