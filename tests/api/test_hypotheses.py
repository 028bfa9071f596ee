"""What the figures say of a strategy map, through the API."""

from collections.abc import AsyncGenerator, Generator
from typing import cast

import pytest

from domain.kernel import clock
from domain.kernel.ids import new_id, public
from tests.api.reading import desk as desks
from tests.api.reading.desk import Desk
from tests.api.reading.world import World
from tests.conftest import Cluster
from tests.domain.apart import apart, connected
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import NOON
from tests.domain.strategy import maps

ASK = """query($map: ID!) { hypotheses(strategyMap: $map) { supported contradicted open
  links { cause { code measure { code } } effect { code } sign lagMonths verdict why pairs correlation strongestLag
    lags { lagMonths } } } }"""


@pytest.fixture(scope="module")
async def connection(cluster: Cluster, template: str) -> AsyncGenerator[str]:
    with apart(cluster, template) as url:
        async with connected(url) as found:
            yield found


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
async def desk(connection: str) -> Desk:
    company = await companies.lay()
    return desks.place(World(company, objectives={"session": new_id()}))


async def test_a_map_without_figures_is_open_link_by_link(desk: Desk) -> None:
    strategy = await maps.published(desk.world.company.organisation)

    result = await desk.execute("Oskar", ASK, map=public("stg", strategy.id))

    assert result.errors is None
    found = cast("dict[str, dict[str, object]]", result.data)["hypotheses"]
    assert (found["supported"], found["contradicted"], found["open"]) == (0, 0, 3)
    assert cast("list[object]", found["links"])[0] == {
        "cause": {"code": "C1", "measure": None},
        "effect": {"code": "F1"},
        "sign": "POSITIVE",
        "lagMonths": 12,
        "verdict": "OPEN",
        "why": "NO_MEASURE",
        "pairs": 0,
        "correlation": None,
        "strongestLag": None,
        "lags": [],
    }


async def test_what_is_no_map_is_an_error_of_its_field(desk: Desk) -> None:
    other = await maps.published((await companies.lay()).organisation)

    for map_id in (public("stg", other.id), public("stg", new_id()), "stg_1", public("unt", new_id())):
        result = await desk.execute("Sofia", ASK, map=map_id)
        assert result.errors is not None
        assert [one.extensions for one in result.errors] == [{"code": "BAD_USER_INPUT"}]
